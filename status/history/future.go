package history

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"time"

	"backupcheck/status"
)

// Readings of the future were stored by a program whose clock was ahead, or the
// clock is behind now. Which of the two isn't known at first, so they are only
// ignored. Once there are readings for clockProven without a gap, by a clock that
// must then be right (with a wrong one, Apple's certificate would be invalid, or
// the network would soon have set it), Record deletes them.
const clockProven = time.Hour

// position is where in time the stored readings are.
type position struct {
	began, ended time.Time // the newest span that doesn't begin in the future
	ahead        time.Time // the end of those that do; zero if there are none
}

// straddles reports whether the span ends in the future.
func (p position) straddles(now time.Time) bool { return ofTheFuture(p.ended, now) }

// position returns the position of the stored readings at a time.
func (s *Store) position(ctx context.Context, now time.Time) (position, error) {
	var began, ended int64
	var ahead sql.NullInt64
	err := s.db.QueryRowContext(ctx, `
		SELECT began_at, ended_at, (SELECT max(f.ended_at) FROM watched f WHERE f.began_at > ?) AS ahead
		FROM watched WHERE began_at <= ? ORDER BY began_at DESC LIMIT 1`,
		future(now), future(now)).Scan(&began, &ended, &ahead)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return position{}, fmt.Errorf("history: reading the time of the newest reading: %w", err)
	}
	return position{fromSeconds(began), fromSeconds(ended), fromSeconds(ahead.Int64)}, nil
}

// current returns the time of the newest stored reading for one that is to be
// stored. It sets right what is stored of the future.
func (s *Store) current(ctx context.Context, at time.Time) (time.Time, error) {
	p, err := s.position(ctx, s.Now())
	if err != nil {
		return time.Time{}, err
	}
	switch {
	case p.straddles(s.Now()):
		if err := s.split(ctx, p, at); err != nil {
			return time.Time{}, err
		}
		return s.newest(ctx, s.Now())
	case !p.ahead.IsZero():
		return p.ended, s.removeFuture(ctx, p, at)
	}
	return p.ended, nil
}

// split ends a span that ends in the future shortly before a reading, so that
// others can follow it. The rest of the span begins only when the clock will be
// proven.
func (s *Store) split(ctx context.Context, p position, at time.Time) error {
	end, rest := at.Add(-status.StaleAfter-time.Second).Unix(), future(s.Now().Add(clockProven))
	err := s.exec(ctx, `INSERT INTO watched (began_at, ended_at) SELECT ?, ? WHERE ? > ?
		ON CONFLICT (began_at) DO UPDATE SET ended_at = max(ended_at, excluded.ended_at)`, rest, p.ended.Unix(), p.ended.Unix(), rest)
	if err == nil {
		err = s.exec(ctx, `UPDATE watched SET ended_at = ? WHERE began_at = ? AND began_at < ?`, end, p.began.Unix(), end)
	}
	if err == nil {
		err = s.exec(ctx, `DELETE FROM watched WHERE began_at = ? AND began_at >= ?`, p.began.Unix(), end)
	}
	if err == nil {
		err = s.exec(ctx, `DELETE FROM change WHERE at > ? AND at <= ?`, at.Unix(), rest)
	}
	if err != nil {
		return fmt.Errorf("history: setting right readings of the future: %w", err)
	}
	s.log().Warn("the history had readings of the future", "until", p.ended, "now", s.Now().UTC())
	return nil
}

// removeFuture deletes what is stored of the future, once the clock is proven.
// Until then it deletes only changes whose time is about to come.
func (s *Store) removeFuture(ctx context.Context, p position, at time.Time) error {
	proven := !p.ended.IsZero() && at.Sub(p.ended) <= status.StaleAfter && at.Sub(p.began) >= clockProven
	until := future(s.Now())
	if proven {
		until = math.MaxInt64
	}
	err := s.exec(ctx, `DELETE FROM change WHERE at > ? AND at <= ?`, at.Unix(), until)
	if err == nil && proven {
		err = s.exec(ctx, `DELETE FROM watched WHERE began_at > ?`, at.Unix())
	}
	if err != nil {
		return fmt.Errorf("history: deleting readings of the future: %w", err)
	}
	if proven {
		s.log().Warn("readings of the future were deleted from the history", "until", p.ahead, "now", s.Now().UTC())
	}
	return nil
}

func (s *Store) exec(ctx context.Context, statement string, args ...any) error {
	_, err := s.db.ExecContext(ctx, statement, args...)
	return err
}

func (s *Store) log() *slog.Logger {
	if s.Log == nil {
		return slog.Default()
	}
	return s.Log
}
