package apple

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"backupcheck/status"
)

// sequence is a source that returns reports in order.
type sequence struct {
	reports []status.Report
	reads   int
}

func (p *sequence) Read(context.Context) (status.Report, error) {
	p.reads++
	return p.reports[p.reads-1], nil
}

// site is a simulated Apple: handlers by path.
type site map[string]http.HandlerFunc

func respond(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, body) }
}

// read has a Reader read the site.
func (s site) read(t *testing.T, change ...func(*Reader)) (status.Verdict, error) {
	t.Helper()
	mux := http.NewServeMux()
	for path, handler := range s {
		mux.HandleFunc(path, handler)
	}
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	reader := Reader{Doer: Client(200 * time.Millisecond), Origin: server.URL, Now: func() time.Time { return now }}
	for _, c := range change {
		c(&reader)
	}
	report, err := reader.Read(t.Context())
	if err != nil {
		return status.Verdict{}, err
	}
	return status.Decide(report, now), nil
}

func TestReadFeedBehindShell(t *testing.T) {
	v, err := site{pagePath: respond(`<html lang="en-US"></html>`), feedPath: respond(backup(event("Issue", "ongoing")))}.read(t)
	if err != nil || v.Level != status.Degraded || !v.CheckedAt.Equal(now) {
		t.Errorf("%+v, %v", v, err)
	}
}

func TestReadWithoutPage(t *testing.T) {
	v, err := site{feedPath: respond(backup())}.read(t)
	if err != nil || v.Level != status.Operational {
		t.Errorf("%+v, %v", v, err)
	}
}

func TestPageAndFeedDisagree(t *testing.T) {
	for _, test := range []struct {
		light, feed string
		want        status.Level
		disagree    bool
	}{
		{"light-outage", backup(), status.Outage, true},
		{"light-available", backup(event("Issue", "ongoing")), status.Degraded, true},
		{"light-issue", backup(event("Outage", "ongoing")), status.Outage, true},
		{"light-maintenance", backup(), status.Maintenance, true},
		{"light-available", backup(), status.Operational, false},
		{"light-resolved", backup(event("Issue", "resolved")), status.Operational, false},
		{"light-available", feed(), status.Unknown, false},
		{"light-outage", feed(), status.Outage, false},
		{"light-outage", "not readable", status.Outage, false},
	} {
		v, err := site{pagePath: respond(rendered(row("iCloud Backup", test.light))), feedPath: respond(test.feed)}.read(t)
		if err != nil || v.Level != test.want {
			t.Errorf("%s against %.60s: %v, %v; want %v", test.light, test.feed, v.Level, err, test.want)
		}
		if disagree := strings.Contains(v.Summary, "disagree"); disagree != test.disagree {
			t.Errorf("%s against %.60s: summary %q", test.light, test.feed, v.Summary)
		}
	}
	for _, light := range []string{"light-available", "light-resolved", "light-maintenance"} {
		if v, err := (site{pagePath: respond(rendered(row("iCloud Backup", light))), feedPath: respond("?")}).read(t); err == nil {
			t.Errorf("a page's %s alone gives %v", light, v.Level)
		}
	}
}

func TestFeedURLInPageIsPreferred(t *testing.T) {
	const named = dataPath + "system_status_en_GB.js"
	page := respond(`<html><script src="` + named + `"></script></html>`)
	outage := respond(backup(event("Outage", "ongoing")))
	for what, s := range map[string]site{
		"the feed in the page is used":      {pagePath: page, named: outage, feedPath: respond(backup())},
		"the default feed is missing":       {pagePath: page, named: outage},
		"a feed that fails is skipped":      {pagePath: page, named: http.NotFound, feedPath: outage},
		"a feed without the row is skipped": {pagePath: page, named: respond(feed(service("iCloud-Backup"))), feedPath: outage},
	} {
		if v, err := s.read(t); err != nil || v.Level != status.Outage {
			t.Errorf("%s: %v, %v", what, v.Level, err)
		}
	}
}

