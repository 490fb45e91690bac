package text

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"backupcheck/cmd/backupcheck/internal/terminal"
	"backupcheck/status"
)

const minuteFormat = "2006-01-02 15:04"

// incidentTable lists the incidents, newest first: start, end, duration, worst
// level and type, with Apple's message below.
func (h History) incidentTable(t terminal.Terminal) string {
	const columns = "%-16s  %-17s  %-12s  "
	var b strings.Builder
	fmt.Fprintf(&b, columns+"%-11s  %s\n", "START", "END", "LASTED", "WORST", "TYPE")
	approximate := false
	for _, i := range h.Incidents {
		start, end, lasted := i.times(h.To)
		approximate = approximate || strings.HasPrefix(end, "~")
		worst := "-" // upcoming
		if i.WorstLevel != status.Operational {
			worst = i.WorstLevel.String()
		}
		row := fmt.Sprintf(columns, start, end, lasted) + t.Paint(i.WorstLevel, fmt.Sprintf("%-11s", worst)) +
			"  " + terminal.Shorten(terminal.Printable(i.Type), max(8, t.Width-64))
		b.WriteString(strings.TrimRight(row, " ") + "\n")
		if i.Message != "" {
			b.WriteString("    " + terminal.Shorten(terminal.Printable(i.Message), max(16, t.Width-4)) + "\n")
		}
	}
	if approximate {
		b.WriteString("~ Apple dropped it without an end: the time of the last reading that listed it.\n")
	}
	return b.String()
}

// times formats the start and end of an incident, "?" if unknown, and its
// duration, up to now for an ongoing one, empty if unknown.
func (i incident) times(now *time.Time) (start, end, lasted string) {
	from, to := i.StartedAt, i.EndedAt
	if from == nil {
		from = i.FirstSeenAt
	}
	start, end = "?", "?"
	if from != nil {
		start = from.UTC().Format(minuteFormat)
	}
	open := status.Incident{State: i.State}.Open()
	switch {
	case open && i.LastSeenAt == nil:
		// The end of an open incident, if any, is only planned.
		if end, to = "ongoing", now; i.State == status.StateUpcoming {
			end, to = "planned", nil
		}
	case (open || to == nil) && i.LastSeenAt != nil:
		to = i.LastSeenAt
		end = "~" + to.UTC().Format(minuteFormat)
	case to != nil:
		end = to.UTC().Format(minuteFormat)
	}
	if from != nil && to != nil {
		lasted = length(to.Sub(*from))
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
