package history_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"backupcheck/status"
	"backupcheck/status/history"
)

// writers are two databases on one file with the limits of D1. The second one
// calls hook.before before each statement and hook.after after it; the statement
// fails with their error. A statement that fails after it has run is one whose
// response was lost.
func writers(t *testing.T) (db, d1 *sql.DB, hook *hooks) {
	t.Helper()
	file := file(t)
	sqlite := open(t, file).Driver()
	// Durability after a power failure doesn't matter here.
	address := "file:" + file + "?_pragma=busy_timeout(5000)&_pragma=synchronous(OFF)"
	none := func(string) error { return nil }
	hook = &hooks{sqlite, address, none, none}
	db, d1 = sql.OpenDB(&hooks{sqlite, address, none, none}), sql.OpenDB(hook)
	t.Cleanup(func() { db.Close(); d1.Close() })
	return db, d1, hook
}

type hooks struct {
	sqlite        driver.Driver
	file          string
	before, after func(statement string) error
}

func (h *hooks) Connect(context.Context) (driver.Conn, error) {
	conn, err := h.sqlite.Open(h.file)
	return d1Conn{conn, h}, err
}

func (h *hooks) Driver() driver.Driver { return h.sqlite }

// d1Conn has the features of syumai/workers' connection to D1: statements with
// unnamed parameters of five types, and no transactions.
type d1Conn struct {
	driver.Conn
	*hooks
}

func (c d1Conn) Begin() (driver.Tx, error) { return nil, errors.New("no transactions here") }

func (c d1Conn) ExecContext(ctx context.Context, statement string, args []driver.NamedValue) (driver.Result, error) {
	if err := c.check(statement, args); err != nil {
		return nil, err
	}
	result, err := c.Conn.(driver.ExecerContext).ExecContext(ctx, statement, args)
	return result, errors.Join(err, c.after(statement))
}

func (c d1Conn) QueryContext(ctx context.Context, statement string, args []driver.NamedValue) (driver.Rows, error) {
	if err := c.check(statement, args); err != nil {
		return nil, err
	}
	rows, err := c.Conn.(driver.QueryerContext).QueryContext(ctx, statement, args)
	if err == nil {
		if err = c.after(statement); err != nil {
			rows.Close()
			return nil, err
		}
	}
	return rows, err
}

func (c d1Conn) check(statement string, args []driver.NamedValue) error {
	for _, arg := range args {
		switch value := arg.Value.(type) {
		case string:
			if len(value) > 2_000_000 {
				return fmt.Errorf("SQLITE_TOOBIG: a parameter of %d bytes", len(value))
			}
		case int64, float64, []byte, nil:
		default:
			return fmt.Errorf("D1 doesn't accept %T", arg.Value)
		}
		if arg.Name != "" {
			return errors.New("D1 doesn't support named parameters")
		}
	}
	return c.before(statement)
}

// undisturbed is the database after one writer.
func undisturbed(t *testing.T, s scenario) string {
	t.Helper()
	db := open(t, ":memory:")
	record(t, history.NewStore(db), s.readings...)
	return dump(t, db)
}

func expect(t *testing.T, how, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s:\n%s\nundisturbed:\n%s", how, got, want)
	}
}

func TestRepeatedReadingsAndTwoWritersStoreTheSameRows(t *testing.T) {
	for _, s := range scenarios {
		t.Run(s.name, func(t *testing.T) {
			want := undisturbed(t, s)
			for how, turns := range map[string][][]int{
				"each reading twice":                  {{0, 0}},
				"in turn":                             {{0}, {1}},
				"both each":                           {{0, 1}},
				"both each, the other first at times": {{0, 1}, {1, 0}, {0, 1, 0, 1}},
			} {
				one, other, _ := writers(t)
				dbs := []*sql.DB{one, other}
				for i, r := range s.readings {
					for _, w := range turns[i%len(turns)] {
						record(t, history.NewStore(dbs[w]), r)
					}
				}
				expect(t, how, dump(t, dbs[0]), want)
			}
		})
	}
}

var errBroken = errors.New("the database went away")

// A writer that fails before or after any statement, and then retries the
// reading, stores the same rows as without the failure.
func TestInterruptedReadingsAreCompletedOnRetry(t *testing.T) {
	for _, s := range scenarios {
		t.Run(s.name, func(t *testing.T) {
			want := undisturbed(t, s)
			db, d1, hook := writers(t)
			b := history.NewStore(d1)
			for fail, broke := 1, true; broke; fail++ {
				broke = false
				for _, r := range s.readings {
					for _, point := range []*func(string) error{&hook.before, &hook.after} {
						original := *point
						statements := 0
						*point = func(string) error {
							if statements++; statements == fail {
								return errBroken
							}
							return nil
						}
						err := b.Record(t.Context(), r)
						*point = original
						if err != nil && !errors.Is(err, errBroken) {
							t.Fatal(err)
						}
						if err == nil {
							continue
						}
						broke = true
						if !strings.HasPrefix(err.Error(), "history: ") {
							t.Errorf("error %q", err)
						}
					}
					record(t, b, r)
				}
				expect(t, fmt.Sprintf("failing at statement %d", fail), dump(t, db), want)
				wipe(t, db)
			}
		})
	}
}

