package history

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"backupcheck/status"
)

// LoadReading returns the reading that SaveReading has stored for a source, or
// status.ErrNoReport. It implements the Load of status.Store.
func (s *Store) LoadReading(ctx context.Context, source string) (report status.Report, err error) {
	var text string
	err = s.db.QueryRowContext(ctx, `SELECT report FROM reading WHERE source = ?`, source).Scan(&text)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return report, status.ErrNoReport
	case NeedsMigration(err):
		return report, status.ErrNoReport // SaveReading's caller creates it
	case err != nil:
		return report, fmt.Errorf("history: loading the latest reading: %w", err)
	}
	if err := json.Unmarshal([]byte(text), &report); err != nil {
		return status.Report{}, fmt.Errorf("%w that can be understood: %w", status.ErrNoReport, err)
	}
	return report, nil
}

// SaveReading stores the latest reading of a source. It writes one row.
func (s *Store) SaveReading(ctx context.Context, source string, report status.Report) error {
	text, err := json.Marshal(report)
	if err == nil {
		_, err = s.db.ExecContext(ctx, `
			INSERT INTO reading (source, report) VALUES (?, ?)
			ON CONFLICT (source) DO UPDATE SET report = excluded.report`, source, string(text))
	}
	if err != nil {
		return fmt.Errorf("history: storing the latest reading: %w", err)
	}
	return nil
}
