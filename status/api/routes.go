package api

import (
	"context"
	"net/http"
	"time"

	"backupcheck/status"
	"backupcheck/status/history"
)

// Source has the data for the responses.
type Source struct {
	// Verdict returns the current verdict, without blocking.
	Verdict func() status.Verdict
	// History is nil if no history is stored.
	History History
	// Webhook is nil if changes aren't posted.
	Webhook Webhook
	// Summarize returns a verdict's summary in a language, by BCP 47 tag, and the tag
	// under which that language is served; empty for English, also if nil.
	Summarize func(v status.Verdict, lang string) (text, tag string)
	// Version is the program's own, for /healthz.
	Version string
	// Started is when the program was started.
	Started time.Time
	// PublicURL is the origin for absolute addresses. If it is empty, they have that
	// of the request.
	PublicURL string
	// RoutedByHost is whether requests come only by the site's own hosts, as on a
	// platform that routes by host.
	RoutedByHost bool
	// Now is the clock; time.Now if nil.
	Now func() time.Time
}

func (s Source) now() time.Time {
	if s.Now == nil {
		return time.Now()
	}
	return s.Now()
}

// History is the part of history.Store that this package needs. Both methods
// may block on the database; an error means that it can't be read.
type History interface {
	// Read returns the history of a service over a number of days up to now,
	// the day of now included.
	Read(ctx context.Context, service string, days int, now time.Time) (history.History, error)
	// State returns the times of the newest stored readings.
	State(ctx context.Context) (history.State, error)
}

// Webhook is the part of history.Store that counts what has not been posted. It
// may block on the database.
type Webhook interface {
	Posts(ctx context.Context, service string, now time.Time) (history.Queued, error)
}

// Routes returns the handlers by path.
func Routes(s Source) map[string]http.Handler {
	return map[string]http.Handler{
		"/api/status":   Status(s),
		"/api/history":  HistoryHandler(s),
		"/feed.atom":    Atom(s),
		"/openapi.json": OpenAPI(),

		"/api/v2/status.json":                          Statuspage(s, "status"),
		"/api/v2/summary.json":                         Statuspage(s, "summary"),
		"/api/v2/components.json":                      Statuspage(s, "components"),
		"/api/v2/incidents.json":                       Statuspage(s, "incidents"),
		"/api/v2/incidents/unresolved.json":            Statuspage(s, "incidents/unresolved"),
		"/api/v2/scheduled-maintenances.json":          Statuspage(s, "scheduled-maintenances"),
		"/api/v2/scheduled-maintenances/active.json":   Statuspage(s, "scheduled-maintenances/active"),
		"/api/v2/scheduled-maintenances/upcoming.json": Statuspage(s, "scheduled-maintenances/upcoming"),

		"/badge.svg":  BadgeSVG(s),
		"/badge.json": BadgeJSON(s),
		"/healthz":    Health(s),
		"/livez":      Live(s),
		"/metrics":    Metrics(s),
	}
}
