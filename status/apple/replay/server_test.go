package replay_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"backupcheck/status/apple/replay"
)

const (
	pagePath = "/support/systemstatus/"
	feedPath = "/support/systemstatus/data/system_status_en_US.js"
)

// winter is a time in Pacific Standard Time, summer one in daylight time.
var (
	winter = time.Date(2026, 11, 22, 6, 0, 30, 0, time.UTC)
	summer = time.Date(2026, 7, 1, 19, 30, 0, 0, time.UTC)
)

// clock is a time that the test sets.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// get calls the handler without a network and returns its response.
func get(t *testing.T, h http.Handler, path string) (*http.Response, string) {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
	res := w.Result()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(body)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func named(names ...string) []replay.Recording {
	var all []replay.Recording
	for _, name := range names {
		all = append(all, replay.Recording{Name: name, Body: []byte(`{"from":"` + name + `"}`)})
	}
	return all
}

func TestPageIsAnEmptyShellInEnglish(t *testing.T) {
	s := replay.New(replay.Options{})
	for _, path := range []string{pagePath, strings.TrimSuffix(pagePath, "/")} {
		res, body := get(t, s, path)
		if res.StatusCode != 200 || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
			t.Errorf("%s: %d %s", path, res.StatusCode, res.Header.Get("Content-Type"))
		}
		if !strings.Contains(body, `lang="en-US"`) || !strings.Contains(body, `<div id="ssp">`) || strings.Contains(body, "light-") {
			t.Errorf("%s: not an empty shell:\n%s", path, body)
		}
	}
}

func TestFeedIsServedForEveryLocale(t *testing.T) {
	s := replay.New(replay.Options{})
	for path, want := range map[string]int{
		feedPath:            200,
		feedPath + "?_=123": 200,
		"/support/systemstatus/data/system_status_ja_JP.js":           200,
		"/support/systemstatus/data/system_status_.js":                404,
		"/support/systemstatus/data/other.js":                         404,
		"/support/systemstatus/data/developer/system_status_en_US.js": 404,
		"/support/systemstatus/data/system_status_en_US.json":         404,
		"/elsewhere": 404,
	} {
		res, _ := get(t, s, path)
		if res.StatusCode != want {
			t.Errorf("%s: %d, want %d", path, res.StatusCode, want)
		}
		if want == 200 && res.Header.Get("Content-Type") != "application/javascript" {
			t.Errorf("%s: %s", path, res.Header.Get("Content-Type"))
		}
	}
	if _, feeds := s.Counts(); feeds != 2 {
		t.Errorf("%d English feeds counted, want 2", feeds)
	}
}

func TestEveryRequestIsCounted(t *testing.T) {
	s := replay.New(replay.Options{})
	get(t, s, pagePath)
	get(t, s, feedPath)
	get(t, s, "/_replay/state")
	must(t, s.Fault("500", replay.OnBoth))
	get(t, s, feedPath)
	if pages, feeds := s.Counts(); pages != 1 || feeds != 2 {
		t.Errorf("counted %d pages and %d feeds, want 1 and 2", pages, feeds)
	}
}

func TestFirstRecordingIsShownFirst(t *testing.T) {
	s := replay.New(replay.Options{Recordings: named("a.js", "b.js")})
	if _, body := get(t, s, feedPath); body != `{"from":"a.js"}` {
		t.Error(body)
	}
	if got := stateOf(t, replay.New(replay.Options{})).Show; got != "fine" {
		t.Errorf("without recordings %q is shown", got)
	}
}

func TestUnknownNamesChangeNothing(t *testing.T) {
	s := replay.New(replay.Options{})
	must(t, s.Show("outage"))
	must(t, s.Fault("bom", replay.OnPage))
	for what, err := range map[string]error{
		"show":       s.Show("no-such"),
		"show empty": s.Show(""),
		"fault":      s.Fault("no-such", replay.OnFeed),
		"where":      s.Fault("500", "elsewhere"),
		"next":       s.Next(),
	} {
		if err == nil {
			t.Errorf("%s: no error", what)
		}
	}
	if st := stateOf(t, s); st.Show != "outage" || st.Fault != "bom" || st.On != "page" {
		t.Errorf("now %+v", st)
	}
	must(t, s.Fault("", ""))
	if st := stateOf(t, s); st.Fault != "" || st.On != "both" {
		t.Errorf("without the fault %+v", st)
	}
}

