package api_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"backupcheck/status"
	"backupcheck/status/api"
	"backupcheck/status/history"
)

// recorded is a history whose newest reading is of this time, or that fails.
type recorded struct {
	at  time.Time
	err error
}

func (r recorded) Read(context.Context, string, int, time.Time) (history.History, error) {
	return history.History{}, errors.New("not used here")
}

func (r recorded) Latest(context.Context) (time.Time, error) { return r.at, r.err }

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
	return `{"status":"ok","version":"unknown","checked_at":"2026-11-22T06:00:00Z","age_seconds":95,"history":{"kept":false,"recorded_at":null,"error":null},"webhook":` + state + `}`
}

func TestHealthReportsThisProgram(t *testing.T) {
	read := func() status.Verdict { return status.Verdict{CheckedAt: six} }
	unread := func() status.Verdict { return status.Verdict{} }
	now := func() time.Time { return six.Add(95*time.Second + 999*time.Millisecond) }
	broken := recorded{six, errors.New("D1_ERROR: no such table: reading, SELECT secret FROM reading")}
	tests := []struct {
		name   string
		source api.Source
		want   string
	}{
		{"complete", api.Source{Verdict: read, History: recorded{at: six.Add(-time.Minute)}, Version: "1.2.3", Now: now},
			`{"status":"ok","version":"1.2.3","checked_at":"2026-11-22T06:00:00Z","age_seconds":95,"history":{"kept":true,"recorded_at":"2026-11-22T05:59:00Z","error":null},"webhook":null}`},
		{"nothing read yet", api.Source{Verdict: unread, History: recorded{}, Version: "1.2.3", Now: now},
			`{"status":"ok","version":"1.2.3","checked_at":null,"age_seconds":null,"history":{"kept":true,"recorded_at":null,"error":null},"webhook":null}`},
		{"no history, no version", api.Source{Verdict: read, Now: now},
			`{"status":"ok","version":"unknown","checked_at":"2026-11-22T06:00:00Z","age_seconds":95,"history":{"kept":false,"recorded_at":null,"error":null},"webhook":null}`},
		{"a clock that was set back", api.Source{Verdict: read, Now: func() time.Time { return six.Add(-time.Hour) }},
			`{"status":"ok","version":"unknown","checked_at":"2026-11-22T06:00:00Z","age_seconds":0,"history":{"kept":false,"recorded_at":null,"error":null},"webhook":null}`},
		{"a broken database, without internal details", api.Source{Verdict: read, History: broken, Now: now},
			`{"status":"ok","version":"unknown","checked_at":"2026-11-22T06:00:00Z","age_seconds":95,"history":{"kept":true,"recorded_at":null,"error":"The database can't be read."},"webhook":null}`},
		{"a webhook", api.Source{Verdict: read, Webhook: queued{history.Queued{}, nil}, Now: now},
			webhook(`{"pending":0,"given_up":0,"last_error":null}`)},
		{"a webhook that refuses", api.Source{Verdict: read, Webhook: queued{history.Queued{Pending: 2, GaveUp: 1, Answer: 410}, nil}, Now: now},
			webhook(`{"pending":2,"given_up":1,"last_error":"The receiver answers 410."}`)},
		{"a webhook that doesn't answer", api.Source{Verdict: read, Webhook: queued{history.Queued{Pending: 2, Answer: -1}, nil}, Now: now},
			webhook(`{"pending":2,"given_up":0,"last_error":"The receiver didn't answer."}`)},
		{"a webhook with a broken database", api.Source{Verdict: read, Webhook: queued{history.Queued{}, broken.err}, Now: now},
			webhook(`{"pending":null,"given_up":null,"last_error":null}`)},
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
			checkEndpoint(t, s, "/healthz", map[string]string{"Cache-Control": tt.cached, "Content-Location": "/healthz"})
		})
	}
}
