package main

import (
	"fmt"
	"strings"
	"time"

	"backupcheck/status"
)

// look is how a day is drawn. The zero value is unwatched, so that nothing
// forgotten is ever drawn as healthy.
type look uint8

const (
	unwatched look = iota
	unreadable
	healthy
	partly
	maintained
	troubled
	failing
)

// looks gives each look its sign, the level whose colour it has, and its words.
var looks = [...]struct {
	sign   string
	level  status.Level
	legend string
}{
	unwatched:  {"-", status.Unknown, "not watched, or for less than half of the day"},
	unreadable: {"?", status.Unknown, "Apple's data couldn't be understood"},
	healthy:    {".", status.Operational, "no problem"},
	partly:     {",", status.Operational, "no problem, but watched for only part of the day"},
	maintained: {"m", status.Maintenance, "maintenance"},
	troubled:   {"!", status.Degraded, "a problem"},
	failing:    {"X", status.Outage, "an outage"},
}

// look decides as the landing page does. Any minute of a problem makes the
// day's look. Without one the day must have been watched: for nearly all of
// its time to look healthy, for half of it to look partly so.
func (d pastDay) look() look {
	fine, gap := d.Minutes[status.Operational], d.NotWatched+d.Minutes[status.Unknown]
	switch {
	case d.Minutes[status.Outage] > 0:
		return failing
	case d.Minutes[status.Degraded] > 0:
		return troubled
	case d.Minutes[status.Maintenance] > 0:
		return maintained
	case fine > 0 && fine >= 19*gap:
		return healthy
	case fine > 0 && fine >= gap:
		return partly
	case d.Minutes[status.Unknown] > d.NotWatched:
		return unreadable
	}
	return unwatched
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
				look := looks[days[0].look()]
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
		count[day.look()]++
	}
	var b strings.Builder
	for _, l := range []look{healthy, partly, maintained, troubled, failing, unreadable, unwatched} {
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
