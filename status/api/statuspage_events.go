package api

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"backupcheck/status"
)

// Statuspage keeps two kinds of events apart, whose bodies differ only in a
// maintenance's window.
type kind bool

const (
	incident    kind = false
	maintenance kind = true
)

// listedEvents is how many events a list holds at most, as at Statuspage.
const listedEvents = 50

// eventBody is an incident or a maintenance.
type eventBody struct {
	ID           string          `json:"id"`
	Name         string          `json:"name"`
	Status       string          `json:"status"`
	CreatedAt    *string         `json:"created_at"`
	UpdatedAt    *string         `json:"updated_at"`
	MonitoringAt *string         `json:"monitoring_at"` // Apple has no such state
	ResolvedAt   *string         `json:"resolved_at"`
	Impact       string          `json:"impact"`
	Shortlink    string          `json:"shortlink"`
	StartedAt    *string         `json:"started_at"`
	PageID       string          `json:"page_id"`
	Updates      []updateBody    `json:"incident_updates"`
	Components   []componentBody `json:"components"`
	*window                      // of maintenance only

	kind    kind
	created time.Time
}

// window is the planned time of maintenance.
type window struct {
	For   *string `json:"scheduled_for"`
	Until *string `json:"scheduled_until"`
}

// updateBody is what Apple says now; what it said before, Apple takes away.
// Which status a component had before isn't known, so none is told.
type updateBody struct {
	ID                   string    `json:"id"`
	Status               string    `json:"status"`
	Body                 string    `json:"body"`
	IncidentID           string    `json:"incident_id"`
	CreatedAt            *string   `json:"created_at"`
	UpdatedAt            *string   `json:"updated_at"`
	DisplayAt            *string   `json:"display_at"`
	AffectedComponents   *struct{} `json:"affected_components"`
	DeliverNotifications bool      `json:"deliver_notifications"`
	CustomTweet          *string   `json:"custom_tweet"`
	TweetID              *string   `json:"tweet_id"`
}

// listed returns the newest events of a kind, those with one of the states if
// any is given.
func (p page) listed(k kind, states ...string) []eventBody {
	list := []eventBody{}
	for _, e := range p.events {
		if e.kind == k && (len(states) == 0 || slices.Contains(states, e.Status)) && len(list) < listedEvents {
			list = append(list, e)
		}
	}
	return list
}

// touch is what Apple says of one event under one row.
type touch struct {
	status.Incident
	component componentBody
}

// events gathers what has the same ID under several rows into one event each,
// and returns them newest first. What has no ID stands alone.
func events(rows []status.Related, components []componentBody) []eventBody {
	touches := map[string][]touch{}
	for i, row := range rows {
		for _, told := range row.Incidents {
			id := statuspageID("event", told.ID)
			if told.ID == "" {
				id = statuspageID("event", "", row.Service, told.StartedAt.UTC().String(), told.Message)
			}
			touches[id] = append(touches[id], touch{told, components[i]})
		}
	}
	list := make([]eventBody, 0, len(touches))
	for id, t := range touches {
		list = append(list, newEvent(id, t))
	}
	slices.SortFunc(list, func(a, b eventBody) int {
		return cmp.Or(b.created.Compare(a.created), cmp.Compare(a.ID, b.ID))
	})
	return list
}

// phase is how far an event is.
type phase int

const (
	over phase = iota
	upcoming
	ongoing
)

// phaseNames are what Statuspage calls each phase. Apple doesn't tell how far
// it is with a problem, so the word is the one that claims least. A problem
// with only maintenance still to come is resolved.
var phaseNames = map[kind][3]string{
	incident:    {over: "resolved", upcoming: "resolved", ongoing: "investigating"},
	maintenance: {over: "completed", upcoming: "scheduled", ongoing: "in_progress"},
}

// phaseOf takes a state that isn't known for ongoing: it may be.
func phaseOf(i status.Incident) phase {
	switch {
	case i.Level() != status.Operational:
		return ongoing
	case i.State == status.StateUpcoming:
		return upcoming
	default:
		return over
	}
}

// kindOf takes an event for maintenance by its type, or by a state that only
// maintenance has.
func kindOf(i status.Incident) kind {
	planned := i.State == status.StateUpcoming || i.State == status.StateCompleted
	i.State = status.StateOngoing
	return kind(planned || i.Level() == status.Maintenance)
}

// impactOf is the level that an event gives its service while it lasts;
// Unknown if its state isn't understood.
func impactOf(i status.Incident) status.Level {
	if i.Level() != status.Unknown {
		i.State = status.StateOngoing
	}
	return i.Level()
}

// newEvent makes one event of what Apple says of it under each row. It is
// maintenance if it is that under all of them, and lasts until it is over
// under all of them; the worst impact counts.
func newEvent(id string, touches []touch) eventBody {
	e := eventBody{ID: id, kind: maintenance, Shortlink: status.SourceURL}
	var at phase
	impact := status.Operational
	var began, posted, planned, ended time.Time
	var names, messages, users []string
	for _, t := range touches {
		e.kind = e.kind && kindOf(t.Incident)
		at = max(at, phaseOf(t.Incident))
		impact = status.Worse(impact, impactOf(t.Incident))
		began, posted = earliest(began, t.StartedAt), latest(posted, t.PostedAt)
		planned = latest(planned, t.EndedAt)
		if phaseOf(t.Incident) == over {
			ended = latest(ended, t.EndedAt)
		}
		messages, users = withNew(messages, t.Message), withNew(users, t.UsersAffected)
		if !slices.Contains(names, t.component.Name) {
			names = append(names, t.component.Name)
			e.Components = append(e.Components, t.component)
		}
	}
	e.Name, e.Impact = "Problem with "+strings.Join(names, ", "), statuspageNames[impact].impact
	if e.kind == maintenance {
		e.Name, e.Impact = "Maintenance of "+strings.Join(names, ", "), statuspageNames[status.Maintenance].impact
		e.window = &window{instant(began), instant(planned)}
	}
	e.Status = phaseNames[e.kind][at]
	e.PageID = e.Components[0].PageID

	// An event is as old as its begin, or as its post if that came before.
	// What wasn't posted was written of at its end, or at its begin.
	e.created = earliest(began, posted)
	updated := posted
	if updated.IsZero() {
		updated = latest(e.created, ended)
	}
	e.CreatedAt, e.UpdatedAt, e.StartedAt = instant(e.created), instant(updated), instant(began)
	if e.Status == phaseNames[e.kind][over] {
		if ended.IsZero() {
			ended = updated // clients take null for unresolved
		}
		e.ResolvedAt = instant(ended)
	}
	text := strings.Join(append(messages, users...), "\n")
	if text == "" {
		text = e.Name
	}
	e.Updates = []updateBody{{
		// Clients know by the ID whether they have told of an update.
		ID: statuspageID("update", id, e.Status, text, updated.UTC().String()), IncidentID: id, Status: e.Status, Body: text,
		CreatedAt: e.UpdatedAt, UpdatedAt: e.UpdatedAt, DisplayAt: e.UpdatedAt,
	}}
	return e
}

// earliest returns the earlier of two times of which either may be unknown.
func earliest(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// latest returns the later of two times of which either may be unknown.
func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// withNew adds a text to a list, unless it is empty or there already.
func withNew(list []string, text string) []string {
	if text == "" || slices.Contains(list, text) {
		return list
	}
	return append(list, text)
}
