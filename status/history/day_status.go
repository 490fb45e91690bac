package history

import "backupcheck/status"

// DayStatus summarizes a day. The zero value is Unwatched, so that a status
// that was never set doesn't count as healthy.
type DayStatus uint8

const (
	// Unwatched: no problem, but less than half of the day was watched.
	Unwatched DayStatus = iota
	// Unreadable: watched, but Apple's data could not be understood.
	Unreadable
	// Healthy: no problem, in at least 95 % of the day.
	Healthy
	// Partly: no problem, in at least half of the day.
	Partly
	// Maintained, Troubled, Failing: at least one minute of maintenance, of a
	// problem, of an outage.
	Maintained
	Troubled
	Failing
)

// Status returns the day's status: the worst problem of any minute or, without
// a problem, how much of the day is known.
func (d Day) Status() DayStatus {
	fine, gap := d.Minutes[status.Operational], d.NotWatched+d.Minutes[status.Unknown]
	switch {
	case d.Minutes[status.Outage] > 0:
		return Failing
	case d.Minutes[status.Degraded] > 0:
		return Troubled
	case d.Minutes[status.Maintenance] > 0:
		return Maintained
	case fine > 0 && fine >= 19*gap:
		return Healthy
	case fine > 0 && fine >= gap:
		return Partly
	case d.Minutes[status.Unknown] > d.NotWatched:
		return Unreadable
	}
	return Unwatched
}
