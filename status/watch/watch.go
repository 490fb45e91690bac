// Package watch does the work of each minute: read Apple's status, keep what
// was read, tell what changed. It has no timers: at the edge a cron trigger
// calls it, natively a ticker.
package watch

import (
	"context"
	"log/slog"

	"backupcheck/status"
)

// Book keeps readings. A reading that it has already, or one that was never
// taken, is no error and changes nothing.
type Book interface {
	Record(ctx context.Context, report status.Report) error
}

// Hook tells the changes that the book holds and nobody was told of.
type Hook interface {
	Send(ctx context.Context) error
}

// Watch is what a minute's work needs. Only Monitor is required.
type Watch struct {
	Monitor *status.Monitor
	Book    Book         // nil: nothing is kept
	Hook    Hook         // nil: nobody is told
	Log     *slog.Logger // slog.Default if nil
}

// Tick does the work of one minute. It reads only if a reading is due, and it
// may run beside requests that read and beside other ticks: what has been read,
// kept or told by then isn't done again. What fails is logged and left for the
// next minute, and keeps nothing else from being done.
//
// When ctx ends, a reading ends with it and nobody is told any more. What was
// begun of keeping and telling goes on, so that a message that is out is also
// noted as told; the time limits of database and receiver are its end.
func (w Watch) Tick(ctx context.Context) {
	log := w.Log
	if log == nil {
		log = slog.Default()
	}
	if turn := w.Monitor.Claim(); turn.Lease != 0 {
		w.Monitor.Refresh(ctx, turn.Lease)
	}
	begun := context.WithoutCancel(ctx)
	if w.Book != nil {
		if err := w.Book.Record(begun, w.Monitor.Report()); err != nil {
			log.Error("keeping the reading failed", "error", err)
		}
	}
	if w.Hook != nil && ctx.Err() == nil {
		if err := w.Hook.Send(begun); err != nil {
			log.Error("telling a change failed", "error", err)
		}
	}
}
