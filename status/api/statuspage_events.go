package api

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"backupcheck/status"
)

// kind is one of Statuspage's two kinds of events. They differ only in the
// window of a maintenance.
type kind bool

const (
	incident    kind = false
	maintenance kind = true
)

// listedEvents is the maximum number of events in a list, as at Statuspage.
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
	own     bool // it concerns the page's own service
}

// window is the planned time of maintenance.
type window struct {
	For   *string `json:"scheduled_for"`
	Until *string `json:"scheduled_until"`
}

// updateBody is Apple's current text on an event; Apple replaces its earlier
// texts. The earlier statuses of components are unknown, so it has none.
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

// listed returns the newest events of a kind, and only those with one of the
// states if any are given.
func (p page) listed(k kind, states ...string) []eventBody { return newest(p.events, k, states) }

// own returns those of the listed events that concern the page's own service.
func (p page) own(k kind, states ...string) []eventBody {
	own := slices.DeleteFunc(slices.Clone(p.events), func(e eventBody) bool { return !e.own })
	return newest(own, k, states)
}

func newest(events []eventBody, k kind, states []string) []eventBody {
	list := []eventBody{}
	for _, e := range events {
		if e.kind == k && (len(states) == 0 || slices.Contains(states, e.Status)) && len(list) < listedEvents {
			list = append(list, e)
		}
	}
	return list
}

// rowIncident is an event as Apple lists it under one row.
type rowIncident struct {
	status.Incident
	component componentBody
}

// events combines the incidents with the same ID under several rows into one
// event, and returns the events newest first. Each incident without an ID is an
// event.
func events(rows []status.Related, components []componentBody) []eventBody {
	byID := map[string][]rowIncident{}
	for i, row := range rows {
		for _, incident := range row.Incidents {
			id := statuspageID("event", incident.ID)
			if incident.ID == "" {
				id = statuspageID("event", "", row.Service, incident.StartedAt.UTC().String(), incident.Message)
			}
			byID[id] = append(byID[id], rowIncident{incident, components[i]})
		}
	}
	list := make([]eventBody, 0, len(byID))
	for id, incidents := range byID {
		list = append(list, newEvent(id, incidents))
	}
	slices.SortFunc(list, func(a, b eventBody) int {
		return cmp.Or(b.created.Compare(a.created), cmp.Compare(a.ID, b.ID))
	})
	return list
}

// phase is the progress of an event. The latest one under any row counts, so
// the order matters.
type phase int

const (
	ended phase = iota
	upcoming
	ongoing
)

// phaseNames are Statuspage's names for each phase. Apple doesn't publish its
// progress on a problem, so "investigating" stands for all of it. A problem with
// only maintenance to come is resolved.
var phaseNames = map[kind][3]string{
	incident:    {ended: "resolved", upcoming: "resolved", ongoing: "investigating"},
	maintenance: {ended: "completed", upcoming: "scheduled", ongoing: "in_progress"},
}

// phaseOf returns ongoing for an unknown state.
func phaseOf(i status.Incident) phase {
	switch {
	case i.Ended():
		return ended
	case i.State == status.StateUpcoming:
		return upcoming
	default:
		return ongoing
	}
}

// kindOf returns maintenance for that type, and for the states that only
// maintenance has.
func kindOf(i status.Incident) kind {
	planned := i.State == status.StateUpcoming || i.State == status.StateCompleted
	i.State = status.StateOngoing
	return kind(planned || i.Level() == status.Maintenance)
}

// impactOf returns the level that an event gives its service while it is
// ongoing; Unknown if its state is unknown.
func impactOf(i status.Incident) status.Level {
	if i.Level() != status.Unknown {
		i.State = status.StateOngoing
	}
	return i.Level()
}

// newEvent returns the event for the incidents with one ID. It is maintenance if
// all of them are, and has ended if all of them have; the worst impact counts. If
// one of them is the page's own service's, it alone counts for that.
func newEvent(id string, incidents []rowIncident) eventBody {
	e := eventBody{ID: id, kind: maintenance, Shortlink: status.SourceURL}
	var at phase
	impact := status.Operational
	var started, posted, planned, end time.Time
	var names, messages, users []string
	isOwn := func(i rowIncident) bool { return i.component.Position == 1 }
	e.own = slices.ContainsFunc(incidents, isOwn)
	for _, i := range incidents {
		if isOwn(i) || !e.own {
			e.kind = e.kind && kindOf(i.Incident)
			at = max(at, phaseOf(i.Incident))
			impact = status.Worse(impact, impactOf(i.Incident))
			if i.Ended() {
				end = latest(end, i.EndedAt)
			}
		}
		started, posted = earliest(started, i.StartedAt), latest(posted, i.PostedAt)
		planned = latest(planned, i.EndedAt)
		messages, users = withNew(messages, i.Message), withNew(users, i.UsersAffected)
		if !slices.Contains(names, i.component.Name) {
			names = append(names, i.component.Name)
			e.Components = append(e.Components, i.component)
		}
	}
	e.Name, e.Impact = "Problem with "+strings.Join(names, ", "), statuspageNames[impact].impact
	if e.kind == maintenance {
		e.Name, e.Impact = "Maintenance of "+strings.Join(names, ", "), statuspageNames[status.Maintenance].impact
		e.window = &window{instant(started), instant(planned)}
	}
	e.Status = phaseNames[e.kind][at]
	e.PageID = e.Components[0].PageID

	e.created = earliest(started, posted)
	updated := posted
	if updated.IsZero() {
		updated = latest(e.created, end)
	}
	e.CreatedAt, e.UpdatedAt, e.StartedAt = instant(e.created), instant(updated), instant(started)
	if e.Status == phaseNames[e.kind][ended] {
		if end.IsZero() {
			end = updated // for clients, null means unresolved
		}
		e.ResolvedAt = instant(end)
	}
	text := strings.Join(append(messages, users...), "\n")
	if text == "" {
		text = e.Name
	}
	e.Updates = []updateBody{{
		// Clients report an update if its ID is new to them.
		ID: statuspageID("update", id, e.Status, text, updated.UTC().String()), IncidentID: id, Status: e.Status, Body: text,
		CreatedAt: e.UpdatedAt, UpdatedAt: e.UpdatedAt, DisplayAt: e.UpdatedAt,
	}}
	return e
}

// earliest returns the earlier of two times, either of which may be unknown.
func earliest(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// latest returns the later of two times, either of which may be unknown.
func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// withNew appends a text to a list, unless it is empty or in the list already.
func withNew(list []string, text string) []string {
	if text == "" || slices.Contains(list, text) {
		return list
	}
	return append(list, text)
}
