package api

import (
	"context"
	"net/http"
	"time"

	"backupcheck/status"
	"backupcheck/status/history"
)

// Source is what the forms are made from.
type Source struct {
	// Verdict never waits.
	Verdict func() status.Verdict
	// History is nil where history isn't kept.
	History History
	// Version is the program's own, for /healthz.
	Version string
	// Now is the clock; time.Now if nil.
	Now func() time.Time
}

// History is what the forms need of package history. Both methods may wait for
// the database; an error means that it can't be read.
type History interface {
	// Read returns what is known of a service in the days days up to now, the
	// day of now included.
	Read(ctx context.Context, service string, days int, now time.Time) (history.History, error)
	// Latest is the time of the newest reading that is kept, of any service;
	// zero if there is none.
	Latest(ctx context.Context) (time.Time, error)
}

// Routes gives the address of each form its handler.
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
