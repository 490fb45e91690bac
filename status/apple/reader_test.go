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
	reader := s.reader(t)
	for _, c := range change {
		c(&reader)
	}
	report, err := reader.Read(t.Context())
	if err != nil {
		return status.Verdict{}, err
	}
	return status.Decide(report, now), nil
}

// reader returns a Reader of the site.
func (s site) reader(t *testing.T) Reader {
	t.Helper()
	mux := http.NewServeMux()
	for path, handler := range s {
		mux.HandleFunc(path, handler)
	}
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return Reader{Doer: Client(200 * time.Millisecond), Origin: server.URL, Now: func() time.Time { return now }}
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

// The next reading waits for the longest of the times that page and data ask
// for, even if one of them could be read.
func TestRetryAfterOfPageAndData(t *testing.T) {
	asks := func(code int, after string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			if after != "" {
				w.Header().Set("Retry-After", after)
			}
			w.Header().Set("Location", feedPath)
			w.WriteHeader(code)
		}
	}
	date := now.Add(7 * time.Minute).UTC().Format(http.TimeFormat)
	const other = dataPath + "system_status_en_GB.js"
	names := respond(`<html><script src="` + other + `"></script></html>`)
	fine, page := respond(backup()), respond(rendered(row("iCloud Backup", "light-outage")))
	for what, test := range map[string]struct {
		site site
		want time.Duration
		read bool // there is a report
	}{
		"both, the page longer":        {site{pagePath: asks(429, "500"), feedPath: asks(503, "120")}, 500 * time.Second, false},
		"both, the data longer":        {site{pagePath: asks(503, "120"), feedPath: asks(429, "500")}, 500 * time.Second, false},
		"a date":                       {site{pagePath: asks(503, date), feedPath: asks(503, "5")}, 7 * time.Minute, false},
		"only the data":                {site{pagePath: respond("<html></html>"), feedPath: asks(503, "120")}, 2 * time.Minute, false},
		"the data, page has an outage": {site{pagePath: page, feedPath: asks(503, "120")}, 2 * time.Minute, true},
		"only the page":                {site{pagePath: asks(429, "300"), feedPath: fine}, 5 * time.Minute, true},
		"only the page, a date":        {site{pagePath: asks(503, date), feedPath: fine}, 7 * time.Minute, true},
		"the page, forbidden":          {site{pagePath: asks(403, "300"), feedPath: fine}, 5 * time.Minute, true},
		"the page, a redirect":         {site{pagePath: asks(302, "300"), feedPath: fine}, 5 * time.Minute, true},
		"the data, a redirect":         {site{feedPath: asks(301, "60"), pagePath: respond("<html></html>")}, time.Minute, false},
		"the other data":               {site{pagePath: names, feedPath: fine, other: asks(429, "200")}, 200 * time.Second, true},
		"both, none asks":              {site{pagePath: asks(503, ""), feedPath: asks(503, "")}, 0, false},
		"neither":                      {site{pagePath: respond("<html></html>"), feedPath: fine}, 0, true},
	} {
		t.Run(what, func(t *testing.T) {
			reader := test.site.reader(t)
			report, err := reader.Read(t.Context())
			if (err == nil) != test.read {
				t.Fatalf("error %v", err)
			}
			got := report.RetryAfter
			var busy interface{ RetryAfter() time.Duration }
			if errors.As(err, &busy) {
				got = busy.RetryAfter()
			}
			if got != test.want {
				t.Errorf("waits %v, want %v (%v)", got, test.want, err)
			}
		})
	}
}

// All requests of a reading share one time limit: redirects, slow bodies, and
// the other address of the data.
func TestReadingHasOneTimeLimit(t *testing.T) {
	slow := func(next http.HandlerFunc) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			select {
			case <-time.After(250 * time.Millisecond):
				next(w, r)
			case <-r.Context().Done():
			}
		}
	}
	loop := func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) }
	drips := func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			io.WriteString(w, " ")
			http.NewResponseController(w).Flush()
			time.Sleep(20 * time.Millisecond)
		}
	}
	const other = dataPath + "system_status_en_GB.js"
	names := respond(`<html><script src="` + other + `"></script></html>`)
	for what, s := range map[string]site{
		"redirects":              {pagePath: slow(loop), feedPath: slow(loop)},
		"the other address":      {pagePath: slow(names), feedPath: slow(respond("?")), other: slow(loop)},
		"a redirect to slowness": {pagePath: respond(""), feedPath: slow(func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/slow", http.StatusFound) }), "/slow": slow(drips)},
	} {
		t.Run(what, func(t *testing.T) {
			reader := s.reader(t)
			reader.Doer, reader.Limit = Client(300*time.Millisecond), 300*time.Millisecond
			began := time.Now()
			if _, err := reader.Read(t.Context()); err == nil {
				t.Error("no error")
			}
			if took := time.Since(began); took > 450*time.Millisecond {
				t.Errorf("took %v", took)
			}
		})
	}
}
