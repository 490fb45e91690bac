package replay_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"backupcheck/status"
	"backupcheck/status/apple/replay"
)

// outcome is what a client sees of one request.
type outcome struct {
	res  *http.Response
	body string
	err  error // of the request, or of reading the body
}

// request sends one request over a real connection, without following redirects
// and without decompression.
func request(ctx context.Context, t *testing.T, url string) outcome {
	t.Helper()
	req, err := http.NewRequestWithContext(ctx, "GET", url, nil)
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{DisableCompression: true}
	defer transport.CloseIdleConnections()
	res, err := transport.RoundTrip(req)
	if err != nil {
		return outcome{err: err}
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	return outcome{res, string(body), err}
}

// faultTest is the expected effect of a fault on the feed, given the feed without
// a fault.
type faultTest struct {
	status int
	check  func(o outcome, original string) bool
}

func anyBody(outcome, string) bool { return true }

func header(name, value string) func(outcome, string) bool {
	return func(o outcome, _ string) bool { return o.res.Header.Get(name) == value }
}

func is(want func(original string) string) func(outcome, string) bool {
	return func(o outcome, original string) bool { return o.body == want(original) }
}

var faultTests = map[string]faultTest{
	"403":           {403, anyBody},
	"404":           {404, anyBody},
	"429":           {429, header("Retry-After", "3")},
	"500":           {500, anyBody},
	"503":           {503, anyBody},
	"redirect-loop": {302, header("Location", feedPath+"?_=1")},
	"redirect-away": {302, header("Location", "https://example.invalid/")},
	"html": {200, func(o outcome, _ string) bool {
		return strings.HasPrefix(o.res.Header.Get("Content-Type"), "text/html") && strings.HasPrefix(o.body, "<!DOCTYPE html>")
	}},
	"empty":     {200, is(func(string) string { return "" })},
	"truncated": {200, is(func(original string) string { return original[:len(original)*2/3] })},
	"wrong-types": {200, func(o outcome, _ string) bool {
		var top struct{ Services any }
		err := json.Unmarshal([]byte(o.body), &top)
		_, isText := top.Services.(string)
		return err == nil && isText
	}},
	"wrong-events": {200, func(o outcome, _ string) bool {
		var top struct {
			Services []struct {
				ServiceName string
				Events      any
			}
		}
		if json.Unmarshal([]byte(o.body), &top) != nil || len(top.Services) == 0 {
			return false
		}
		for _, s := range top.Services {
			if _, isText := s.Events.(string); isText != (s.ServiceName == status.ServiceName) {
				return false
			}
		}
		return true
	}},
	"bom":          {200, is(func(original string) string { return "\xef\xbb\xbf" + original })},
	"wrapped":      {200, is(func(original string) string { return "jsonCallback(" + original + ");\n" })},
	"garbage-gzip": {200, header("Content-Encoding", "gzip")},
	"wrong-type": {200, func(o outcome, original string) bool {
		return o.res.Header.Get("Content-Type") == "image/png" && o.body == original
	}},
	"deep": {200, func(o outcome, _ string) bool {
		return strings.Contains(o.body, strings.Repeat("[", 100_000)) && strings.Count(o.body, "[") == strings.Count(o.body, "]")
	}},
	"big": {200, func(o outcome, original string) bool {
		return len(o.body) > 6_000_000 && json.Valid([]byte(o.body)) && strings.HasPrefix(o.body, strings.TrimSuffix(original, "}"))
	}},
}

// endless are the faults with their own tests.
var endless = []string{"hang", "slow", "reset", "endless", "endless-headers", "lacking", "older-copy", "future-dates", "doubled", "empty-objects", "many-events", "many-names"}

func TestEachFaultHasItsEffect(t *testing.T) {
	s := replay.New(replay.Options{Now: func() time.Time { return winter }})
	must(t, s.Show("issue"))
	server := httptest.NewServer(s)
	defer server.Close()
	original := request(t.Context(), t, server.URL+feedPath).body

	for name, test := range faultTests {
		must(t, s.Fault(name, replay.OnFeed))
		o := request(t.Context(), t, server.URL+feedPath+"?_=1")
		if o.err != nil || o.res.StatusCode != test.status || !test.check(o, original) {
			t.Errorf("%s: %v %.300s (%v)", name, o.res, o.body, o.err)
		}
	}
	for _, f := range stateOf(t, s).Faults {
		if _, tested := faultTests[f.Name]; !tested && !slices.Contains(endless, f.Name) {
			t.Errorf("%s has no test", f.Name)
		}
		if f.Description == "" {
			t.Errorf("%s has no description", f.Name)
		}
	}
}

func TestGoClientsFailOnRedirectLoopsAndInvalidGzip(t *testing.T) {
	s := replay.New(replay.Options{})
	server := httptest.NewServer(s)
	defer server.Close()
	for _, name := range []string{"redirect-loop", "garbage-gzip"} {
		must(t, s.Fault(name, ""))
		res, err := server.Client().Get(server.URL + feedPath)
		if err == nil {
			_, err = io.ReadAll(res.Body)
			res.Body.Close()
		}
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestFaultsApplyToTheChosenTarget(t *testing.T) {
	s := replay.New(replay.Options{})
	for on, want := range map[string][2]int{"feed": {200, 500}, "page": {500, 200}, "both": {500, 500}, "": {500, 500}} {
		must(t, s.Fault("500", on))
		page, _ := get(t, s, pagePath)
		feed, _ := get(t, s, feedPath)
		if got := [2]int{page.StatusCode, feed.StatusCode}; got != want {
			t.Errorf("on %q: page and feed respond with %v, want %v", on, got, want)
		}
	}
	must(t, s.Fault("", ""))
	if res, _ := get(t, s, feedPath); res.StatusCode != 200 {
		t.Errorf("without the fault: %d", res.StatusCode)
	}
}

func TestFaultsOfThePageAreHTML(t *testing.T) {
	s := replay.New(replay.Options{})
	_, original := get(t, s, pagePath)
	for name, check := range map[string]func(string) bool{
		"wrong-types":  func(b string) bool { return b == original },
		"wrong-events": func(b string) bool { return b == original },
		"wrapped":      func(b string) bool { return b == original },
		"bom":          func(b string) bool { return b == "\ufeff"+original },
		"truncated":    func(b string) bool { return b == original[:len(original)*2/3] },
		"deep":         func(b string) bool { return strings.Count(b, "<div>") == 100_000 },
		"big":          func(b string) bool { return len(b) > 6_000_000 && strings.HasSuffix(b, "--></body>\n</html>\n") },
	} {
		must(t, s.Fault(name, replay.OnPage))
		res, body := get(t, s, pagePath)
		if !check(body) || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
			t.Errorf("%s: %.200s", name, body)
		}
	}
}

func TestFaultsApplyToRecordingsOfAnyFormat(t *testing.T) {
	const rows = `{"services":[{"serviceName":" A &amp; B ","events":[]},{"serviceName":"C","events":[1e3]}]}`
	for _, body := range []string{rows, "\ufeff" + rows, "jsonCallback(" + rows + ");\n"} {
		s := replay.New(replay.Options{Service: "A & B", Recordings: []replay.Recording{{Name: "r", Body: []byte(body)}}})
		must(t, s.Fault("wrong-events", replay.OnFeed))
		_, got := get(t, s, feedPath)
		if !json.Valid([]byte(got)) || !strings.Contains(got, `"events":[1e3]`) || strings.Contains(got, `"events":[]`) {
			t.Errorf("wrong-events: %s", got)
		}
		must(t, s.Fault("wrong-types", replay.OnFeed))
		if _, got := get(t, s, feedPath); !json.Valid([]byte(got)) || strings.Contains(got, "[") {
			t.Errorf("wrong-types: %s", got)
		}
	}
	for _, body := range []string{"", "no JSON", "}{", `{"services":7}`, "{nonsense}"} {
		s := replay.New(replay.Options{Recordings: []replay.Recording{{Name: "r", Body: []byte(body)}}})
		for _, f := range []string{"wrong-events", "big", "truncated"} {
			must(t, s.Fault(f, ""))
			if res, _ := get(t, s, feedPath); res.StatusCode != 200 {
				t.Errorf("%s of %q: %d", f, body, res.StatusCode)
			}
		}
	}
}

func TestHangNeverRespondsAndEndsWithTheClient(t *testing.T) {
	s := replay.New(replay.Options{})
	returned := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer close(returned)
		s.ServeHTTP(w, r)
	}))
	defer server.Close()
	must(t, s.Fault("hang", ""))

	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if o := request(ctx, t, server.URL+feedPath); !errors.Is(o.err, context.DeadlineExceeded) {
		t.Errorf("the client received %v, %v", o.res, o.err)
	}
	select {
	case <-returned:
	case <-time.After(5 * time.Second):
		t.Error("the handler still hangs")
	}
}

