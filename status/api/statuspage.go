package api

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"time"

	"backupcheck/status"
	"backupcheck/status/respond"
)

// Statuspage answers in one form of the public API of Atlassian Statuspage,
// version 2, which many monitors and chat bots read. The form is the part of
// the address between /api/v2/ and .json. It is always 200, as Status is.
//
// The page is about iCloud Backup: its status is that of this service alone.
// The related rows are components beside it, so that trouble with Photos is
// there to be read but doesn't tell a monitor that backups fail.
func Statuspage(verdict func() status.Verdict, name string) http.Handler {
	body := statuspageForms[name]
	return respond.ReadOnly(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		cacheable("application/json", "/api/v2/"+name+".json", jsonLine(body(newPage(verdict())))).Serve(w, r)
	}))
}

var statuspageForms = map[string]func(page) any{
	"status": func(p page) any {
		return struct {
			Page   pageBody      `json:"page"`
			Status indicatorBody `json:"status"`
		}{p.page, p.status}
	},
	"components": func(p page) any {
		return struct {
			Page       pageBody        `json:"page"`
			Components []componentBody `json:"components"`
		}{p.page, p.components}
	},
	"summary": func(p page) any {
		return struct {
			Page         pageBody        `json:"page"`
			Components   []componentBody `json:"components"`
			Incidents    []eventBody     `json:"incidents"`
			Maintenances []eventBody     `json:"scheduled_maintenances"`
			Status       indicatorBody   `json:"status"`
		}{p.page, p.components, p.listed(incident, "investigating"), p.listed(maintenance, "scheduled", "in_progress"), p.status}
	},
	"incidents":                       func(p page) any { return incidentsBody{p.page, p.listed(incident)} },
	"incidents/unresolved":            func(p page) any { return incidentsBody{p.page, p.listed(incident, "investigating")} },
	"scheduled-maintenances":          func(p page) any { return maintenancesBody{p.page, p.listed(maintenance)} },
	"scheduled-maintenances/active":   func(p page) any { return maintenancesBody{p.page, p.listed(maintenance, "in_progress")} },
	"scheduled-maintenances/upcoming": func(p page) any { return maintenancesBody{p.page, p.listed(maintenance, "scheduled")} },
}

// statuspageNames are what Statuspage calls each level: of a component, and as
// the page's indicator or an incident's impact.
//
// Apple's yellow light is a partial outage, since Apple tells it of "some
// users"; so the indicator is major or critical exactly when Level.Down is
// true, and a monitor that alerts on these alerts on a problem and on nothing
// else.
//
// Unknown has no word there, and one that clients don't know would make the
// strict ones fail. "operational" would be the worst lie, and "major" or
// "critical" a false alarm about Apple. "under_maintenance" tells of a plan
// that nobody made, and silences monitors. What is left, minor trouble, is the
// word that no other level has: it is never green, wakes nobody, and a client
// that knows of this can tell it from all others. The description beside it
// says that the status couldn't be checked.
var statuspageNames = [...]struct{ component, impact string }{
	status.Unknown:     {"degraded_performance", "minor"},
	status.Operational: {"operational", "none"},
	status.Maintenance: {"under_maintenance", "maintenance"},
	status.Degraded:    {"partial_outage", "major"},
	status.Outage:      {"major_outage", "critical"},
}

// listedSince stands for the time since when Apple's page has a row, which
// Apple doesn't tell and clients need: iCloud Backup has had its name there
// since May 2018 at the latest.
var listedSince = time.Date(2018, 5, 1, 0, 0, 0, 0, time.UTC)

// page is what the forms of Statuspage are made from.
type page struct {
	page       pageBody
	status     indicatorBody
	components []componentBody
	events     []eventBody // incidents and maintenances, the newest first
}

type pageBody struct {
	ID        string  `json:"id"`
	Name      string  `json:"name"`
	URL       string  `json:"url"`
	TimeZone  string  `json:"time_zone"`
	UpdatedAt *string `json:"updated_at"` // the reading's time
}

type indicatorBody struct {
	Indicator   string `json:"indicator"`
	Description string `json:"description"`
}

// componentBody is a row. Groups, a start and a showcase are known to
// Statuspage only.
type componentBody struct {
	ID                 string  `json:"id"`
	Name               string  `json:"name"`
	Status             string  `json:"status"`
	CreatedAt          *string `json:"created_at"`
	UpdatedAt          *string `json:"updated_at"` // when Apple wrote of it last
	Position           int     `json:"position"`
	Description        *string `json:"description"`
	Showcase           bool    `json:"showcase"`
	StartDate          *string `json:"start_date"`
	GroupID            *string `json:"group_id"`
	PageID             string  `json:"page_id"`
	Group              bool    `json:"group"`
	OnlyShowIfDegraded bool    `json:"only_show_if_degraded"`
}

type incidentsBody struct {
	Page      pageBody    `json:"page"`
	Incidents []eventBody `json:"incidents"`
}

type maintenancesBody struct {
	Page         pageBody    `json:"page"`
	Maintenances []eventBody `json:"scheduled_maintenances"`
}

// newPage lays a verdict out as a page of Statuspage. Apart from the page's
// updated_at nothing in it changes from one reading to the next unless Apple
// says something new.
func newPage(v status.Verdict) page {
	p := page{
		page: pageBody{
			ID: statuspageID("page", v.Service), Name: "Backup Check: " + v.Service,
			URL: status.SourceURL, TimeZone: "Etc/UTC", UpdatedAt: instant(v.CheckedAt),
		},
		status: indicatorBody{statuspageNames[v.Level].impact, v.Summary},
	}
	rows := []status.Related{{Service: v.Service, Level: v.Level, Incidents: v.Incidents}}
	for _, row := range v.Related {
		if row.Service != v.Service {
			rows = append(rows, row)
		}
	}
	for i, row := range rows {
		component := componentBody{
			ID: statuspageID("component", row.Service), Name: row.Service, Status: statuspageNames[row.Level].component,
			CreatedAt: instant(listedSince), UpdatedAt: instant(lastUpdate(row.Incidents, v.CheckedAt)),
			Position: i + 1, PageID: p.page.ID,
		}
		if row.Level == status.Unknown {
			component.Description = orNull("Apple's status of " + row.Service + " couldn't be checked.")
		}
		p.components = append(p.components, component)
	}
	p.events = events(rows, p.components)
	return p
}

// lastUpdate is the last time up to now at which Apple is known to have
// written of a row.
func lastUpdate(incidents []status.Incident, now time.Time) time.Time {
	last := listedSince
	for _, i := range incidents {
		for _, t := range []time.Time{i.StartedAt, i.PostedAt, i.EndedAt} {
			if t.After(last) && !t.After(now) {
				last = t
			}
		}
	}
	return last
}

// statuspageID returns an identifier in the form of Statuspage's own, twelve
// small letters and digits. The same words give the same one, always.
func statuspageID(words ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(words, "\x00")))
	return hex.EncodeToString(sum[:6])
}
