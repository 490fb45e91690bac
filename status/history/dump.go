//go:build !js

package history

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"modernc.org/sqlite"
)

// Dump is the content of a history database, to be added to another one.
type Dump struct {
	rows map[string][][]any // by table, in the order of its columns
	// Refused counts the rows that were left out, by the reason.
	Refused map[string]int
}

// Count returns the number of rows of a table.
func (d Dump) Count(table string) int { return len(d.rows[table]) }

// Reasons returns the reasons in Refused, sorted.
func (d Dump) Reasons() []string { return slices.Sorted(maps.Keys(d.Refused)) }

// LoadDump reads the history of an SQLite file, or of a file of SQL that Write,
// wrangler d1 export or sqlite3's .dump has written. Rows that can't be true at
// the time now are left out and counted.
func LoadDump(ctx context.Context, file string, now time.Time) (Dump, error) {
	d, err := loadDump(ctx, file, now)
	if err != nil {
		return d, fmt.Errorf("history: reading %s: %w", file, systemError(err))
	}
	return d, nil
}

func loadDump(ctx context.Context, file string, now time.Time) (d Dump, err error) {
	isSQL, err := IsSQL(file)
	if err != nil {
		return d, err
	}
	dir, err := os.MkdirTemp("", "backupcheck-")
	if err != nil {
		return d, err
	}
	defer os.RemoveAll(dir)
	// The copy gets the migrations that the file lacks.
	path := filepath.Join(dir, "copy.db")
	if isSQL {
		err = execute(ctx, file, path)
	} else {
		var source *ReadOnly
		if source, err = readOnly(ctx, file); err == nil {
			err = errors.Join(vacuumInto(ctx, source.DB, path), source.Close())
		}
	}
	if err != nil {
		return d, err
	}
	db, err := connect(ctx, path)
	if err != nil {
		return d, err
	}
	defer db.Close()
	d = Dump{map[string][][]any{}, map[string]int{}}
	for _, t := range tables {
		if err := d.read(ctx, db, t, now); err != nil {
			return d, err
		}
	}
	return d, nil
}

// IsSQL reports whether a file has SQL, and not an SQLite database or a feed.
func IsSQL(file string) (bool, error) {
	f, err := os.Open(file)
	if err != nil {
		return false, err
	}
	defer f.Close()
	head := make([]byte, 4096)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return false, err
	}
	return firstStatement.Match(head[:n]), nil
}

var firstStatement = regexp.MustCompile(`(?i)^(?:\s|--[^\n]*\n)*(?:PRAGMA|BEGIN|CREATE|DROP|INSERT|DELETE)\s`)

// IsDatabase reports whether a file is an SQLite database.
func IsDatabase(file string) bool {
	f, err := os.Open(file)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 16)
	_, err = io.ReadFull(f, head)
	return err == nil && string(head) == "SQLite format 3\x00"
}

// execute executes a file of SQL in a new database, without access to others.
func execute(ctx context.Context, file, path string) error {
	script, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return err
	}
	defer db.Close()
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	const limitAttached = 7 // SQLITE_LIMIT_ATTACHED
	if _, err := sqlite.Limit(conn, limitAttached, 0); err != nil {
		return err
	}
	if _, err := conn.ExecContext(ctx, string(script)); err != nil {
		return err
	}
	return hasHistory(ctx, db)
}

// read reads the rows of a table.
func (d Dump) read(ctx context.Context, db *sql.DB, t table, now time.Time) error {
	rows, err := db.QueryContext(ctx, "SELECT "+strings.Join(t.columns, ", ")+" FROM "+t.name)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		row, targets := make([]any, len(t.columns)), make([]any, len(t.columns))
		for i := range row {
			targets[i] = &row[i]
		}
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		reason := "with values of another type"
		if typed(t, row) {
			reason = t.check(row, future(now))
		}
		if reason != "" {
			d.Refused[reason]++
			continue
		}
		d.rows[t.name] = append(d.rows[t.name], row)
	}
	return rows.Err()
}

func typed(t table, row []any) bool {
	for i, column := range t.columns {
		_, isText := row[i].(string)
		_, isNumber := row[i].(int64)
		if isText != texts(column) || isNumber == texts(column) {
			return false
		}
	}
	return true
}

// Add adds the dump to a database, all of it or nothing. What both have counts
// once; adding it again changes nothing.
func (d Dump) Add(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("history: importing: %w", err)
	}
	defer tx.Rollback()
	for statement := range d.statements() {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("history: importing: %w", err)
		}
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("history: importing: %w", err)
	}
	return nil
}

// Write writes the dump as SQL that adds it to a database, as Add does: for
// sqlite3, for wrangler d1 execute --file, and for LoadDump. It creates the tables
// where there are none.
func (d Dump) Write(ctx context.Context, w io.Writer) error {
	schema, err := schema(ctx)
	if err != nil {
		return err
	}
	for _, statement := range schema {
		if _, err := fmt.Fprintf(w, "%s;\n", statement); err != nil {
			return err
		}
	}
	for statement := range d.statements() {
		if _, err := fmt.Fprintf(w, "%s;\n", statement); err != nil {
			return err
		}
	}
	return nil
}

// statements yields what adds the dump to a database. D1 has neither temporary
// tables nor transactions in a file, but executes a file as a whole.
func (d Dump) statements() func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for _, t := range tables {
			list := []string{
				"DROP TABLE IF EXISTS import_" + t.name,
				"CREATE TABLE import_" + t.name + " AS SELECT " + strings.Join(t.columns, ", ") + " FROM " + t.name + " WHERE false",
			}
			for _, row := range d.rows[t.name] {
				list = append(list, "INSERT INTO import_"+t.name+" VALUES ("+literals(row)+")")
			}
			list = append(list, strings.Split(t.merge, ";\n")...)
			list = append(list, "DROP TABLE import_"+t.name)
			for _, statement := range list {
				if !yield(statement) {
					return
				}
			}
		}
	}
}

// literals returns values as SQL, on one line.
func literals(row []any) string {
	parts := make([]string, len(row))
	for i, value := range row {
		switch value := value.(type) {
		case string:
			text := "'" + strings.ReplaceAll(value, "'", "''") + "'"
			for _, c := range []struct{ char, code string }{{"\n", "10"}, {"\r", "13"}, {"\x00", "0"}} {
				text = strings.ReplaceAll(text, c.char, "'||char("+c.code+")||'")
			}
			parts[i] = text
		case int64:
			parts[i] = strconv.FormatInt(value, 10)
		}
	}
	return strings.Join(parts, ", ")
}

var (
	comment = regexp.MustCompile(`\s*--[^\n]*`)
	creates = regexp.MustCompile(`^CREATE (TABLE|INDEX) `)
)

// schema returns statements that create the tables where there are none, with the
// names of the migrations that they contain.
func schema(ctx context.Context) (statements []string, err error) {
	db, err := connect(ctx, ":memory:")
	if err != nil {
		return nil, err
	}
	defer db.Close()
	rows, err := db.QueryContext(ctx, `
		SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
		UNION ALL SELECT 'INSERT OR IGNORE INTO d1_migrations (name) VALUES (''' || name || ''')' FROM d1_migrations`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var statement string
		if err := rows.Scan(&statement); err != nil {
			return nil, err
		}
		statement = comment.ReplaceAllString(statement, "")
		statements = append(statements, creates.ReplaceAllString(statement, "CREATE $1 IF NOT EXISTS "))
	}
	return statements, rows.Err()
}
