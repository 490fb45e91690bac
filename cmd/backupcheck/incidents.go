package main

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"backupcheck/status"
)

// minuteForm is a time in the table of incidents.
const minuteForm = "2006-01-02 15:04"

// table lists the incidents, newest first: start, end, how long, the worst
// level and the type, and below it what Apple says.
func (p past) table(t terminal) string {
	const columns = "%-16s  %-17s  %-12s  "
	var b strings.Builder
	fmt.Fprintf(&b, columns+"%-11s  %s\n", "START", "END", "LASTED", "WORST", "TYPE")
	approximate := false
	for _, i := range p.Incidents {
		start, end, lasted := i.times(p.To)
		approximate = approximate || strings.HasPrefix(end, "~")
		worst := "-" // announced, and not begun
		if i.WorstLevel != status.Operational {
			worst = i.WorstLevel.String()
		}
		row := fmt.Sprintf(columns, start, end, lasted) + t.paint(i.WorstLevel, fmt.Sprintf("%-11s", worst)) +
			"  " + shortened(printable(i.Type), max(8, t.width-64))
		b.WriteString(strings.TrimRight(row, " ") + "\n")
		if i.Message != "" {
			b.WriteString("    " + shortened(printable(i.Message), max(16, t.width-4)) + "\n")
		}
	}
	if approximate {
		b.WriteString("~ Apple has dropped it without an end: the last reading that listed it.\n")
	}
	return b.String()
}

// times tells when an incident began and ended, and how long it lasted, up to
// now if it goes on. Where that isn't known, the text is "?" or empty.
func (i pastIncident) times(now *time.Time) (start, end, lasted string) {
	begun, over := i.StartedAt, i.EndedAt
	if begun == nil {
		begun = i.FirstSeenAt
	}
	start, end = "?", "?"
	if begun != nil {
		start = begun.UTC().Format(minuteForm)
	}
	open := status.Incident{State: i.State}.Open()
	switch {
	case open && i.LastSeenAt == nil:
		// An end that stands there is planned.
		if end, over = "goes on", now; i.State == status.StateUpcoming {
			end, over = "planned", nil
		}
	case (open || over == nil) && i.LastSeenAt != nil:
		over = i.LastSeenAt
		end = "~" + over.UTC().Format(minuteForm)
	case over != nil:
		end = over.UTC().Format(minuteForm)
	}
	if begun != nil && over != nil {
		lasted = length(over.Sub(*begun))
	}
	return start, end, lasted
}

// lengthUnits fit the table's column.
var lengthUnits = status.DurationUnits{{" d", " d"}, {" h", " h"}, {" min", " min"}}

// length formats how long an incident lasted; empty if it ended before its start.
func length(d time.Duration) string {
	if d <= -time.Minute {
		return ""
	}
	return cmp.Or(status.FormatDuration(d, lengthUnits, " "), "0 min")
}
