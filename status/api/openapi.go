package api

import (
	_ "embed"
	"net/http"

	"backupcheck/status/respond"
)

// openapi describes every address of the site as OpenAPI 3.1. It is written by
// hand, and a test holds what the site answers against it.
//
//go:embed openapi.json
var openapi []byte

// OpenAPI answers with the description of all of this. It changes with the
// program only, so it may be kept for an hour.
func OpenAPI() http.Handler {
	return respond.ReadOnly(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := cacheable("application/json", "/openapi.json", openapi)
		answer.Header.Set("Cache-Control", "public, max-age=3600")
		answer.Serve(w, r)
	}))
}
