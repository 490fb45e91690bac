package api

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"backupcheck/status/respond"
)

// Health serves the state of this program, not of Apple: its version, the age of
// its reading, and the state of the history and of the webhook. It always responds
// with 200; an old reading or a broken database is reported in the body, since
// everything else works without them.
//
// Caches may use the response as long as one of a verdict, so that not every
// visitor costs a query, but not while they revalidate or when this program fails.
func Health(s Source) http.Handler {
	return respond.ReadOnly(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, fresh := healthBody{Status: "ok", Version: s.Version}, cacheFresh
		if body.Version == "" {
			body.Version = "unknown"
		}
		if checked := s.Verdict().CheckedAt; !checked.IsZero() {
			age := max(0, int(s.now().Sub(checked)/time.Second))
			body.CheckedAt, body.AgeSeconds = instant(checked), &age
		}
		if s.History != nil {
			body.History.Kept = true
			recorded, err := s.History.Latest(r.Context())
			if err != nil {
				slog.Error("reading history for /healthz failed", "error", err)
				body.History.Error = orNull("The database can't be read.")
				fresh = cacheFailed
			} else {
				body.History.RecordedAt = instant(recorded)
			}
		}
		if s.Webhook != nil {
			if body.Webhook = s.webhookHealth(r.Context()); body.Webhook.Pending == nil {
				fresh = cacheFailed
			}
		}
		response := cacheable("application/json", "/healthz", jsonLine(body))
		response.Header.Set("Cache-Control", fmt.Sprintf("public, max-age=%d", fresh/time.Second))
		response.Serve(w, r)
	}))
}

// webhookHealth returns the state of the webhook, without numbers if the database
// can't be read.
func (s Source) webhookHealth(ctx context.Context) *webhookBody {
	queued, err := s.Webhook.Posts(ctx, s.Verdict().Service, s.now())
	if err != nil {
		slog.Error("reading the webhook's queue for /healthz failed", "error", err)
		return &webhookBody{}
	}
	body := &webhookBody{Pending: &queued.Pending, GivenUp: &queued.GaveUp}
	switch {
	case queued.Answer > 0:
		body.LastError = orNull(fmt.Sprintf("The receiver answers %d.", queued.Answer))
	case queued.Answer < 0:
		body.LastError = orNull("The receiver didn't answer.")
	}
	return body
}

type healthBody struct {
	Status     string  `json:"status"` // always "ok"
	Version    string  `json:"version"`
	CheckedAt  *string `json:"checked_at"`
	AgeSeconds *int    `json:"age_seconds"` // of the reading
	History    struct {
		Kept       bool    `json:"kept"`
		RecordedAt *string `json:"recorded_at"` // the newest stored reading
		Error      *string `json:"error"`
	} `json:"history"`
	Webhook *webhookBody `json:"webhook"` // null: none is set
}

// webhookBody counts the changes that have not been posted.
type webhookBody struct {
	Pending   *int    `json:"pending"`
	GivenUp   *int    `json:"given_up"`   // in the last week
	LastError *string `json:"last_error"` // of the newest of them
}
