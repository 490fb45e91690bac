package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"backupcheck/status"
	"backupcheck/status/api"
	"backupcheck/status/history"
)

// tenDays is a body of /api/history with a day of each status, up to half past two
// on the tenth.
const tenDays = `{"service":"iCloud Backup","kept":true,"summary":"In the last 10 days Apple reported problems.","from":"2026-10-27T00:00:00Z","to":"2026-11-05T02:30:00Z",
"days":[
{"date":"2026-10-27","minutes":{"operational":0,"maintenance":0,"degraded":0,"outage":0,"unknown":0},"not_watched":1440},
{"date":"2026-10-28","minutes":{"operational":719,"maintenance":0,"degraded":0,"outage":0,"unknown":0},"not_watched":721},
{"date":"2026-10-29","minutes":{"operational":720,"maintenance":0,"degraded":0,"outage":0,"unknown":0},"not_watched":720},
{"date":"2026-10-30","minutes":{"operational":1367,"maintenance":0,"degraded":0,"outage":0,"unknown":0},"not_watched":73},
{"date":"2026-10-31","minutes":{"operational":1439,"maintenance":0,"degraded":1,"outage":0,"unknown":0},"not_watched":0},
{"date":"2026-11-01","minutes":{"operational":0,"maintenance":0,"degraded":1439,"outage":1,"unknown":0},"not_watched":0},
{"date":"2026-11-02","minutes":{"operational":1410,"maintenance":30,"degraded":0,"outage":0,"unknown":0},"not_watched":0},
{"date":"2026-11-03","minutes":{"operational":40,"maintenance":0,"degraded":0,"outage":0,"unknown":1400},"not_watched":0},
{"date":"2026-11-04","minutes":{"operational":1368,"maintenance":0,"degraded":0,"outage":0,"unknown":72},"not_watched":0},
{"date":"2026-11-05","minutes":{"operational":150,"maintenance":0,"degraded":0,"outage":0,"unknown":0},"not_watched":0}],
"incidents":[
{"id":"5","type":"Maintenance","state":"upcoming","message":"","worst_level":"operational","started_at":"2026-11-06T00:00:00Z","ended_at":"2026-11-06T02:00:00Z","first_seen_at":"2026-11-04T10:00:00Z","last_seen_at":null},
{"id":"4","type":"Performance","state":"ongoing","message":"It is slow.","worst_level":"degraded","started_at":"2026-11-05T01:20:59Z","ended_at":null,"first_seen_at":"2026-11-05T02:00:00Z","last_seen_at":null},
{"id":"3","type":"Maintenance","state":"ongoing","message":"At work.","worst_level":"maintenance","started_at":"2026-11-02T12:00:00Z","ended_at":"2026-11-02T14:00:00Z","first_seen_at":"2026-11-02T12:03:00Z","last_seen_at":"2026-11-02T12:30:00Z"},
{"id":"2","type":"Outage","state":"resolved","message":"%s","worst_level":"outage","started_at":"2026-10-31T23:59:00Z","ended_at":"2026-11-02T01:30:00Z","first_seen_at":"2026-11-01T00:00:00Z","last_seen_at":null},
{"id":"1","type":"","state":"resolved","message":"Without times.","worst_level":"degraded","started_at":null,"ended_at":null,"first_seen_at":"2026-10-27T05:00:00Z","last_seen_at":"2026-10-27T05:30:00Z"}],
"changes":[],"source":"https://www.apple.com/support/systemstatus/"}`

// siteWithBody responds to every request with a body, and returns a list of the
// requested URLs.
func siteWithBody(t *testing.T, body string) (origin string, requested *[]string) {
	t.Helper()
	requested = new([]string)
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		*requested = append(*requested, r.URL.String())
		fmt.Fprint(w, body)
	}))
	t.Cleanup(site.Close)
	return site.URL, requested
}

