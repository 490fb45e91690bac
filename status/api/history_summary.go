package api

import (
	"slices"
	"strconv"
	"strings"

	"backupcheck/status"
	"backupcheck/status/history"
)

// historySummary says in a sentence how the days were. Time of which nothing is
// known is told beside the rest, and never counts as time without a problem.
func historySummary(h history.History, days []history.Day) string {
	var all, problem, blank int
	for _, d := range days {
		for _, minutes := range d.Minutes {
			all += minutes
		}
		all += d.NotWatched
		problem += d.Minutes[status.Degraded] + d.Minutes[status.Outage]
		blank += d.NotWatched + d.Minutes[status.Unknown]
	}
	span := "In the last " + strconv.Itoa(len(days)) + " days"
	if len(days) == 1 {
		span = "Today, in UTC,"
	}
	// A problem that has just begun has no minute yet.
	if !reportsProblem(h) && blank == all {
		return span + " Apple's status of " + h.Service + " wasn't watched or couldn't be read."
	}
	sentence := span + " Apple reported "
	if reportsProblem(h) {
		sentence += "problems with " + h.Service
	} else {
		sentence += "no problem with " + h.Service
	}
	if problem > 0 {
		sentence += " for " + lasting(problem)
	}
	if blank > 0 {
		sentence += "; for " + lasting(blank) + " it wasn't watched or couldn't be read"
	}
	return sentence + "."
}

func reportsProblem(h history.History) bool {
	return slices.ContainsFunc(h.Incidents, func(i history.Incident) bool { return i.Worst.Down() }) ||
		slices.ContainsFunc(h.Changes, func(c history.Change) bool { return c.Level.Down() })
}

// lasting says how long something took, in its two largest units.
func lasting(minutes int) string {
	var told []string
	for _, unit := range []struct {
		minutes int
		name    string
	}{{24 * 60, "day"}, {60, "hour"}, {1, "minute"}} {
		n := minutes / unit.minutes
		minutes %= unit.minutes
		switch {
		case len(told) == 2 || n == 0:
		case n == 1:
			told = append(told, "1 "+unit.name)
		default:
			told = append(told, strconv.Itoa(n)+" "+unit.name+"s")
		}
	}
	return strings.Join(told, " and ")
}