func TestNextCyclesThroughTheRecordings(t *testing.T) {
	s := replay.New(replay.Options{Recordings: named("a", "b")})
	for _, want := range []string{"b", "a", "b"} {
		must(t, s.Next())
		if got := stateOf(t, s).Show; got != want {
			t.Fatalf("next is %q, want %q", got, want)
		}
	}
	must(t, s.Show("issue"))
	must(t, s.Next())
	if got := stateOf(t, s).Show; got != "a" {
		t.Errorf("next after a scenario is %q, want the first recording", got)
	}
}

func TestRecordingsAdvanceFromTheFirstRequest(t *testing.T) {
	c := &clock{now: winter}
	s := replay.New(replay.Options{Recordings: named("a", "b", "c"), Now: c.Now, Every: time.Minute})
	at := func(want string) {
		t.Helper()
		if got := stateOf(t, s).Show; got != want {
			t.Errorf("the state is %q, want %q", got, want)
		}
		if _, body := get(t, s, feedPath); body != `{"from":"`+want+`"}` {
			t.Errorf("the feed is %s, want %q", body, want)
		}
	}
	c.pass(time.Hour) // no request yet
	at("a")
	c.pass(59 * time.Second)
	at("a")
	c.pass(time.Second)
	at("b")
	c.pass(2 * time.Minute)
	at("a")

	must(t, s.Next())
	c.pass(time.Hour)
	at("b")
	c.pass(time.Minute)
	at("c")
	c.pass(-time.Hour) // the clock was set back
	at("b")

	must(t, s.Show("outage"))
	c.pass(time.Hour)
	if got := stateOf(t, s).Show; got != "outage" {
		t.Errorf("the scenario was replaced by %q", got)
	}
}

func TestRecordingsGetDistinctNames(t *testing.T) {
	s := replay.New(replay.Options{Recordings: named("fine", "a", "a")})
	got := strings.Join(stateOf(t, s).Recordings, ", ")
	if want := "fine (2), a, a (2)"; got != want {
		t.Errorf("recordings are called %s, want %s", got, want)
	}
	for name, body := range map[string]string{"fine (2)": `{"from":"fine"}`, "a (2)": `{"from":"a"}`} {
		must(t, s.Show(name))
		if _, got := get(t, s, feedPath); got != body {
			t.Errorf("%s returns %s", name, got)
		}
	}
}

func TestConcurrentRequestsAndControl(t *testing.T) {
	s := replay.New(replay.Options{Recordings: named("a", "b"), Every: time.Nanosecond})
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for _, name := range []string{"outage", "a", "page-disagrees"} {
				if err := s.Show(name); err != nil {
					t.Error(err)
				}
				for _, path := range []string{pagePath, feedPath, "/_replay/", "/_replay/state"} {
					w := httptest.NewRecorder()
					s.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
				}
				s.Next()
				s.Fault("bom", "")
				s.Counts()
			}
		})
	}
	all.Wait()
}

func TestFeedsInOtherLanguages(t *testing.T) {
	s := replay.New(replay.Options{})
	if err := s.Show("outage"); err != nil {
		t.Fatal(err)
	}
	for locale, want := range map[string]string{"en_US": "The service can't be reached.", "de_DE": "Der Dienst ist nicht erreichbar.", "nl_NL": "The service can't be reached."} {
		if _, body := get(t, s, "/support/systemstatus/data/system_status_"+locale+".js"); !strings.Contains(body, want) {
			t.Errorf("%s: %s", locale, body)
		}
	}
	if _, state := get(t, s, "/_replay/state"); !strings.Contains(state, `"feeds":1,"translations":2`) {
		t.Error(state)
	}
}
