package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"time"

	"backupcheck/status"
)

// follower reads again and again and prints what changes.
type follower struct {
	source  status.Source
	service string
	now     func() time.Time
	every   time.Duration
	bell    bool // ring at changes of level
	// show prints the verdict of now, after the one before it.
	show func(before, now status.Verdict, at time.Time) error
}

// run follows until ctx ends, and returns the exit status of the last verdict.
func (f follower) run(ctx context.Context, s streams) int {
	if f.show == nil {
		t := terminalOf(s.out)
		f.show = func(before, now status.Verdict, at time.Time) error {
			_, err := io.WriteString(s.out, changeLine(t, before, now, at))
			return err
		}
	}
	monitor := status.NewMonitor(status.Options{
		Source:  &firstFailures{source: f.source, s: s},
		Service: f.service,
		Every:   f.every,
		Now:     f.now,
		Log:     slog.New(slog.DiscardHandler),
	})
	var shown status.Verdict
	for first := true; ; first = false {
		// The time between two readings counts from the end of one, so that a
		// reading is always due.
		monitor.Refresh(ctx, monitor.Claim().Lease)
		v := monitor.Verdict()
		if ctx.Err() != nil {
			return exitStatus[shown.Level] // a reading that was cut short says nothing
		}
		if first || changed(shown, v) {
			if err := f.show(shown, v, f.now()); err != nil {
				return s.fail(exitUnknown, "writing the verdict: %v", err)
			}
			if f.bell && !first && v.Level != shown.Level {
				io.WriteString(s.err, "\a")
			}
			shown = v
		}
		select {
		case <-ctx.Done():
			return exitStatus[shown.Level]
		case <-time.After(f.every):
		}
	}
}

// firstFailures tells why a reading failed, if the one before it didn't fail.
type firstFailures struct {
	source status.Source
	s      streams
	failed bool
}

func (f *firstFailures) Read(ctx context.Context) (status.Report, error) {
	report, err := f.source.Read(ctx)
	if err != nil && !f.failed && ctx.Err() == nil {
		f.s.fail(exitUnknown, "%v", err)
	}
	f.failed = err != nil
	return report, err
}

// changed reports whether a verdict tells another thing than the one before.
// That Apple words something differently is no change.
func changed(before, now status.Verdict) bool {
	return before.Level != now.Level || before.Recovered != now.Recovered || before.Stale != now.Stale ||
		len(added(before, now)) > 0 || len(added(now, before)) > 0
}

// face is what makes an incident another one than it was: not its words and
// not its times.
func face(i status.Incident) string { return i.State + " " + strings.ToLower(i.Type) + " " + i.ID }

// added are the incidents of b that a hasn't.
func added(a, b status.Verdict) (incidents []status.Incident) {
	for _, i := range b.Incidents {
		same := func(other status.Incident) bool { return face(other) == face(i) }
		if !slices.ContainsFunc(a.Incidents, same) {
			incidents = append(incidents, i)
		}
	}
	return incidents
}

// changeLine tells a change in one line: when, the level, the summary, and
// which incidents are new, others than they were, or not listed any more.
func changeLine(t terminal, before, now status.Verdict, at time.Time) string {
	var told []string
	if now.Stale {
		told = append(told, "as of "+now.CheckedAt.UTC().Format(time.RFC3339))
	}
	for _, i := range added(before, now) {
		// Apple lists for days what is over. That is news only to who knew
		// what was listed before.
		if over := i.State == status.StateResolved || i.State == status.StateCompleted; !over || before.Level != status.Unknown {
			told = append(told, face(i))
		}
	}
	for _, i := range before.Incidents {
		listed := func(other status.Incident) bool { return other.ID == i.ID }
		if now.Level != status.Unknown && !slices.ContainsFunc(now.Incidents, listed) {
			told = append(told, i.ID+" is no longer listed")
		}
	}
	details := ""
	if len(told) > 0 {
		details = " (" + strings.Join(told, ", ") + ")"
	}
	return fmt.Sprintf("%s  %s  %s\n", at.UTC().Format(time.RFC3339),
		t.paint(now.Level, fmt.Sprintf("%-11s", now.Level)), printable(now.Summary+details))
}
