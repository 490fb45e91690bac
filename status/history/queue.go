package history

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"backupcheck/status"
)

// PostWithin is how long after a change it is still posted.
const PostWithin = 24 * time.Hour

// Post is a change of level for the webhook.
type Post struct {
	Service         string
	At              time.Time // of the reading that showed it
	Level, Previous status.Level
}

// Due returns the changes of a service's level that have not been sent and are
// no older than PostWithin, oldest first. The first level ever read is not a
// change. A caller must Claim a change before it posts it.
func (s *Store) Due(ctx context.Context, service string, now time.Time) ([]Post, error) {
	rows, err := s.db.QueryContext(ctx, `
		SELECT c.at, c.level, (SELECT p.level FROM change p WHERE p.service = c.service AND p.at < c.at ORDER BY p.at DESC LIMIT 1) AS previous
		FROM change c WHERE c.service = ? AND c.at >= ? AND c.sent_at = 0 ORDER BY c.at`,
		service, now.Add(-PostWithin).Unix())
	if err != nil {
		return nil, fmt.Errorf("history: reading the changes to post: %w", err)
	}
	defer rows.Close()
	var posts []Post
	for rows.Next() {
		var at int64
		var level string
		var previous sql.NullString
		post := Post{Service: service}
		err := rows.Scan(&at, &level, &previous)
		if err == nil {
			err = post.Level.UnmarshalText([]byte(level))
		}
		if err == nil && previous.Valid {
			err = post.Previous.UnmarshalText([]byte(previous.String))
		}
		if err != nil {
			return nil, fmt.Errorf("history: reading the changes to post: %w", err)
		}
		post.At = fromSeconds(at)
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
// an attempt can take. It returns false once the change is marked as sent.
func (s *Store) Claim(ctx context.Context, p Post, now time.Time, retryAfter time.Duration) (bool, error) {
	result, err := s.db.ExecContext(ctx, `UPDATE change SET tried_at = ? WHERE service = ? AND at = ? AND sent_at = 0 AND tried_at <= ?`,
		now.Unix(), p.Service, p.At.Unix(), now.Add(-retryAfter).Unix())
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
