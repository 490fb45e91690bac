package api_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"

	"backupcheck/status"
	"backupcheck/status/api"
	"backupcheck/status/history"
)

// recorded is a history whose newest reading is of this time, or that fails.
type recorded struct {
	at, future   time.Time
	failure, err error
}

func (r recorded) Read(context.Context, string, int, time.Time) (history.History, error) {
	return history.History{}, errors.New("not used here")
}

func (r recorded) State(context.Context) (history.State, error) {
	return history.State{RecordedAt: r.at, FutureUntil: r.future, Failure: r.failure}, r.err
}

// queued is what a queue of posts returns.
type queued struct {
	history.Queued
	err error
}

func (q queued) Posts(context.Context, string, time.Time) (history.Queued, error) {
	return q.Queued, q.err
}

// webhook returns a body with this state of the webhook, and no history.
func webhook(state string) string {
	return `{"status":"ok","problems":[],"version":"unknown","checked_at":"2026-11-22T06:00:00Z","age_seconds":95,"history":{"kept":false,"recorded_at":null,"future_until":null,"error":null},"webhook":` + state + `}`
}

func TestHealthReportsThisProgram(t *testing.T) {
	read := func() status.Verdict { return status.Verdict{CheckedAt: six} }
	unread := func() status.Verdict { return status.Verdict{} }
	now := func() time.Time { return six.Add(95*time.Second + 999*time.Millisecond) }
	tests := []struct {
		name   string
		source api.Source
		want   string
	}{
		{"complete", api.Source{Verdict: read, History: recorded{at: six.Add(-time.Minute)}, Version: "1.2.3", Now: now},
			`{"status":"ok","problems":[],"version":"1.2.3","checked_at":"2026-11-22T06:00:00Z","age_seconds":95,"history":{"kept":true,"recorded_at":"2026-11-22T05:59:00Z","future_until":null,"error":null},"webhook":null}`},
		{"nothing read yet", api.Source{Verdict: unread, History: recorded{}, Version: "1.2.3", Now: now},
			`{"status":"ok","problems":[],"version":"1.2.3","checked_at":null,"age_seconds":null,"history":{"kept":true,"recorded_at":null,"future_until":null,"error":null},"webhook":null}`},
		{"no history, no version", api.Source{Verdict: read, Now: now},
			`{"status":"ok","problems":[],"version":"unknown","checked_at":"2026-11-22T06:00:00Z","age_seconds":95,"history":{"kept":false,"recorded_at":null,"future_until":null,"error":null},"webhook":null}`},
		{"a clock that was set back", api.Source{Verdict: read, Now: func() time.Time { return six.Add(-time.Hour) }},
			`{"status":"ok","problems":[],"version":"unknown","checked_at":"2026-11-22T06:00:00Z","age_seconds":0,"history":{"kept":false,"recorded_at":null,"future_until":null,"error":null},"webhook":null}`},
		{"a webhook", api.Source{Verdict: read, Webhook: queued{history.Queued{}, nil}, Now: now},
			webhook(`{"pending":0,"given_up":0,"last_error":null}`)},
		{"a webhook that refuses", api.Source{Verdict: read, Webhook: queued{history.Queued{Pending: 2, Since: six, GaveUp: 1, Answer: 410}, nil}, Now: now},
			webhook(`{"pending":2,"given_up":1,"last_error":"The receiver answers 410."}`)},
		{"a webhook that doesn't answer", api.Source{Verdict: read, Webhook: queued{history.Queued{Pending: 2, Since: six, Answer: -1}, nil}, Now: now},
			webhook(`{"pending":2,"given_up":0,"last_error":"The receiver didn't answer."}`)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			res, body := request(t, tt.source, "GET", "/healthz", nil)
			if res.StatusCode != 200 || body != tt.want+"\n" {
				t.Errorf("%d\n got %s\nwant %s", res.StatusCode, body, tt.want)
			}
		})
	}
}

