package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"backupcheck/status"
	"backupcheck/status/apple/fixtures"
	"backupcheck/status/history"
)

const japanese = "iCloudバックアップ"

// recordedIn returns the recorded feeds of a year, by the time in Japan.
func recordedIn(t *testing.T, year string) []string {
	t.Helper()
	dir := fixtures.Dir(t, "apple/feed/ja_JP")
	paths, err := filepath.Glob(filepath.Join(dir, "*_ja_JP-"+year+"-*"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no recordings of %s in %s (%v)", year, dir, err)
	}
	return paths
}

// historyAt reads the history in a database at a time.
func historyAt(t *testing.T, file, service, at string) (h historyBody, body string) {
	t.Helper()
	r := call(t, "", "history", "-db", file, "-service", service, "-at", at, "-days", "400", "-json")
	if r.code != 0 {
		t.Fatalf("exit %d: %s", r.code, r.err)
	}
	if err := json.Unmarshal([]byte(r.out), &h); err != nil {
		t.Fatal(err)
	}
	return h, r.out
}

// historyBody is the part of a body of /api/history that these tests check.
type historyBody struct {
	Incidents []struct {
		WorstLevel status.Level `json:"worst_level"`
		StartedAt  *time.Time   `json:"started_at"`
		EndedAt    *time.Time   `json:"ended_at"`
		LastSeenAt *time.Time   `json:"last_seen_at"`
	}
}

func TestRecordingsAreImportedOnce(t *testing.T) {
	type incident struct{ start, end, worst string }
	tests := []struct {
		year, at string
		readings string
		want     []incident // newest first, by hand from the recordings
	}{
		{"2019", "2019-10-19T22:31:00Z", "10 readings", []incident{
			{"2019-10-19T20:08:00Z", "2019-10-19T22:25:00Z", "degraded"}, // the newer one of two alternating copies counts
			{"2019-10-16T17:11:00Z", "2019-10-16T17:31:00Z", "degraded"}, // first seen when it was over
			{"2019-08-08T21:40:00Z", "2019-08-09T03:34:00Z", "degraded"}, // with the revised start
			{"2019-05-28T19:45:00Z", "2019-05-29T01:34:00Z", "degraded"},
		}},
		{"2021", "2021-07-22T17:31:00Z", "10 readings", []incident{
			{"2021-07-22T13:33:00Z", "2021-07-22T17:16:00Z", "degraded"},
			{"2021-03-19T12:41:00Z", "2021-03-19T16:01:00Z", "degraded"},
			{"2021-02-03T18:13:00Z", "2021-02-04T03:10:00Z", "outage"}, // issue, outage, issue
		}},
		{"2022", "2022-12-08T23:32:00Z", "9 readings", []incident{
			{"2022-12-06T07:40:00Z", "2022-12-06T08:52:00Z", "degraded"},
			{"2022-01-25T23:15:00Z", "2022-01-26T18:00:00Z", "degraded"},  // reopened once
			{"2022-01-11T13:03:00Z", "~2022-01-11T15:06:00Z", "degraded"}, // only seen ongoing
			{"2022-01-10T10:54:00Z", "2022-01-11T00:23:00Z", "degraded"},
		}},
	}
	for _, tt := range tests {
		t.Run(tt.year, func(t *testing.T) {
			paths := recordedIn(t, tt.year)
			file := filepath.Join(t.TempDir(), "x.db")
			args := append([]string{"history", "import", "-db", file, "-service", japanese, "-zone", "Asia/Tokyo"}, paths...)
			first := call(t, "", args...)
			if first.code != 0 || first.err != "" || !strings.HasPrefix(first.out, tt.readings+" imported, from "+tt.year+"-") {
				t.Fatalf("%+v", first)
			}
			h, body := historyAt(t, file, japanese, tt.at)
			var got []incident
			for _, i := range h.Incidents {
				var end string
				if i.EndedAt != nil {
					end = i.EndedAt.Format(time.RFC3339)
				} else if i.LastSeenAt != nil {
					end = "~" + i.LastSeenAt.Format(time.RFC3339)
				}
				got = append(got, incident{i.StartedAt.Format(time.RFC3339), end, i.WorstLevel.String()})
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("incidents\n got %v\nwant %v", got, tt.want)
			}
			// The order of arguments doesn't matter, and importing again changes nothing.
			slices.Reverse(args[len(args)-len(paths):])
			second := call(t, "", args...)
			if second != first {
				t.Errorf("the second import: %+v, the first: %+v", second, first)
			}
			if _, again := historyAt(t, file, japanese, tt.at); again != body {
				t.Errorf("importing again changes\n%s\nto\n%s", body, again)
			}
		})
	}
}

// feedFile writes a scenario's feed to a file of that name.
func feedFile(t *testing.T, dir, name, scenario string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(feedOf(t, status.ServiceName, scenario)), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestImportPrintsWhatItDoes(t *testing.T) {
	dir := t.TempDir()
	outage := feedFile(t, dir, "b/2026-11-22T0600.js", "outage")
	recovered := feedFile(t, dir, "a/20261122T073000+0100.JSON", "recovered")
	fine := feedFile(t, dir, "c/feed.json", "fine")
	changed := time.Date(2026, 11, 22, 6, 15, 0, 0, time.UTC)
	if err := os.Chtimes(fine, changed, changed); err != nil {
		t.Fatal(err)
	}
	feedFile(t, dir, "ignored.txt", "fine")
	old := feedFile(t, dir, "2025-10-01.js", "outage")
	garbage := filepath.Join(dir, "garbage.js")
	if err := os.WriteFile(garbage, []byte("<html>"), 0o644); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "x.db")
	r := call(t, "", "history", "import", "-v", "-db", file, dir, filepath.Join(dir, "missing.js"), outage)
	want := "2026-11-22T06:00:00Z  outage       " + outage + "\n" +
		"2026-11-22T06:15:00Z  operational  " + fine + "\n" +
		"2026-11-22T06:30:00Z  operational  " + recovered + "\n" +
		"3 readings imported, from 2026-11-22T06:00:00Z to 2026-11-22T06:30:00Z, with 1 incident of iCloud Backup.\n"
	if r.code != 1 || r.out != want {
		t.Errorf("exit %d, printed\n%s\nwant\n%s", r.code, r.out, want)
	}
	lines := strings.SplitAfter(r.err, "\n")
	if len(lines) != 4 || !strings.Contains(lines[0], "skipped "+garbage) || !strings.Contains(lines[1], "missing.js") ||
		!strings.Contains(lines[2], "1 recording from before 2025-10-18 left out") {
		t.Errorf("on standard error\n%s", r.err)
	}
	for _, line := range lines[:len(lines)-1] {
		checkSentence(t, line)
	}
	if r := call(t, "", "history", "import", "-db", file, outage, fine); r.code != 0 || r.err != "" {
		t.Errorf("valid recordings: %+v", r)
	}
	if r := call(t, "", "history", "import", "-db", file, old); r.code != 1 || r.out != "" {
		t.Errorf("a recording that is too old: %+v", r)
	}
}

// Many file names have no seconds. All recordings of a minute are imported, in the
// order of their names.
func TestRecordingsOfOneMinuteAreInOrderOfTheirNames(t *testing.T) {
	dir := t.TempDir()
	feedFile(t, dir, "2026-11-22T0600-b.js", "outage")
	feedFile(t, dir, "2026-11-22T0600-a.js", "fine")
	feedFile(t, dir, "2026-11-22T0600-c.js", "recovered")
	r := call(t, "", "history", "import", "-v", "-db", filepath.Join(dir, "x.db"), dir)
	var got []string
	for line := range strings.Lines(r.out) {
		got = append(got, strings.Join(strings.Fields(line)[:2], " "))
	}
	want := []string{"2026-11-22T06:00:00Z operational", "2026-11-22T06:00:01Z outage", "2026-11-22T06:00:02Z operational", "3 readings"}
	if r.code != 0 || !slices.Equal(got, want) {
		t.Errorf("exit %d: %s\n%s", r.code, r.err, r.out)
	}
}

// Related services have other names in other languages, and must not be recorded
// as unknown.
func TestImportLeavesOutRelatedRowsThatAreNotListed(t *testing.T) {
	dir := t.TempDir()
	for name, feed := range map[string]string{
		"2026-11-22T0600.js": `{"services":[{"serviceName":"iCloud Backup","events":[]},{"serviceName":"Photos","events":[]},{"serviceName":"写真","events":[]}]}`,
		"2026-11-22T0604.js": `{"services":[{"serviceName":"iCloud Backup","events":[]},{"serviceName":"写真","events":[]}]}`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(feed), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(dir, "x.db")
	if r := call(t, "", "history", "import", "-db", file, dir); r.code != 0 {
		t.Fatalf("%+v", r)
	}
	db, err := history.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.QueryContext(t.Context(), "SELECT service, level FROM change ORDER BY service")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var got []string
	for rows.Next() {
		var service, level string
		if err := rows.Scan(&service, &level); err != nil {
			t.Fatal(err)
		}
		got = append(got, service+" "+level)
	}
	if want := []string{"Photos operational", "iCloud Backup operational"}; !slices.Equal(got, want) || rows.Err() != nil {
		t.Errorf("stored %v, want %v (%v)", got, want, rows.Err())
	}
}

func TestImportWithoutRecordingsCreatesNoDatabase(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "x.db")
	other := feedFile(t, dir, "other/2026-11-22.js", "unlisted")
	for _, path := range []string{filepath.Join(dir, "missing"), t.TempDir(), other} {
		r := call(t, "", "history", "import", "-db", file, path)
		if r.code != 1 || r.out != "" || r.err == "" {
			t.Errorf("%s: %+v", path, r)
		}
		for line := range strings.Lines(r.err) {
			checkSentence(t, line)
		}
	}
	if _, err := os.Stat(file); !os.IsNotExist(err) {
		t.Errorf("the database exists (%v)", err)
	}
}
