package main

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"backupcheck/status"
	"backupcheck/status/api"
	"backupcheck/status/apple"
	"backupcheck/status/apple/replay"
)

// expected has the verdict and the exit status of each scenario of replay, by the
// feed alone, and the exit status with the page, which differs in one scenario.
var expected = map[string]struct {
	code     int
	level    status.Level
	withPage int
}{
	"fine":           {0, status.Operational, 0},
	"issue":          {1, status.Degraded, 1},
	"performance":    {1, status.Degraded, 1},
	"outage":         {2, status.Outage, 2},
	"maintenance":    {1, status.Maintenance, 1},
	"upcoming":       {0, status.Operational, 0},
	"recovered":      {0, status.Operational, 0},
	"sign-in":        {0, status.Operational, 0},
	"storage":        {0, status.Operational, 0},
	"unlisted":       {3, status.Unknown, 3},
	"page-disagrees": {0, status.Operational, 2},
}

// newReplay returns a simulated Apple with the tests' time.
func newReplay(t *testing.T, service, scenario string) *replay.Server {
	t.Helper()
	s := replay.New(replay.Options{Service: service, Now: func() time.Time { return six }})
	if err := s.Show(scenario); err != nil {
		t.Fatal(err)
	}
	return s
}

const feedPath = "/support/systemstatus/data/system_status_en_US.js"

// feedOf returns the feed of a scenario, started at six.
func feedOf(t *testing.T, service, scenario string) string {
	t.Helper()
	w := httptest.NewRecorder()
	newReplay(t, service, scenario).ServeHTTP(w, httptest.NewRequest("GET", feedPath, nil))
	if w.Code != 200 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	return w.Body.String()
}

func fileWith(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "feed.js")
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// verdictOf returns the verdict of a feed.
func verdictOf(t *testing.T, feed, service string, at time.Time) status.Verdict {
	t.Helper()
	parsed, err := apple.ParseFeed([]byte(feed))
	if err != nil {
		t.Fatal(err)
	}
	return status.Decide(apple.NewReport(parsed, service, at), at)
}

func TestEveryScenarioIsCovered(t *testing.T) {
	w := httptest.NewRecorder()
	replay.New(replay.Options{}).ServeHTTP(w, httptest.NewRequest("GET", "/_replay/state", nil))
	var state struct{ Scenarios []struct{ Name string } }
	if err := json.Unmarshal(w.Body.Bytes(), &state); err != nil {
		t.Fatal(err)
	}
	for _, s := range state.Scenarios {
		if _, ok := expected[s.Name]; !ok {
			t.Errorf("replay's scenario %q isn't in the table", s.Name)
		}
	}
	if len(state.Scenarios) != len(expected) {
		t.Errorf("%d scenarios, %d in the table", len(state.Scenarios), len(expected))
	}
}

func TestStatusOfAFeedExitsByItsLevel(t *testing.T) {
	for scenario, want := range expected {
		t.Run(scenario, func(t *testing.T) {
			feed := feedOf(t, status.ServiceName, scenario)
			site := httptest.NewServer(newReplay(t, status.ServiceName, scenario))
			defer site.Close()
			v := verdictOf(t, feed, status.ServiceName, six)
			if v.Level != want.level {
				t.Fatalf("the scenario is %v", v.Level)
			}
			for name, from := range map[string]string{"file": fileWith(t, feed), "standard input": "-", "URL": site.URL + feedPath} {
				r := call(t, feed, "status", "-feed", from, "-service", status.ServiceName, "-at", sixText, "-json")
				if r.code != want.code || r.err != "" {
					t.Errorf("%s: exit %d, want %d; stderr %q", name, r.code, want.code, r.err)
				}
				if body := string(api.Body(v)); r.out != body {
					t.Errorf("%s:\n got %s\nwant %s", name, r.out, body)
				}
				if !strings.Contains(r.out, `"checked_at":"`+sixText+`","stale":false`) {
					t.Errorf("%s: checked_at differs from -at: %s", name, r.out)
				}
				plain := call(t, feed, "status", "-feed", from, "-at", sixText)
				if plain.code != want.code || plain.err != "" || !strings.HasPrefix(withoutPerformance(plain.out), "iCloud Backup: "+want.level.String()+"\n"+v.Summary+"\n") {
					t.Errorf("%s, without -json: %+v", name, plain)
				}
			}
		})
	}
}

// withoutPerformance removes the performance data of the first line.
func withoutPerformance(text string) string {
	return regexp.MustCompile(`^([^|\n]*) \|[^\n]*`).ReplaceAllString(text, "$1")
}

