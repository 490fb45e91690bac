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
	// Version is the program's own, for /healthz.
	Version string
	// Now is the clock; time.Now if nil.
	Now func() time.Time
}

// History is the part of history.Store that this package needs. Both methods
// may block on the database; an error means that it can't be read.
type History interface {
	// Read returns the history of a service over a number of days up to now,
	// the day of now included.
	Read(ctx context.Context, service string, days int, now time.Time) (history.History, error)
	// Latest returns the time of the newest stored reading; zero if there is
	// none.
	Latest(ctx context.Context) (time.Time, error)
}

// Routes returns the handlers by path.
func Routes(s Source) map[string]http.Handler {
	if s.Now == nil {
		s.Now = time.Now
	}
	return map[string]http.Handler{
		"/api/status":   Status(s.Verdict),
		"/api/history":  HistoryHandler(s),
		"/feed.atom":    Atom(s.Verdict),
		"/openapi.json": OpenAPI(),

		"/api/v2/status.json":                          Statuspage(s.Verdict, "status"),
		"/api/v2/summary.json":                         Statuspage(s.Verdict, "summary"),
		"/api/v2/components.json":                      Statuspage(s.Verdict, "components"),
		"/api/v2/incidents.json":                       Statuspage(s.Verdict, "incidents"),
		"/api/v2/incidents/unresolved.json":            Statuspage(s.Verdict, "incidents/unresolved"),
		"/api/v2/scheduled-maintenances.json":          Statuspage(s.Verdict, "scheduled-maintenances"),
		"/api/v2/scheduled-maintenances/active.json":   Statuspage(s.Verdict, "scheduled-maintenances/active"),
		"/api/v2/scheduled-maintenances/upcoming.json": Statuspage(s.Verdict, "scheduled-maintenances/upcoming"),

		"/badge.svg":  BadgeSVG(s.Verdict),
		"/badge.json": BadgeJSON(s.Verdict),
		"/healthz":    Health(s),
	}
}
