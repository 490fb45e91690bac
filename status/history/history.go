// Package history stores the readings of Apple's status in a database, D1 at
// the edge or SQLite natively, with the same statements and migrations. It
// returns the incidents and the levels of past days.
//
// Gaps in monitoring are reported as gaps, never as uptime.
package history

import (
	"time"

	"backupcheck/status"
)

// Retention is how long incidents, changes and watched time are stored.
const Retention = 400 * 24 * time.Hour

// MaxDays is the longest History that Read returns, in days.
const MaxDays = 400

// History is the recorded past of one service between two times.
type History struct {
	Service string
	// From is midnight in UTC. To is the requested time, or that of the newest
	// reading if that is at most status.StaleAfter older.
	From, To time.Time
	// Incidents are those that overlap this time, newest first.
	Incidents []Incident
	// Changes are the changes of level, oldest first. The first one may be
	// before From: it gives the level at From.
	Changes []Change
	// Watched are the spans of time without a gap between readings of more than
	// status.StaleAfter, oldest first. They don't overlap.
	Watched []Span
}

// Incident is the latest copy of an incident, with data from earlier readings.
type Incident struct {
	status.Incident
	// Worst is the worst level that the incident has given its service.
	Worst status.Level
	// FirstSeenAt is the time of the first reading that listed the incident.
	// LastSeenAt is set if Apple removed it while it was open, or ended it
	// without a time: the time of the last reading before that.
	FirstSeenAt, LastSeenAt time.Time
}

// Change is a change of a service's level, at the time of the first reading
// with the new level.
type Change struct {
	At time.Time
	// Level is the level of the reading. Rest is the level without the
	// recorded incidents, due to a missing row or a light on Apple's page, for
	// example; Operational if incidents account for all of Level.
	Level, Rest status.Level
}

// Span is the time between two readings.
type Span struct{ From, To time.Time }

// Day has the minutes of a day in UTC by level. With those not watched they add
// up to 1440, or less on the day of To.
type Day struct {
	Date       time.Time // midnight in UTC
	Minutes    map[status.Level]int
	NotWatched int
}
