package history

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"strings"
)

// migrations is also where wrangler finds them for D1.
//
//go:embed migrations/*.sql
var migrations embed.FS

// Migrate applies the migrations that a database doesn't have yet, in the
// order of their names. It keeps book of them as wrangler does, so that either
// may go on where the other left off.
//
// D1 has no transactions for this. So each statement of a migration may be
// repeated, and one that broke off, or that two programs apply at the same
// time, is applied again from its beginning.
func Migrate(ctx context.Context, db *sql.DB) error {
	if err := migrateAll(ctx, db); err != nil {
		return fmt.Errorf("history: migrating the database: %w", err)
	}
	return nil
}

func migrateAll(ctx context.Context, db *sql.DB) error {
	// As wrangler makes it.
	_, err := db.ExecContext(ctx, `CREATE TABLE IF NOT EXISTS d1_migrations (
		id         INTEGER PRIMARY KEY AUTOINCREMENT,
		name       TEXT UNIQUE,
		applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
	)`)
	if err != nil {
		return err
	}
	applied, err := applied(ctx, db)
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
		if _, err := db.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	_, err = db.ExecContext(ctx, `INSERT OR IGNORE INTO d1_migrations (name) VALUES (?)`, name)
	return err
}

// statements cuts a migration at the semicolons that end a line. No comment in
// it may end in one.
func statements(script string) (list []string) {
	for statement := range strings.SplitSeq(script, ";\n") {
		if statement = strings.TrimSpace(statement); statement != "" {
			list = append(list, statement)
		}
	}
	return list
}
