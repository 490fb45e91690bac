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

// Statuspage serves one endpoint of the public API of Atlassian Statuspage,
// version 2, which many monitors and chat bots read. The name is the part of the
// path between /api/v2/ and .json. It always responds with 200, like Status.
//
// The page's status is that of iCloud Backup alone. The related rows are
// components, and their events are in the full lists of events, so a problem with
// Photos is published. But what lists the trouble of now has only iCloud Backup's:
// it must not make a monitor report that backups fail.
func Statuspage(s Source, name string) http.Handler {
	body := statuspageForms[name]
	return respond.ReadOnly(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := s.Verdict()
		s.verdictResponse("application/json", "/api/v2/"+name+".json", v, jsonLine(body(newPage(v)))).Serve(w, r)
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
		}{p.page, p.components, p.own(incident, "investigating"), p.own(maintenance, "scheduled", "in_progress"), p.status}
	},
	"incidents":                       func(p page) any { return incidentsBody{p.page, p.listed(incident)} },
	"incidents/unresolved":            func(p page) any { return incidentsBody{p.page, p.own(incident, "investigating")} },
	"scheduled-maintenances":          func(p page) any { return maintenancesBody{p.page, p.listed(maintenance)} },
	"scheduled-maintenances/active":   func(p page) any { return maintenancesBody{p.page, p.own(maintenance, "in_progress")} },
	"scheduled-maintenances/upcoming": func(p page) any { return maintenancesBody{p.page, p.listed(maintenance, "scheduled")} },
}

// statuspageNames are Statuspage's names for each level: as a component's
// status, and as the page's indicator or an incident's impact.
//
// Apple's yellow light is a partial outage, since Apple uses it for problems of
// "some users". So the indicator is major or critical exactly if Level.Down is
// true, and a monitor that alerts on these alerts on problems only.
//
// Statuspage has no name for Unknown, and strict clients reject new names.
// "operational" would be wrong, "major" and "critical" false alarms, and
// "under_maintenance" would silence monitors. The name left is the one for minor
// problems: no other level has it, it is never green, and it raises no alarm.
// The description says that the status couldn't be checked.
var statuspageNames = [...]struct{ component, impact string }{
	status.Unknown:     {"degraded_performance", "minor"},
	status.Operational: {"operational", "none"},
	status.Maintenance: {"under_maintenance", "maintenance"},
	status.Degraded:    {"partial_outage", "major"},
	status.Outage:      {"major_outage", "critical"},
}

// listedSince is written as the time of a component's creation, which clients
// require and Apple doesn't publish. iCloud Backup has been listed since May 2018
// at the latest.
var listedSince = time.Date(2018, 5, 1, 0, 0, 0, 0, time.UTC)

// page has the data for all endpoints.
type page struct {
	page       pageBody
	status     indicatorBody
	components []componentBody
	events     []eventBody // incidents and maintenances, newest first
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

// componentBody is a row. Group, start and showcase exist only at Statuspage.
type componentBody struct {
	ID                 string  `json:"id"`
	Name               string  `json:"name"`
	Status             string  `json:"status"`
	CreatedAt          *string `json:"created_at"`
	UpdatedAt          *string `json:"updated_at"` // of Apple's last post on it
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

// newPage converts a verdict. Apart from the page's updated_at, it changes only
// if Apple's report changes.
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

// lastUpdate returns the last known time, up to now, of an update to a row.
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

// statuspageID returns an identifier in Statuspage's format, twelve lower-case
// letters and digits, which depends only on the parts.
func statuspageID(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:6])
}