func TestFailedResponses(t *testing.T) {
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
	}
	location := func(to string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", to)
			w.WriteHeader(http.StatusFound)
		}
	}
	for what, test := range map[string]struct {
		handler http.HandlerFunc
		want    string
	}{
		"403":                  {status(403), "answers 403"},
		"404":                  {status(404), "answers 404"},
		"429":                  {status(429), "answers 429"},
		"500":                  {status(500), "answers 500"},
		"204":                  {status(204), "answers 204"},
		"304 without location": {status(304), "redirect"},
		"loop":                 {location(feedPath), "redirected more than 3 times"},
		"away":                 {location("https://evil.example/"), "another origin"},
		"down to http":         {location("//evil.example" + feedPath), "another origin"},
		"nowhere":              {location("http://%zz"), "invalid URL"},
		"empty":                {respond(""), "empty document"},
		"HTML":                 {respond("<!doctype html><h1>Sorry</h1>"), "no JSON object"},
		"truncated":            {respond(backup()[:60]), "no JSON object"},
		"too large":            {respond(`{"services":[]` + strings.Repeat(" ", MaxBytes) + "}"), "more than 5242880 bytes"},
		"breaks off": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			io.WriteString(w, "{")
		}, "breaks off"},
		"gzip that is none": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			io.WriteString(w, "nonsense")
		}, "breaks off"},
		"never responds": {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, "Timeout"},
		"drips": {func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				io.WriteString(w, " ")
				http.NewResponseController(w).Flush()
				time.Sleep(20 * time.Millisecond)
			}
		}, "breaks off"},
	} {
		t.Run(what, func(t *testing.T) {
			v, err := site{feedPath: test.handler}.read(t)
			if err == nil {
				t.Fatalf("read as %v", v.Level)
			}
			if !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %q doesn't contain %q", err, test.want)
			}
		})
	}
}

func TestSameOriginRedirectIsFollowed(t *testing.T) {
	v, err := site{
		feedPath: func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/elsewhere", http.StatusMovedPermanently)
		},
		"/elsewhere": respond(backup()),
	}.read(t)
	if err != nil || v.Level != status.Operational {
		t.Errorf("%v, %v", v.Level, err)
	}
}

func TestUserAgentIsOwnAndConfigurable(t *testing.T) {
	var got string
	s := site{feedPath: func(w http.ResponseWriter, r *http.Request) {
		got = r.UserAgent()
		io.WriteString(w, backup())
	}}
	if s.read(t); got != UserAgent || strings.Contains(got, "Mozilla") {
		t.Errorf("by default %q", got)
	}
	if s.read(t, func(r *Reader) { r.UserAgent = "mine/1" }); got != "mine/1" {
		t.Errorf("configured %q", got)
	}
}

func TestOriginIsChecked(t *testing.T) {
	for _, origin := range []string{"ftp://www.apple.com", "www.apple.com", "https://", "://", "javascript:alert(1)"} {
		_, err := Reader{Origin: origin, Doer: refusing{t}, Now: time.Now}.Read(t.Context())
		if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("%q is not an origin", origin)) {
			t.Errorf("%s: %v", origin, err)
		}
	}
}

// refusing fails the test when anything is fetched.
type refusing struct{ t *testing.T }

func (r refusing) Do(req *http.Request) (*http.Response, error) {
	r.t.Errorf("%s was fetched", req.URL)
	return nil, io.EOF
}

func TestRetryAfter(t *testing.T) {
	for header, want := range map[string]time.Duration{
		"": 0, "soon": 0, "-5": 0, "1.5": 0, "99999999999999999999": 0,
		"0": 0, "120": 2 * time.Minute, "2147483647": 2147483647 * time.Second,
		now.Add(90 * time.Second).UTC().Format(http.TimeFormat): 90 * time.Second,
		now.Add(-time.Hour).UTC().Format(http.TimeFormat):       -time.Hour,
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Retry-After", header)
			w.WriteHeader(http.StatusTooManyRequests)
		}))
		_, err := Reader{Doer: Client(time.Second), Origin: server.URL, Now: func() time.Time { return now }}.Read(t.Context())
		server.Close()
		var busy interface{ RetryAfter() time.Duration }
		if found := errors.As(err, &busy); err == nil || found != (want > 0) || found && busy.RetryAfter() != want {
			t.Errorf("%q: %v, want to wait %v", header, err, want)
		}
	}
}
