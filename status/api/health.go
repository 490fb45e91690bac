package api

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"backupcheck/status"
	"backupcheck/status/history"
	"backupcheck/status/respond"
)

// stoppedAfter is how long something that is done each minute may not have been
// done before it counts as stopped.
const stoppedAfter = status.StaleAfter

// Health serves the state of this program, not of Apple: its version, the age of
// its reading, and the state of the history and of the webhook. It responds with
// 503 while something that should work doesn't, and names it.
//
// Caches may use the response as long as one of a verdict, so that not every
// visitor costs a query, but not while they revalidate or when this program fails.
func Health(s Source) http.Handler {
	return respond.ReadOnly(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := s.Condition(r.Context())
		body, fresh, code := healthBody{Status: "ok", Version: s.version(), Problems: append([]string{}, c.Problems...)}, cacheFresh, http.StatusOK
		if len(c.Problems) > 0 {
			body.Status, fresh, code = "failing", cacheFailed, http.StatusServiceUnavailable
		}
		if !c.CheckedAt.IsZero() {
			age := max(0, int(s.now().Sub(c.CheckedAt)/time.Second))
			body.CheckedAt, body.AgeSeconds = instant(c.CheckedAt), &age
		}
		body.History.Kept = s.History != nil
		body.History.RecordedAt, body.History.FutureUntil = instant(c.History.RecordedAt), instant(c.History.FutureUntil)
		body.History.Error = orNull(c.historyError)
		if s.Webhook != nil {
			body.Webhook = webhookHealth(c)
		}
		response := cacheable("application/json", "/healthz", jsonLine(body))
		response.Header.Set("Cache-Control", fmt.Sprintf("public, max-age=%d", fresh/time.Second))
		response.Code = code
		response.Serve(w, r)
	}))
}

// Live responds with 200 whenever this program can respond, for what restarts
// programs or takes them out of a balancer.
func Live(s Source) http.Handler {
	return respond.ReadOnly(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		response := cacheable("application/json", "/livez", jsonLine(struct {
			Status  string `json:"status"`
			Version string `json:"version"`
		}{"ok", s.version()}))
		response.Header.Set("Cache-Control", "no-store")
		response.Serve(w, r)
	}))
}

func (s Source) version() string {
	if s.Version == "" {
		return "unknown"
	}
	return s.Version
}

// Condition is what works and what doesn't.
type Condition struct {
	Problems  []string // sentences; empty if all that should work does
	CheckedAt time.Time
	History   history.State
	// Queued is nil if there is no webhook, or the database can't be read.
	Queued *history.Queued

	historyError string
}

// Condition returns the condition now. It may block on the database.
func (s Source) Condition(ctx context.Context) (c Condition) {
	now := s.now()
	c.CheckedAt = s.Verdict().CheckedAt
	since := c.CheckedAt
	if since.IsZero() {
		since = s.Started
	}
	if !since.IsZero() && now.Sub(since) > status.UnreadAfter {
		c.Problems = append(c.Problems, "Apple's status can't be read since "+stamp(since)+".")
	}
	c.checkHistory(ctx, s, now)
	c.checkWebhook(ctx, s, now)
	return c
}

func (c *Condition) checkHistory(ctx context.Context, s Source, now time.Time) {
	if s.History == nil {
		return
	}
	state, err := s.History.State(ctx)
	late := !state.RecordedAt.IsZero() && now.Sub(state.RecordedAt) > stoppedAfter && c.CheckedAt.Sub(state.RecordedAt) > stoppedAfter
	switch {
	case err != nil:
		slog.Error("reading the history's state failed", "error", err)
		c.historyError = "The database can't be read."
	case state.Failure != nil:
		c.historyError = "The latest reading can't be stored."
	case late && now.Sub(s.Started) > stoppedAfter:
		c.historyError = "No reading is stored since " + stamp(state.RecordedAt) + "."
	}
	if err == nil {
		c.History = state
	}
	if c.historyError != "" {
		c.Problems = append(c.Problems, c.historyError)
	}
}

func (c *Condition) checkWebhook(ctx context.Context, s Source, now time.Time) {
	if s.Webhook == nil {
		return
	}
	queued, err := s.Webhook.Posts(ctx, s.Verdict().Service, now)
	if err != nil {
		slog.Error("reading the webhook's queue failed", "error", err)
		c.Problems = append(c.Problems, "The webhook's queue can't be read.")
		return
	}
	c.Queued = &queued
	if queued.Pending > 0 && now.Sub(queued.Since) > stoppedAfter {
		c.Problems = append(c.Problems, "The webhook's queue stands still: its oldest change is of "+stamp(queued.Since)+".")
	}
}

// webhookHealth returns the state of the webhook, without numbers if the database
// can't be read.
func webhookHealth(c Condition) *webhookBody {
	if c.Queued == nil {
		return &webhookBody{}
	}
	body := &webhookBody{Pending: &c.Queued.Pending, GivenUp: &c.Queued.GaveUp}
	switch answer := c.Queued.Answer; {
	case answer > 0:
		body.LastError = orNull(fmt.Sprintf("The receiver answers %d.", answer))
	case answer < 0:
		body.LastError = orNull("The receiver didn't answer.")
	}
	return body
}

type healthBody struct {
	Status     string   `json:"status"` // "ok" or "failing"
	Problems   []string `json:"problems"`
	Version    string   `json:"version"`
	CheckedAt  *string  `json:"checked_at"`
	AgeSeconds *int     `json:"age_seconds"` // of the reading
	History    struct {
		Kept        bool    `json:"kept"`
		RecordedAt  *string `json:"recorded_at"`  // the newest stored reading
		FutureUntil *string `json:"future_until"` // see history.State
		Error       *string `json:"error"`
	} `json:"history"`
	Webhook *webhookBody `json:"webhook"` // null: none is set
}

// webhookBody counts the changes that have not been posted.
type webhookBody struct {
	Pending   *int    `json:"pending"`
	GivenUp   *int    `json:"given_up"`   // in the last week
	LastError *string `json:"last_error"` // of the newest of them
}
