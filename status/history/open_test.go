package history_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"backupcheck/status/history"
)

func applied(t *testing.T, db *sql.DB) (names []string) {
	t.Helper()
	rows, err := db.Query(`SELECT name FROM d1_migrations ORDER BY id`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	return names
}

func migrations(t *testing.T) (names []string) {
	t.Helper()
	files, err := os.ReadDir("migrations")
	if err != nil || len(files) == 0 {
		t.Fatalf("migrations: %v, %v", files, err)
	}
	for _, f := range files {
		names = append(names, f.Name())
	}
	return names
}

func TestMigrationsAreAppliedOnce(t *testing.T) {
	path := file(t)
	first := open(t, path)
	record(t, history.NewStore(first), reading("12:00"))
	for range 2 {
		db := open(t, path)
		same(t, "applied", applied(t, db), migrations(t))
		if latest, err := history.NewStore(db).Latest(t.Context()); err != nil || !latest.Equal(clock("12:00")) {
			t.Errorf("latest %v, %v", latest, err)
		}
	}
}

// A database that wrangler has applied migrations to is taken as it is.
func TestWranglersBookkeepingIsKept(t *testing.T) {
	path := file(t)
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	// As wrangler 4.86 makes it, in a database that it gave the schema.
	if _, err := db.Exec(`CREATE TABLE d1_migrations(
		id         INTEGER PRIMARY KEY AUTOINCREMENT,
		name       TEXT UNIQUE,
		applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
	)`); err != nil {
		t.Fatal(err)
	}
	for _, name := range migrations(t) {
		script, err := os.ReadFile(filepath.Join("migrations", name))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec(string(script) + `; INSERT INTO d1_migrations (name) VALUES ('` + name + `')`); err != nil {
			t.Fatal(err)
		}
	}
	ours := open(t, path)
	same(t, "applied", applied(t, ours), migrations(t))
	record(t, history.NewStore(ours), reading("12:00"))
}

func TestProgramsMayStartOnOneFileAtTheSameTime(t *testing.T) {
	path := file(t)
	var all sync.WaitGroup
	for range 6 {
		all.Go(func() {
			db, err := history.Open(context.Background(), path)
			if err != nil {
				t.Error(err)
				return
			}
			defer db.Close()
			for _, r := range stories[1].readings {
				if err := history.NewStore(db).Record(context.Background(), r); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	expect(t, "six at once", dump(t, open(t, path)), undisturbed(t, stories[1]))
}

func TestOpenTakesAnyNameOfAFile(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for _, name := range []string{"a b?mode=ro#c%41&.db", "über.db", filepath.Join(dir, "whole.db")} {
		db := open(t, name)
		record(t, history.NewStore(db), reading("12:00"))
		if _, err := os.Stat(name); err != nil {
			t.Error(err)
		}
	}
}

func TestOpenSaysWhatIsWrong(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "letter.txt")
	if err := os.WriteFile(text, []byte(strings.Repeat("Dear Sir, ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		text:                             "file is not a database",
		dir:                              "is a directory",
		filepath.Join(dir, "no", "x.db"): "no such file or directory",
		filepath.Join(text, "x.db"):      "not a directory",
	} {
		db, err := history.Open(t.Context(), path)
		if err == nil {
			db.Close()
			t.Errorf("%s is opened", path)
			continue
		}
		t.Log(err)
		if !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "memory") {
			t.Errorf("error %q, want one that tells %q", err, want)
		}
	}
}

func TestMemoryIsOneDatabaseForAllWhoAsk(t *testing.T) {
	b := history.NewStore(open(t, ":memory:"))
	record(t, b, reading("12:00"))
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if latest, err := b.Latest(context.Background()); err != nil || !latest.Equal(clock("12:00")) {
				t.Errorf("latest %v, %v", latest, err)
			}
		})
	}
	all.Wait()
}

// D1 has no transactions: a migration that broke off after any of its
// statements is applied again.
func TestMigrationsThatBrokeOffAreMadeGood(t *testing.T) {
	schema := func(db *sql.DB) (tables []string) {
		rows, err := db.Query(`SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'd1_%' AND name NOT LIKE 'sqlite_%' ORDER BY name`)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var table string
			if err := rows.Scan(&table); err != nil {
				t.Fatal(err)
			}
			tables = append(tables, table)
		}
		return tables
	}
	want := schema(open(t, file(t)))
	for _, name := range migrations(t) {
		script, err := os.ReadFile(filepath.Join("migrations", name))
		if err != nil {
			t.Fatal(err)
		}
		parts := strings.SplitAfter(string(script), ";\n")
		for n := range parts {
			path := file(t)
			broken, err := sql.Open("sqlite", path)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := broken.Exec(strings.Join(parts[:n], "")); err != nil {
				t.Fatal(err)
			}
			broken.Close()
			db := open(t, path)
			same(t, "schema", schema(db), want)
			same(t, "applied", applied(t, db), migrations(t))
		}
	}
}
