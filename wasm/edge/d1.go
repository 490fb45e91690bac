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
	"strings"
	"syscall/js"
	"time"

	"github.com/syumai/workers/cloudflare"

	"backupcheck/status"
	"backupcheck/status/history"
)

// book is the history in D1. It gives the database its tables by itself, so
// that a deploy is one command: wrangler applies migrations from afar only to a
// database whose id stands in wrangler.toml.
type book struct {
	*history.Store
	db       *sql.DB
	migrated bool // by this instance, or before it
}

// openBook returns the history in the database of the binding DB; nil if there
// is no such binding.
func openBook() *book {
	binding := cloudflare.GetBinding("DB")
	if !binding.Truthy() {
		return nil
	}
	db := sql.OpenDB(d1{binding})
	return &book{Store: history.NewStore(db), db: db}
}

// Record implements watch.Store. The first time it sees to it that the database
// has its tables.
func (b *book) Record(ctx context.Context, report status.Report) error {
	if !b.migrated {
		if err := history.Migrate(ctx, b.db); err != nil {
			return err
		}
		b.migrated = true
	}
	return b.Store.Record(ctx, report)
}

// Read implements api.History. A database that is as new as its deploy has
// nothing to tell.
func (b *book) Read(ctx context.Context, service string, days int, now time.Time) (history.History, error) {
	h, err := b.Store.Read(ctx, service, days, now)
	if b.tableless(ctx, err) {
		return b.Store.Read(ctx, service, days, now)
	}
	return h, err
}

// Latest implements api.History.
func (b *book) Latest(ctx context.Context) (time.Time, error) {
	at, err := b.Store.Latest(ctx)
	if b.tableless(ctx, err) {
		return b.Store.Latest(ctx)
	}
	return at, err
}

// tableless reports whether an error came from a database without tables that
// has them now.
func (b *book) tableless(ctx context.Context, err error) bool {
	return err != nil && strings.Contains(err.Error(), "no such table") && history.Migrate(ctx, b.db) == nil
}

// d1 is D1 as a driver of database/sql: as much of it as package history uses.
// It asks by worker.mjs, which sets the time limit.
//
// The workers package has such a driver, but that one leaves a callback behind
// with each statement, 2.5 KB with each request for the history, and panics
// where an answer isn't what it expects.
type d1 struct{ port js.Value }

// Connect implements driver.Connector. There is nothing to connect.
func (d d1) Connect(context.Context) (driver.Conn, error) { return d, nil }

// Driver implements driver.Connector. There is no opening by name.
func (d d1) Driver() driver.Driver { return nil }

// Close implements driver.Conn.
func (d d1) Close() error { return nil }

// Prepare implements driver.Conn.
func (d d1) Prepare(string) (driver.Stmt, error) {
	return nil, errors.New("D1: statements aren't prepared")
}

// Begin implements driver.Conn.
func (d d1) Begin() (driver.Tx, error) { return nil, errors.New("D1 has no transactions") }

// ExecContext implements driver.ExecerContext. The result has the number of
// rows only.
func (d d1) ExecContext(_ context.Context, query string, args []driver.NamedValue) (result driver.Result, err error) {
	defer rescue("D1", &err)
	changes, err := d.ask("run", query, args)
	if err != nil {
		return nil, err
	}
	return driver.RowsAffected(changes.Int()), nil
}

// QueryContext implements driver.QueryerContext. It reads all rows at once, and
// as one text: each value that is read for itself costs microseconds.
func (d d1) QueryContext(_ context.Context, query string, args []driver.NamedValue) (answer driver.Rows, err error) {
	defer rescue("D1", &err)
	text, err := d.ask("query", query, args)
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

// ask has D1 answer a statement whose parameters are texts and numbers.
func (d d1) ask(method, query string, args []driver.NamedValue) (js.Value, error) {
	values := make([]any, len(args))
	for i, arg := range args {
		values[i] = arg.Value
	}
	return await(d.port.Call(method, query, values))
}

// rows are those of an answer that are left to be read. Their values are texts,
// numbers and nil.
type rows struct {
	columns []string
	left    [][]any
}

func (r *rows) Columns() []string { return r.columns }

func (r *rows) Close() error { return nil }

func (r *rows) Next(dest []driver.Value) error {
	if len(r.left) == 0 {
		return io.EOF
	}
	for i, value := range r.left[0] {
		dest[i] = value
		// In JSON, whole numbers are no type of their own.
		if n, ok := value.(float64); ok && n == math.Trunc(n) {
			dest[i] = int64(n)
		}
	}
	r.left = r.left[1:]
	return nil
}
