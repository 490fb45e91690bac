// Package api serves the verdict and the history over HTTP: as JSON of its own,
// as a badge, an Atom feed and the API of Atlassian Statuspage.
package api

import (
	"net/http"
	"time"

	"backupcheck/status"
	"backupcheck/status/respond"
)

// Status serves the current verdict as JSON. It always responds with 200, even
// if Apple can't be read. Its parameter is lang, the language of the summary: one
// that isn't served is English.
func Status(s Source) http.Handler {
	return respond.ReadOnly(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v, canonical := s.Verdict(), "/api/status"
		if lang := r.URL.Query().Get("lang"); lang != "" && s.Summarize != nil {
			if text, tag := s.Summarize(v, lang); tag != "" {
				v.Summary = text
				canonical += "?lang=" + tag
			}
		}
		s.verdictResponse("application/json", canonical, v, Body(v)).Serve(w, r)
	}))
}

// Body returns the status endpoint's body, a line of JSON. Times are RFC 3339 in
// UTC; values that Apple doesn't publish are null.
func Body(v status.Verdict) []byte {
	body := statusBody{
		Service:   v.Service,
		Level:     v.Level,
		Down:      v.Level.Down(),
		Recovered: v.Recovered,
		Summary:   v.Summary,
		CheckedAt: instant(v.CheckedAt),
		Stale:     v.Stale,
		Incidents: make([]incidentBody, 0, len(v.Incidents)),
		Related:   make([]relatedBody, 0, len(v.Related)),
		Source:    status.SourceURL,
	}
	if v.LastKnown != nil {
		body.LastKnown = &knownBody{v.LastKnown.Level, instant(v.LastKnown.CheckedAt)}
	}
	for _, i := range v.Incidents {
		body.Incidents = append(body.Incidents, newIncidentBody(i))
	}
	for _, r := range v.Related {
		body.Related = append(body.Related, relatedBody{r.Service, r.Level})
	}
	return jsonLine(body)
}

type statusBody struct {
	Service   string         `json:"service"`
	Level     status.Level   `json:"level"`
	Down      bool           `json:"down"`
	Recovered bool           `json:"recovered"`
	Summary   string         `json:"summary"`
	CheckedAt *string        `json:"checked_at"`
	Stale     bool           `json:"stale"`
	LastKnown *knownBody     `json:"last_known"`
	Incidents []incidentBody `json:"incidents"`
	Related   []relatedBody  `json:"related"`
	Source    string         `json:"source"`
}

type knownBody struct {
	Level     status.Level `json:"level"`
	CheckedAt *string      `json:"checked_at"`
}

type incidentBody struct {
	ID               string   `json:"id"`
	Type             string   `json:"type"`
	State            string   `json:"state"`
	Message          string   `json:"message"`
	UsersAffected    *string  `json:"users_affected"`
	StartedAt        *string  `json:"started_at"`
	EndedAt          *string  `json:"ended_at"`
	PostedAt         *string  `json:"posted_at"`
	AffectedServices []string `json:"affected_services"`
}

func newIncidentBody(i status.Incident) incidentBody {
	return incidentBody{
		ID: i.ID, Type: i.Type, State: i.State, Message: i.Message, UsersAffected: orNull(i.UsersAffected),
		StartedAt: instant(i.StartedAt), EndedAt: instant(i.EndedAt), PostedAt: instant(i.PostedAt),
		AffectedServices: append([]string{}, i.AffectedServices...),
	}
}

type relatedBody struct {
	Service string       `json:"service"`
	Level   status.Level `json:"level"`
}

func instant(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	return orNull(t.UTC().Format(time.RFC3339))
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
