//go:build !js

package history

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"time"

	"modernc.org/sqlite"
)

// settings of each connection. Writers wait for each other for 5 s. Each commit
// is synced to disk, which is cheap at one small write a minute.
const settings = "?_txlock=immediate&_pragma=busy_timeout(5000)&_pragma=synchronous(FULL)"

// Open opens the native database and applies the migrations. It creates the
// SQLite file if it doesn't exist; ":memory:" is a database in memory. Several
// programs can have the same file open.
func Open(ctx context.Context, file string) (*sql.DB, error) {
	db, err := connect(ctx, file)
	if err != nil {
		return nil, fmt.Errorf("history: opening the database %s: %w", file, explain(err, file))
	}
	return db, nil
}

func connect(ctx context.Context, file string) (*sql.DB, error) {
	name := file
	if file != ":memory:" {
		var err error
		if name, err = address(file); err != nil {
			return nil, err
		}
	}
	db, err := sql.Open("sqlite", name+settings)
	if err != nil {
		return nil, err
	}
	if file == ":memory:" {
		db.SetMaxOpenConns(1) // each connection would have its own database
	}
	err = setWriteAheadLog(ctx, db)
	if err == nil {
		err = migrateAll(ctx, db)
	}
	if err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

// setWriteAheadLog lets others read while one program writes. The setting is
// stored in the file. When several programs set it at once in a new file,
// SQLite ignores the busy_timeout and returns SQLITE_BUSY, so retry.
func setWriteAheadLog(ctx context.Context, db *sql.DB) error {
	for attempt := 1; ; attempt++ {
		_, err := db.ExecContext(ctx, `PRAGMA journal_mode = WAL`)
		if resultCode(err) != busy || attempt == 250 {
			return err
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// SQLite's result codes SQLITE_BUSY, SQLITE_CORRUPT, SQLITE_CANTOPEN and SQLITE_NOTADB.
const (
	busy         = 5
	corrupt      = 11
	cannotOpen   = 14
	notADatabase = 26
)

func resultCode(err error) int {
	var failure *sqlite.Error
	if !errors.As(err, &failure) {
		return 0
	}
	return failure.Code() & 0xff
}

// explain returns the system's error for a file that SQLite can't open: SQLite
// itself gives no reason.
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
