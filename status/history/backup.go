//go:build !js

package history

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// ErrNoHistory is the error of a database without the tables of a history.
var ErrNoHistory = errors.New("there is no history in it")

// Checkpoint moves what was written from the -wal file into the database's own,
// so that a copy of that file is complete. It doesn't wait for readers: what
// they hold up is moved by a later call.
func Checkpoint(ctx context.Context, db *sql.DB) error {
	if _, err := db.ExecContext(ctx, `PRAGMA wal_checkpoint(PASSIVE)`); err != nil {
		return fmt.Errorf("history: moving the -wal file into the database: %w", err)
	}
	return nil
}

// OpenReadOnly opens a database to read from it. It needs no right to write: not
// to the file, not to its folder. Close the result.
func OpenReadOnly(ctx context.Context, file string) (*ReadOnly, error) {
	db, err := readOnly(ctx, file)
	if err != nil {
		return nil, fmt.Errorf("history: reading the database %s: %w", file, err)
	}
	return db, nil
}

// ReadOnly is a database that is only read.
type ReadOnly struct {
	*sql.DB
	copied string // folder of the copy that is read; "" if there is none
}

// Close closes the database.
func (r *ReadOnly) Close() error {
	err := r.DB.Close()
	if r.copied != "" {
		err = errors.Join(err, os.RemoveAll(r.copied))
	}
	return err
}

func readOnly(ctx context.Context, file string) (*ReadOnly, error) {
	info, err := os.Stat(file)
	switch {
	case err != nil:
		return nil, systemError(err)
	case info.IsDir():
		return nil, errors.New("it is a directory")
	}
	db, err := openExisting(ctx, file)
	if code := resultCode(err); err == nil || code == notADatabase || code == corrupt || errors.Is(err, ErrNoHistory) {
		return &ReadOnly{DB: db}, err
	}
	// To read a database with a -wal file, SQLite writes beside it. Where it
	// can't, a copy is read.
	dir, err := os.MkdirTemp("", "backupcheck-")
	if err != nil {
		return nil, err
	}
	path := filepath.Join(dir, "copy.db")
	err = copyFile(path, file)
	if err == nil {
		if err = copyFile(path+"-wal", file+"-wal"); errors.Is(err, fs.ErrNotExist) {
			err = nil
		}
	}
	if err == nil {
		db, err = openExisting(ctx, path)
	}
	if err != nil {
		os.RemoveAll(dir)
		return nil, systemError(err)
	}
	return &ReadOnly{db, dir}, nil
}

// openExisting opens a database that has a history, without writing to it.
func openExisting(ctx context.Context, file string) (*sql.DB, error) {
	address, err := address(file)
	if err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", address+"?mode=ro&_pragma=busy_timeout(5000)")
	if err != nil {
		return nil, err
	}
	if err := hasHistory(ctx, db); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

// hasHistory returns an error unless a database has the tables of a history.
func hasHistory(ctx context.Context, db *sql.DB) error {
	var tables int
	err := db.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('incident', 'change', 'watched')`).Scan(&tables)
	if err == nil && tables < 3 {
		err = ErrNoHistory
	}
	return err
}

// address returns the URI of a file for SQLite.
func address(file string) (string, error) {
	path, err := filepath.Abs(file)
	if err != nil {
		return "", err
	}
	return (&url.URL{Scheme: "file", Path: "/" + strings.TrimPrefix(filepath.ToSlash(path), "/")}).String(), nil
}

func copyFile(to, from string) error {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(target, source)
	return errors.Join(err, target.Close())
}

// systemError returns the system's reason without the path, which the caller
// names.
func systemError(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// Backup writes a copy of a database to a new file, as it is at one moment, also
// while others write to it. The copy appears under its name only when it is
// complete.
func Backup(ctx context.Context, file, to string) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("history: backing up %s to %s: %w", file, to, systemError(err))
		}
	}()
	if _, err := os.Lstat(to); err == nil {
		return fs.ErrExist
	}
	db, err := readOnly(ctx, file)
	if err != nil {
		return err
	}
	defer db.Close()
	dir, err := os.MkdirTemp(filepath.Dir(to), ".backupcheck-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	copied := filepath.Join(dir, "copy.db")
	if err := vacuumInto(ctx, db.DB, copied); err != nil {
		return err
	}
	return os.Rename(copied, to)
}

// vacuumInto writes a copy of a database, and verifies it.
func vacuumInto(ctx context.Context, db *sql.DB, to string) error {
	if _, err := db.ExecContext(ctx, `VACUUM INTO ?`, to); err != nil {
		return err
	}
	file, err := os.OpenFile(to, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := errors.Join(file.Sync(), file.Close()); err != nil {
		return err
	}
	copied, err := openExisting(ctx, to)
	if err != nil {
		return err
	}
	defer copied.Close()
	var result string
	if err := copied.QueryRowContext(ctx, `PRAGMA quick_check(1)`).Scan(&result); err != nil || result != "ok" {
		return errors.Join(fmt.Errorf("the copy is damaged: %s", result), err)
	}
	return nil
}
