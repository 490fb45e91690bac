package status

import (
	"time"
)

const (
	// StaleAfter is the age at which a reading is marked as old.
	StaleAfter = 5 * time.Minute
	// TooOldAfter is the age at which a reading says nothing about now.
	TooOldAfter = 2 * time.Hour
	// UnreadAfter is the age of the latest reading at which operators hear of it.
	UnreadAfter = time.Hour
	// RecoveredFor is how long after its end a problem is still reported.
	RecoveredFor = 24 * time.Hour
	// MaxIncidents is how many incidents a verdict lists; all of them count.
	MaxIncidents = 50
)

// Verdict is the answer to "is it Apple?", made from a reading and the time.
type Verdict struct {
	Service   string
	Level     Level
	Recovered bool // operational now, after a problem that ended less than RecoveredFor ago
	// RecoveredAt is when the last of these problems ended.
	RecoveredAt time.Time
	Summary     string
	CheckedAt   time.Time // of the last reading; zero if there was none
	Stale       bool      // the reading is older than StaleAfter
	LastKnown   *Known    // set when Level is Unknown and there was a good reading
	Incidents   []Incident
	Related     []Related
	// Disagreement is set when Apple's page and Apple's data report different
	// levels; Summary then names both.
	Disagreement bool
}

// Known is the level of a good reading, and the time of that reading.
type Known struct {
	Level     Level
	CheckedAt time.Time
}

// Related is a row that affects the troubleshooting steps.
type Related struct {
	Service   string
	Level     Level
	Incidents []Incident // in the same order as Verdict.Incidents
}

// Decide returns the verdict on a report at the time now. It is a pure
// function.
func Decide(report Report, now time.Time) Verdict {
	v := Verdict{
		Service:   report.Service.Name,
		CheckedAt: report.CheckedAt,
		Related:   make([]Related, 0, len(report.Related)),
	}
	age := now.Sub(report.CheckedAt).Abs() // of the future: one of the two clocks is wrong
	v.Stale = !report.CheckedAt.IsZero() && age > StaleAfter
	tooOld := report.CheckedAt.IsZero() || age > TooOldAfter
	for _, row := range report.Related {
		related := Related{Service: row.Name}
		if !tooOld {
			related.Level = row.Level()
			related.Incidents = firstIncidents(row)
		}
		v.Related = append(v.Related, related)
	}
	if tooOld {
		v.LastKnown = report.latestKnown()
		v.Summary = "Apple's status of " + v.Service + " couldn't be checked."
		return v
	}
	v.Level = report.Service.Level()
	if v.Level == Unknown {
		v.LastKnown = report.LastGood
	}
	v.Incidents = sortedIncidents(report.Service.Incidents)
	if v.Level == Operational {
		v.RecoveredAt = recentlyResolved(v.Incidents, now)
		v.Recovered = !v.RecoveredAt.IsZero()
	}
	v.Incidents = v.Incidents[:min(len(v.Incidents), MaxIncidents)]
	v.Disagreement = report.Service.disagrees()
	v.Summary = summary(report.Service, v)
	return v
}

// firstIncidents returns the incidents of a row that are displayed.
func firstIncidents(row Row) []Incident {
	incidents := sortedIncidents(row.Incidents)
	return incidents[:min(len(incidents), MaxIncidents)]
}

// recentlyResolved returns when the latest problem ended, if that was less
// than RecoveredFor ago, or else the zero time.
func recentlyResolved(incidents []Incident, now time.Time) (latest time.Time) {
	for _, i := range incidents {
		if i.State == StateResolved && !i.EndedAt.IsZero() && now.Sub(i.EndedAt) < RecoveredFor && i.EndedAt.After(latest) {
			latest = i.EndedAt
		}
	}
	return latest
}

func summary(row Row, v Verdict) string {
	if v.Disagreement {
		return "Apple's page and Apple's data disagree about " + v.Service + ": the page says " +
			row.Light.String() + ", the data says " + row.dataLevel().String() + ". The worse one counts."
	}
	switch v.Level {
	case Operational:
		if v.Recovered {
			return "Apple reports that a problem with " + v.Service + " is over."
		}
		return "Apple reports no problem with " + v.Service + "."
	case Maintenance:
		return "Apple reports maintenance of " + v.Service + "."
	case Degraded:
		return "Apple reports a problem with " + v.Service + "."
	case Outage:
		return "Apple reports an outage of " + v.Service + "."
	}
	if row.Gap != "" {
		return row.Gap
	}
	return "Apple's status of " + v.Service + " isn't understood."
}