func wipe(t *testing.T, db *sql.DB) {
	t.Helper()
	if _, err := db.Exec(`DELETE FROM incident; DELETE FROM change; DELETE FROM watched`); err != nil {
		t.Fatal(err)
	}
}

// A second writer stores the same reading between any two statements of
// the first.
func TestConcurrentWritersOfOneReading(t *testing.T) {
	for _, s := range scenarios {
		t.Run(s.name, func(t *testing.T) {
			want := undisturbed(t, s)
			db, d1, hook := writers(t)
			for at := 1; at <= 6; at += stride() {
				for _, r := range s.readings {
					statements := 0
					hook.before = func(string) error {
						if statements++; statements == at {
							record(t, history.NewStore(db), r)
						}
						return nil
					}
					record(t, history.NewStore(d1), r)
				}
				expect(t, fmt.Sprintf("the other at statement %d", at), dump(t, db), want)
				wipe(t, db)
			}
		})
	}
}

// A second writer stores the next reading between any two statements of the
// first, which is then late. Or the first is interrupted for good between any
// two statements. What only such a reading has shown may be lost, but the rest
// is the same after the next readings.
func TestOvertakenAndLostReadings(t *testing.T) {
	// now selects what the newest reading has, without what only earlier ones have.
	const now = `
		SELECT service || ' ' || id || ' ' || type || ' ' || state || ' ' || started_at || ' ' || ended_at
		FROM incident WHERE last_seen_at = 0 UNION ALL
		SELECT c.service || ' ' || c.level || ' ' || c.rest FROM change c
		WHERE c.at = (SELECT max(at) FROM change WHERE service = c.service) ORDER BY 1`
	state := func(t *testing.T, db *sql.DB) string {
		rows, err := db.Query(now)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		var lines []string
		for rows.Next() {
			var line string
			if err := rows.Scan(&line); err != nil {
				t.Fatal(err)
			}
			lines = append(lines, line)
		}
		return strings.Join(lines, "\n")
	}
	for _, s := range scenarios {
		switch s.name {
		case "the start moves, Issue and Outage swap, the type is blanked", // the type
			"not removed: its row can no longer be read",         // the incident
			"an older copy has a worse level",                    // that it is over
			"without a time of posting the later reading counts": // the same
			continue // only one reading has it
		}
		byTime := func(a, b status.Report) int { return a.CheckedAt.Compare(b.CheckedAt) }
		if !slices.IsSortedFunc(s.readings, byTime) {
			continue // some are late already
		}
		t.Run(s.name, func(t *testing.T) {
			readings := slices.Clone(s.readings)
			last := readings[len(readings)-1]
			last.CheckedAt = last.CheckedAt.Add(time.Minute)
			readings = append(readings, last)
			undisturbed := open(t, ":memory:")
			record(t, history.NewStore(undisturbed), readings...)
			want := state(t, undisturbed)

			db, d1, hook := writers(t)
			for at := 1; at <= 6; at += stride() {
				for i := range len(readings) - 1 {
					for _, overtakes := range []bool{true, false} {
						record(t, history.NewStore(db), readings[:i]...)
						statements := 0
						hook.before = func(string) error {
							switch statements++; {
							case statements < at:
							case !overtakes:
								return errBroken
							case statements == at:
								record(t, history.NewStore(db), readings[i+1])
							}
							return nil
						}
						if err := history.NewStore(d1).Record(t.Context(), readings[i]); overtakes && err != nil {
							t.Fatal(err)
						}
						record(t, history.NewStore(db), readings[i+1:]...)
						expect(t, fmt.Sprintf("reading %d, statement %d, overtaken %v", i, at, overtakes), state(t, db), want)
						var doubled int
						if err := db.QueryRow(`SELECT count(*) FROM change a JOIN change b ON b.service = a.service
							AND b.at = (SELECT min(at) FROM change WHERE service = a.service AND at > a.at)
							WHERE a.level = b.level AND a.rest = b.rest`).Scan(&doubled); err != nil || doubled > 0 {
							t.Errorf("%d changes that change nothing, %v", doubled, err)
						}
						wipe(t, db)
					}
				}
			}
		})
	}
}

// stride is the step between the statements at which a writer is interrupted.
func stride() int {
	if testing.Short() {
		return 2
	}
	return 1
}
