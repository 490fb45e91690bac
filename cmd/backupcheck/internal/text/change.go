package text

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"backupcheck/cmd/backupcheck/internal/terminal"
	"backupcheck/status"
)

// Changed reports whether two verdicts differ in the level, in being recovered
// or stale, or in their incidents. A change of Apple's wording doesn't count.
func Changed(before, now status.Verdict) bool {
	return before.Level != now.Level || before.Recovered != now.Recovered || before.Stale != now.Stale ||
		len(added(before, now)) > 0 || len(added(now, before)) > 0
}

// ChangeLine formats a change as one line: the time, the level, the summary, and
// which incidents are new, have changed, or are no longer listed.
func ChangeLine(t terminal.Terminal, before, now status.Verdict, at time.Time) string {
	var details []string
	if now.Stale {
		details = append(details, "as of "+now.CheckedAt.UTC().Format(time.RFC3339))
	}
	for _, i := range added(before, now) {
		// Apple lists incidents for days after they are over. These are only a
		// change if the incidents listed before are known.
		if !i.Ended() || before.Level != status.Unknown {
			details = append(details, incidentKey(i))
		}
	}
	for _, i := range before.Incidents {
		listed := func(other status.Incident) bool { return other.ID == i.ID }
		if now.Level != status.Unknown && !slices.ContainsFunc(now.Incidents, listed) {
			details = append(details, i.ID+" is no longer listed")
		}
	}
	suffix := ""
	if len(details) > 0 {
		suffix = " (" + strings.Join(details, ", ") + ")"
	}
	return fmt.Sprintf("%s  %s  %s\n", at.UTC().Format(time.RFC3339),
		t.Paint(now.Level, fmt.Sprintf("%-11s", now.Level)), terminal.Printable(now.Summary+suffix))
}

// incidentKey identifies an incident in a state, independent of its message and times.
func incidentKey(i status.Incident) string {
	return i.State + " " + strings.ToLower(i.Type) + " " + i.ID
}

// added returns the incidents of b that a doesn't have.
func added(a, b status.Verdict) (incidents []status.Incident) {
	for _, i := range b.Incidents {
		same := func(other status.Incident) bool { return incidentKey(other) == incidentKey(i) }
		if !slices.ContainsFunc(a.Incidents, same) {
			incidents = append(incidents, i)
		}
	}
	return incidents
}
