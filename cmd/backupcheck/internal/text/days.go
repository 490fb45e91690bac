package text

import (
	"fmt"
	"strings"
	"time"

	"backupcheck/cmd/backupcheck/internal/terminal"
	"backupcheck/status"
	"backupcheck/status/history"
)

// dayStyles has the sign of each status of a day, the level whose colour the
// sign gets, and its description.
var dayStyles = [...]struct {
	sign        string
	level       status.Level
	description string
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
	week        = 7
	weekColumns = week + 1 // seven days and a space
	labelFormat = "2006-01-02  "
)

// calendar draws a row of signs for each month, in groups of seven days below
// the number of each group's first day. Rows that are too wide for the terminal
// are folded between two groups.
func calendar(t terminal.Terminal, days []day) string {
	groups := max(1, min(5, (t.Width-len(labelFormat)+1)/weekColumns))
	var b strings.Builder
	if groups == 5 {
		b.WriteString(strings.Repeat(" ", len(labelFormat)) + "1       8       15      22      29\n")
	}
	for len(days) > 0 {
		first := days[0].Date
		begin := (first.Day() - 1) / (groups * week) * groups * week // days of the month before the row
		label := first.AddDate(0, 0, begin+1-first.Day()).Format(labelFormat)
		if groups == 5 {
			label = fmt.Sprintf("%-*s", len(labelFormat), first.Format("2006-01"))
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
				style := dayStyles[days[0].status()]
				row.WriteString(t.Paint(style.level, style.sign))
				days = days[1:]
			}
		}
		b.WriteString(strings.TrimRight(row.String(), " ") + "\n")
	}
	return b.String()
}

func sameMonth(a, b time.Time) bool { return a.Year() == b.Year() && a.Month() == b.Month() }

// legend describes the signs that occur, each with its number of days.
func legend(t terminal.Terminal, days []day) string {
	var count [len(dayStyles)]int
	for _, day := range days {
		count[day.status()]++
	}
	var b strings.Builder
	for _, s := range []history.DayStatus{history.Healthy, history.Partly, history.Maintained, history.Troubled, history.Failing, history.Unreadable, history.Unwatched} {
		if count[s] > 0 {
			style := dayStyles[s]
			fmt.Fprintf(&b, "  %s  %-8s  %s\n", t.Paint(style.level, style.sign), Count(count[s], "day"), style.description)
		}
	}
	return b.String()
}
