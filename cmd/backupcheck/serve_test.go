package main

import (
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"backupcheck/cmd/backupcheck/internal/bundle"
	"backupcheck/status"
	"backupcheck/status/apple"
)

// fetch requests a URL.
func fetch(t *testing.T, address string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), "GET", address, nil)
	if err != nil {
		t.Fatal(err)
	}
	// An idle connection would delay the server's shutdown.
	req.Close = true
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(body)
}

func document(t *testing.T, source string) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(source))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestServeHasAllFeatures(t *testing.T) {
	source := newReplay(t, status.ServiceName, "outage")
	site := httptest.NewServer(source)
	defer site.Close()
	s := start(t, "serve", "-addr", "127.0.0.1:0", "-origin", site.URL)
	if !strings.HasPrefix(s.url, "http://127.0.0.1:") || strings.HasSuffix(s.url, ":0") {
		t.Errorf("address %q", s.url)
	}

	// The first request waits for the first reading.
	res, body := fetch(t, s.url+"/api/status")
	var verdict struct {
		Level  string
		Source string
	}
	if err := json.Unmarshal([]byte(body), &verdict); err != nil || res.StatusCode != 200 || verdict.Level != "outage" || verdict.Source != status.SourceURL {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	const cached = "public, max-age=30, stale-while-revalidate=60, stale-if-error=150"
	if res.Header.Get("Cache-Control") != cached {
		t.Errorf("Cache-Control %q", res.Header.Get("Cache-Control"))
	}

	_, body = fetch(t, s.url+"/widget")
	doc := document(t, body)
	if level := doc.Find("[data-level]").AttrOr("data-level", ""); level != "outage" {
		t.Errorf("the widget has level %q", level)
	}
	for _, address := range []string{"/widget", "/", "/metrics", "/openapi.json"} {
		if res, _ := get(t, s.url+address, map[string]string{"Accept-Encoding": "gzip, br"}); res.Header.Get("Content-Encoding") != "br" {
			t.Errorf("%s isn't compressed: %v", address, res.Header)
		}
	}
	engine := regexp.MustCompile(`/assets/engine-[0-9a-f]+\.wasm`).FindString(body)
	if res, wasm := fetch(t, s.url+engine); engine == "" || res.Header.Get("Content-Type") != "application/wasm" || !strings.HasPrefix(wasm, "\x00asm") {
		t.Errorf("the engine at %q: %v", engine, res.Header)
	}
	_, body = fetch(t, s.url+"/")
	landing := document(t, body)
	if pre := landing.Find("pre").First().Text(); !strings.HasSuffix(pre, "\n"+`<script src="`+s.url+`/embed.js" async></script>`) {
		t.Errorf("snippet %s", pre)
	}

	for address, cacheControl := range map[string]string{
		doc.Find("script").AttrOr("src", ""):            bundle.Immutable,
		landing.Find("head script").AttrOr("src", ""):   bundle.Immutable,
		landing.Find(".frame script").AttrOr("src", ""): bundle.Revalidated,
	} {
		res, body := fetch(t, s.url+address)
		if res.StatusCode != 200 || len(body) == 0 || res.Header.Get("Cache-Control") != cacheControl || res.Header.Get("Content-Type") != "text/javascript; charset=utf-8" || res.Header.Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%s: %d, %d bytes, %v", address, res.StatusCode, len(body), res.Header)
		}
	}
	for _, address := range []string{"/nothing", "/assets/", "/assets/widget.js", "/assets/../go.mod", "/_headers", "/worker.mjs"} {
		if res, body := fetch(t, s.url+address); res.StatusCode != 404 {
			t.Errorf("%s: %d %.80s", address, res.StatusCode, body)
		}
	}
	if res, err := http.Post(s.url+"/embed.js", "text/plain", strings.NewReader("x")); err != nil || res.StatusCode != 405 {
		t.Errorf("POST: %v %v", res, err)
	} else {
		res.Body.Close()
	}
	// There was one reading for all requests.
	if pages, feeds := source.Counts(); pages != 1 || feeds != 1 {
		t.Errorf("%d requests for the page and %d for the feed", pages, feeds)
	}
	if code := s.stop(t); code != 0 {
		t.Errorf("exit %d: %s", code, s.err)
	}
}

