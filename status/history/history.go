// Package history keeps what was read of Apple's status over time, in a
// database/sql database: D1 at the edge, SQLite natively, with the same
// statements and the same migrations. From it follows how each day was, and
// whether the service had a problem when a backup failed.
//
// Time that nobody watched is told as that, and never as time without a
// problem.
package history

import (
	"time"

	"backupcheck/status"
)

// KeptFor is how long incidents, levels and spans of watching are kept.
const KeptFor = 400 * 24 * time.Hour

// MaxDays is the longest time that History can be asked for, in days.
const MaxDays = 400

// History is what is known of one service between two times.
type History struct {
	Service string
	// From is the beginning of a day in UTC. To is the time asked for, or that
	// of the newest reading if that is no more than status.StaleAfter older.
	From, To time.Time
	// Incidents are those that overlap the time, the newest first.
	Incidents []Incident
	// Changes are the levels that readings showed, oldest first. The first one
	// may lie before From: it is the level at From.
	Changes []Change
	// Watched are the times in which readings followed each other closely
	// enough, oldest first, without overlap.
	Watched []Span
}

// Incident is an incident as it was read last, and what earlier readings
// showed of it.
type Incident struct {
	status.Incident
	// Worst is the worst level that the incident has given its service.
	Worst status.Level
	// FirstSeenAt is the time of the first reading that listed it. LastSeenAt
	// is set if Apple dropped it while it was ongoing or upcoming, or ended it
	// without telling when: the time of the last reading before that.
	FirstSeenAt, LastSeenAt time.Time
}

// Change is a change of a service's level, at the time of the reading that
// showed it.
type Change struct {
	At time.Time
	// Level is what the reading showed. Rest is the part of it that no
	// recorded incident accounts for, such as a missing row or a light on
	// Apple's page; Operational if incidents account for all of it.
	Level, Rest status.Level
}

// Span is a time from and to.
type Span struct{ From, To time.Time }

// Day tells the minutes of a day, in UTC, by level. Together they make the
// day: 1440 minutes, fewer on the day of To.
type Day struct {
	Date       time.Time // midnight in UTC
	Minutes    map[status.Level]int
	NotWatched int
}
