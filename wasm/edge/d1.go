//go:build js && wasm

package main

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"syscall/js"
	"time"

	"github.com/syumai/workers/cloudflare"

	"backupcheck/status"
	"backupcheck/status/history"
)

// store is a history.Store in D1 that creates its tables when they are missing.
// So a deploy is one command: wrangler applies migrations to a remote database
// only if wrangler.toml has its id.
type store struct {
	*history.Store
	db       *sql.DB
	migrated bool
}

// openStore opens the database of the binding DB. It returns nil if there is no
// such binding.
func openStore() *store {
	binding := cloudflare.GetBinding("DB")
	if !binding.Truthy() {
		return nil
	}
	db := sql.OpenDB(d1{binding})
	s := &store{Store: history.NewStore(db), db: db}
	s.Prepare = s.migrate
	return s
}

// migrate applies the migrations at its first call: the cron trigger's first write.
func (s *store) migrate(ctx context.Context) error {
	if s.migrated {
		return nil
	}
	err := history.Migrate(ctx, s.db)
	s.migrated = err == nil
	return err
}

// storedReading is the row of the latest reading of one origin. It implements
// status.Store.
type storedReading struct {
	*store
	key string
}

// Load implements status.Store. A request creates no table for it: the cron
// trigger soon does.
func (r storedReading) Load(ctx context.Context) (status.Report, error) {
	return r.LoadReading(ctx, r.key)
}

// Save implements status.Store.
func (r storedReading) Save(ctx context.Context, report status.Report) error {
	if err := r.migrate(ctx); err != nil {
		return err
	}
	return r.SaveReading(ctx, r.key, report)
}

// Read implements api.History.
func (s *store) Read(ctx context.Context, service string, days int, now time.Time) (history.History, error) {
	h, err := s.Store.Read(ctx, service, days, now)
	if s.createdTables(ctx, err) {
		return s.Store.Read(ctx, service, days, now)
	}
	return h, err
}

// State implements api.History.
func (s *store) State(ctx context.Context) (history.State, error) {
	state, err := s.Store.State(ctx)
	if s.createdTables(ctx, err) {
		return s.Store.State(ctx)
	}
	return state, err
}

// Posts implements api.Webhook.
func (s *store) Posts(ctx context.Context, service string, now time.Time) (history.Queued, error) {
	queued, err := s.Store.Posts(ctx, service, now)
	if s.createdTables(ctx, err) {
		return s.Store.Posts(ctx, service, now)
	}
	return queued, err
}

// createdTables creates the tables if err says that some are missing, and reports
// whether the statement is worth another try.
func (s *store) createdTables(ctx context.Context, err error) bool {
	return history.NeedsMigration(err) && history.Migrate(ctx, s.db) == nil
}

// d1 is a driver of database/sql for D1, with what package history uses. It
// calls D1 through ports.mjs, which sets the time limit.
//
// The workers package has such a driver too, but it leaks a callback with each
// statement (2.5 KB per request for the history) and panics on an unexpected
// result.
type d1 struct{ port js.Value }

// Connect implements driver.Connector.
func (d d1) Connect(context.Context) (driver.Conn, error) { return d, nil }

// Driver implements driver.Connector. It returns nil: D1 can't be opened by name.
func (d d1) Driver() driver.Driver { return nil }

// Close implements driver.Conn.
func (d d1) Close() error { return nil }

// Prepare implements driver.Conn.
func (d d1) Prepare(string) (driver.Stmt, error) {
	return nil, errors.New("D1: prepared statements are not supported")
}

// Begin implements driver.Conn.
func (d d1) Begin() (driver.Tx, error) { return nil, errors.New("D1: transactions are not supported") }

// ExecContext implements driver.ExecerContext. The result has only the number
// of rows.
func (d d1) ExecContext(_ context.Context, query string, args []driver.NamedValue) (result driver.Result, err error) {
	defer recoverAs("D1", &err)
	changes, err := d.call("run", query, args)
	if err != nil {
		return nil, err
	}
	return driver.RowsAffected(changes.Int()), nil
}

// QueryContext implements driver.QueryerContext. All rows come as one JSON text,
// because reading a single JavaScript value from Go takes microseconds.
func (d d1) QueryContext(_ context.Context, query string, args []driver.NamedValue) (result driver.Rows, err error) {
	defer recoverAs("D1", &err)
	text, err := d.call("query", query, args)
	if err != nil {
		return nil, err
	}
	var table struct {
		Columns []string
		Rows    [][]any
	}
	if err := json.Unmarshal([]byte(text.String()), &table); err != nil {
		return nil, fmt.Errorf("D1: reading the rows: %w", err)
	}
	return &rows{table.Columns, table.Rows}, nil
}

// call runs a statement whose parameters are texts and numbers.
func (d d1) call(method, query string, args []driver.NamedValue) (js.Value, error) {
	values := make([]any, len(args))
	for i, arg := range args {
		values[i] = arg.Value
	}
	return await(d.port.Call(method, query, values))
}

// rows implements driver.Rows. Values are texts, numbers and nil.
type rows struct {
	columns   []string
	remaining [][]any
}

func (r *rows) Columns() []string { return r.columns }

func (r *rows) Close() error { return nil }

func (r *rows) Next(dest []driver.Value) error {
	if len(r.remaining) == 0 {
		return io.EOF
	}
	for i, value := range r.remaining[0] {
		dest[i] = value
		// JSON has no type for integers.
		if n, ok := value.(float64); ok && n == math.Trunc(n) {
			dest[i] = int64(n)
		}
	}
	r.remaining = r.remaining[1:]
	return nil
}
