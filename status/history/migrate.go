package history

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
)

// wrangler applies migrations from the same folder to D1.
//
//go:embed migrations/*.sql
var migrations embed.FS

// Migrate applies the migrations that a database lacks, in the order of their
// names. It records them in wrangler's table, so wrangler and this function can
// both be used on one database.
//
// D1 has no interactive transactions for a migration. So all statements can be
// repeated: a migration that was interrupted, or that two programs apply at the
// same time, is applied again from its first statement.
func Migrate(ctx context.Context, db *sql.DB) error {
	if err := migrateAll(ctx, db); err != nil {
		return fmt.Errorf("history: migrating the database: %w", err)
	}
	return nil
}

// NeedsMigration reports whether err is a database's answer that it lacks a table
// or a column, so that Migrate would help. SQLite and D1 say so in words only.
func NeedsMigration(err error) bool {
	return err != nil && (strings.Contains(err.Error(), "no such table") || strings.Contains(err.Error(), "no such column"))
}

func migrateAll(ctx context.Context, db *sql.DB) error {
	applied, err := applied(ctx, db)
	if NeedsMigration(err) {
		// The same table as wrangler's.
		_, err = db.ExecContext(ctx, `CREATE TABLE IF NOT EXISTS d1_migrations (
			id         INTEGER PRIMARY KEY AUTOINCREMENT,
			name       TEXT UNIQUE,
			applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
		)`)
	}
	if err != nil {
		return err
	}
	files, err := fs.ReadDir(migrations, "migrations")
	if err != nil {
		return err
	}
	for _, file := range files {
		if applied[file.Name()] {
			continue
		}
		if err := migrate(ctx, db, file.Name()); err != nil {
			return fmt.Errorf("%s: %w", file.Name(), err)
		}
	}
	return nil
}

func applied(ctx context.Context, db *sql.DB) (map[string]bool, error) {
	rows, err := db.QueryContext(ctx, `SELECT name FROM d1_migrations`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	names := map[string]bool{}
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names[name] = true
	}
	return names, rows.Err()
}

func migrate(ctx context.Context, db *sql.DB, name string) error {
	script, err := migrations.ReadFile("migrations/" + name)
	if err != nil {
		return err
	}
	for _, statement := range statements(string(script)) {
		if _, err := db.ExecContext(ctx, statement); err != nil && !altered(ctx, db, statement) {
			return err
		}
	}
	_, err = db.ExecContext(ctx, `INSERT OR IGNORE INTO d1_migrations (name) VALUES (?)`, name)
	return err
}

var alterTable = regexp.MustCompile(`(?m)^ALTER TABLE (\w+) (?:RENAME COLUMN \w+ TO|ADD COLUMN) (\w+)`)

// altered reports whether a statement adds a column that exists already, or
// renames one that has its new name. SQLite has no form of ALTER TABLE that can
// be repeated.
func altered(ctx context.Context, db *sql.DB, statement string) bool {
	match := alterTable.FindStringSubmatch(statement)
	if match == nil {
		return false
	}
	table, column := match[1], match[2]
	rows, err := db.QueryContext(ctx, "SELECT "+column+" FROM "+table+" LIMIT 0")
	if err != nil {
		return false
	}
	rows.Close()
	return true
}

// statements splits a migration at the semicolons that end a line. No comment
// may end in a semicolon.
func statements(script string) (list []string) {
	for statement := range strings.SplitSeq(script, ";\n") {
		if statement = strings.TrimSpace(statement); statement != "" {
			list = append(list, statement)
		}
	}
	return list
}
