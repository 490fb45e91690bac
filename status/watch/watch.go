// Package watch does the work of each minute: read Apple's status, keep what
// was read, tell what changed. It has no timers: at the edge a cron trigger
// calls it, natively a ticker.
package watch

import (
	"context"
	"log/slog"

	"backupcheck/status"
)

// Store keeps readings. A reading that it has already, or one that was never
// taken, is no error and changes nothing.
type Store interface {
	Record(ctx context.Context, report status.Report) error
}

// Notifier tells the changes that the book holds and nobody was told of.
type Notifier interface {
	Send(ctx context.Context) error
}

// Watch is what a minute's work needs. Only Monitor is required.
type Watch struct {
	Monitor  *status.Monitor
	Store    Store        // nil: nothing is kept
	Notifier Notifier     // nil: nobody is told
	Log      *slog.Logger // slog.Default if nil
}

// Tick does the work of one minute. It reads only if a reading is due, and it
// may run beside requests that read and beside other ticks: what has been read,
// kept or told by then isn't done again. What fails is logged and left for the
// next minute, and keeps nothing else from being done.
//
// When ctx ends, a reading ends with it and nobody is told any more. What was
// begun of keeping and telling goes on, so that a message that is out is also
// noted as told; the time limits of database and receiver are its end.
func (w Watch) RunOnce(ctx context.Context) {
	log := w.Log
	if log == nil {
		log = slog.Default()
	}
	if turn := w.Monitor.Claim(); turn.Lease != 0 {
		w.Monitor.Refresh(ctx, turn.Lease)
	}
	begun := context.WithoutCancel(ctx)
	if w.Store != nil {
		if err := w.Store.Record(begun, w.Monitor.Report()); err != nil {
			log.Error("keeping the reading failed", "error", err)
		}
	}
	if w.Notifier != nil && ctx.Err() == nil {
		if err := w.Notifier.Send(begun); err != nil {
			log.Error("telling a change failed", "error", err)
		}
	}
}
