// Package watch runs once a minute: it reads Apple's status, stores the reading
// and posts changes. It has no timers: a cron trigger calls it at the edge, a
// ticker natively.
package watch

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"backupcheck/status"
)

// Store stores readings. A reading that is stored already, or one without a
// CheckedAt, changes nothing and is no error.
type Store interface {
	Record(ctx context.Context, report status.Report) error
}

// Notifier posts to the webhook.
type Notifier interface {
	// Send posts the stored changes that have not been posted yet. An error with a
	// method Waiting() (changes int, since time.Time) says how many wait, and since
	// when the oldest does.
	Send(ctx context.Context) error
	// SendUnread posts that Apple's status can't be read since a time, at most once
	// a day.
	SendUnread(ctx context.Context, since time.Time) error
}

// Watch has the dependencies of RunOnce. Only Monitor is required.
type Watch struct {
	Monitor  *status.Monitor
	Store    Store            // nil: readings aren't stored
	Notifier Notifier         // nil: changes aren't posted
	Log      *slog.Logger     // slog.Default if nil
	Now      func() time.Time // time.Now if nil

	mu      sync.Mutex // protects all fields below
	started time.Time  // of the first run
	storing failures
	unread  failures
}

// logEvery is the shortest time between two lines about a failure that lasts.
const logEvery = 10 * time.Minute

// failures are those in a row.
type failures struct {
	count  int
	logged time.Time
}

// next counts a failure, and reports whether it is to be logged.
func (f *failures) next(now time.Time, every time.Duration) bool {
	f.count++
	if f.count > 1 && now.Sub(f.logged).Abs() < every {
		return false
	}
	f.logged = now
	return true
}

// RunOnce reads Apple if a reading is due, stores the reading and posts changes.
// It may run concurrently with requests and with other calls of RunOnce. Errors
// are logged; the next call retries.
//
// When ctx is done, RunOnce cancels the reading and posts no change. Storing and
// posting that have started are not cancelled, so that a change that was posted
// is also marked as sent; the database and the receiver have time limits.
func (w *Watch) RunOnce(ctx context.Context) {
	w.begin()
	w.Monitor.Run(ctx)
	uncancelled := context.WithoutCancel(ctx)
	if w.Store != nil {
		w.logStoring(w.Store.Record(uncancelled, w.Monitor.Report()))
	}
	if ctx.Err() != nil {
		return
	}
	if w.Notifier != nil {
		w.logPosting(w.Notifier.Send(uncancelled))
	}
	w.reportUnread(uncancelled)
}

func (w *Watch) begin() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.started.IsZero() {
		w.started = w.now()
	}
}

func (w *Watch) logStoring(err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case err == nil && w.storing.count > 0:
		w.log().Info("storing readings works again", "failures", w.storing.count)
		w.storing = failures{}
	case err != nil && w.storing.next(w.now(), logEvery):
		w.log().Error("storing the reading failed", "error", err, "failures", w.storing.count)
	}
}

func (w *Watch) logPosting(err error) {
	if err == nil {
		return
	}
	attributes := []any{"error", err}
	var queue interface{ Waiting() (int, time.Time) }
	if errors.As(err, &queue) {
		changes, since := queue.Waiting()
		attributes = append(attributes, "waiting", changes, "since", since)
	}
	w.log().Error("posting a change failed", attributes...)
}

// reportUnread logs and posts that Apple's status couldn't be read for a long
// time, once a day.
func (w *Watch) reportUnread(ctx context.Context) {
	now := w.now()
	w.mu.Lock()
	since := w.started
	if at := w.Monitor.Verdict().CheckedAt; !at.IsZero() {
		since = at
	}
	unread := now.Sub(since) > status.UnreadAfter
	switch {
	case !unread:
		w.unread = failures{}
	case w.unread.next(now, 24*time.Hour):
		w.log().Error("Apple's status can't be read", "since", since.UTC())
	}
	w.mu.Unlock()
	if unread && w.Notifier != nil {
		if err := w.Notifier.SendUnread(ctx, since); err != nil {
			w.log().Error("posting that Apple can't be read failed", "error", err)
		}
	}
}

func (w *Watch) log() *slog.Logger {
	if w.Log == nil {
		return slog.Default()
	}
	return w.Log
}

func (w *Watch) now() time.Time {
	if w.Now == nil {
		return time.Now()
	}
	return w.Now()
}
