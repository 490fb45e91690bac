package history

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"backupcheck/status"
)

// Store is the history in a database. Several Stores may write to one database
// at the same time, even the same readings: the result depends on the readings
// alone.
//
// D1 has no interactive transactions, so each statement is atomic and can be
// repeated. They are executed in the order incidents, changes, watched: the
// watched time is only extended once everything else of the reading is stored,
// so the next reading completes one that was interrupted.
type Store struct {
	db *sql.DB
	// Now is the clock. What is stored with a later time than this, by a program
	// whose clock was ahead, is ignored, and deleted later: see future.go.
	Now func() time.Time
	Log *slog.Logger // slog.Default if nil
	// Prepare, if set, makes the database ready before a reading is stored.
	Prepare func(ctx context.Context) error

	mu       sync.Mutex // protects all fields below
	failure  error      // of the last Record
	failedAt time.Time  // of the reading that it was to store
}

// NewStore returns the Store of a database to which the migrations have been
// applied.
func NewStore(db *sql.DB) *Store { return &Store{db: db, Now: time.Now} }

// ErrFuture is the error of Record for a reading of the future.
var ErrFuture = errors.New("history: the reading is of the future")

// maxAttempts is how often Record retries while other writers change the same
// records.
const maxAttempts = 4

// Record stores a reading. It is no error if the reading is stored already, and
// of a reading older than the newest only the incidents are stored. Failed
// readings must not be recorded: that time counts as not watched. A reading of
// the future is ErrFuture.
//
// A reading that changes nothing takes four statements and writes one row.
func (s *Store) Record(ctx context.Context, report status.Report) error {
	if report.CheckedAt.IsZero() {
		return nil
	}
	err := s.record(ctx, report)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failure, s.failedAt = err, report.CheckedAt
	return err
}

func (s *Store) record(ctx context.Context, report status.Report) error {
	if s.Prepare != nil {
		if err := s.Prepare(ctx); err != nil {
			return err
		}
	}
	r := newReading(report)
	if ofTheFuture(r.at, s.Now()) {
		return ErrFuture
	}
	for range maxAttempts {
		newest, err := s.current(ctx, r.at)
		if err != nil {
			return err
		}
		if r.at.Equal(newest) {
			return nil
		}
		known, err := s.known(ctx, r)
		if err != nil {
			return err
		}
		records := r.merge(known, newest)
		written, err := s.writeIncidents(ctx, records, known, newest)
		switch {
		case err != nil:
			return err
		case !written:
			continue // another writer was faster
		case r.at.Before(newest):
			return nil
		}
		return s.writeLevels(ctx, r.at, r.levels(known, records), newest)
	}
	return fmt.Errorf("history: storing the reading: another writer was faster in each of %d attempts", maxAttempts)
}

// known returns the records that a reading can change: those of the incidents
// that it lists, those of all open incidents, which it may no longer list, and
// those of ongoing ones that were listed a short time ago.
func (s *Store) known(ctx context.Context, r reading) (map[key]record, error) {
	const columns = `i.service, i.id, i.type, i.state, i.worst, i.message, i.users, i.affected,
		i.started_at, i.ended_at, i.posted_at, i.first_seen_at, i.last_seen_at, i.read_at`
	rows, err := s.db.QueryContext(ctx, `
		SELECT `+columns+` FROM json_each(?) k CROSS JOIN incident i ON i.service = k.value->>0 AND i.id = k.value->>1
		UNION ALL
		SELECT `+columns+` FROM incident i WHERE i.state IN ('ongoing', 'upcoming') AND i.last_seen_at = 0
		UNION ALL
		SELECT `+columns+` FROM incident i WHERE i.state = 'ongoing' AND i.last_seen_at > 0 AND i.last_seen_at > ?`,
		jsonArray(r.keys()), seconds(r.at.Add(-status.AbsentFor)))
	if err != nil {
		return nil, fmt.Errorf("history: reading the incidents that are known: %w", err)
	}
	defer rows.Close()
	known := map[key]record{}
	for rows.Next() {
		k, record, err := scanIncident(rows)
		if err != nil {
			return nil, err
		}
		known[k] = record
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("history: reading the incidents that are known: %w", err)
	}
	return known, nil
}

// writeIncidents writes the records that have changed. It returns false if
// another writer has changed a record or added a reading since known and newest
// were read; then it has written some records at most.
func (s *Store) writeIncidents(ctx context.Context, records, known map[key]record, newest time.Time) (bool, error) {
	var changed [][]any
	for k, is := range records {
		was, seen := known[k]
		if seen && is.equal(was) {
			continue
		}
		row := []any{k.Service, k.ID, is.Type, is.State, is.Worst, is.Message, is.UsersAffected, jsonArray(is.AffectedServices),
			seconds(is.StartedAt), seconds(is.EndedAt), seconds(is.PostedAt), seconds(is.FirstSeenAt), seconds(is.LastSeenAt), seconds(is.readAt)}
		if seen {
			row = append(row, was.State, was.Worst, seconds(was.FirstSeenAt), seconds(was.LastSeenAt), seconds(was.readAt))
		}
		changed = append(changed, row)
	}
	for _, part := range parts(changed) {
		if written, err := s.writeRows(ctx, part, newest); !written || err != nil {
			return false, err
		}
	}
	return true, nil
}

// maxParameter is the size of a statement's parameter in bytes; D1 refuses more
// than 2 MB.
const maxParameter = 500_000

// parts splits rows into parts that fit into a parameter each.
func parts(rows [][]any) (parts [][][]any) {
	size := maxParameter
	for _, row := range rows {
		n := len(jsonArray(row))
		if size += n; size >= maxParameter {
			parts, size = append(parts, nil), n
		}
		parts[len(parts)-1] = append(parts[len(parts)-1], row)
	}
	return parts
}

