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

	"github.com/syumai/workers/cloudflare"

	"backupcheck/status/history"
)

// openBook returns the history in the database of the binding DB; nil if there
// is no such binding.
func openBook() *history.Book {
	binding := cloudflare.GetBinding("DB")
	if !binding.Truthy() {
		return nil
	}
	return history.NewBook(sql.OpenDB(d1{binding}))
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
