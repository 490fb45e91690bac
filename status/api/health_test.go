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
			`{"status":"ok","version":"1.2.3","checked_at":"2026-11-22T06:00:00Z","age_seconds":95,"history":{"kept":true,"recorded_at":"2026-11-22T05:59:00Z","error":null}}`},
		{"nothing read yet", api.Source{Verdict: unread, History: recorded{}, Version: "1.2.3", Now: now},
			`{"status":"ok","version":"1.2.3","checked_at":null,"age_seconds":null,"history":{"kept":true,"recorded_at":null,"error":null}}`},
		{"no history, no version", api.Source{Verdict: read, Now: now},
			`{"status":"ok","version":"unknown","checked_at":"2026-11-22T06:00:00Z","age_seconds":95,"history":{"kept":false,"recorded_at":null,"error":null}}`},
		{"a clock that was set back", api.Source{Verdict: read, Now: func() time.Time { return six.Add(-time.Hour) }},
			`{"status":"ok","version":"unknown","checked_at":"2026-11-22T06:00:00Z","age_seconds":0,"history":{"kept":false,"recorded_at":null,"error":null}}`},
		{"a broken database, without internal details", api.Source{Verdict: read, History: broken, Now: now},
			`{"status":"ok","version":"unknown","checked_at":"2026-11-22T06:00:00Z","age_seconds":95,"history":{"kept":true,"recorded_at":null,"error":"The database can't be read."}}`},
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

func TestHealthIsNeverCached(t *testing.T) {
	checkEndpoint(t, sourceOf(troubled()), "/healthz", map[string]string{"Cache-Control": "no-store", "Content-Location": ""})
}
