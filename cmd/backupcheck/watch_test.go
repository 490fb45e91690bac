package main

import (
	"context"
	"encoding/json"
	"errors"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"backupcheck/status"
	"backupcheck/status/apple/replay"
)

// simulateApple serves a scenario by the real time.
func simulateApple(t *testing.T, scenario string) (*replay.Server, string) {
	t.Helper()
	s := replay.New(replay.Options{})
	if err := s.Show(scenario); err != nil {
		t.Fatal(err)
	}
	site := httptest.NewServer(s)
	t.Cleanup(site.Close)
	return s, site.URL
}

// line waits for a line of the command's output, counted from 0.
func (s *process) line(t *testing.T, n int) string {
	t.Helper()
	timeout := time.After(patience)
	for {
		if lines := strings.SplitAfter(s.out.String(), "\n"); len(lines) > n+1 {
			return strings.TrimSuffix(lines[n], "\n")
		}
		select {
		case <-s.out.wrote:
		case <-s.ended:
			t.Fatalf("ended with %d before line %d: %s%s", s.code, n, s.out, s.err)
		case <-timeout:
			t.Fatalf("no line %d in %q", n, s.out)
		}
	}
}

// waitForReadings waits until Apple has been read a number of times more.
func waitForReadings(t *testing.T, apple *replay.Server, more int) {
	t.Helper()
	_, from := apple.Counts()
	for deadline := time.Now().Add(patience); ; time.Sleep(time.Millisecond) {
		if _, feeds := apple.Counts(); feeds >= from+more {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("Apple is no longer read")
		}
	}
}

