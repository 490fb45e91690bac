package status

import (
	"cmp"
	"slices"
	"strconv"
	"time"
)

// Incident is one event of one service. Apple uses the same ID under every
// affected service, with a separate type, state and message for each.
type Incident struct {
	ID   string
	Type string // Apple's own: Issue, Outage, Performance, Maintenance, or empty on some resolved ones
	// State is Apple's own in lower case: ongoing, upcoming, resolved
	// (problems), completed (maintenance), or a new one.
	State         string
	Message       string // plain text without markup and control characters; not safe as HTML
	UsersAffected string // prose such as "Some users are affected"; may be empty
	// The times are zero where Apple gives none. Ongoing problems have no
	// end; ongoing and upcoming maintenance has a planned one.
	StartedAt, EndedAt, PostedAt time.Time
	AffectedServices             []string // services of the same incident, each once

	// Translations has Apple's words in other languages, by the tag of the language.
	// Empty words say that Apple was asked and has none. See Translator.
	Translations map[string]Words `json:",omitempty"`

	// AbsentSince is the time of the first of the readings in a row that didn't
	// list this copy of the incident; zero while it is listed. See Report.After.
	AbsentSince time.Time `json:",omitzero"`
}

// States that Apple is known to use.
const (
	StateOngoing   = "ongoing"
	StateUpcoming  = "upcoming"
	StateResolved  = "resolved"
	StateCompleted = "completed"
)

// levelOfType has the levels of ongoing events. Types that aren't listed are
// Degraded.
var levelOfType = map[string]Level{
	"Outage":      Outage,
	"Maintenance": Maintenance,
}

// Open reports whether the incident is ongoing or announced. An incident in an
// unknown state is neither open nor ended.
func (i Incident) Open() bool { return i.State == StateOngoing || i.State == StateUpcoming }

// Ended reports whether Apple has declared the incident over.
func (i Incident) Ended() bool { return i.State == StateResolved || i.State == StateCompleted }

// Level returns the level that the incident gives its service now. It depends
// on the state and not on the end, which is only planned for ongoing
// maintenance. An unknown state gives Unknown.
func (i Incident) Level() Level {
	switch {
	case i.Ended() || i.State == StateUpcoming:
		return Operational
	case i.State == StateOngoing:
		if level, ok := levelOfType[i.Type]; ok {
			return level
		}
		return Degraded
	default:
		return Unknown
	}
}

// WorstLevel returns the level that the incident gives its service or, once it
// has ended, gave it according to its type. An upcoming incident has had no
// effect yet.
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

// Key identifies the incident among those of its service. It is "" if Apple gives
// neither an ID nor a start.
func (i Incident) Key() string {
	if i.ID == "" && !i.StartedAt.IsZero() {
		return "start-" + strconv.FormatInt(i.StartedAt.Unix(), 10)
	}
	return i.ID
}

// SameContent reports whether two copies of an incident say the same.
func (i Incident) SameContent(other Incident) bool {
	return i.Type == other.Type && i.State == other.State && i.Message == other.Message && i.UsersAffected == other.UsersAffected &&
		i.StartedAt.Equal(other.StartedAt) && i.EndedAt.Equal(other.EndedAt) && i.PostedAt.Equal(other.PostedAt) &&
		slices.Equal(i.AffectedServices, other.AffectedServices)
}

// WithPlausibleTimes returns the incident as a reading at a time lists it,
// without the times that can't be true then: they would outrank, or outlast,
// everything that is read later.
func (i Incident) WithPlausibleTimes(at time.Time) Incident {
	latest := at.Add(postedPrecision)
	began := i.State == StateOngoing || i.Ended()
	if began && i.StartedAt.After(latest) {
		i.StartedAt = time.Time{}
	}
	if i.Ended() && i.EndedAt.After(latest) {
		i.EndedAt = time.Time{}
	}
	if i.PostedAt.After(latest) || i.PostedAt.Before(i.StartedAt.Add(-maxAnnouncement)) {
		i.PostedAt = time.Time{}
	}
	return i
}

const (
	// postedPrecision is the precision of Apple's times of posting.
	postedPrecision = time.Minute
	// maxAnnouncement is how long before its start an incident can have been
	// posted.
	maxAnnouncement = 90 * 24 * time.Hour
)

// OlderThan reports whether this copy of an incident was posted before another
// copy of it. It is false if either time of posting is unknown.
func (i Incident) OlderThan(other Incident) bool {
	return !i.PostedAt.IsZero() && other.PostedAt.After(i.PostedAt)
}

// stateOrder ranks states for display.
func (i Incident) stateOrder() int {
	const ongoing, unknown, upcoming, ended = 0, 1, 2, 3
	switch {
	case i.State == StateOngoing:
		return ongoing
	case i.State == StateUpcoming:
		return upcoming
	case i.Ended():
		return ended
	default:
		return unknown
	}
}

// sortedIncidents returns incidents in the order for display. Apple's own order
// differs between readings with the same content, so the order here depends on
// the content alone.
func sortedIncidents(list []Incident) []Incident {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b Incident) int {
		order := cmp.Compare(a.stateOrder(), b.stateOrder())
		if order != 0 {
			return order
		}
		switch {
		case a.State == StateUpcoming: // the next one first
			order = a.StartedAt.Compare(b.StartedAt)
		case a.Ended(): // the newest first
			order = b.endOrStart().Compare(a.endOrStart())
		default: // the worst first, then the newest
			order = cmp.Or(
				cmp.Compare(levels[b.Level()].severity, levels[a.Level()].severity),
				b.StartedAt.Compare(a.StartedAt))
		}
		return cmp.Or(order, cmp.Compare(a.ID, b.ID), a.StartedAt.Compare(b.StartedAt), cmp.Compare(a.Message, b.Message))
	})
	return list
}

// endOrStart returns the time by which ended incidents are sorted.
func (i Incident) endOrStart() time.Time {
	if i.EndedAt.IsZero() {
		return i.StartedAt
	}
	return i.EndedAt
}
