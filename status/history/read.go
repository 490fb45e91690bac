package history

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"backupcheck/status"
)

// State describes the stored readings.
type State struct {
	// RecordedAt is the time of the newest reading; zero if there is none.
	RecordedAt time.Time
	// FutureUntil is the newest time of readings of the future, which are ignored
	// until Record deletes them; zero if there are none.
	FutureUntil time.Time
	// Failure is the error of this Store's last Record, if that has failed and no
	// other Store has recorded since.
	Failure error
}

// State returns the state of the stored readings now.
func (s *Store) State(ctx context.Context) (State, error) {
	p, err := s.position(ctx, s.Now())
	state := State{RecordedAt: p.ended, FutureUntil: p.ahead}
	if p.straddles(s.Now()) {
		state = State{RecordedAt: p.began, FutureUntil: p.ended}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if state.RecordedAt.Before(s.failedAt.Truncate(time.Second)) {
		state.Failure = s.failure
	}
	return state, err
}

// newest returns the time of the newest stored reading without those of the
// future; zero if there is none.
func (s *Store) newest(ctx context.Context, now time.Time) (time.Time, error) {
	p, err := s.position(ctx, now)
	return p.ended, err
}

// Read returns the history of a service over a number of days up to now, the
// day of now included. Days is limited to the range from 1 to MaxDays.
func (s *Store) Read(ctx context.Context, service string, days int, now time.Time) (History, error) {
	h := History{Service: service, To: now.UTC()}
	newest, err := s.newest(ctx, now)
	if err != nil {
		return h, err
	}
	if newest.Before(h.To) && h.To.Sub(newest) <= status.StaleAfter {
		h.To = newest
	}
	h.From = day(h.To).AddDate(0, 0, 1-max(1, min(days, MaxDays)))
	if newest.IsZero() {
		return h, nil // the first reading may be stored in part
	}

	// Read the watched time first: Record writes it last, so its levels and
	// incidents are complete.
	if h.Watched, err = s.watched(ctx, h.From, h.To); err != nil {
		return h, err
	}
	if h.Changes, err = s.changes(ctx, service, h.From, h.To); err != nil {
		return h, err
	}
	h.Incidents, err = s.incidents(ctx, service, h.From, h.To, newest)
	return h, err
}

func (s *Store) watched(ctx context.Context, from, to time.Time) (spans []Span, err error) {
	rows, err := s.db.QueryContext(ctx, `
		SELECT began_at, ended_at FROM watched
		WHERE began_at >= coalesce((SELECT max(began_at) FROM watched WHERE began_at <= ?), 0) AND began_at <= ? AND ended_at >= ?
		ORDER BY began_at`, from.Unix(), to.Unix(), from.Unix())
	if err != nil {
		return nil, fmt.Errorf("history: reading the watched time: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var began, ended int64
		if err := rows.Scan(&began, &ended); err != nil {
			return nil, fmt.Errorf("history: reading the watched time: %w", err)
		}
		spans = append(spans, Span{fromSeconds(began), fromSeconds(ended)})
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("history: reading the watched time: %w", err)
	}
	return spans, nil
}

func (s *Store) changes(ctx context.Context, service string, from, to time.Time) (changes []Change, err error) {
	rows, err := s.db.QueryContext(ctx, `
		SELECT at, level, rest FROM change
		WHERE service = ? AND at >= coalesce((SELECT max(at) FROM change WHERE service = ? AND at <= ?), 0) AND at <= ?
		ORDER BY at`, service, service, from.Unix(), to.Unix())
	if err != nil {
		return nil, fmt.Errorf("history: reading changes of level: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var at int64
		var level, rest string
		var change Change
		err := rows.Scan(&at, &level, &rest)
		if err == nil {
			err = errors.Join(change.Level.UnmarshalText([]byte(level)), change.Rest.UnmarshalText([]byte(rest)))
		}
		if err != nil {
			return nil, fmt.Errorf("history: reading changes of level: %w", err)
		}
		change.At = fromSeconds(at)
		changes = append(changes, change)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("history: reading changes of level: %w", err)
	}
	return changes, nil
}

func (s *Store) incidents(ctx context.Context, service string, from, to, newest time.Time) (incidents []Incident, err error) {
	rows, err := s.db.QueryContext(ctx, `
		SELECT service, id, type, state, worst, message, users, affected,
			started_at, ended_at, posted_at, first_seen_at, last_seen_at, read_at
		FROM incident WHERE service = ?`, service)
	if err != nil {
		return nil, fmt.Errorf("history: reading incidents: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		_, r, err := scanIncident(rows)
		if err != nil {
			return nil, err
		}
		if begin, end := r.begin(), r.end(newest); !begin.After(to) && (!end.Before(from) || !begin.Before(from)) {
			incidents = append(incidents, r.Incident)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("history: reading incidents: %w", err)
	}
	slices.SortFunc(incidents, func(a, b Incident) int {
		return cmp.Or(b.begin().Compare(a.begin()), cmp.Compare(a.ID, b.ID))
	})
	return incidents, nil
}
