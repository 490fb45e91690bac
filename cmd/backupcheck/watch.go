package main

import (
	"context"
	"io"
	"log/slog"
	"time"

	"backupcheck/cmd/backupcheck/internal/terminal"
	"backupcheck/cmd/backupcheck/internal/text"
	"backupcheck/status"
)

// watcher is status -watch: it reads repeatedly and prints changes.
type watcher struct {
	source  status.Source
	service string
	now     func() time.Time
	every   time.Duration
	bell    bool // ring at changes of level
	// print prints a verdict that differs from the one before it. If nil, it is
	// one line of text.
	print func(before, now status.Verdict, at time.Time) error
}

// run watches until ctx ends, and returns the exit status of the last verdict.
func (w watcher) run(ctx context.Context, s streams) int {
	if w.print == nil {
		t := terminal.Of(s.out)
		w.print = func(before, now status.Verdict, at time.Time) error {
			_, err := io.WriteString(s.out, text.ChangeLine(t, before, now, at))
			return err
		}
	}
	monitor := status.NewMonitor(status.Options{
		Source:  &firstFailures{source: w.source, streams: s},
		Service: w.service,
		Every:   w.every,
		Now:     w.now,
		Log:     slog.New(slog.DiscardHandler),
	})
	var printed status.Verdict
	for first := true; ; first = false {
		// The interval starts when a reading ends, so the next one is due unless
		// Apple has asked for a longer pause.
		if turn := monitor.Claim(); turn.Lease != 0 {
			monitor.Refresh(ctx, turn.Lease)
		}
		v := monitor.Verdict()
		if ctx.Err() != nil {
			return exitStatus[printed.Level] // this reading may be incomplete
		}
		if first || text.Changed(printed, v) {
			if err := w.print(printed, v, w.now()); err != nil {
				return s.fail(exitUnknown, "writing the verdict: %v", err)
			}
			if w.bell && !first && v.Level != printed.Level {
				io.WriteString(s.err, "\a")
			}
			printed = v
		}
		select {
		case <-ctx.Done():
			return exitStatus[printed.Level]
		case <-time.After(w.every):
		}
	}
}

// firstFailures prints the error of a failed reading, but not those of the
// failures that follow it.
type firstFailures struct {
	source  status.Source
	streams streams
	failed  bool
}

func (f *firstFailures) Read(ctx context.Context) (status.Report, error) {
	report, err := f.source.Read(ctx)
	if err != nil && !f.failed && ctx.Err() == nil {
		f.streams.fail(exitUnknown, "%v", err)
	}
	f.failed = err != nil
	return report, err
}
