package history

import "backupcheck/status"

// DayStatus is what a day is called in one word. The zero value is Unwatched, so
// that nothing forgotten is ever taken for healthy.
type DayStatus uint8

const (
	// Unwatched was watched for less than half of the day, without a problem.
	Unwatched DayStatus = iota
	// Unreadable was watched, but Apple's data weren't understood.
	Unreadable
	// Healthy had no problem, and hardly any time that isn't known.
	Healthy
	// Partly had no problem in the half of the day or more that is known.
	Partly
	// Maintained, Troubled and Failing had a minute of it or more.
	Maintained
	Troubled
	Failing
)

// Status decides. Any minute of a problem makes the day's look. Without one the
// day must have been watched: for 19 of 20 minutes to be Healthy, for half of
// them to be Partly so.
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