func TestHistoryDrawsDaysAndListsIncidents(t *testing.T) {
	long := strings.Repeat("Users may see this. ", 10)
	origin, requested := siteWithBody(t, fmt.Sprintf(tenDays, long))
	r := call(t, "", "history", "-from", origin, "-days", "10")
	if r.code != 0 || r.err != "" {
		t.Errorf("exit %d: %s", r.code, r.err)
	}
	want := `In the last 10 days Apple reported problems.

            1       8       15      22      29
2026-10                                  -- ,,!
2026-11     Xm?..

  .  2 days    no problem
  ,  2 days    no problem, but watched for only part of the day
  m  1 day     maintenance
  !  1 day     a problem
  X  1 day     an outage
  ?  1 day     Apple's data couldn't be understood
  -  2 days    not watched, or for less than half of the day

START             END                LASTED        WORST        TYPE
2026-11-06 00:00  planned                          -            Maintenance
2026-11-05 01:20  ongoing            1 h 9 min     degraded     Performance
    It is slow.
2026-11-02 12:00  ~2026-11-02 12:30  30 min        maintenance  Maintenance
    At work.
2026-10-31 23:59  2026-11-02 01:30   1 d 1 h       outage       Outage
    Users may see this. Users may see this. Users may see this. Users may see t…
2026-10-27 05:00  ~2026-10-27 05:30  30 min        degraded
    Without times.
~ Apple dropped it without an end: the time of the last reading that listed it.
`
	if r.out != want {
		t.Errorf("printed\n%s\nwant\n%s", r.out, want)
	}
	if len(*requested) != 1 || (*requested)[0] != "/api/history?days=10" {
		t.Errorf("requested %v", *requested)
	}
}

func TestHistoryRequestsTheGivenSite(t *testing.T) {
	origin, requested := siteWithBody(t, fmt.Sprintf(tenDays, ""))
	tests := []struct {
		from, service, want string
	}{
		{origin, "", "/api/history?days=90"},
		{origin + "/", "", "/api/history?days=90"},
		{origin + "/api/history", "", "/api/history?days=90"},
		{origin + "/api/history?days=3#x", "", "/api/history?days=90"},
		{origin + "/status", "", "/status/api/history?days=90"},
		{origin, "iCloud Account & Sign In", "/api/history?days=90&service=iCloud+Account+%26+Sign+In"},
	}
	for _, tt := range tests {
		args := []string{"history", "-from", tt.from}
		if tt.service != "" {
			args = append(args, "-service", tt.service)
		}
		r := call(t, "", args...)
		if got := (*requested)[len(*requested)-1]; r.code != 0 || got != tt.want {
			t.Errorf("%s: exit %d, requested %s, want %s", tt.from, r.code, got, tt.want)
		}
	}
}

func TestHistoryInJSONIsTheBodyUnchanged(t *testing.T) {
	for _, body := range []string{fmt.Sprintf(tenDays, ""), `{"kept":false,"summary":"History isn't kept here.","days":[]}`} {
		origin, _ := siteWithBody(t, body+"\n")
		if r := call(t, "", "history", "-from", origin, "-json"); r.code != 0 || r.err != "" || r.out != body+"\n" {
			t.Errorf("%+v", r)
		}
	}
}

func TestUnreadableHistoryExitsWith1(t *testing.T) {
	dir := t.TempDir()
	garbage := filepath.Join(dir, "garbage.db")
	if err := os.WriteFile(garbage, []byte(strings.Repeat("no database ", 100)), 0o644); err != nil {
		t.Fatal(err)
	}
	site := func(body string) []string {
		origin, _ := siteWithBody(t, body)
		return []string{"-from", origin}
	}
	refuses := httptest.NewServer(http.NotFoundHandler())
	defer refuses.Close()
	missing := filepath.Join(dir, "missing.db")
	tests := map[string][]string{
		"missing file":         {"-db", missing},
		"missing directory":    {"-db", filepath.Join(dir, "missing", "x.db")},
		"hostile name":         {"-db", missing + "\x1b[31m\n"},
		"directory":            {"-db", dir},
		"no database":          {"-db", garbage},
		"site without history": site(`{"kept":false,"summary":"History isn't kept here.","days":[]}`),
		"site that refuses":    {"-from", refuses.URL},
		"HTML":                 site("<!DOCTYPE html>"),
		"a list":               site("[]"),
		"no date":              site(`{"kept":true,"days":[{"date":"yesterday"}]}`),
		"no level":             site(`{"kept":true,"days":[{"date":"2026-01-01","minutes":{"great":1}}]}`),
		"days far apart":       site(`{"kept":true,"days":[{"date":"0001-01-01"},{"date":"9999-12-31"}]}`),
		"days backwards":       site(`{"kept":true,"days":[{"date":"2026-01-02"},{"date":"2026-01-01"}]}`),
	}
	for name, args := range tests {
		t.Run(name, func(t *testing.T) {
			r := call(t, "", append([]string{"history"}, args...)...)
			if r.code != 1 || r.out != "" {
				t.Errorf("exit %d, stdout %q", r.code, r.out)
			}
			checkSentence(t, r.err)
		})
	}
	if _, err := os.Stat(missing); !os.IsNotExist(err) {
		t.Errorf("reading has created the file (%v)", err)
	}
}

