package history

import (
	"context"
	"fmt"
	"time"

	"backupcheck/status"
)

// ClaimNotice reports whether the caller may post a notice of a kind: the last one
// was accepted longer ago than every, and no program has tried for retryAfter.
func (s *Store) ClaimNotice(ctx context.Context, kind string, now time.Time, every, retryAfter time.Duration) (bool, error) {
	skew := now.Add(status.MaxSkew).Unix()
	result, err := s.db.ExecContext(ctx, `
		INSERT INTO notice (kind, tried_at, sent_at) VALUES (?, ?, 0)
		ON CONFLICT (kind) DO UPDATE SET tried_at = excluded.tried_at
		WHERE (sent_at <= ? OR sent_at > ?) AND (tried_at <= ? OR tried_at > ?)`,
		kind, now.Unix(), now.Add(-every).Unix(), skew, now.Add(-retryAfter).Unix(), skew)
	if err != nil {
		return false, fmt.Errorf("history: claiming a notice: %w", err)
	}
	claimed, err := result.RowsAffected()
	if err != nil {
		return false, fmt.Errorf("history: claiming a notice: %w", err)
	}
	return claimed == 1, nil
}

// MarkNoticeSent stores that the receiver has accepted a notice.
func (s *Store) MarkNoticeSent(ctx context.Context, kind string, now time.Time) error {
	if err := s.exec(ctx, `UPDATE notice SET sent_at = ? WHERE kind = ?`, now.Unix(), kind); err != nil {
		return fmt.Errorf("history: marking a notice as sent: %w", err)
	}
	return nil
}