func TestHangEndsWithTheServersContext(t *testing.T) {
	s := replay.New(replay.Options{})
	must(t, s.Fault("hang", ""))
	ctx, stop := context.WithCancel(t.Context())
	server := httptest.NewUnstartedServer(s)
	server.Config.BaseContext = func(net.Listener) context.Context { return ctx }
	server.Start()
	defer server.Close()

	time.AfterFunc(20*time.Millisecond, stop)
	if o := request(t.Context(), t, server.URL+feedPath); o.err == nil {
		t.Errorf("a response was received: %v", o.res)
	}
}

func TestSlowStartsAtOnceAndEndsWithTheClient(t *testing.T) {
	s := replay.New(replay.Options{})
	server := httptest.NewServer(s)
	defer server.Close()
	must(t, s.Fault("slow", ""))

	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	req, _ := http.NewRequestWithContext(ctx, "GET", server.URL+feedPath, nil)
	res, err := server.Client().Do(req)
	must(t, err)
	defer res.Body.Close()
	var first [1]byte
	if _, err := io.ReadFull(res.Body, first[:]); err != nil || first[0] != '{' {
		t.Fatalf("the first byte is %q (%v)", first, err)
	}
	time.AfterFunc(50*time.Millisecond, cancel)
	rest, err := io.ReadAll(res.Body)
	if !errors.Is(err, context.Canceled) || len(rest) > 1 {
		t.Errorf("%d more bytes and %v", len(rest), err)
	}
}

func TestResetClosesHalfwayThroughTheBody(t *testing.T) {
	s := replay.New(replay.Options{Now: func() time.Time { return winter }})
	_, original := get(t, s, feedPath)
	server := httptest.NewServer(s)
	defer server.Close()
	must(t, s.Fault("reset", ""))
	o := request(t.Context(), t, server.URL+feedPath)
	if o.err == nil || o.res == nil || o.body != original[:len(original)/2] {
		t.Errorf("%d of %d bytes, %v", len(o.body), len(original), o.err)
	}
}

func TestEndlessResponsesEndWithTheClient(t *testing.T) {
	for _, name := range []string{"endless", "endless-headers"} {
		s := replay.New(replay.Options{})
		must(t, s.Fault(name, replay.OnFeed))
		returned := make(chan struct{})
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			defer close(returned)
			s.ServeHTTP(w, r)
		}))
		conn, err := net.Dial("tcp", server.Listener.Addr().String())
		must(t, err)
		io.WriteString(conn, "GET "+feedPath+" HTTP/1.1\r\nHost: x\r\n\r\n")
		const much = 20 << 20
		got, err := io.ReadAll(io.LimitReader(conn, much))
		head, _, ended := strings.Cut(string(got), "\r\n\r\n")
		if err != nil || len(got) < much || !strings.HasPrefix(head, "HTTP/1.1 200 ") || ended != (name == "endless") {
			t.Errorf("%s: %d bytes, %v: %.200s", name, len(got), err, got)
		}
		conn.Close()
		select {
		case <-returned:
		case <-time.After(5 * time.Second):
			t.Errorf("%s: the handler still runs", name)
		}
		server.Close()
	}
}
