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

// WriteVerdict writes a verdict: the level, the summary, the incidents, and the
// related services that aren't operational.
func WriteVerdict(w io.Writer, v status.Verdict) error {
	t := terminal.Of(w)
	var b strings.Builder
	line := func(format string, args ...any) {
		b.WriteString(terminal.Printable(fmt.Sprintf(format, args...)) + "\n")
	}
	b.WriteString(terminal.Printable(v.Service) + ": " + t.Paint(v.Level, v.Level.String()) + "\n")
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
			b.WriteString("  related: " + terminal.Printable(r.Service) + " is " + t.Paint(r.Level, r.Level.String()) + "\n")
		}
	}
	if !v.CheckedAt.IsZero() {
		line("Checked %s at %s", v.CheckedAt.UTC().Format(time.RFC3339), status.SourceURL)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// Count formats a number of things, in the plural unless it is 1.
func Count(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return fmt.Sprintf("%d %s", n, thing)
}
