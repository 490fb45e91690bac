package history

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"backupcheck/status"
)

// record is an incident with the time of the first reading that had its present
// content.
type record struct {
	Incident
	readAt time.Time
}

// firstSeen returns the record of a new incident. If the reading is older than
// the newest, the newest no longer lists the incident.
func firstSeen(c status.Incident, at, newest time.Time) record {
	r := record{Incident{Incident: c, Worst: c.WorstLevel(), FirstSeenAt: at}, at}
	if c.Open() && at.Before(newest) {
		r.LastSeenAt = at
	}
	return r
}

// after returns the record after a reading that lists a copy of the incident.
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
	if !was.supersedes(c, at, late) && !c.SameContent(was.Incident.Incident) {
		r.Incident.Incident, r.readAt = c, at
	}
	switch {
	case r.Open():
		if !late {
			r.LastSeenAt = time.Time{}
		} else if !r.LastSeenAt.IsZero() && at.After(r.LastSeenAt) {
			r.LastSeenAt = at
		}
	case r.Ended() && !r.EndedAt.IsZero():
		r.LastSeenAt = time.Time{}
	case was.State == status.StateOngoing && was.LastSeenAt.IsZero():
		r.LastSeenAt = was.lastSeen(newest)
	}
	return r
}

// dropped returns the record after a reading that no longer lists the incident.
func (r record) dropped(newest time.Time) record {
	if r.Open() && r.LastSeenAt.IsZero() {
		r.LastSeenAt = r.lastSeen(newest)
	}
	return r
}

// lastSeen returns the time of the last reading with the record's content: the
// newest one, unless the reading that wrote the record was interrupted.
func (r record) lastSeen(newest time.Time) time.Time {
	if newest.Before(r.readAt) && !ofTheFuture(r.readAt, newest) {
		return r.readAt
	}
	return newest
}

// supersedes reports whether the record is newer than a copy of the incident in
// a reading. The copy posted later is newer; if that isn't known, the one read
// later. Times that can't be true are ignored, as no other copy would be newer
// until then.
func (r record) supersedes(c status.Incident, at time.Time, late bool) bool {
	recorded := r.Incident.Incident.WithPlausibleTimes(r.readAt)
	c = c.WithPlausibleTimes(at)
	switch {
	case !late && ofTheFuture(r.readAt, at):
		return false
	case c.OlderThan(recorded):
		return true
	case recorded.OlderThan(c):
		return false
	}
	return late || at.Before(r.readAt)
}

// ofTheFuture reports whether a stored time is too late for a reading at another
// time: the clock was ahead when it was stored, or is behind now. Readings less
// than status.StaleAfter apart may only be late.
func ofTheFuture(stored, at time.Time) bool { return stored.Sub(at) > status.StaleAfter }

// accountsFor reports whether the record explains the level that a copy of it
// gives its service at a time.
func (r record) accountsFor(c status.Incident, at time.Time) bool {
	return r.State == status.StateOngoing && !r.begin().After(at) && hasImpact(r.Worst) && status.Worse(r.Worst, c.Level()) == r.Worst
}

// equal reports whether two records have the same columns.
func (r record) equal(other record) bool {
	return r.SameContent(other.Incident.Incident) && r.Worst == other.Worst && r.readAt.Equal(other.readAt) &&
		r.FirstSeenAt.Equal(other.FirstSeenAt) && r.LastSeenAt.Equal(other.LastSeenAt)
}

// scanIncident scans a row of the incident table, with the columns in the order
// of the schema.
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