func TestWatchPrintsOneLineForEachChange(t *testing.T) {
	apple, origin := simulateApple(t, "fine")
	s := launch(t, "status", "-watch", "-every", "5ms", "-bell", "-origin", origin)
	steps := []struct {
		scenario, want string // want is empty if no line is expected
		bells          int
	}{
		{"fine", `operational  Apple reports no problem with iCloud Backup\.`, 0},
		{"fine", "", 0},
		{"issue", `degraded     Apple reports a problem with iCloud Backup\. \(ongoing issue 2000009001\)`, 1},
		{"issue", "", 1}, // again, with another start
		{"outage", `outage       Apple reports an outage of iCloud Backup\. \(ongoing outage 2000009001\)`, 2},
		{"recovered", `operational  Apple reports that a problem with iCloud Backup is over\. \(resolved issue 2000009001\)`, 3},
		{"issue", `degraded     Apple reports a problem with iCloud Backup\. \(ongoing issue 2000009001\)`, 4},
		{"upcoming", `operational  Apple reports no problem with iCloud Backup\. \(upcoming maintenance 2000009003, resolved issue 2000009001\)`, 5},
		{"fine", `operational  Apple reports no problem with iCloud Backup\. \(completed maintenance 2000009003\)`, 5},
		{"sign-in", "", 5}, // another service's
		{"unlisted", `unknown      Apple's data doesn't list iCloud Backup\.`, 6},
		{"maintenance", `maintenance  Apple reports maintenance of iCloud Backup\. \(ongoing maintenance 2000009002\)`, 7},
		{"unlisted", `unknown      Apple's data doesn't list iCloud Backup\.`, 8}, // so its incidents are unknown
		{"recovered", `operational  Apple reports that a problem with iCloud Backup is over\.`, 9},
	}
	n := 0
	for _, step := range steps {
		if err := apple.Show(step.scenario); err != nil {
			t.Fatal(err)
		}
		if step.want == "" {
			waitForReadings(t, apple, 3)
			continue
		}
		line := s.line(t, n)
		if n++; !regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ  ` + step.want + `$`).MatchString(line) {
			t.Errorf("%s:\n got %s\nwant %s", step.scenario, line, step.want)
		}
		waitForReadings(t, apple, 2) // the bell rings after the line
		if bells := strings.Count(s.err.String(), "\a"); bells != step.bells {
			t.Errorf("%s: %d bells, want %d", step.scenario, bells, step.bells)
		}
	}
	if lines := strings.Count(s.out.String(), "\n"); lines != n {
		t.Errorf("%d lines, want %d:\n%s", lines, n, s.out)
	}
	if code := s.stop(t); code != exitOperational {
		t.Errorf("exit %d", code)
	}
}

func TestWatchContinuesAfterFailedReadings(t *testing.T) {
	apple, origin := simulateApple(t, "outage")
	if err := apple.Fault("503", "both"); err != nil {
		t.Fatal(err)
	}
	s := launch(t, "status", "-watch", "-every", "5ms", "-origin", origin)
	if line := s.line(t, 0); !strings.HasSuffix(line, "Z  unknown      Apple's status of iCloud Backup couldn't be checked.") {
		t.Errorf("before the first reading: %s", line)
	}
	for i, fault := range []string{"", "503", "", "503"} {
		if err := apple.Fault(fault, ""); err != nil {
			t.Fatal(err)
		}
		waitForReadings(t, apple, 3)
		if line := s.line(t, 1); !strings.Contains(line, "outage") {
			t.Errorf("%d: %s", i, line)
		}
	}
	// The verdict doesn't change in the first five minutes of failures. The
	// first failure of a series is printed.
	if lines := strings.Count(s.out.String(), "\n"); lines != 2 {
		t.Errorf("printed:\n%s", s.out)
	}
	failures := strings.Split(strings.TrimSuffix(s.err.String(), "\n"), "\n")
	if len(failures) != 3 {
		t.Errorf("on standard error:\n%s", s.err)
	}
	for _, sentence := range failures {
		checkSentence(t, sentence+"\n")
	}
	if code := s.stop(t); code != exitOutage {
		t.Errorf("exit %d", code)
	}
}

func TestWatchInJSONPrintsBodiesOfTheStatusEndpoint(t *testing.T) {
	apple, origin := simulateApple(t, "fine")
	s := launch(t, "status", "-watch", "-json", "-every", "5ms", "-origin", origin)
	for n, want := range []struct{ scenario, level string }{{"fine", "operational"}, {"outage", "outage"}, {"fine", "operational"}, {"unlisted", "unknown"}} {
		if err := apple.Show(want.scenario); err != nil {
			t.Fatal(err)
		}
		var body struct {
			Service, Level, Source string
			LastKnown              *struct{ Level string } `json:"last_known"`
		}
		if err := json.Unmarshal([]byte(s.line(t, n)), &body); err != nil {
			t.Fatal(err)
		}
		if body.Level != want.level || body.Service != status.ServiceName || body.Source != status.SourceURL {
			t.Errorf("%s: %+v", want.scenario, body)
		}
		if known := body.LastKnown; (known != nil) != (want.level == "unknown") || known != nil && known.Level != "operational" {
			t.Errorf("%s: last known %+v", want.scenario, known)
		}
	}
	if code := s.stop(t); code != exitUnknown {
		t.Errorf("exit %d", code)
	}
}

func TestWatchReadsAFileRepeatedly(t *testing.T) {
	file := filepath.Join(t.TempDir(), "feed.js")
	write := func(scenario string) {
		if err := os.WriteFile(file+".new", []byte(feedOf(t, status.ServiceName, scenario)), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(file+".new", file); err != nil {
			t.Fatal(err)
		}
	}
	write("fine")
	s := launch(t, "status", "-watch", "-every", "5ms", "-feed", file)
	s.line(t, 0)
	write("outage")
	if line := s.line(t, 1); !strings.Contains(line, "outage  ") {
		t.Error(line)
	}
}

func TestWatchEndedBeforeTheFirstReadingIsUnknown(t *testing.T) {
	apple, origin := simulateApple(t, "fine")
	if err := apple.Fault("hang", "both"); err != nil {
		t.Fatal(err)
	}
	s := launch(t, "status", "-watch", "-origin", origin)
	waitForReadings(t, apple, 1)
	if code := s.stop(t); code != exitUnknown || s.out.String() != "" || s.err.String() != "" {
		t.Errorf("exit %d, %q, %q", code, s.out, s.err)
	}
}

func TestWatchEndsIfItCannotPrint(t *testing.T) {
	_, origin := simulateApple(t, "fine")
	var stderr strings.Builder
	if code := run(t.Context(), []string{"status", "-watch", "-origin", origin}, streams{strings.NewReader(""), failingWriter{}, &stderr}); code != exitUnknown {
		t.Errorf("exit %d", code)
	}
	checkSentence(t, stderr.String())
}

// watchUntil watches a source by a clock that advances a minute with each
// reading, up to a time, and returns what is printed.
func watchUntil(t *testing.T, until time.Time, read func(now time.Time) (status.Report, error)) string {
	t.Helper()
	now := six
	ctx, cancel := context.WithCancel(t.Context())
	source := sourceFunc(func(context.Context) (status.Report, error) {
		if now = now.Add(time.Minute); now.After(until) {
			cancel()
		}
		return read(now)
	})
	var out strings.Builder
	var passed time.Duration // a moment, so that the next reading is due
	clock := func() time.Time {
		passed += time.Microsecond
		return now.Add(passed)
	}
	w := watcher{source: source, service: status.ServiceName, now: clock, every: time.Microsecond}
	w.run(ctx, streams{out: &out, err: &strings.Builder{}})
	return out.String()
}

// As on the site, the verdict is stale after five minutes without a reading, and
// unknown after two hours.
func TestWatchPrintsStaleAndThenUnknown(t *testing.T) {
	got := watchUntil(t, six.Add(3*time.Hour), func(now time.Time) (status.Report, error) {
		if now.After(six.Add(time.Minute)) {
			return status.Report{}, errors.New("failing in this test")
		}
		return status.Report{CheckedAt: now, Service: status.Row{Name: status.ServiceName}}, nil
	})
	want := `2026-11-22T06:01:00Z  operational  Apple reports no problem with iCloud Backup.
2026-11-22T06:06:00Z  operational  Apple reports no problem with iCloud Backup. (as of 2026-11-22T06:01:00Z)
2026-11-22T08:01:00Z  unknown      Apple's status of iCloud Backup couldn't be checked. (as of 2026-11-22T06:01:00Z)
`
	if got != want {
		t.Errorf("printed\n%s\nwant\n%s", got, want)
	}
}

func TestWatchPrintsWhenAProblemIsNoLongerRecent(t *testing.T) {
	over := status.Incident{ID: "1", Type: "Issue", State: status.StateResolved, EndedAt: six}
	got := watchUntil(t, six.Add(25*time.Hour), func(now time.Time) (status.Report, error) {
		return status.Report{CheckedAt: now, Service: status.Row{Name: status.ServiceName, Incidents: []status.Incident{over}}}, nil
	})
	want := `2026-11-22T06:01:00Z  operational  Apple reports that a problem with iCloud Backup is over.
2026-11-23T06:00:00Z  operational  Apple reports no problem with iCloud Backup.
`
	if got != want {
		t.Errorf("printed\n%s\nwant\n%s", got, want)
	}
}

// Apple's Retry-After holds for -watch too.
func TestWatchWaitsAsAppleAsks(t *testing.T) {
	readings := 0
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	source := sourceFunc(func(context.Context) (status.Report, error) {
		readings++
		return status.Report{CheckedAt: time.Now(), RetryAfter: time.Minute, Service: status.Row{Name: status.ServiceName}}, nil
	})
	w := watcher{source: source, service: status.ServiceName, now: time.Now, every: time.Millisecond}
	w.run(ctx, streams{out: &strings.Builder{}, err: &strings.Builder{}})
	if readings != 1 {
		t.Errorf("%d readings", readings)
	}
}

type sourceFunc func(context.Context) (status.Report, error)

func (f sourceFunc) Read(ctx context.Context) (status.Report, error) { return f(ctx) }
