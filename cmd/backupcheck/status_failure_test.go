package main

import (
	"encoding/json"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"backupcheck/status"
	"backupcheck/status/apple"
)

// checkUnknown checks the result of a failed reading: exit status 3, a reason, and
// with -json a complete body.
func checkUnknown(t *testing.T, in string, args ...string) {
	t.Helper()
	r := call(t, in, append(args, "-json")...)
	if r.code != exitUnknown {
		t.Errorf("exit %d, stdout %s", r.code, r.out)
	}
	// Page and feed may fail differently: one line for each.
	first, second, _ := strings.Cut(strings.TrimSuffix(r.err, "\n"), "\n")
	checkSentence(t, first+"\n")
	if strings.ContainsFunc(second, invisible) {
		t.Errorf("stderr %q", r.err)
	}
	var body map[string]any
	if err := json.Unmarshal([]byte(r.out), &body); err != nil {
		t.Fatalf("%v: %q", err, r.out)
	}
	incidents, list := body["incidents"].([]any)
	if body["level"] != "unknown" || body["down"] != false || body["recovered"] != false || body["checked_at"] != nil || body["last_known"] != nil || !list || len(incidents) > 0 {
		t.Errorf("%s", r.out)
	}
	related, _ := body["related"].([]any)
	for _, row := range related {
		if row.(map[string]any)["level"] != "unknown" {
			t.Errorf("the level of a related service: %v", row)
		}
	}
	if len(related) != len(status.RelatedNames()) {
		t.Errorf("%d related services", len(related))
	}

	plain := call(t, in, args...)
	if plain.code != exitUnknown || !strings.HasPrefix(plain.out, "iCloud Backup: unknown\n") || plain.err != r.err {
		t.Errorf("without -json: %+v", plain)
	}
}

const htmlPage = `<!DOCTYPE html><html lang="en-US"><body><h1>Something went wrong</h1></body></html>`

func TestUnreadableFeedIsUnknown(t *testing.T) {
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/html":
			w.Write([]byte(htmlPage))
		case "/away":
			http.Redirect(w, r, "https://example.invalid/\x1b[31m", http.StatusFound)
		case "/loop":
			http.Redirect(w, r, "/loop", http.StatusFound)
		case "/big":
			w.Write(make([]byte, apple.MaxBytes+1))
		case "/cut":
			w.Header().Set("Content-Length", "1000")
			w.Write([]byte(`{"services":[`))
		default:
			http.NotFound(w, r)
		}
	}))
	defer site.Close()
	closed := httptest.NewServer(nil)
	closed.Close()
	dir := t.TempDir()
	contents := map[string]string{
		"empty":               "",
		"only space":          " \r\n\t ",
		"garbage":             "\x00\xff\xfe garbage \x1b[31m\x07",
		"garbage with braces": "\x1b]0;title\x07{\x1b[31m\x00 \u202e }\x7f",
		"HTML":                htmlPage,
		"HTML with a script":  `<script>var x = {"a": 1};</script>` + htmlPage,
		"truncated":           feedOf(t, status.ServiceName, "outage")[:500],
		"a list":              "[]",
		"another object":      `{"a":1}`,
		"services no list":    `{"services":"\u001b[31m` + strings.Repeat("x", 500) + `"}`,
		"too deep":            strings.Repeat(`{"services":[`, 100) + strings.Repeat("]}", 100),
		"too large":           `{"services":[]}` + strings.Repeat(" ", apple.MaxBytes),
	}
	for name, content := range contents {
		t.Run("standard input, "+name, func(t *testing.T) { checkUnknown(t, content, "status", "-feed", "-", "-at", sixText) })
		t.Run("file, "+name, func(t *testing.T) { checkUnknown(t, "", "status", "-feed", fileWith(t, content), "-at", sixText) })
	}
	for name, feed := range map[string]string{
		"missing file":                 filepath.Join(dir, "missing.js"),
		"missing directory":            filepath.Join(dir, "missing", "feed.js"),
		"directory":                    dir,
		"URL of HTML":                  site.URL + "/html",
		"URL of nothing":               site.URL + "/nothing",
		"URL that redirects away":      site.URL + "/away",
		"URL that redirects to itself": site.URL + "/loop",
		"URL of a large file":          site.URL + "/big",
		"URL of a truncated response":  site.URL + "/cut",
		"URL of a closed port":         closed.URL + "/feed.js",
		"URL without a host":           "http://",
		"URL with an invalid port":     "http://127.0.0.1:99999/feed.js",
	} {
		t.Run(name, func(t *testing.T) { checkUnknown(t, "", "status", "-feed", feed, "-at", sixText) })
	}
}

// A file name may come from an untrusted directory.
func TestFileNameCannotControlTheTerminal(t *testing.T) {
	for _, name := range []string{"missing\x1b[31m.js", "missing\n.js", "a\x00b"} {
		checkSentence(t, call(t, "", "status", "-feed", name).err)
	}
}

// A valid feed without the service counts as read, so there is a time of reading.
func TestFeedWithoutTheServiceIsUnknown(t *testing.T) {
	for name, feed := range map[string]string{
		"not listed":           feedOf(t, status.ServiceName, "unlisted"),
		"no services":          `{"services":[]}`,
		"events unreadable":    `{"services":[{"serviceName":"iCloud Backup","events":"none"}]}`,
		"state not understood": `{"services":[{"serviceName":"iCloud Backup","events":[{"messageId":"1","eventStatus":"investigating"}]}]}`,
	} {
		r := call(t, feed, "status", "-feed", "-", "-at", sixText, "-json")
		if r.code != exitUnknown || r.err != "" || !strings.Contains(r.out, `"level":"unknown","down":false`) || !strings.Contains(r.out, `"checked_at":"`+sixText+`"`) {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

// The faults of replay that don't take long. Some of them are readable.
func TestFailingOriginIsUnknown(t *testing.T) {
	tests := []struct {
		fault string
		code  int
		read  bool // without an error, and with a time of reading
	}{
		{"403", 3, false}, {"404", 3, false}, {"429", 3, false}, {"500", 3, false}, {"503", 3, false},
		{"redirect-loop", 3, false}, {"redirect-away", 3, false}, {"html", 3, false}, {"empty", 3, false}, {"truncated", 3, false},
		{"wrong-types", 3, false}, {"garbage-gzip", 3, false}, {"deep", 3, false}, {"big", 3, false}, {"reset", 3, false},
		{"wrong-events", 3, true},
		{"bom", 2, true}, {"wrapped", 2, true},
	}
	for _, tt := range tests {
		t.Run(tt.fault, func(t *testing.T) {
			apple := newReplay(t, status.ServiceName, "outage")
			if err := apple.Fault(tt.fault, "both"); err != nil {
				t.Fatal(err)
			}
			site := httptest.NewUnstartedServer(apple)
			site.Config.ErrorLog = log.New(io.Discard, "", 0) // the fault "reset" panics
			site.Start()
			defer site.Close()
			args := []string{"status", "-origin", site.URL, "-at", sixText}
			if !tt.read {
				checkUnknown(t, "", args...)
				return
			}
			r := call(t, "", append(args, "-json")...)
			if r.code != tt.code || r.err != "" || !strings.Contains(r.out, `"checked_at":"`+sixText+`"`) {
				t.Errorf("%+v", r)
			}
		})
	}
}
