package history_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"backupcheck/status/history"
)

// load reads a file for another database.
func load(t *testing.T, path string) history.Dump {
	t.Helper()
	d, err := history.LoadDump(t.Context(), path, clock("+9 00:00"))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// asSQL writes a database as SQL and returns the name of the file.
func asSQL(t *testing.T, path string) string {
	t.Helper()
	var text strings.Builder
	if err := load(t, path).Write(t.Context(), &text); err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(t.TempDir(), "history.sql")
	if err := os.WriteFile(to, []byte(text.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	return to
}

func TestExportedScenariosAreTheSameAfterImport(t *testing.T) {
	for _, s := range scenarios {
		t.Run(s.name, func(t *testing.T) {
			path := file(t)
			db := open(t, path)
			record(t, history.NewStore(db), s.readings...)
			want := dump(t, db)
			for how, source := range map[string]string{"the file": path, "SQL": asSQL(t, path)} {
				to := open(t, ":memory:")
				for range 2 { // the second time changes nothing
					d := load(t, source)
					if err := d.Add(t.Context(), to); err != nil || len(d.Refused) > 0 {
						t.Fatalf("%s: %v, refused %v", how, err, d.Refused)
					}
					expect(t, how, dump(t, to), want)
				}
				// The next reading continues.
				record(t, history.NewStore(to), reading("+2 12:00"))
			}
		})
	}
}

// The text of Apple's that is hardest to write as SQL.
func TestExportedTextsAreQuoted(t *testing.T) {
	path := file(t)
	i := incident("1'; DROP TABLE incident; --", "Issue", "ongoing", "11:00", "", "11:30")
	i.Message = "It's;\n-- \"one\" /* line */\r\nBEGIN TRANSACTION;\n停電 🍎 \\"
	record(t, history.NewStore(open(t, path)), reading("12:00", i))
	to := open(t, ":memory:")
	if err := load(t, asSQL(t, path)).Add(t.Context(), to); err != nil {
		t.Fatal(err)
	}
	h := read(t, history.NewStore(to), 1, clock("12:00"))
	if len(h.Incidents) != 1 || h.Incidents[0].Message != i.Message || h.Incidents[0].ID != i.ID {
		t.Errorf("incidents %+v", h.Incidents)
	}
}

// Two programs have watched at times of their own, and one of them has seen the
// end of an incident.
func TestImportCombinesTwoHistories(t *testing.T) {
	outage := incident("1", "Outage", "ongoing", "11:00", "", "11:30")
	ended := incident("1", "Issue", "resolved", "11:00", "12:20", "12:21")
	first, second := file(t), file(t)
	record(t, history.NewStore(open(t, first)), reading("12:00"), reading("12:04", outage), reading("12:08", outage), reading("13:00", ended))
	record(t, history.NewStore(open(t, second)), reading("12:06", outage), reading("12:12", outage), reading("12:30", ended), reading("14:00", ended, incident("2", "Issue", "ongoing", "13:59", "", "")))
	for name, pair := range map[string][2]string{"the second into the first": {first, second}, "the first into the second": {second, first}} {
		into := open(t, copyOf(t, backupOf(t, pair[0])))
		d := load(t, pair[1])
		if err := d.Add(t.Context(), into); err != nil {
			t.Fatal(err)
		}
		h := read(t, history.NewStore(into), 1, clock("14:00"))
		same(t, name+": watched", spans(h.Watched), []string{"12:00 to 12:12", "12:30 to 12:30", "13:00 to 13:00", "14:00 to 14:00"})
		same(t, name+": incidents", incidentLines(h.Incidents), []string{"2 Issue ongoing degraded 13:59 to -, seen 14:00 to -", "1 Issue resolved outage 11:00 to 12:20, seen 12:04 to -"})
	}
}

func backupOf(t *testing.T, path string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "backup.db")
	if err := history.Backup(t.Context(), path, to); err != nil {
		t.Fatal(err)
	}
	return to
}

func TestImportRefusesRowsThatCannotBeTrue(t *testing.T) {
	path := file(t)
	db := open(t, path)
	record(t, history.NewStore(db), reading("12:00"), reading("12:01", incident("1", "Outage", "ongoing", "11:00", "", "11:30")))
	later := clock("+30 00:00").Unix()
	for _, statement := range []string{
		fmt.Sprintf(`INSERT INTO watched VALUES (%d, %d)`, later, later),
		`INSERT INTO watched VALUES (20, 10)`,
		fmt.Sprintf(`INSERT INTO change (service, at, level, rest) VALUES ('iCloud Backup', %d, 'outage', 'outage')`, later),
		`INSERT INTO change (service, at, level, rest) VALUES ('iCloud Backup', 7, 'great', 'operational')`,
		fmt.Sprintf(`INSERT INTO incident SELECT service, '2', type, state, worst, message, users, affected, 0, 0, 0, %d, 0, %[1]d FROM incident`, later),
		`INSERT INTO incident SELECT service, '3', type, state, 'worse', message, users, affected, 0, 0, 0, 1, 0, 1 FROM incident LIMIT 1`,
		`INSERT INTO incident SELECT service, '4', type, state, worst, message, users, 'none', 0, 0, 0, 1, 0, 1 FROM incident LIMIT 1`,
	} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(statement, err)
		}
	}
	d := load(t, path)
	var refused []string
	for _, reason := range d.Reasons() {
		refused = append(refused, fmt.Sprint(d.Refused[reason], " ", reason))
	}
	same(t, "refused", refused, []string{"3 of the future", "1 that end before they begin", "2 with a level that doesn't exist", "1 with services that can't be read"})
	to := open(t, ":memory:")
	if err := d.Add(t.Context(), to); err != nil {
		t.Fatal(err)
	}
	h := read(t, history.NewStore(to), 1, clock("12:01"))
	same(t, "levels", levels(h.Changes), twoLevels)
	same(t, "watched", spans(h.Watched), []string{"12:00 to 12:01"})
}

func TestFilesThatAreNoHistoryAreRefused(t *testing.T) {
	dir := t.TempDir()
	outside := filepath.Join(dir, "outside.db")
	for name, text := range map[string]string{
		"nothing":          "CREATE TABLE x (y);",
		"an error":         "INSERT INTO watched VALUES (1, 2);",
		"another database": "ATTACH DATABASE '" + outside + "' AS o; CREATE TABLE o.x (y);",
		"a copy elsewhere": "CREATE TABLE x (y); VACUUM INTO '" + outside + "';",
	} {
		path := filepath.Join(dir, "x.sql")
		if err := os.WriteFile(path, []byte("PRAGMA foreign_keys=OFF;\n"+text), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := history.LoadDump(t.Context(), path, time.Now()); err == nil {
			t.Errorf("%s: no error", name)
		}
		if _, err := os.Stat(outside); err == nil {
			t.Errorf("%s: it has written another file", name)
		}
	}
}
