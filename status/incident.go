package status

import (
	"cmp"
	"slices"
	"time"
)

// Incident is one event of one service. Apple gives the same ID under every
// service that an incident touches, with type, state and message of its own
// for each.
type Incident struct {
	ID   string
	Type string // as Apple words it: Issue, Outage, Performance, Maintenance, or empty on some resolved ones
	// State is Apple's word in lower case: ongoing, upcoming, resolved
	// (problems), completed (maintenance), or one that is not known yet.
	State         string
	Message       string // plain text, cleaned of markup and control characters; still not to be trusted as HTML
	UsersAffected string // prose such as "Some users are affected"; may be empty
	// The times are zero where Apple gives none. Ongoing problems have no
	// end; ongoing and upcoming maintenance has a planned one.
	StartedAt, EndedAt, PostedAt time.Time
	AffectedServices             []string // services of the same incident, each once
}

// States that Apple is known to use.
const (
	StateOngoing   = "ongoing"
	StateUpcoming  = "upcoming"
	StateResolved  = "resolved"
	StateCompleted = "completed"
)

// levelOfType gives the level of an ongoing event. A type that isn't listed
// is at least a problem: Degraded.
var levelOfType = map[string]Level{
	"Outage":      Outage,
	"Maintenance": Maintenance,
}

// Level tells what the incident makes of its service now. The state decides,
// not the end: ongoing maintenance has an end that is only planned. A state
// that isn't known makes the service Unknown, not healthy.
func (i Incident) Level() Level {
	switch i.State {
	case StateUpcoming, StateResolved, StateCompleted:
		return Operational
	case StateOngoing:
		if level, ok := levelOfType[i.Type]; ok {
			return level
		}
		return Degraded
	default:
		return Unknown
	}
}

// WorstLevel returns the worst that the incident's own words say of its service:
// the level that it gives it now or, once it is over, gave it by its type. One
// that is only upcoming has had no effect yet.
func (i Incident) WorstLevel() Level {
	switch i.State {
	case StateCompleted:
		if i.Type == "" {
			return Maintenance // Apple blanks types, and only maintenance is ever completed
		}
		i.State = StateOngoing
	case StateResolved:
		i.State = StateOngoing
	}
	return i.Level()
}

// OlderThan reports whether this is a copy that was posted before another one
// of the same incident. Without both times of posting it can't be told.
func (i Incident) OlderThan(other Incident) bool {
	return !i.PostedAt.IsZero() && other.PostedAt.After(i.PostedAt)
}

// stateOrder is the order in which a reader needs incidents: what is going
// on, what isn't understood, what will come, what is over.
func (i Incident) stateOrder() int {
	switch i.State {
	case StateOngoing:
		return 0
	case StateUpcoming:
		return 2
	case StateResolved, StateCompleted:
		return 3
	default:
		return 1
	}
}

// sortIncidents orders incidents for showing. Apple's own order changes
// between two readings of the same facts, so ties are broken until none is
// left: the order depends on the content alone.
func sortIncidents(list []Incident) {
	slices.SortStableFunc(list, func(a, b Incident) int {
		order := cmp.Compare(a.stateOrder(), b.stateOrder())
		if order != 0 {
			return order
		}
		switch a.stateOrder() {
		case 2: // upcoming: the next one first
			order = a.StartedAt.Compare(b.StartedAt)
		case 3: // over: the newest first
			order = b.over().Compare(a.over())
		default: // going on: the worst first, then the newest
			order = cmp.Or(
				cmp.Compare(levels[b.Level()].severity, levels[a.Level()].severity),
				b.StartedAt.Compare(a.StartedAt))
		}
		return cmp.Or(order, cmp.Compare(a.ID, b.ID), a.StartedAt.Compare(b.StartedAt), cmp.Compare(a.Message, b.Message))
	})
}

// over is the time by which an incident that is over is ordered.
func (i Incident) over() time.Time {
	if i.EndedAt.IsZero() {
		return i.StartedAt
	}
	return i.EndedAt
}
