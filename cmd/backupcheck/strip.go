package main

import (
	"fmt"
	"strings"
	"time"

	"backupcheck/status"
	"backupcheck/status/history"
)

// looks gives each look its sign, the level whose colour it has, and its words.
var looks = [...]struct {
	sign   string
	level  status.Level
	legend string
}{
	history.Unwatched:  {"-", status.Unknown, "not watched, or for less than half of the day"},
	history.Unreadable: {"?", status.Unknown, "Apple's data couldn't be understood"},
	history.Healthy:    {".", status.Operational, "no problem"},
	history.Partly:     {",", status.Operational, "no problem, but watched for only part of the day"},
	history.Maintained: {"m", status.Maintenance, "maintenance"},
	history.Troubled:   {"!", status.Degraded, "a problem"},
	history.Failing:    {"X", status.Outage, "an outage"},
}

const (
	week     = 7
	perWeek  = week + 1 // columns of seven days and a space
	dayLabel = "2006-01-02  "
)

// strip draws a row for each month, the days in groups of seven under the
// number of each group's first day. What is too wide for the terminal is
// folded between two groups.
func strip(t terminal, days []pastDay) string {
	groups := max(1, min(5, (t.width-len(dayLabel)+1)/perWeek))
	var b strings.Builder
	if groups == 5 {
		b.WriteString(strings.Repeat(" ", len(dayLabel)) + "1       8       15      22      29\n")
	}
	for len(days) > 0 {
		first := days[0].Date
		begin := (first.Day() - 1) / (groups * week) * groups * week // days of the month before the row
		label := first.AddDate(0, 0, begin+1-first.Day()).Format(dayLabel)
		if groups == 5 {
			label = fmt.Sprintf("%-*s", len(dayLabel), first.Format("2006-01"))
		}
		var row strings.Builder
		row.WriteString(label)
		for column := begin; column < begin+groups*week; column++ {
			if column > begin && (column-begin)%week == 0 {
				row.WriteByte(' ')
			}
			switch {
			case column+1 < first.Day():
				row.WriteByte(' ')
			case len(days) > 0 && days[0].Date.Day() == column+1 && sameMonth(days[0].Date.Time, first.Time):
				look := looks[days[0].Status()]
				row.WriteString(t.paint(look.level, look.sign))
				days = days[1:]
			}
		}
		b.WriteString(strings.TrimRight(row.String(), " ") + "\n")
	}
	return b.String()
}

func sameMonth(a, b time.Time) bool { return a.Year() == b.Year() && a.Month() == b.Month() }

// legend explains the signs that occur, and on how many days they do.
func legend(t terminal, days []pastDay) string {
	var count [len(looks)]int
	for _, day := range days {
		count[day.Status()]++
	}
	var b strings.Builder
	for _, l := range []history.DayStatus{history.Healthy, history.Partly, history.Maintained, history.Troubled, history.Failing, history.Unreadable, history.Unwatched} {
		if count[l] > 0 {
			fmt.Fprintf(&b, "  %s  %-8s  %s\n", t.paint(looks[l].level, looks[l].sign), number(count[l], "day"), looks[l].legend)
		}
	}
	return b.String()
}

// number counts things in words.
func number(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return fmt.Sprintf("%d %s", n, thing)
}
