package main

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"backupcheck/status"
)

func TestReplayIsOnLoopbackOnly(t *testing.T) {
	for _, addr := range []string{"0.0.0.0:0", ":0", "[::]:0", "192.0.2.1:0", "example.com:0", "10.0.0.1:9797", "127.0.0.1", "9797", "", "localhost.example.com:0", "localhost", "2130706433:0", "\x1b[31m:0"} {
		t.Run(addr, func(t *testing.T) {
			r := call(t, "", "replay", "-addr", addr)
			if r.code != exitUsage || r.out != "" {
				t.Errorf("%+v", r)
			}
			checkSentence(t, r.err)
		})
	}
	for _, addr := range []string{"127.0.0.1:0", "localhost:0"} {
		if s := start(t, "replay", "-addr", addr); s.stop(t) != 0 {
			t.Errorf("%s: exit %d: %s", addr, s.code, s.err)
		}
	}
}

func TestReplayServesScenariosAndRecordings(t *testing.T) {
	dir := t.TempDir()
	for _, scenario := range []string{"fine", "outage"} {
		if err := os.WriteFile(filepath.Join(dir, scenario+"-recorded.js"), []byte(feedOf(t, "Резерв", scenario)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	scenarios := start(t, "replay", "-addr", "127.0.0.1:0")
	recordings := start(t, "replay", "-addr", "127.0.0.1:0", dir)
	renamed := start(t, "replay", "-addr", "127.0.0.1:0", "-service", "Backup à la carte")
	tests := []struct {
		site          *process
		show, service string
		code          int
	}{
		{scenarios, "", status.ServiceName, 0},
		{scenarios, "outage", status.ServiceName, 2},
		{scenarios, "unlisted", status.ServiceName, 3},
		{recordings, "", "Резерв", 0},
		{recordings, "outage-recorded.js", "Резерв", 2},
		{renamed, "issue", "Backup à la carte", 1},
		{renamed, "issue", status.ServiceName, 3},
	}
	for _, tt := range tests {
		if tt.show != "" {
			res, err := http.PostForm(tt.site.url+"/_replay/show", url.Values{"name": {tt.show}})
			if err != nil {
				t.Fatal(err)
			}
			res.Body.Close()
			if res.StatusCode >= 400 {
				t.Fatalf("show %s: %d", tt.show, res.StatusCode)
			}
		}
		// status -origin reads what replay serves.
		if r := call(t, "", "status", "-origin", tt.site.url, "-service", tt.service); r.code != tt.code {
			t.Errorf("%s of %q: exit %d, want %d: %s%s", tt.show, tt.service, r.code, tt.code, r.out, r.err)
		}
	}
	if out := scenarios.out.String(); !strings.HasPrefix(out, "The simulated Apple listens at "+scenarios.url+"\n") || !strings.Contains(out, scenarios.url+"/_replay/") {
		t.Errorf("the console's address isn't printed: %s", scenarios.out)
	}
}

func TestReplayWithoutRecordingsExitsWith1(t *testing.T) {
	empty := t.TempDir()
	for _, path := range []string{filepath.Join(empty, "missing"), empty} {
		r := call(t, "", "replay", "-addr", "127.0.0.1:0", path)
		if r.code != 1 || r.out != "" || !strings.Contains(r.err, path) {
			t.Errorf("%s: %+v", path, r)
		}
		checkSentence(t, r.err)
	}
}
