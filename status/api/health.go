package api

import (
	"log/slog"
	"net/http"
	"time"

	"backupcheck/status/respond"
)

// Health answers with the state of this program, not of Apple: its version,
// the age of its reading, and whether history is kept. It is 200 whenever it
// answers at all; an old reading or a broken database is told in the body,
// since everything else works without them.
func Health(s Source) http.Handler {
	return respond.ReadOnly(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body := healthBody{Status: "ok", Version: s.Version}
		if body.Version == "" {
			body.Version = "unknown"
		}
		if checked := s.Verdict().CheckedAt; !checked.IsZero() {
			age := max(0, int(s.Now().Sub(checked)/time.Second))
			body.CheckedAt, body.AgeSeconds = instant(checked), &age
		}
		if s.History != nil {
			body.History.Kept = true
			recorded, err := s.History.Latest(r.Context())
			if err != nil {
				slog.Error("reading history for /healthz failed", "error", err)
				body.History.Error = orNull("The database can't be read.")
			} else {
				body.History.RecordedAt = instant(recorded)
			}
		}
		answer := cacheable("application/json", "", jsonLine(body))
		answer.Header.Set("Cache-Control", "no-store")
		answer.Serve(w, r)
	}))
}

type healthBody struct {
	Status     string  `json:"status"` // always "ok": who can't answer doesn't
	Version    string  `json:"version"`
	CheckedAt  *string `json:"checked_at"`
	AgeSeconds *int    `json:"age_seconds"` // of the reading
	History    struct {
		Kept       bool    `json:"kept"`
		RecordedAt *string `json:"recorded_at"` // the newest reading that is kept
		Error      *string `json:"error"`
	} `json:"history"`
}