// What Nagios, Icinga and others read of a plugin: the part of each line after a
// bar is performance data.
func TestPerformanceDataIsRealAndNoTextBecomesIt(t *testing.T) {
	for scenario, trouble := range map[string]string{"fine": " trouble_minutes=0;;;0", "outage": " trouble_minutes=70;;;0", "issue": " trouble_minutes=70;;;0",
		"maintenance": " trouble_minutes=0;;;0", "unlisted": ""} {
		feed := strings.ReplaceAll(feedOf(t, status.ServiceName, scenario), "Users", "Users | load=99 |")
		r := call(t, "", "status", "-feed", fileWith(t, feed), "-at", sixText)
		lines := strings.Split(r.out, "\n")
		if got := bar.FindString(lines[0]); got != "| age=0s;300;7200;0"+trouble {
			t.Errorf("%s: the performance data is %q in %q", scenario, got, lines[0])
		}
		if rest := strings.Join(lines[1:], "\n"); strings.Contains(rest, "|") {
			t.Errorf("%s: a bar in the text: %s", scenario, rest)
		}
	}
	site := httptest.NewServer(http.NotFoundHandler())
	defer site.Close()
	if r := call(t, "", "status", "-origin", site.URL, "-service", "a|b=1"); r.code != exitUnknown || strings.Contains(r.out, "|") {
		t.Errorf("without a reading: %+v", r)
	}
}

var bar = regexp.MustCompile(`\|.*`)

func TestWrongUsageIsUnknownForMonitoring(t *testing.T) {
	for _, args := range [][]string{{"status", "-nope"}, {"status", "x"}, {"statsu"}, {}} {
		if r := call(t, "", args...); r.code != 3 || r.out != "" || r.err == "" {
			t.Errorf("%v: %+v", args, r)
		}
	}
}