// The text of an untrusted site must not control the terminal.
func TestHistoryOfAHostileSiteIsPrintable(t *testing.T) {
	evil, err := json.Marshal("\x1b[31mred\x1b]0;title\x07\r\n\u202e\u0000")
	if err != nil {
		t.Fatal(err)
	}
	origin, _ := siteWithBody(t, fmt.Sprintf(`{"kept":true,"summary":%s,"days":[{"date":"2026-01-01","minutes":{"outage":-5},"not_watched":-99999999}],
		"incidents":[{"type":%[1]s,"state":%[1]s,"message":%[1]s,"worst_level":"outage","started_at":"2026-01-01T00:00:00Z","ended_at":"0001-01-01T00:00:00Z"}]}`, evil))
	r := call(t, "", "history", "-from", origin)
	if r.code != 0 || r.err != "" || !strings.Contains(r.out, "red") {
		t.Errorf("%+v", r)
	}
	for line := range strings.Lines(r.out) {
		if strings.ContainsFunc(strings.TrimSuffix(line, "\n"), invisible) {
			t.Errorf("%q", line)
		}
	}
}

// waitForRecord waits until a reading is stored in the history. Requests are
// served before that.
func (s *process) waitForRecord(t *testing.T) {
	t.Helper()
	for deadline := time.Now().Add(patience); ; time.Sleep(time.Millisecond) {
		_, body := fetch(t, s.url+"/healthz")
		if strings.Contains(body, `"recorded_at":"`) {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("nothing is stored: %s", body)
		}
	}
}

// history prints the body of /api/history from the file of serve.
func TestHistoryOfAFileMatchesItsSite(t *testing.T) {
	file := filepath.Join(t.TempDir(), "x.db")
	_, origin := simulateApple(t, "outage")
	s := startServe(t, origin, "-db", file)
	s.waitForRecord(t)
	_, body := fetch(t, s.url+"/api/history?days=3")
	// The file can be read while the server has it open.
	open := call(t, "", "history", "-db", file, "-days", "3", "-json")
	if s.stop(t) != 0 {
		t.Errorf("%s", s.err)
	}
	closed := call(t, "", "history", "-db", file, "-days", "3", "-json")
	for _, r := range []result{open, closed} {
		if r.code != 0 || r.out != body {
			t.Errorf("exit %d\n got %s%s\nwant %s", r.code, r.out, r.err, body)
		}
	}
	if r := call(t, "", "history", "-db", file, "-service", "Photos", "-days", "1", "-json"); !strings.Contains(r.out, `"service":"Photos"`) || !strings.Contains(r.out, `"worst_level":"degraded"`) {
		t.Errorf("%+v", r)
	}
}

func TestHistoryAtATime(t *testing.T) {
	file := filepath.Join(t.TempDir(), "x.db")
	db, err := history.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	store := history.NewStore(db)
	for minute := range 3 {
		report := status.Report{CheckedAt: six.Add(time.Duration(minute) * time.Minute), Service: status.Row{Name: "Backup à la carte"}}
		if err := store.Record(t.Context(), report); err != nil {
			t.Fatal(err)
		}
	}
	want, err := store.Read(t.Context(), "Backup à la carte", 2, six.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	r := call(t, "", "history", "-db", file, "-days", "2", "-service", "Backup à la carte", "-at", "2026-11-22T08:00:00+01:00", "-json")
	if r.code != 0 || r.out != string(api.HistoryBody(want)) {
		t.Errorf("exit %d\n got %s%s\nwant %s", r.code, r.out, r.err, api.HistoryBody(want))
	}
}