// What doesn't work is named, without internal details, and /livez says all the
// same that the program works.
func TestHealthFailsWhileSomethingDoesNotWork(t *testing.T) {
	broken := errors.New("D1_ERROR: no such table: reading, SELECT secret FROM reading")
	good := func() api.Source {
		return api.Source{Verdict: func() status.Verdict { return status.Verdict{CheckedAt: six} }, History: recorded{at: six}, Webhook: queued{}, Started: six,
			Now: func() time.Time { return six.Add(time.Minute) }}
	}
	after := func(d time.Duration) func() time.Time { return func() time.Time { return six.Add(d) } }
	for name, tt := range map[string]struct {
		change func(*api.Source)
		want   string
	}{
		"all works":                       {func(s *api.Source) {}, ""},
		"an old reading":                  {func(s *api.Source) { s.Now = after(time.Hour) }, ""},
		"Apple unreadable":                {func(s *api.Source) { s.Now = after(time.Hour + time.Second) }, "Apple's status can't be read since 2026-11-22T06:00:00Z."},
		"nothing read, at the start":      {func(s *api.Source) { s.Verdict, s.Now = unreadVerdict, after(time.Hour) }, ""},
		"nothing read for an hour":        {func(s *api.Source) { s.Verdict, s.Now = unreadVerdict, after(61*time.Minute) }, "Apple's status can't be read since 2026-11-22T06:00:00Z."},
		"an unreadable database":          {func(s *api.Source) { s.History = recorded{err: broken} }, "The database can't be read."},
		"a full disk":                     {func(s *api.Source) { s.History = recorded{at: six, failure: broken} }, "The latest reading can't be stored."},
		"a database that stopped":         {func(s *api.Source) { s.History, s.Now = recorded{at: six.Add(-6 * time.Minute)}, after(6*time.Minute) }, "No reading is stored since 2026-11-22T05:54:00Z."},
		"the same, right after the start": {func(s *api.Source) { s.History = recorded{at: six.Add(-time.Hour)} }, ""},
		"Apple unreadable for minutes":    {func(s *api.Source) { s.Now = after(20 * time.Minute) }, ""},
		"readings of the future":          {func(s *api.Source) { s.History = recorded{at: six, future: six.Add(time.Hour)} }, ""},
		"a queue that can't be read":      {func(s *api.Source) { s.Webhook = queued{err: broken} }, "The webhook's queue can't be read."},
		"a queue":                         {func(s *api.Source) { s.Webhook = queued{Queued: history.Queued{Pending: 1, Since: six}} }, ""},
		"a queue that stands still": {func(s *api.Source) {
			s.Webhook = queued{Queued: history.Queued{Pending: 1, Since: six.Add(-5 * time.Minute)}}
		}, "The webhook's queue stands still: its oldest change is of 2026-11-22T05:55:00Z."},
		"a change given up": {func(s *api.Source) { s.Webhook = queued{Queued: history.Queued{GaveUp: 1, Answer: 410}} }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := good()
			tt.change(&s)
			res, text := request(t, s, "GET", "/healthz", nil)
			var body struct {
				Status   string
				Problems []string
				History  struct {
					FutureUntil *time.Time `json:"future_until"`
				}
			}
			if err := json.Unmarshal([]byte(text), &body); err != nil {
				t.Fatal(err)
			}
			code, word, healthy := 200, "ok", "backupcheck_healthy 1\n"
			if tt.want != "" {
				code, word, healthy = 503, "failing", "backupcheck_healthy 0\n"
			}
			if res.StatusCode != code || body.Status != word || strings.Join(body.Problems, "|") != tt.want || strings.Contains(text, "secret") {
				t.Errorf("%d %s", res.StatusCode, text)
			}
			if future := body.History.FutureUntil != nil; future != (name == "readings of the future") {
				t.Errorf("future_until: %s", text)
			}
			// A client that has this response still gets the status.
			if again, _ := request(t, s, "GET", "/healthz", http.Header{"If-None-Match": {res.Header.Get("ETag")}}); (again.StatusCode == 304) != (code == 200) {
				t.Errorf("%d with its ETag", again.StatusCode)
			}
			if live, _ := request(t, s, "GET", "/livez", nil); live.StatusCode != 200 {
				t.Errorf("/livez: %d", live.StatusCode)
			}
			if _, metrics := request(t, s, "GET", "/metrics", nil); !strings.Contains(metrics, healthy) {
				t.Errorf("metrics:\n%s", metrics)
			}
		})
	}
}

func unreadVerdict() status.Verdict { return status.Verdict{} }

func TestMetricsOfTheEdge(t *testing.T) {
	s := sourceOf(troubled())
	s.History, s.Webhook = recorded{at: six.Add(-time.Minute)}, queued{Queued: history.Queued{Pending: 2, Since: six.Add(-time.Minute), GaveUp: 1}}
	res, text := request(t, s, "GET", "/metrics", nil)
	if problems, err := promlint.New(strings.NewReader(text)).Lint(); err != nil || len(problems) > 0 || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/plain; version=0.0.4") {
		t.Errorf("%v %v %v", problems, err, res.Header)
	}
	for _, want := range []string{
		`backupcheck_level{service="iCloud Backup",level="degraded"} 1`, "backupcheck_healthy 1", "backupcheck_webhook_queue_length 2", "backupcheck_webhook_given_up 1",
		fmt.Sprintf("backupcheck_webhook_queue_oldest_timestamp_seconds %v", float64(six.Add(-time.Minute).Unix())),
		fmt.Sprintf("backupcheck_history_recorded_timestamp_seconds %v", float64(six.Add(-time.Minute).Unix())),
		"backupcheck_reading_age_seconds ", "backupcheck_reading_timestamp_seconds ",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in\n%s", want, text)
		}
	}
}

func TestHealthIsCachedAsLongAsAVerdict(t *testing.T) {
	broken := errors.New("the database didn't answer in time")
	for name, tt := range map[string]struct {
		change func(*api.Source)
		cached string
	}{
		"no history":        {func(s *api.Source) {}, "public, max-age=30"},
		"history":           {func(s *api.Source) { s.History, s.Webhook = recorded{at: six}, queued{} }, "public, max-age=30"},
		"a broken database": {func(s *api.Source) { s.History = recorded{err: broken} }, "public, max-age=5"},
		"a broken queue":    {func(s *api.Source) { s.History, s.Webhook = recorded{at: six}, queued{err: broken} }, "public, max-age=5"},
	} {
		t.Run(name, func(t *testing.T) {
			s := sourceOf(troubled())
			tt.change(&s)
			if strings.Contains(name, "broken") {
				if res, _ := request(t, s, "GET", "/healthz", nil); res.StatusCode != 503 || res.Header.Get("Cache-Control") != tt.cached || res.Header.Get("ETag") != "" {
					t.Errorf("%d %v", res.StatusCode, res.Header)
				}
				return
			}
			checkEndpoint(t, s, "/healthz", map[string]string{"Cache-Control": tt.cached, "Content-Location": "/healthz"})
		})
	}
}