func TestStatusOfAnOriginExitsByItsLevel(t *testing.T) {
	for scenario, want := range expected {
		t.Run(scenario, func(t *testing.T) {
			site := httptest.NewServer(newReplay(t, status.ServiceName, scenario))
			defer site.Close()
			reader := apple.Reader{Doer: site.Client(), Origin: site.URL, Now: func() time.Time { return six }}
			report, err := reader.Read(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			r := call(t, "", "status", "-origin", site.URL, "-at", sixText, "-json")
			if body := string(api.Body(status.Decide(report, six))); r.code != want.withPage || r.err != "" || r.out != body {
				t.Errorf("exit %d, want %d; stderr %q\n got %s\nwant %s", r.code, want.withPage, r.err, r.out, body)
			}
		})
	}
}

func TestAtSetsNowAndTheTimeOfReading(t *testing.T) {
	feed := fileWith(t, feedOf(t, status.ServiceName, "recovered")) // ended at 05:20
	tests := []struct {
		at, checked string
		recovered   bool
	}{
		{"2026-11-22T06:00:00Z", "2026-11-22T06:00:00Z", true},
		{"2026-11-22T07:00:00+01:00", "2026-11-22T06:00:00Z", true},
		{"2026-11-21T22:00:00.5-08:00", "2026-11-22T06:00:00Z", true},
		{"2026-11-23T05:19:59Z", "2026-11-23T05:19:59Z", true},
		{"2026-11-23T05:20:00Z", "2026-11-23T05:20:00Z", false},
		{"2027-11-22T06:00:00Z", "2027-11-22T06:00:00Z", false},
	}
	for _, tt := range tests {
		r := call(t, "", "status", "-feed", feed, "-at", tt.at, "-json")
		var body struct {
			Level     string
			Recovered bool
			Stale     bool
			CheckedAt string `json:"checked_at"`
		}
		if err := json.Unmarshal([]byte(r.out), &body); err != nil {
			t.Fatal(err)
		}
		if r.code != 0 || body.Level != "operational" || body.Recovered != tt.recovered || body.CheckedAt != tt.checked || body.Stale {
			t.Errorf("-at %s: exit %d, %+v", tt.at, r.code, body)
		}
	}
}

func TestDefaultOfAtIsNow(t *testing.T) {
	before := time.Now().Truncate(time.Second)
	r := call(t, feedOf(t, status.ServiceName, "fine"), "status", "-feed", "-", "-json")
	var body struct {
		CheckedAt time.Time `json:"checked_at"`
	}
	if err := json.Unmarshal([]byte(r.out), &body); err != nil {
		t.Fatal(err)
	}
	if body.CheckedAt.Before(before) || body.CheckedAt.After(time.Now()) {
		t.Errorf("checked at %v", body.CheckedAt)
	}
}

func TestServiceNamesTheRowOfALocalizedFeed(t *testing.T) {
	const japanese, russian = "iCloudバックアップ", "Резервное копирование в iCloud"
	tests := []struct {
		listed, requested string
		code              int
	}{
		{japanese, japanese, 2},
		{russian, russian, 2},
		{russian, " резервное копирование в icloud ", 2}, // as people type it
		{"Mail & Co", "Mail &amp; Co", 2},                // as Apple escapes it at times
		{japanese, status.ServiceName, 3},
		{status.ServiceName, japanese, 3},
		{japanese, "iCloudバックアップ2", 3},
	}
	for _, tt := range tests {
		t.Run(tt.listed+" "+tt.requested, func(t *testing.T) {
			feed := feedOf(t, tt.listed, "outage")
			r := call(t, feed, "status", "-feed", "-", "-service", tt.requested, "-at", sixText, "-json")
			if body := string(api.Body(verdictOf(t, feed, tt.requested, six))); r.code != tt.code || r.out != body || r.err != "" {
				t.Errorf("exit %d, want %d; stderr %q\n got %s\nwant %s", r.code, tt.code, r.err, r.out, body)
			}
		})
	}
}

// -service prints the verdict of that service under its own name.
func TestOtherServicesHaveTheirOwnName(t *testing.T) {
	const name = "App Store"
	for _, scenario := range []string{"fine", "issue", "outage", "maintenance", "recovered", "unlisted"} {
		feed := fileWith(t, feedOf(t, name, scenario))
		plain := call(t, "", "status", "-feed", feed, "-service", name, "-at", sixText)
		asJSON := call(t, "", "status", "-feed", feed, "-service", name, "-at", sixText, "-json")
		watch := launch(t, "status", "-feed", feed, "-service", name, "-watch", "-every", "5ms")
		line := watch.line(t, 0)
		if !strings.HasPrefix(plain.out, name+": ") || !strings.Contains(asJSON.out, `"service":"`+name+`"`) || !strings.Contains(line, name) {
			t.Errorf("%s:\n%s%s%s", scenario, plain.out, asJSON.out, line)
		}
		if all := plain.out + asJSON.out + line; strings.Contains(all, status.ServiceName) {
			t.Errorf("%s: %q is in\n%s", scenario, status.ServiceName, all)
		}
	}
}

// Apple's text must not be able to control a terminal.
func TestControlCharactersAreRemoved(t *testing.T) {
	feed := `{"services":[{"serviceName":"iCloud Backup","events":[{"messageId":"1","statusType":"Is\u001b[2Jsue","eventStatus":"ongoing","epochStartDate":1795320000000,` +
		`"message":"red \u001b[31m<b>bold</b>\u0007\u202e\r\nline","usersAffected":"\u0000all"}]},` +
		`{"serviceName":"Apple Account","events":[{"statusType":"Outage","eventStatus":"ongoing"}]}]}`
	r := call(t, feed, "status", "-feed", "-", "-at", sixText)
	if r.code != 1 || r.err != "" {
		t.Errorf("exit %d, stderr %q", r.code, r.err)
	}
	lines := strings.Split(strings.TrimSuffix(r.out, "\n"), "\n")
	if slices.ContainsFunc(lines, func(line string) bool { return strings.ContainsFunc(line, invisible) }) {
		t.Errorf("%q", r.out)
	}
	for _, want := range []string{"iCloud Backup: degraded", "Apple reports a problem with iCloud Backup.", "bold", "related: Apple Account is outage", "Checked " + sixText} {
		if !strings.Contains(r.out, want) {
			t.Errorf("no %q in\n%s", want, r.out)
		}
	}
	if strings.Contains(r.out, "<b>") {
		t.Errorf("markup in\n%s", r.out)
	}
}

func TestStatusFetchesPageAndFeedOnce(t *testing.T) {
	simulated := newReplay(t, status.ServiceName, "fine")
	agents := make(chan string, 8)
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		agents <- r.UserAgent()
		simulated.ServeHTTP(w, r)
	}))
	defer site.Close()
	call(t, "", "status", "-origin", site.URL, "-user-agent", "Somebody/1")
	if pages, feeds := simulated.Counts(); pages != 1 || feeds != 1 {
		t.Errorf("%d pages, %d feeds", pages, feeds)
	}
	if len(agents) != 2 {
		t.Fatalf("%d requests", len(agents))
	}
	for range 2 {
		if agent := <-agents; agent != "Somebody/1" {
			t.Errorf("user agent %q", agent)
		}
	}
}

type failingWriter struct{}

func (failingWriter) Write([]byte) (int, error) { return 0, errors.New("no space left") }

// Exit status 0 must not come with an empty output file.
func TestUnwritableVerdictIsUnknown(t *testing.T) {
	for _, args := range [][]string{{"status", "-feed", "-"}, {"status", "-feed", "-", "-json"}} {
		var stderr strings.Builder
		code := run(t.Context(), args, streams{strings.NewReader(feedOf(t, status.ServiceName, "fine")), failingWriter{}, &stderr})
		if code != exitUnknown {
			t.Errorf("%v: exit %d", args, code)
		}
		checkSentence(t, stderr.String())
	}
}
