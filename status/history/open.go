//go:build !js

package history

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"modernc.org/sqlite"
)

// settings of each connection. Writers wait for each other for 5 s. A write
// that was acknowledged is on the disk, so that not even a power cut takes it
// back: at one small write a minute that costs nothing.
const settings = "?_txlock=immediate&_pragma=busy_timeout(5000)&_pragma=synchronous(FULL)"

// Open opens the native database, a SQLite file that is made if there is none,
// and applies the migrations. ":memory:" is a database that ends with the
// program. Several programs may have one file open.
func Open(ctx context.Context, file string) (*sql.DB, error) {
	db, err := connect(ctx, file)
	if err != nil {
		return nil, fmt.Errorf("history: opening the database %s: %w", file, explain(err, file))
	}
	return db, nil
}

func connect(ctx context.Context, file string) (*sql.DB, error) {
	address := file
	if file != ":memory:" {
		path, err := filepath.Abs(file)
		if err != nil {
			return nil, err
		}
		address = (&url.URL{Scheme: "file", Path: "/" + strings.TrimPrefix(filepath.ToSlash(path), "/")}).String()
	}
	db, err := sql.Open("sqlite", address+settings)
	if err != nil {
		return nil, err
	}
	if file == ":memory:" {
		db.SetMaxOpenConns(1) // each connection has a memory of its own
	}
	err = logAhead(ctx, db)
	if err == nil {
		err = migrateAll(ctx, db)
	}
	if err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

// logAhead lets readers read while one writes, by a write-ahead log; the file
// keeps that setting. When several programs find a new file, SQLite refuses all
// but one of them at once, whatever the busy_timeout, so they try again.
func logAhead(ctx context.Context, db *sql.DB) error {
	for attempt := 1; ; attempt++ {
		_, err := db.ExecContext(ctx, `PRAGMA journal_mode = WAL`)
		if resultCode(err) != busy || attempt == 250 {
			return err
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// SQLite's result codes for a file that another program is writing to, and for
// one that the system doesn't open, for whatever reason.
const (
	busy       = 5
	cannotOpen = 14
)

func resultCode(err error) int {
	var failure *sqlite.Error
	if !errors.As(err, &failure) {
		return 0
	}
	return failure.Code() & 0xff
}

// explain asks the system for the reason that SQLite doesn't tell.
func explain(err error, file string) error {
	if resultCode(err) != cannotOpen {
		return err
	}
	f, reason := os.OpenFile(file, os.O_RDWR, 0)
	if reason == nil {
		f.Close()
		return err
	}
	var path *os.PathError
	if errors.As(reason, &path) {
		return path.Err
	}
	return reason
}
