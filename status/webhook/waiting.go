package webhook

import (
	"context"
	"slices"
	"time"

	"backupcheck/status/history"
)

// waitingError is an error with the changes that wait.
type waitingError struct {
	error
	changes int
	since   time.Time
}

func (e waitingError) Unwrap() error { return e.error }

// Waiting returns how many changes wait, and since when the oldest does.
func (e waitingError) Waiting() (changes int, since time.Time) { return e.changes, e.since }

// waiting adds to an error which changes wait, if there are any.
func (s *Sender) waiting(ctx context.Context, err error, now time.Time) error {
	posts, failed := s.Queue.Due(ctx, s.Service, now)
	posts = slices.DeleteFunc(posts, func(p history.Post) bool { return p.Expired(now) })
	if failed != nil || len(posts) == 0 {
		return err
	}
	return waitingError{err, len(posts), posts[0].At}
}