// writeRows stores records, and returns false if not all are stored.
func (s *Store) writeRows(ctx context.Context, changed [][]any, newest time.Time) (bool, error) {
	result, err := s.db.ExecContext(ctx, `
		INSERT INTO incident (service, id, type, state, worst, message, users, affected,
			started_at, ended_at, posted_at, first_seen_at, last_seen_at, read_at)
		SELECT r.value->>0, r.value->>1, r.value->>2, r.value->>3, r.value->>4, r.value->>5, r.value->>6, r.value->>7,
			r.value->>8, r.value->>9, r.value->>10, r.value->>11, r.value->>12, r.value->>13
		FROM json_each(?) r LEFT JOIN incident i ON i.service = r.value->>0 AND i.id = r.value->>1
		WHERE i.state IS r.value->>14 AND i.worst IS r.value->>15 AND i.first_seen_at IS r.value->>16
			AND i.last_seen_at IS r.value->>17 AND i.read_at IS r.value->>18
			AND coalesce((SELECT ended_at FROM watched WHERE began_at <= ? ORDER BY began_at DESC LIMIT 1), 0) = ?
		ON CONFLICT (service, id) DO UPDATE SET type = excluded.type, state = excluded.state, worst = excluded.worst,
			message = excluded.message, users = excluded.users, affected = excluded.affected,
			started_at = excluded.started_at, ended_at = excluded.ended_at, posted_at = excluded.posted_at,
			first_seen_at = excluded.first_seen_at, last_seen_at = excluded.last_seen_at, read_at = excluded.read_at`,
		jsonArray(changed), future(s.Now()), seconds(newest))
	if err != nil {
		return false, fmt.Errorf("history: storing incidents: %w", err)
	}
	written, err := result.RowsAffected()
	if err != nil {
		return false, fmt.Errorf("history: storing incidents: %w", err)
	}
	return written == int64(len(changed)), nil
}

// writeLevels stores the levels of the newest reading where they have changed,
// and extends the watched time. The statement itself compares the levels, so
// two writers can't both store a change.
func (s *Store) writeLevels(ctx context.Context, at time.Time, levels [][3]string, newest time.Time) error {
	_, err := s.db.ExecContext(ctx, `
		INSERT INTO change (service, at, level, rest)
		SELECT r.value->>0, ?, r.value->>1, r.value->>2 FROM json_each(?) r
		WHERE coalesce((
				SELECT c.at < ? AND (c.level <> r.value->>1 OR c.rest <> r.value->>2)
				FROM change c WHERE c.service = r.value->>0 AND c.at <= ? ORDER BY c.at DESC LIMIT 1), 1)
			AND coalesce((SELECT ended_at FROM watched WHERE began_at <= ? ORDER BY began_at DESC LIMIT 1), 0) < ?`,
		seconds(at), jsonArray(levels), seconds(at), future(s.Now()), future(s.Now()), seconds(at))
	if err != nil {
		return fmt.Errorf("history: storing the levels: %w", err)
	}
	_, err = s.db.ExecContext(ctx, `
		INSERT INTO watched (began_at, ended_at)
		SELECT iif(w.ended_at >= ?, w.began_at, ?), ?
		FROM (SELECT 1) LEFT JOIN (SELECT began_at, ended_at FROM watched WHERE began_at <= ? ORDER BY began_at DESC LIMIT 1) w
		WHERE w.ended_at IS NULL OR w.ended_at < ?
		ON CONFLICT (began_at) DO UPDATE SET ended_at = excluded.ended_at`,
		seconds(at.Add(-status.StaleAfter)), seconds(at), seconds(at), future(s.Now()), seconds(at))
	if err != nil {
		return fmt.Errorf("history: storing the watched time: %w", err)
	}
	// A clock that is years ahead must not delete everything at once.
	if newest.IsZero() || day(newest).Equal(day(at)) || at.Sub(newest) > 2*24*time.Hour {
		return nil
	}
	return s.Prune(ctx, at)
}

// Prune deletes what is older than Retention, except for open incidents and
// each service's last change before that time, which is its level then.
func (s *Store) Prune(ctx context.Context, now time.Time) error {
	cutoff := now.Add(-Retention).Unix()
	for _, statement := range []string{
		`DELETE FROM incident WHERE max(started_at, ended_at, first_seen_at, last_seen_at) < ?
			AND NOT (state IN ('ongoing', 'upcoming') AND last_seen_at = 0)`,
		`DELETE FROM change WHERE at < (SELECT max(c.at) FROM change c WHERE c.service = change.service AND c.at < ?)`,
		`DELETE FROM watched WHERE ended_at < ?`,
	} {
		if _, err := s.db.ExecContext(ctx, statement, cutoff); err != nil {
			return fmt.Errorf("history: deleting old rows: %w", err)
		}
	}
	return nil
}

// jsonArray encodes rows as one parameter of a statement, for json_each.
func jsonArray[T any](rows []T) string {
	if len(rows) == 0 {
		return "[]"
	}
	text, err := json.Marshal(rows)
	if err != nil {
		panic(err) // can't happen with strings and numbers
	}
	return string(text)
}

// future returns the time from which stored readings are of the future.
func future(now time.Time) int64 { return now.Add(status.StaleAfter).Unix() }

// seconds returns a time as the database stores it.
func seconds(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}

func fromSeconds(s int64) time.Time {
	if s == 0 {
		return time.Time{}
	}
	return time.Unix(s, 0).UTC()
}

// day returns the midnight at the start of a time's day, in UTC.
func day(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }
