package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"backupcheck/status"
)

func TestServeTakesTheVariablesOfTheWorker(t *testing.T) {
	var agents []string
	apple := newReplay(t, status.ServiceName, "outage")
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		agents = append(agents, r.UserAgent())
		apple.ServeHTTP(w, r)
	}))
	defer site.Close()
	t.Setenv("APPLE_ORIGIN", site.URL)
	t.Setenv("USER_AGENT", "Tester/1 (mail@example.com)")
	t.Setenv("REFRESH_SECONDS", "0.1")
	t.Setenv("PUBLIC_URL", "https://status.example")
	t.Setenv("EMBED_ORIGINS", "https://support.example")
	t.Chdir(t.TempDir())
	s := start(t, "serve", "-addr", "127.0.0.1:0")
	waitForReadings(t, apple, 3)
	if _, body := fetch(t, s.url+"/api/status"); !strings.Contains(body, `"level":"outage"`) {
		t.Errorf("the status %s", body)
	}
	if _, body := fetch(t, s.url+"/feed.atom"); !strings.Contains(body, `<link rel="self" type="application/atom+xml" href="https://status.example/feed.atom"/>`) {
		t.Errorf("the feed %s", body)
	}
	if res, _ := fetch(t, s.url+"/widget"); !strings.HasSuffix(res.Header.Get("Content-Security-Policy"), "frame-ancestors 'self' https://support.example") {
		t.Errorf("the policy %v", res.Header)
	}
	s.stop(t)
	if agents[0] != "Tester/1 (mail@example.com)" {
		t.Errorf("user agents %v", agents)
	}
}

func TestVariablesThatAreWrongOrUnknownAreWrongUsage(t *testing.T) {
	for name, value := range map[string]string{
		"APPLE_ORIGIN": "file:///x", "REFRESH_SECONDS": "often", "PUBLIC_URL": "status.example", "EMBED_ORIGINS": "nonsense",
		"WEBHOOK_SECRT": "hidden", "WEBHOOK_URI": "https://hidden.example", "APPLE_ORIGINS": "x", "SERVICE": "Photos", "EMBED_ORIGIN": "x",
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv(name, value)
			r := call(t, "", "serve", "-addr", "127.0.0.1:0")
			if r.code != exitUsage || r.out != "" || strings.Contains(r.err, "hidden") {
				t.Errorf("%+v", r)
			}
			checkSentence(t, r.err)
		})
	}
	for name, value := range map[string]string{"WEBHOOK_PRIVATE": "perhaps", "WEBHOOK_FORM": "irc", "WEBHOOK_SECRET_OLD": "whsec_hidden!", "WEBHOOK_RETRY_SECONDS": "0"} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("WEBHOOK_URL", "https://example.com/hidden")
			t.Setenv(name, value)
			r := call(t, "", "serve", "-addr", "127.0.0.1:0")
			if r.code != exitUsage || !strings.Contains(r.err, name+":") && !strings.Contains(r.err, name+" ") || strings.Contains(r.err, "hidden") {
				t.Errorf("%+v", r)
			}
		})
	}
}

func TestFlagsReplaceVariables(t *testing.T) {
	_, origin := simulateApple(t, "outage")
	t.Setenv("APPLE_ORIGIN", "http://127.0.0.1:9")
	t.Setenv("PUBLIC_URL", "https://wrong.example")
	s := startServe(t, origin, "-public-url", "https://right.example/")
	if _, body := fetch(t, s.url+"/feed.atom"); !strings.Contains(body, `href="https://right.example/feed.atom"`) || !strings.Contains(body, "Outage") {
		t.Errorf("the feed %s", body)
	}
}

// get requests an address with headers; "Host" is the request's own.
func get(t *testing.T, address string, headers map[string]string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), "GET", address, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Close, req.Host = true, headers["Host"]
	for name, value := range headers {
		req.Header.Set(name, value)
	}
	res, err := http.DefaultTransport.RoundTrip(req)
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

var withAddresses = []string{"/", "/feed.atom", "/oembed?url=/widget"}

// With any cache key, no response that a visitor can shape by a header
// may be stored for others.
func TestNoHostOfAVisitorReachesOthers(t *testing.T) {
	_, origin := simulateApple(t, "outage")
	s := startServe(t, origin)
	for _, path := range withAddresses {
		res, body := get(t, s.url+path, map[string]string{"Host": "evil.example", "X-Forwarded-Host": "worse.example", "X-Forwarded-Proto": "https"})
		if res.StatusCode != 200 || !strings.Contains(body, "http://evil.example") || strings.Contains(body, "worse.example") {
			t.Errorf("%s: %d %s", path, res.StatusCode, body)
		}
		if !strings.HasPrefix(res.Header.Get("Cache-Control"), "private, ") || !strings.Contains(res.Header.Get("Vary"), "Host") {
			t.Errorf("%s: %v", path, res.Header)
		}
	}
	for _, path := range []string{"/widget", "/widget/messages", "/api/status", "/api/history", "/api/v2/summary.json", "/badge.svg", "/openapi.json", "/embed.js", "/healthz", "/nothing"} {
		if _, body := get(t, s.url+path, map[string]string{"Host": "evil.example"}); strings.Contains(body, "evil.example") {
			t.Errorf("%s depends on Host", path)
		}
	}
}

func TestForwardedAddressCountsFromTrustedProxiesOnly(t *testing.T) {
	_, origin := simulateApple(t, "outage")
	headers := map[string]string{"Host": "inside:8787", "X-Forwarded-Host": "old.example, status.example", "X-Forwarded-Proto": "https"}
	for _, tt := range []struct{ flag, want string }{
		{"-trusted-proxy=127.0.0.1", "https://status.example"},
		{"-trusted-proxy=10.0.0.0/8, 127.0.0.0/8,::1", "https://status.example"},
		{"-trusted-proxy=10.0.0.0/8", "http://inside:8787"},
		{"-public-url=https://fixed.example", "https://fixed.example"},
	} {
		s := startServe(t, origin, tt.flag)
		for _, path := range withAddresses {
			res, body := get(t, s.url+path, headers)
			if others := regexp.MustCompile(`https?://(old|status|inside|fixed)[a-z.:0-9]*`).FindAllString(body, -1); len(others) == 0 ||
				strings.Count(strings.Join(others, " "), tt.want) != len(others) {
				t.Errorf("%s %s: %v", tt.flag, path, others)
			}
			if public := strings.HasPrefix(res.Header.Get("Cache-Control"), "public, "); public != strings.Contains(tt.flag, "public") {
				t.Errorf("%s %s: %v", tt.flag, path, res.Header)
			}
		}
		for _, invalid := range []map[string]string{{"X-Forwarded-Host": `evil.example"><script>`}, {"X-Forwarded-Host": "a b"}, {"X-Forwarded-Host": "evil.example/x"}, {"X-Forwarded-Proto": "javascript"}} {
			if _, body := get(t, s.url+"/", invalid); strings.Contains(body, "evil") || strings.Contains(body, "javascript:") {
				t.Errorf("%s %v", tt.flag, invalid)
			}
		}
		s.stop(t)
	}
}

func TestLogAsJSONHasEachKeyOnce(t *testing.T) {
	apple, origin := simulateApple(t, "fine")
	s := startServe(t, origin, "-refresh", "50ms", "-log", "json")
	waitForReadings(t, apple, 2)
	if err := apple.Fault("500", "both"); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(patience); !strings.Contains(s.err.String(), "reading Apple's status failed"); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("the log: %s", s.err)
		}
	}
	s.stop(t)
	lines := 0
	for line := range strings.Lines(s.err.String()) {
		if strings.HasPrefix(line, "backupcheck: ") {
			continue // before the log begins: there is no engine here
		}
		lines++
		decoder := json.NewDecoder(strings.NewReader(line))
		seen := map[string]bool{}
		if _, err := decoder.Token(); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		for decoder.More() {
			key, err := decoder.Token()
			var value any
			if err == nil {
				err = decoder.Decode(&value)
			}
			if err != nil || seen[fmt.Sprint(key)] {
				t.Fatalf("%v: the key %v in %s", err, key, line)
			}
			seen[fmt.Sprint(key)] = true
			if key == "level" && !regexp.MustCompile(`^(INFO|WARN|ERROR)$`).MatchString(fmt.Sprint(value)) {
				t.Errorf("the severity in %s", line)
			}
		}
	}
	if lines < 2 {
		t.Errorf("%d lines: %s", lines, s.err)
	}
}

func TestAssetsAreSentCompressed(t *testing.T) {
	_, origin := simulateApple(t, "fine")
	s := startServe(t, origin)
	tags := map[string]bool{}
	var plain string
	for _, tt := range []struct{ accept, encoding string }{{"identity", ""}, {"gzip", "gzip"}, {"br", "br"}, {"gzip, deflate, br, zstd", "br"}, {"br;q=0, gzip;q=0.5", "gzip"}, {"*", "br"}, {"gzip;q=0, *;q=0", ""}, {"", ""}} {
		res, body := get(t, s.url+"/embed.js", map[string]string{"Accept-Encoding": tt.accept})
		if got := res.Header.Get("Content-Encoding"); got != tt.encoding || res.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%q: %v", tt.accept, res.Header)
		}
		if tt.encoding == "" {
			plain = body
		} else if len(body) >= len(plain)*3/4 {
			t.Errorf("%q: %d bytes of %d", tt.accept, len(body), len(plain))
		}
		tags[res.Header.Get("ETag")] = true
	}
	if len(tags) != 3 {
		t.Errorf("ETags %v", tags)
	}
}

func TestCopyOfTheDatabaseIsCompleteWhileServing(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "x.db")
	apple, origin := simulateApple(t, "outage")
	s := startServe(t, origin, "-db", file, "-refresh", "50ms")
	s.waitForRecord(t)
	waitForReadings(t, apple, 4)
	copied := filepath.Join(dir, "copy.db")
	copyFile(t, file, copied)
	r := call(t, "", "history", "-db", copied, "-days", "1", "-json")
	if r.code != 0 || !bytes.Contains([]byte(r.out), []byte(`"level":"outage"`)) {
		t.Errorf("the copy: %+v", r)
	}
	backup := filepath.Join(dir, "backup.db")
	if r := call(t, "", "history", "backup", "-db", file, backup); r.code != 0 || r.err != "" {
		t.Errorf("backup: %+v", r)
	}
	if r := call(t, "", "history", "-db", backup, "-days", "1", "-json"); r.code != 0 || !strings.Contains(r.out, `"level":"outage"`) {
		t.Errorf("the backup: %+v", r)
	}
	s.stop(t)
}

func TestRemovedDatabaseIsSeenInHealth(t *testing.T) {
	file := filepath.Join(t.TempDir(), "x.db")
	_, origin := simulateApple(t, "fine")
	s := startServe(t, origin, "-db", file, "-refresh", "50ms")
	s.waitForRecord(t)
	time.Sleep(1100 * time.Millisecond) // the history has whole seconds
	if err := os.Rename(file, file+"2"); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		res, body := fetch(t, s.url+"/healthz")
		if res.StatusCode == 503 && strings.Contains(body, "The latest reading can't be stored.") {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d %s", res.StatusCode, body)
		}
	}
	if res, _ := fetch(t, s.url+"/livez"); res.StatusCode != 200 {
		t.Errorf("/livez %d", res.StatusCode)
	}
	s.stop(t)
	if n := strings.Count(s.err.String(), "storing the reading failed"); n != 1 || !strings.Contains(s.err.String(), "was removed or replaced") {
		t.Errorf("%d lines in the log: %s", n, s.err)
	}
}
