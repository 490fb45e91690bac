// Package watch runs once a minute: it reads Apple's status, stores the reading
// and posts changes. It has no timers: a cron trigger calls it at the edge, a
// ticker natively.
package watch

import (
	"context"
	"log/slog"

	"backupcheck/status"
)

// Store stores readings. A reading that is stored already, or one without a
// CheckedAt, changes nothing and is no error.
type Store interface {
	Record(ctx context.Context, report status.Report) error
}

// Notifier posts the stored changes that have not been posted yet.
type Notifier interface {
	Send(ctx context.Context) error
}

// Watch has the dependencies of RunOnce. Only Monitor is required.
type Watch struct {
	Monitor  *status.Monitor
	Store    Store        // nil: readings aren't stored
	Notifier Notifier     // nil: changes aren't posted
	Log      *slog.Logger // slog.Default if nil
}

// RunOnce reads Apple if a reading is due, stores the reading and posts changes.
// It may run concurrently with requests and with other calls of RunOnce. Errors
// are logged; the next call retries.
//
// When ctx is done, RunOnce cancels the reading and posts no change. Storing and
// posting that have started are not cancelled, so that a change that was posted
// is also marked as sent; the database and the receiver have time limits.
func (w Watch) RunOnce(ctx context.Context) {
	log := w.Log
	if log == nil {
		log = slog.Default()
	}
	w.Monitor.Run(ctx)
	uncancelled := context.WithoutCancel(ctx)
	if w.Store != nil {
		if err := w.Store.Record(uncancelled, w.Monitor.Report()); err != nil {
			log.Error("storing the reading failed", "error", err)
		}
	}
	if w.Notifier != nil && ctx.Err() == nil {
		if err := w.Notifier.Send(uncancelled); err != nil {
			log.Error("posting a change failed", "error", err)
		}
	}
}
