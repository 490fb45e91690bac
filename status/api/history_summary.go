package api

import (
	"slices"
	"strconv"
	"time"

	"backupcheck/status"
	"backupcheck/status/history"
)

// historySummary describes the days in a sentence. Unknown time is mentioned,
// and never counts as time without a problem.
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
	// A problem that has just started has no minute yet.
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
		sentence += " for " + formatMinutes(problem)
	}
	if blank > 0 {
		sentence += "; for " + formatMinutes(blank) + " it wasn't watched or couldn't be read"
	}
	return sentence + "."
}

func reportsProblem(h history.History) bool {
	return slices.ContainsFunc(h.Incidents, func(i history.Incident) bool { return i.Worst.Down() }) ||
		slices.ContainsFunc(h.Changes, func(c history.Change) bool { return c.Level.Down() })
}

// summaryUnits are the units of durations in the summary.
var summaryUnits = status.DurationUnits{{" day", " days"}, {" hour", " hours"}, {" minute", " minutes"}}

func formatMinutes(minutes int) string {
	return status.FormatDuration(time.Duration(minutes)*time.Minute, summaryUnits, " and ")
}
