package history

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"backupcheck/status"
)

// TellFor is how long after a change it is still worth telling.
const TellFor = 24 * time.Hour

// Post is a change of level that is to be told once.
type Post struct {
	Service         string
	At              time.Time // of the reading that showed it
	Level, Previous status.Level
}

// Due returns the changes of a service's level that were not told yet and are
// no older than TellFor, oldest first. The first level ever read is no change.
// Before telling one, Claim it.
func (s *Store) Due(ctx context.Context, service string, now time.Time) ([]Post, error) {
	rows, err := s.db.QueryContext(ctx, `
		SELECT c.at, c.level, (SELECT p.level FROM change p WHERE p.service = c.service AND p.at < c.at ORDER BY p.at DESC LIMIT 1) AS previous
		FROM change c WHERE c.service = ? AND c.at >= ? AND c.told_at = 0 ORDER BY c.at`,
		service, now.Add(-TellFor).Unix())
	if err != nil {
		return nil, fmt.Errorf("history: reading the changes to tell: %w", err)
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
			return nil, fmt.Errorf("history: reading the changes to tell: %w", err)
		}
		post.At = fromSeconds(at)
		// Where only the rest has changed there is nothing to tell.
		if previous.Valid && post.Level != post.Previous {
			posts = append(posts, post)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("history: reading the changes to tell: %w", err)
	}
	return posts, nil
}

// Claim reports whether it is the caller's turn to tell a change. Of all who
// ask, one gets true, and nobody again before retryAfter has passed, which is
// longer than an attempt may take, or once it was told.
func (s *Store) Claim(ctx context.Context, p Post, now time.Time, retryAfter time.Duration) (bool, error) {
	result, err := s.db.ExecContext(ctx, `UPDATE change SET tried_at = ? WHERE service = ? AND at = ? AND told_at = 0 AND tried_at <= ?`,
		now.Unix(), p.Service, p.At.Unix(), now.Add(-retryAfter).Unix())
	if err != nil {
		return false, fmt.Errorf("history: claiming a change to tell: %w", err)
	}
	claimed, err := result.RowsAffected()
	if err != nil {
		return false, fmt.Errorf("history: claiming a change to tell: %w", err)
	}
	return claimed == 1, nil
}

// Told keeps that a change was told, so that nobody tells it again.
func (s *Store) MarkSent(ctx context.Context, p Post, now time.Time) error {
	_, err := s.db.ExecContext(ctx, `UPDATE change SET told_at = ? WHERE service = ? AND at = ? AND told_at = 0`,
		now.Unix(), p.Service, p.At.Unix())
	if err != nil {
		return fmt.Errorf("history: keeping that a change was told: %w", err)
	}
	return nil
}
