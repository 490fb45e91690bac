package webhook

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"backupcheck/status"
	"backupcheck/status/history"
)

// body is the JSON body of a post.
type body struct {
	Text      string        `json:"text"` // shown by chat programs
	Event     string        `json:"event"`
	Service   string        `json:"service"`
	Level     status.Level  `json:"level"`
	Previous  status.Level  `json:"previous"`
	Down      bool          `json:"down"`
	ChangedAt string        `json:"changed_at"` // of the reading that showed the change
	Summary   string        `json:"summary"`
	Incident  *incidentBody `json:"incident"`
	Source    string        `json:"source"`
}

// What a post is about.
const (
	eventChange  = "change"  // a change of level
	eventReading = "reading" // Apple's status can't be read
)

type incidentBody struct {
	ID        string  `json:"id"`
	Type      string  `json:"type"`
	State     string  `json:"state"`
	StartedAt *string `json:"started_at"`
	URL       string  `json:"url"` // Apple has one page for all of them
}

// payload returns the body for a change in a form, with the incident behind it
// from the current verdict.
func (f form) payload(p history.Post, v status.Verdict) []byte {
	text := summary(p)
	seen := " Seen on " + inWords(p.At) + "."
	if p.Overtaken {
		seen += " Later changes were posted before this one."
	}
	return f.encode(body{
		Text:      f.escape.Replace(text) + seen,
		Event:     eventChange,
		Service:   p.Service,
		Level:     p.Level,
		Previous:  p.Previous,
		Down:      p.Level.Down(),
		ChangedAt: p.At.UTC().Format(time.RFC3339),
		Summary:   text,
		Incident:  incident(p, v),
		Source:    status.SourceURL,
	})
}

// unreadPayload returns the body for Apple's status that can't be read since a
// time.
func (f form) unreadPayload(service string, since time.Time, v status.Verdict) []byte {
	text := "Apple's status of " + service + " can't be read since " + inWords(since) + "."
	previous := v.Level
	if v.LastKnown != nil {
		previous = v.LastKnown.Level
	}
	return f.encode(body{
		Text:      f.escape.Replace(text),
		Event:     eventReading,
		Service:   service,
		Level:     status.Unknown,
		Previous:  previous,
		ChangedAt: since.UTC().Format(time.RFC3339),
		Summary:   text,
		Source:    status.SourceURL,
	})
}

func inWords(t time.Time) string { return t.UTC().Format("2 January 2006 at 15:04 MST") }

// encode returns a body in the form: all of it, or its text as a chat program
// reads it.
func (f form) encode(b body) []byte {
	var content any = b
	if f.body != nil {
		content = f.body(b.Text)
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(content); err != nil {
		panic(err) // can't happen with these types
	}
	return text.Bytes()
}

// summaries are the sentences for each new level. They contain no text of
// Apple's.
var summaries = map[status.Level]string{
	status.Unknown:     "Apple's status of {service} couldn't be read.",
	status.Operational: "Apple reports no problem with {service}.",
	status.Maintenance: "Apple reports maintenance of {service}.",
	status.Degraded:    "Apple reports a problem with {service}.",
	status.Outage:      "Apple reports an outage of {service}.",
}

// endSummaries are the sentences for a service that is operational again, by its
// previous level. They don't say that Apple has solved the problem: it may have
// removed the incident.
var endSummaries = map[status.Level]string{
	status.Maintenance: "Apple no longer reports maintenance of {service}.",
	status.Degraded:    "Apple no longer reports a problem with {service}.",
	status.Outage:      "Apple no longer reports an outage of {service}.",
}

func summary(p history.Post) string {
	text := summaries[p.Level]
	if end, ok := endSummaries[p.Previous]; ok && p.Level == status.Operational {
		text = end
	}
	return strings.Replace(text, "{service}", p.Service, 1)
}

// incident returns the incident behind a change: the one with the new level, or
// the one whose end made the service operational; nil if the verdict has none.
func incident(p history.Post, v status.Verdict) *incidentBody {
	caused := func(i status.Incident) bool { return i.Level() == p.Level }
	if p.Level == status.Operational {
		caused = func(i status.Incident) bool { return endCaused(i, p) }
	}
	at := slices.IndexFunc(v.Incidents, caused)
	if at < 0 {
		return nil
	}
	i := v.Incidents[at]
	found := &incidentBody{ID: i.ID, Type: i.Type, State: i.State, URL: status.SourceURL}
	if !i.StartedAt.IsZero() {
		started := i.StartedAt.UTC().Format(time.RFC3339)
		found.StartedAt = &started
	}
	return found
}

// endCaused reports whether the end of an incident can be the cause of a change:
// the end of maintenance if the level was that, or else the end of a problem.
func endCaused(i status.Incident, p history.Post) bool {
	maintenance := i.State == status.StateCompleted
	return i.Ended() && maintenance == (p.Previous == status.Maintenance) &&
		!i.EndedAt.IsZero() && p.At.Sub(i.EndedAt).Abs() < status.RecoveredFor
}
