// Package text formats verdicts, changes and history as text for people, on a
// terminal or in a file. Text from outside the program is made printable.
package text

import (
	"fmt"
	"io"
	"strings"
	"time"

	"backupcheck/cmd/backupcheck/internal/terminal"
	"backupcheck/status"
)

// WriteVerdict writes a verdict at a time: the level, the summary, the incidents,
// and the related services that aren't operational. Monitoring systems take what
// follows a bar as performance data, so there is one bar, with real data.
func WriteVerdict(w io.Writer, v status.Verdict, now time.Time) error {
	t := terminal.Of(w)
	var b strings.Builder
	line := func(format string, args ...any) {
		b.WriteString(withoutBars(fmt.Sprintf(format, args...)) + "\n")
	}
	b.WriteString(withoutBars(v.Service) + ": " + t.Paint(v.Level, v.Level.String()) + performance(v, now) + "\n")
	line("%s", v.Summary)
	for _, i := range v.Incidents {
		incident := "  " + i.State + " " + strings.ToLower(i.Type)
		if !i.StartedAt.IsZero() {
			incident += " from " + i.StartedAt.Format(time.RFC3339)
		}
		if !i.EndedAt.IsZero() {
			incident += " to " + i.EndedAt.Format(time.RFC3339)
		}
		line("%s: %s", incident, i.Message)
	}
	for _, r := range v.Related {
		if r.Level.Down() || r.Level == status.Maintenance {
			b.WriteString("  related: " + withoutBars(r.Service) + " is " + t.Paint(r.Level, r.Level.String()) + "\n")
		}
	}
	if !v.CheckedAt.IsZero() {
		line("Checked %s at %s", v.CheckedAt.UTC().Format(time.RFC3339), status.SourceURL)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// withoutBars makes a text printable and replaces its bars.
func withoutBars(text string) string {
	return strings.ReplaceAll(terminal.Printable(text), "|", "¦")
}

// performance returns a verdict's performance data with the bar before them: the
// age of the reading, with the thresholds of a stale and of a useless one, and how
// long the service has been in trouble. What isn't known is left out.
func performance(v status.Verdict, now time.Time) string {
	var data []string
	if !v.CheckedAt.IsZero() {
		data = append(data, fmt.Sprintf("age=%ds;%d;%d;0", max(0, int(now.Sub(v.CheckedAt).Seconds())),
			int(status.StaleAfter.Seconds()), int(status.TooOldAfter.Seconds())))
	}
	if minutes, known := inTrouble(v, now); known {
		data = append(data, fmt.Sprintf("trouble_minutes=%d;;;0", minutes))
	}
	if len(data) == 0 {
		return ""
	}
	return " | " + strings.Join(data, " ")
}

// inTrouble returns the minutes since the first ongoing problem began; 0 without
// a problem.
func inTrouble(v status.Verdict, now time.Time) (minutes int, known bool) {
	if v.Level == status.Unknown {
		return 0, false
	}
	if !v.Level.Down() {
		return 0, true
	}
	var since time.Time
	for _, i := range v.Incidents {
		if i.Level().Down() && !i.StartedAt.IsZero() && (since.IsZero() || i.StartedAt.Before(since)) {
			since = i.StartedAt
		}
	}
	return max(0, int(now.Sub(since).Minutes())), !since.IsZero()
}

// Count formats a number of things, in the plural unless it is 1.
func Count(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return fmt.Sprintf("%d %s", n, thing)
}