func TestServeOutsideOfACheckoutHasPlainStepsOnly(t *testing.T) {
	_, origin := simulateApple(t, "fine")
	s := startServe(t, origin)
	if _, body := fetch(t, s.url+"/widget"); !strings.Contains(body, "data-level") || strings.Contains(body, "/assets/engine-") {
		t.Errorf("the widget:\n%s", body)
	}
	first, _, _ := strings.Cut(s.err.String(), "\n")
	if !strings.Contains(first, "plain steps only") {
		t.Errorf("standard error: %s", s.err)
	}
	checkSentence(t, first+"\n")
}

func TestServeReportsUnknownWhileAppleFails(t *testing.T) {
	source := newReplay(t, status.ServiceName, "fine")
	if err := source.Fault("503", "both"); err != nil {
		t.Fatal(err)
	}
	site := httptest.NewServer(source)
	defer site.Close()
	s := startServe(t, site.URL, "-refresh", "1us")
	if res, body := fetch(t, s.url+"/api/status"); res.StatusCode != 200 || !strings.Contains(body, `"level":"unknown"`) {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	if res, body := fetch(t, s.url+"/widget"); res.StatusCode != 200 || document(t, body).Find("[data-level]").AttrOr("data-level", "") != "unknown" {
		t.Errorf("%d", res.StatusCode)
	}
	// The reason is logged.
	if !strings.Contains(s.err.String(), "503") {
		t.Errorf("the log: %s", s.err)
	}
	// Before the first reading, each request waits for a reading that is due. So
	// the first request after the fault gets one, or the second if
	// the periodic work was reading just then.
	if err := source.Fault("", ""); err != nil {
		t.Fatal(err)
	}
	fetch(t, s.url+"/api/status")
	if _, body := fetch(t, s.url+"/api/status"); !strings.Contains(body, `"level":"operational"`) {
		t.Errorf("after the fault: %s", body)
	}
}

// A request that waits for Apple must not delay the shutdown. It gets a response
// without a reading.
func TestServeStopsDuringARequest(t *testing.T) {
	release := make(chan struct{})
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { <-release }))
	defer site.Close()
	defer close(release)
	s := startServe(t, site.URL)
	type response struct {
		body string
		err  error
	}
	responses := make(chan response, 1)
	go func() {
		res, err := http.Get(s.url + "/api/status")
		if err != nil {
			responses <- response{err: err}
			return
		}
		defer res.Body.Close()
		body, err := io.ReadAll(res.Body)
		responses <- response{string(body), err}
	}()
	// In flight are this request and the one for the metrics.
	for deadline := time.Now().Add(patience); ; time.Sleep(time.Millisecond) {
		if _, body := fetch(t, s.url+"/metrics"); strings.Contains(body, "backupcheck_http_requests_in_flight 2") {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the request doesn't arrive")
		}
	}
	started := time.Now()
	if code := s.stop(t); code != 0 {
		t.Errorf("exit %d: %s", code, s.err)
	}
	// Otherwise the request would wait for the time limit of reading Apple.
	if took := time.Since(started); took > apple.TimeLimit*3/4 {
		t.Errorf("stopping took %v", took)
	}
	if r := <-responses; r.err != nil || !strings.Contains(r.body, `"level":"unknown"`) {
		t.Errorf("%v %s", r.err, r.body)
	}
	if _, err := http.Get(s.url); err == nil {
		t.Error("the server still responds")
	}
}

func TestUnusableListenAddressExitsWith1(t *testing.T) {
	occupied, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer occupied.Close()
	t.Chdir(t.TempDir()) // serve compiles the engine in a checkout
	for _, command := range []string{"serve", "replay"} {
		for _, addr := range []string{occupied.Addr().String(), "127.0.0.1:99999", "127.0.0.1:http-nothing"} {
			r := call(t, "", command, "-addr", addr)
			if r.code != 1 || r.out != "" {
				t.Errorf("%s at %s: %+v", command, addr, r)
			}
			checkSentence(t, lastLine(r.err))
		}
	}
	r := call(t, "", "serve", "-addr", "nonsense")
	if r.code != 1 || r.out != "" {
		t.Errorf("serve at nonsense: %+v", r)
	}
	checkSentence(t, lastLine(r.err))
}

// lastLine returns the line after the warning that there is no engine.
func lastLine(stderr string) string {
	lines := strings.SplitAfter(strings.TrimSuffix(stderr, "\n"), "\n")
	return lines[len(lines)-1] + "\n"
}
