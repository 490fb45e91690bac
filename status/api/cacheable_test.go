package api_test

import (
	"fmt"
	"regexp"
	"strconv"
	"testing"
	"time"

	"backupcheck/status"
	"backupcheck/status/api"
)

// directives are the numbers of a Cache-Control, in seconds.
var directives = regexp.MustCompile(`^public, max-age=(\d+), stale-while-revalidate=(\d+), stale-if-error=(\d+)$`)

// longest returns how old a response can be when a cache uses it: the stale-…
// directives count from the end of max-age (RFC 5861).
func longest(t *testing.T, cacheControl string) time.Duration {
	t.Helper()
	match := directives.FindStringSubmatch(cacheControl)
	if match == nil {
		t.Fatalf("Cache-Control %q", cacheControl)
	}
	var n [3]int
	for i := range n {
		n[i], _ = strconv.Atoi(match[i+1])
	}
	return time.Duration(n[0]+max(n[1], n[2])) * time.Second
}

// Any response of a cache is what the reading says at that time: even if the
// response was in the Worker's memory for 30 s before, and the cache counts its
// age from zero.
func TestNoCacheAnswersWhatNoLongerHolds(t *testing.T) {
	report := status.Report{CheckedAt: six, Service: status.Row{Name: status.ServiceName}}
	for _, address := range append([]string{"/api/status", "/badge.svg", "/badge.svg?label=x", "/badge.json", "/feed.atom"}, statuspagePaths...) {
		for _, age := range []time.Duration{0, time.Minute, 90 * time.Second, 2 * time.Minute, 269 * time.Second, 299 * time.Second, 300 * time.Second,
			301 * time.Second, time.Hour, 2*time.Hour - 100*time.Second, 2 * time.Hour, 3 * time.Hour} {
			now := six.Add(age)
			v := status.Decide(report, now)
			res, _ := request(t, api.Source{Verdict: func() status.Verdict { return v }, Now: func() time.Time { return now }, PublicURL: "https://status.example"}, "GET", address, nil)
			control := res.Header.Get("Cache-Control")
			total := longest(t, control)
			if total > 5*time.Minute {
				t.Errorf("%s: a cache may answer for %v", address, total)
			}
			if total == 0 {
				continue
			}
			later := status.Decide(report, now.Add(total+30*time.Second))
			if was, is := fmt.Sprint(v.Level, v.Stale), fmt.Sprint(later.Level, later.Stale); was != is {
				t.Errorf("%s of a reading %v old, %s: says %s when it is %s", address, age, control, was, is)
			}
		}
	}
}

func TestCacheControl(t *testing.T) {
	for age, want := range map[time.Duration]string{
		0:                 "public, max-age=30, stale-while-revalidate=60, stale-if-error=150",
		90 * time.Second:  "public, max-age=30, stale-while-revalidate=60, stale-if-error=150",
		100 * time.Second: "public, max-age=30, stale-while-revalidate=60, stale-if-error=140",
		200 * time.Second: "public, max-age=30, stale-while-revalidate=40, stale-if-error=40",
		250 * time.Second: "public, max-age=20, stale-while-revalidate=0, stale-if-error=0",
		300 * time.Second: "public, max-age=0, stale-while-revalidate=0, stale-if-error=0",
		400 * time.Second: "public, max-age=30, stale-while-revalidate=60, stale-if-error=150",
	} {
		v := status.Decide(status.Report{CheckedAt: six}, six.Add(age))
		if got := api.CacheControl(v, six.Add(age)); got != want {
			t.Errorf("%v: %s, want %s", age, got, want)
		}
	}
}
