package server

import (
	"errors"
	"fmt"
	"io"
	"net/http"

	"backupcheck/cmd/backupcheck/internal/bundle"
	"backupcheck/cmd/backupcheck/internal/metrics"
	"backupcheck/status"
	"backupcheck/status/api"
	"backupcheck/status/respond"
	"backupcheck/widget"
)

// Site returns the product's handler with what the platform does at the edge:
// it serves static files and /probe, and starts readings when requests need them.
// It also serves metrics. If embedders are given, only their pages may embed the
// widget.
func Site(monitor *status.Monitor, source api.Source, assets bundle.Assets, m *metrics.Metrics, embedders []string) http.Handler {
	dynamic := compressed(widget.NewSite(source, assets.Bundle, embedders...))
	measured := compressed(m)
	return m.Requests(source, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch file, static := assets.Files[r.URL.Path]; {
		case r.URL.Path == "/probe":
			probe(w, r)
		case r.URL.Path == "/metrics":
			respond.SecurityHeaders(w.Header())
			measured.ServeHTTP(w, r)
		case static:
			respond.ReadOnly(file).ServeHTTP(w, r)
		default:
			monitor.Freshen(r.Context())
			dynamic.ServeHTTP(w, r)
		}
	}))
}

// maxProbe is the limit of a body sent to /probe, in bytes.
const maxProbe = 512 << 10

// probe discards what the widget sends to measure upload speed. At the edge
// the Worker's modules do the same.
func probe(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		respond.Error(w, r, http.StatusMethodNotAllowed, "This address takes POST only.")
		return
	}
	var large *http.MaxBytesError
	switch _, err := io.Copy(io.Discard, http.MaxBytesReader(w, r.Body, maxProbe)); {
	case err != nil && !errors.As(err, &large):
		w.Header().Set("Connection", "close")
		respond.Error(w, r, http.StatusRequestTimeout, "The upload took too long.")
		return
	case err != nil:
		respond.Error(w, r, http.StatusRequestEntityTooLarge, fmt.Sprintf("This address takes %d bytes at most.", maxProbe))
		return
	}
	respond.SecurityHeaders(w.Header())
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusNoContent)
}
