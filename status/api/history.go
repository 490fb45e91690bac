package api

import (
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"backupcheck/status"
	"backupcheck/status/history"
	"backupcheck/status/respond"
)

// defaultDays is the default of the parameter days.
const defaultDays = 90

// HistoryHandler serves the history of a service as JSON: its incidents, the
// changes of its level, and the minutes of each day. Its parameters are days,
// from 1 to history.MaxDays, and service, a name of the verdict's rows. Error
// messages don't repeat invalid values.
//
// Without a history the response is 200 with a body that says so. If the
// database can't be read it is 503.
func HistoryHandler(s Source) http.Handler {
	return respond.ReadOnly(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		request, message := parseHistoryQuery(r.URL.RawQuery, s.Verdict())
		if message != "" {
			respond.Error(w, r, http.StatusBadRequest, message)
			return
		}
		if s.History == nil {
			cacheable("application/json", request.canonical, jsonLine(historyDisabled(request.service))).Serve(w, r)
			return
		}
		h, err := s.History.Read(r.Context(), request.service, request.days, s.now())
		if err != nil {
			slog.ErrorContext(r.Context(), "reading the history failed", "error", err)
			respond.Error(w, r, http.StatusServiceUnavailable, "The history can't be read right now. How it is now is at /api/status.")
			return
		}
		cacheable("application/json", request.canonical, HistoryBody(h)).Serve(w, r)
	}))
}

// historyRequest has the parameters of a request.
type historyRequest struct {
	days    int
	service string
	// canonical is the address under which the response is cached. It is empty
	// unless the parameters have their defaults: there are thousands of other
	// responses, and the cache is small.
	canonical string
}

// parseHistoryQuery parses a query. It returns an error message if the query is
// invalid.
func parseHistoryQuery(rawQuery string, v status.Verdict) (request historyRequest, message string) {
	query, err := url.ParseQuery(rawQuery)
	if err != nil {
		return request, "The query of this address can't be read."
	}
	request = historyRequest{defaultDays, v.Service, "/api/history"}
	if query.Has("days") {
		days := query.Get("days")
		request.days, err = strconv.Atoi(days)
		if err != nil || days != strconv.Itoa(request.days) || request.days < 1 || request.days > history.MaxDays {
			return request, "The parameter days takes a whole number from 1 to " + strconv.Itoa(history.MaxDays) + "."
		}
	}
	if name := query.Get("service"); query.Has("service") && name != v.Service {
		if !slices.ContainsFunc(v.Related, func(r status.Related) bool { return r.Service == name }) {
			return request, "The parameter service takes the exact name of a service that /api/status lists."
		}
		request.service = name
	}
	if request.days != defaultDays || request.service != v.Service {
		request.canonical = ""
	}
	return request, ""
}

// HistoryBody returns the history endpoint's body, a line of JSON. Days are in
// UTC, oldest first; incidents are newest first.
func HistoryBody(h history.History) []byte {
	days := h.Days()
	body := historyBody{
		Service:   h.Service,
		Kept:      true,
		Summary:   historySummary(h, days),
		From:      instant(h.From),
		To:        instant(h.To),
		Days:      make([]dayBody, 0, len(days)),
		Incidents: make([]historyIncidentBody, 0, len(h.Incidents)),
		Changes:   make([]changeBody, 0, len(h.Changes)),
		Source:    status.SourceURL,
	}
	for _, d := range days {
		body.Days = append(body.Days, dayBody{d.Date.UTC().Format(time.DateOnly), minutesBody{
			d.Minutes[status.Operational], d.Minutes[status.Maintenance], d.Minutes[status.Degraded], d.Minutes[status.Outage], d.Minutes[status.Unknown],
		}, d.NotWatched})
	}
	for _, i := range h.Incidents {
		body.Incidents = append(body.Incidents, historyIncidentBody{newIncidentBody(i.Incident), i.Worst, instant(i.FirstSeenAt), instant(i.LastSeenAt)})
	}
	for _, c := range h.Changes {
		// Some changes are of Rest only.
		if last := len(body.Changes) - 1; last < 0 || body.Changes[last].Level != c.Level {
			body.Changes = append(body.Changes, changeBody{instant(c.At), c.Level})
		}
	}
	return jsonLine(body)
}

// historyDisabled returns the body for a site without a history.
func historyDisabled(service string) historyBody {
	return historyBody{
		Service:   service,
		Summary:   "History isn't kept here.",
		Days:      []dayBody{},
		Incidents: []historyIncidentBody{},
		Changes:   []changeBody{},
		Source:    status.SourceURL,
	}
}

type historyBody struct {
	Service   string                `json:"service"`
	Kept      bool                  `json:"kept"`
	Summary   string                `json:"summary"`
	From      *string               `json:"from"`
	To        *string               `json:"to"`
	Days      []dayBody             `json:"days"`
	Incidents []historyIncidentBody `json:"incidents"`
	Changes   []changeBody          `json:"changes"`
	Source    string                `json:"source"`
}

type dayBody struct {
	Date       string      `json:"date"`
	Minutes    minutesBody `json:"minutes"`
	NotWatched int         `json:"not_watched"`
}

type minutesBody struct {
	Operational int `json:"operational"`
	Maintenance int `json:"maintenance"`
	Degraded    int `json:"degraded"`
	Outage      int `json:"outage"`
	Unknown     int `json:"unknown"`
}

type historyIncidentBody struct {
	incidentBody
	WorstLevel  status.Level `json:"worst_level"`
	FirstSeenAt *string      `json:"first_seen_at"`
	LastSeenAt  *string      `json:"last_seen_at"`
}

type changeBody struct {
	At    *string      `json:"at"`
	Level status.Level `json:"level"`
}
