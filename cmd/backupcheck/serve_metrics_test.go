package main

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestMetricsOfLevelAgeAndTraffic(t *testing.T) {
	apple, origin := simulateApple(t, "outage")
	s := startServe(t, origin)
	s.waitForRecord(t)
	for _, address := range []string{"/", "/", "/widget?lang=xx", "/nothing", "/nothing/else?x", "/api/status", "/assets/nothing.js", "/api/history?days=no"} {
		fetch(t, s.url+address)
	}
	res, body := fetch(t, s.url+"/metrics")
	if res.StatusCode != 200 || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/plain") {
		t.Errorf("%d %v", res.StatusCode, res.Header)
	}
	wanted := []string{
		`backupcheck_level{level="outage",service="iCloud Backup"} 1`,
		`backupcheck_level{level="operational",service="iCloud Backup"} 0`,
		`backupcheck_level{level="unknown",service="iCloud Backup"} 0`,
		`backupcheck_level{level="degraded",service="Photos"} 1`,
		`backupcheck_level{level="operational",service="iCloud Account & Sign In"} 1`,
		`backupcheck_reading_age_seconds \d+(\.\d+)?(e-\d+)?`,
		`backupcheck_reading_timestamp_seconds \d\.\d+e\+09`,
		`backupcheck_history_recorded_timestamp_seconds \d\.\d+e\+09`,
		`backupcheck_readings_total{result="ok"} 1`,
		`backupcheck_readings_total{result="failed"} 0`,
		`backupcheck_http_requests_total{code="200",path="/"} 2`,
		`backupcheck_http_requests_total{code="200",path="/widget"} 1`,
		`backupcheck_http_requests_total{code="200",path="/api/status"} 1`,
		`backupcheck_http_requests_total{code="400",path="/api/history"} 1`,
		`backupcheck_http_requests_total{code="404",path="/assets"} 1`,
		`backupcheck_http_requests_total{code="404",path="other"} 2`,
		`backupcheck_http_request_duration_seconds_count \d+`,
		`backupcheck_build_info{version="[^"]+"} 1`,
		`go_goroutines \d+`,
		`process_start_time_seconds \S+`,
	}
	missing := func() []string {
		return slices.DeleteFunc(slices.Clone(wanted), func(want string) bool {
			return regexp.MustCompile(`(?m)^` + want + `$`).MatchString(body)
		})
	}
	// A response is counted after its last byte was sent, possibly after the
	// client has received it.
	for deadline := time.Now().Add(10 * time.Second); len(missing()) > 0 && time.Now().Before(deadline); {
		_, body = fetch(t, s.url+"/metrics")
	}
	for _, want := range missing() {
		t.Errorf("no %s in\n%s", want, body)
	}
	if strings.Contains(body, "nothing") {
		t.Errorf("an unknown path is a label:\n%s", body)
	}
	// Scraping doesn't read Apple.
	if _, feeds := apple.Counts(); feeds != 1 {
		t.Errorf("Apple was read %d times", feeds)
	}
}
