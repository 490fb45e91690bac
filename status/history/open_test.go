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
		if latest, err := history.NewStore(db).State(t.Context()); err != nil || !latest.RecordedAt.Equal(clock("12:00")) {
			t.Errorf("latest %v, %v", latest, err)
		}
	}
}

// wranglerTable creates the table in which wrangler 4.86 records migrations.
const wranglerTable = `CREATE TABLE d1_migrations(
	id         INTEGER PRIMARY KEY AUTOINCREMENT,
	name       TEXT UNIQUE,
	applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
);
`

func script(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("migrations", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// A database that wrangler has applied the migrations to is not migrated again.
func TestMigrationsAppliedByWranglerAreRecognized(t *testing.T) {
	path := file(t)
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(wranglerTable); err != nil {
		t.Fatal(err)
	}
	for _, name := range migrations(t) {
		if _, err := db.Exec(script(t, name) + `; INSERT INTO d1_migrations (name) VALUES ('` + name + `')`); err != nil {
			t.Fatal(err)
		}
	}
	ours := open(t, path)
	same(t, "applied", applied(t, ours), migrations(t))
	record(t, history.NewStore(ours), reading("12:00"))
}

func TestConcurrentOpensOfOneFile(t *testing.T) {
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
			for _, r := range scenarios[1].readings {
				if err := history.NewStore(db).Record(context.Background(), r); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	expect(t, "six at once", dump(t, open(t, path)), undisturbed(t, scenarios[1]))
}

func TestOpenAcceptsAnyFileName(t *testing.T) {
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

func TestOpenErrorsNameThePathAndTheReason(t *testing.T) {
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
			t.Errorf("error %q, want one that contains %q", err, want)
		}
	}
}

func TestMemoryDatabaseIsSharedByAllConnections(t *testing.T) {
	b := history.NewStore(open(t, ":memory:"))
	record(t, b, reading("12:00"))
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if latest, err := b.State(context.Background()); err != nil || !latest.RecordedAt.Equal(clock("12:00")) {
				t.Errorf("latest %v, %v", latest, err)
			}
		})
	}
	all.Wait()
}

// D1 has no transactions: a migration that was interrupted after any of its
// statements is applied again.
func TestInterruptedMigrationsAreCompleted(t *testing.T) {
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
	var parts []string // of all migrations
	for _, name := range migrations(t) {
		parts = append(parts, strings.SplitAfter(script(t, name), ";\n")...)
	}
	for n := range len(parts) + 1 {
		path := file(t)
		interrupted, err := sql.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := interrupted.Exec(strings.Join(parts[:n], "")); err != nil {
			t.Fatal(err)
		}
		interrupted.Close()
		db := open(t, path)
		same(t, "schema", schema(db), want)
		same(t, "applied", applied(t, db), migrations(t))
	}
}

// before0002 is a database file to which only 0001 was applied, with three
// changes of which the second has been sent.
func before0002(t *testing.T) string {
	t.Helper()
	path := file(t)
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(wranglerTable+script(t, "0001_history.sql")+`;
		INSERT INTO d1_migrations (name) VALUES ('0001_history.sql');
		INSERT INTO change (service, at, level, rest, tried_at, told_at) VALUES
			('iCloud Backup', ?1, 'operational', 'operational', 0, 0),
			('iCloud Backup', ?2, 'degraded', 'operational', ?2, ?2),
			('iCloud Backup', ?3, 'outage', 'operational', 0, 0)`,
		clock("12:00").Unix(), clock("12:01").Unix(), clock("12:02").Unix()); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestMigrationFromToldAtToSentAtPreservesSentChanges(t *testing.T) {
	path := before0002(t)
	var all sync.WaitGroup
	for range 6 { // programs that start at the same time
		all.Go(func() {
			db, err := history.Open(context.Background(), path)
			if err != nil {
				t.Error(err)
				return
			}
			db.Close()
		})
	}
	all.Wait()
	db := open(t, path)
	same(t, "applied", applied(t, db), migrations(t))
	s := history.NewStore(db)
	same(t, "due", due(t, s, "12:03"), []string{"iCloud Backup 12:02: outage, was degraded"})
	posts, err := s.Due(t.Context(), "iCloud Backup", clock("12:03"))
	if err != nil || len(posts) != 1 {
		t.Fatal(posts, err)
	}
	if err := s.MarkSent(t.Context(), posts[0], clock("12:03")); err != nil {
		t.Fatal(err)
	}
	same(t, "due once sent", due(t, s, "12:03"), nil)
}

// A failure of ALTER TABLE for any other reason is an error.
func TestMigrationFailsIfTheColumnHasNeitherName(t *testing.T) {
	path := before0002(t)
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`ALTER TABLE change RENAME COLUMN told_at TO other`); err != nil {
		t.Fatal(err)
	}
	if err := history.Migrate(t.Context(), db); err == nil || !strings.Contains(err.Error(), "0002_sent_at.sql") {
		t.Errorf("error %v", err)
	}
	same(t, "applied", applied(t, db), []string{"0001_history.sql"})
}
