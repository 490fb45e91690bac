package history

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"backupcheck/status"
)

// record is an incident with the reading that its words are from: the first
// that showed it like this.
type record struct {
	Incident
	readAt time.Time
}

// firstSeen is the record of an incident that no reading before listed. If
// the reading is older than the newest, that one no longer lists it.
func firstSeen(c status.Incident, at, newest time.Time) record {
	r := record{Incident{Incident: c, Worst: c.WorstLevel(), FirstSeenAt: at}, at}
	if open(c) && at.Before(newest) {
		r.LastSeenAt = at
	}
	return r
}

// after is the record after a reading that lists a copy of it.
func (r record) after(c status.Incident, at, newest time.Time) record {
	late := at.Before(newest)
	was := r
	if c.Type == "" {
		c.Type = was.Type // Apple blanks it on some that are resolved
	}
	r.Worst = status.Worse(was.Worst, c.WorstLevel())
	if at.Before(was.FirstSeenAt) {
		r.FirstSeenAt = at
	}
	if !was.outlasts(c, at, late) && !sameWords(c, was.Incident.Incident) {
		r.Incident.Incident, r.readAt = c, at
	}
	switch {
	case open(r.Incident.Incident):
		if !late {
			r.LastSeenAt = time.Time{}
		} else if !r.LastSeenAt.IsZero() && at.After(r.LastSeenAt) {
			r.LastSeenAt = at
		}
	case over(r.Incident.Incident) && !r.EndedAt.IsZero():
		r.LastSeenAt = time.Time{}
	case was.State == status.StateOngoing && was.LastSeenAt.IsZero():
		r.LastSeenAt = was.lastSeen(newest)
	}
	return r
}

// dropped is the record after a reading that doesn't list it any more.
func (r record) dropped(newest time.Time) record {
	if open(r.Incident.Incident) && r.LastSeenAt.IsZero() {
		r.LastSeenAt = r.lastSeen(newest)
	}
	return r
}

// lastSeen is the last reading that showed the record as it is. It is the
// newest one but for readings that broke off.
func (r record) lastSeen(newest time.Time) time.Time {
	if newest.Before(r.readAt) {
		return r.readAt
	}
	return newest
}

// outlasts reports whether the record stays as it is, although a reading shows
// another copy. The copy posted later counts; where that can't be told, the
// one read later. A time of posting that was in the future when it was read
// tells nothing: it would keep all others out until then.
func (r record) outlasts(c status.Incident, at time.Time, late bool) bool {
	kept := r.Incident.Incident
	if kept.PostedAt.After(r.readAt) {
		kept.PostedAt = time.Time{}
	}
	switch {
	case c.OlderThan(kept):
		return true
	case kept.OlderThan(c):
		return false
	}
	return late || at.Before(r.readAt)
}

// accountsFor reports whether the record tells all that a copy of it makes of
// its service at a time.
func (r record) accountsFor(c status.Incident, at time.Time) bool {
	return r.State == status.StateOngoing && !r.begin().After(at) && tells(r.Worst) && status.Worse(r.Worst, c.Level()) == r.Worst
}

// same reports whether nothing has to be written for the record to be another.
func (r record) same(as record) bool {
	return sameWords(r.Incident.Incident, as.Incident.Incident) && r.Worst == as.Worst && r.readAt.Equal(as.readAt) &&
		r.FirstSeenAt.Equal(as.FirstSeenAt) && r.LastSeenAt.Equal(as.LastSeenAt)
}

func sameWords(a, b status.Incident) bool {
	return a.Type == b.Type && a.State == b.State && a.Message == b.Message && a.UsersAffected == b.UsersAffected &&
		a.StartedAt.Equal(b.StartedAt) && a.EndedAt.Equal(b.EndedAt) && a.PostedAt.Equal(b.PostedAt) &&
		slices.Equal(a.AffectedServices, b.AffectedServices)
}

func open(i status.Incident) bool {
	return i.State == status.StateOngoing || i.State == status.StateUpcoming
}

func over(i status.Incident) bool {
	return i.State == status.StateResolved || i.State == status.StateCompleted
}

// scanIncident reads a row of the incident table, its columns in the order of
// the schema.
func scanIncident(rows *sql.Rows) (key, record, error) {
	var k key
	var r record
	var worst, affected string
	var times [6]int64
	err := rows.Scan(&k.Service, &k.ID, &r.Type, &r.State, &worst, &r.Message, &r.UsersAffected, &affected,
		&times[0], &times[1], &times[2], &times[3], &times[4], &times[5])
	if err == nil {
		err = r.Worst.UnmarshalText([]byte(worst))
	}
	if err == nil && affected != "[]" {
		err = json.Unmarshal([]byte(affected), &r.AffectedServices)
	}
	if err != nil {
		return k, r, fmt.Errorf("history: reading an incident: %w", err)
	}
	r.ID = k.ID
	for i, t := range []*time.Time{&r.StartedAt, &r.EndedAt, &r.PostedAt, &r.FirstSeenAt, &r.LastSeenAt, &r.readAt} {
		*t = fromSeconds(times[i])
	}
	return k, r, nil
}
