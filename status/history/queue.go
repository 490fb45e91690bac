package history

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"backupcheck/status"
)

const (
	// PostWithin is how long after a change it is still posted.
	PostWithin = 24 * time.Hour
	// gaveUpWithin is how long Posts counts a change that was not posted.
	gaveUpWithin = 7 * 24 * time.Hour
)

// Post is a change of level for the webhook.
type Post struct {
	Service         string
	At              time.Time // of the reading that showed it
	Level, Previous status.Level
	TriedAt         time.Time // start of the last attempt; zero if there was none
	// Answer is the HTTP status of the last attempt that failed; -1 if it had
	// none, 0 if no attempt has failed.
	Answer int
	// Overtaken is set when a later change has been sent.
	Overtaken bool

	gaveUp bool
}

// Expired reports whether a change is too old to be posted.
func (p Post) Expired(now time.Time) bool { return now.Sub(p.At) > PostWithin }

// Due returns the changes of a service's level that are to be posted, oldest
// first, and those that have expired after an attempt and are to be given up.
// The first level ever read is not a change. A caller must Claim a change before
// it posts it.
func (s *Store) Due(ctx context.Context, service string, now time.Time) ([]Post, error) {
	unsent, err := s.unsent(ctx, service, now, 2*PostWithin)
	if err != nil {
		return nil, err
	}
	var due []Post
	for _, p := range unsent {
		if !p.gaveUp && (!p.Expired(now) || !p.TriedAt.IsZero()) {
			due = append(due, p)
		}
	}
	return due, nil
}

// Queued describes the changes that have not been posted.
type Queued struct {
	Pending int       // are to be posted
	Since   time.Time // of the oldest of these; zero if there are none
	GaveUp  int       // were refused for good, or not accepted in time, in the last week
	Answer  int       // Post.Answer of the newest of them with a failed attempt
}

// Posts counts the changes of a service's level that have not been posted.
func (s *Store) Posts(ctx context.Context, service string, now time.Time) (Queued, error) {
	var queued Queued
	unsent, err := s.unsent(ctx, service, now, gaveUpWithin)
	for _, p := range unsent {
		switch {
		case p.gaveUp:
			queued.GaveUp++
		case !p.Expired(now):
			queued.Pending++
			if queued.Since.IsZero() {
				queued.Since = p.At
			}
		default:
			continue
		}
		if p.Answer != 0 {
			queued.Answer = p.Answer
		}
	}
	return queued, err
}

// unsent returns the changes of a service's level that have not been sent and are
// no older than a time and not of the future, oldest first.
func (s *Store) unsent(ctx context.Context, service string, now time.Time, within time.Duration) ([]Post, error) {
	rows, err := s.db.QueryContext(ctx, `
		SELECT c.at, c.level, (SELECT p.level FROM change p WHERE p.service = c.service AND p.at < c.at ORDER BY p.at DESC LIMIT 1) AS previous,
			c.tried_at, c.gave_up_at, c.answer,
			c.at < coalesce((SELECT max(l.at) FROM change l WHERE l.service = ? AND l.at >= ? AND l.at <= ? AND l.sent_at > 0), 0) AS overtaken
		FROM change c WHERE c.service = ? AND c.at >= ? AND c.at <= ? AND c.sent_at = 0 ORDER BY c.at`,
		service, now.Add(-within).Unix(), future(now), service, now.Add(-within).Unix(), future(now))
	if err != nil {
		return nil, fmt.Errorf("history: reading the changes to post: %w", err)
	}
	defer rows.Close()
	var posts []Post
	for rows.Next() {
		var at, triedAt, gaveUpAt int64
		var level string
		var previous sql.NullString
		post := Post{Service: service}
		err := rows.Scan(&at, &level, &previous, &triedAt, &gaveUpAt, &post.Answer, &post.Overtaken)
		if err == nil {
			err = post.Level.UnmarshalText([]byte(level))
		}
		if err == nil && previous.Valid {
			err = post.Previous.UnmarshalText([]byte(previous.String))
		}
		if err != nil {
			return nil, fmt.Errorf("history: reading the changes to post: %w", err)
		}
		if time.Unix(triedAt, 0).After(now.Add(status.MaxSkew)) {
			triedAt = 0 // by a clock that was wrong
		}
		post.At, post.TriedAt, post.gaveUp = fromSeconds(at), fromSeconds(triedAt), gaveUpAt != 0
		// Some rows are changes of Rest only.
		if previous.Valid && post.Level != post.Previous {
			posts = append(posts, post)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("history: reading the changes to post: %w", err)
	}
	return posts, nil
}

// Claim reports whether the caller may post a change. It returns true to one
// caller, and to another one only after retryAfter, which must be longer than
// an attempt can take. It returns false once the change is sent or given up.
func (s *Store) Claim(ctx context.Context, p Post, now time.Time, retryAfter time.Duration) (bool, error) {
	result, err := s.db.ExecContext(ctx, `UPDATE change SET tried_at = ? WHERE service = ? AND at = ? AND sent_at = 0 AND gave_up_at = 0
			AND (tried_at <= ? OR tried_at > ?)`,
		now.Unix(), p.Service, p.At.Unix(), now.Add(-retryAfter).Unix(), now.Add(status.MaxSkew).Unix())
	if err != nil {
		return false, fmt.Errorf("history: claiming a change to post: %w", err)
	}
	claimed, err := result.RowsAffected()
	if err != nil {
		return false, fmt.Errorf("history: claiming a change to post: %w", err)
	}
	return claimed == 1, nil
}

// MarkSent stores that the receiver has accepted a change.
func (s *Store) MarkSent(ctx context.Context, p Post, now time.Time) error {
	_, err := s.db.ExecContext(ctx, `UPDATE change SET sent_at = ? WHERE service = ? AND at = ? AND sent_at = 0`,
		now.Unix(), p.Service, p.At.Unix())
	if err != nil {
		return fmt.Errorf("history: marking a change as sent: %w", err)
	}
	return nil
}

// MarkFailed stores that an attempt has failed, with an answer as Post.Answer.
func (s *Store) MarkFailed(ctx context.Context, p Post, answer int) error {
	return s.markFailed(ctx, p, answer, time.Time{})
}

// GiveUp removes a change from those that are due, without it being sent.
func (s *Store) GiveUp(ctx context.Context, p Post, answer int, now time.Time) error {
	return s.markFailed(ctx, p, answer, now)
}

func (s *Store) markFailed(ctx context.Context, p Post, answer int, gaveUp time.Time) error {
	_, err := s.db.ExecContext(ctx, `UPDATE change SET answer = ?, gave_up_at = ? WHERE service = ? AND at = ? AND sent_at = 0 AND gave_up_at = 0`,
		answer, seconds(gaveUp), p.Service, p.At.Unix())
	if err != nil {
		return fmt.Errorf("history: marking a change as not sent: %w", err)
	}
	return nil
}
