package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"backupcheck/status"
	"backupcheck/status/history"
)

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, data, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// databaseWith returns a file with two readings, a day ago.
func databaseWith(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "x.db")
	db, err := history.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for minute, incidents := range [][]status.Incident{nil, {{ID: "1", Type: "Outage", State: status.StateOngoing, StartedAt: six}}} {
		report := status.Report{CheckedAt: six.Add(time.Duration(minute) * time.Minute), Service: status.Row{Name: status.ServiceName, Incidents: incidents}}
		if err := history.NewStore(db).Record(t.Context(), report); err != nil {
			t.Fatal(err)
		}
	}
	return file
}

func TestHistoryIsExportedAndImported(t *testing.T) {
	file := databaseWith(t)
	dir := t.TempDir()
	want := call(t, "", "history", "-db", file, "-at", "2026-11-22T06:01:00Z", "-days", "2", "-json")
	sql := filepath.Join(dir, "history.sql")
	if r := call(t, "", "history", "export", "-db", file, sql); r.code != 0 || r.out != "" || r.err != "" {
		t.Fatalf("%+v", r)
	}
	if r := call(t, "", "history", "export", "-db", file, sql); r.code != 1 {
		t.Errorf("over an existing file: %+v", r)
	}
	text, err := os.ReadFile(sql)
	if err != nil {
		t.Fatal(err)
	}
	if r := call(t, "", "history", "export", "-db", file); r.code != 0 || r.out != string(text) {
		t.Errorf("to standard output: exit %d, %d bytes", r.code, len(r.out))
	}
	for name, source := range map[string]string{"SQL": sql, "a database": file} {
		to := filepath.Join(t.TempDir(), "new.db")
		for range 2 {
			if r := call(t, "", "history", "import", "-db", to, source); r.code != 0 || !strings.HasPrefix(r.out, "1 incident, 2 changes and 1 span of watched time imported from ") {
				t.Fatalf("%s: %+v", name, r)
			}
		}
		if r := call(t, "", "history", "-db", to, "-at", "2026-11-22T06:01:00Z", "-days", "2", "-json"); r.out != want.out {
			t.Errorf("%s:\n got %s\nwant %s", name, r.out, want.out)
		}
	}
}

func TestImportSaysWhatItRefuses(t *testing.T) {
	dir := t.TempDir()
	later := time.Now().Add(48 * time.Hour).UTC()
	feed := feedOf(t, status.ServiceName, "outage")
	good, future := filepath.Join(dir, "feed-2026-11-22T0600.js"), filepath.Join(dir, later.Format("feed-2006-01-02T1504.js"))
	for _, path := range []string{good, future} {
		if err := os.WriteFile(path, []byte(feed), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	to := filepath.Join(dir, "x.db")
	r := call(t, "", "history", "import", "-db", to, dir)
	if r.code != 1 || !strings.HasPrefix(r.out, "1 reading imported") || !strings.Contains(r.err, "refused "+future) || !strings.Contains(r.err, "in the future") {
		t.Errorf("%+v", r)
	}
	checkSentence(t, r.err)

	file := databaseWith(t)
	db, err := history.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(`INSERT INTO watched VALUES (?, ?)`, later.Unix(), later.Unix()); err != nil {
		t.Fatal(err)
	}
	db.Close()
	for _, args := range [][]string{{"export", "-db", file}, {"import", "-db", to, file}} {
		r := call(t, "", append([]string{"history"}, args...)...)
		if r.code != 1 || !strings.Contains(r.err, file+": 1 row refused, of the future") {
			t.Errorf("%v: %+v", args, r)
		}
		checkSentence(t, r.err)
	}
}

func TestHistoryCommandsNameTheirReason(t *testing.T) {
	dir := t.TempDir()
	file, empty := databaseWith(t), filepath.Join(dir, "empty.db")
	if err := os.WriteFile(empty, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		args []string
		want string
	}{
		{[]string{"backup", "-db", file, file}, "exists"},
		{[]string{"backup", "-db", filepath.Join(dir, "no.db"), filepath.Join(dir, "c")}, "no such file"},
		{[]string{"backup", "-db", file, filepath.Join(dir, "no", "c")}, "no such file or directory"},
		{[]string{"backup", "-db", empty, filepath.Join(dir, "c")}, "there is no history in it"},
		{[]string{"export", "-db", empty}, "there is no history in it"},
		{[]string{"-db", empty}, "there is no history in it"},
		{[]string{"export", "-db", dir}, "is a directory"},
		{[]string{"import", "-db", filepath.Join(dir, "new.db"), filepath.Join(dir, "no.sql")}, "no such file"},
	} {
		r := call(t, "", append([]string{"history"}, tt.args...)...)
		if r.code != 1 || r.out != "" || !strings.Contains(r.err, tt.want) {
			t.Errorf("%v: %+v", tt.args, r)
		}
	}
}
