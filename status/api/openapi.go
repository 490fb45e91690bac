package api

import (
	_ "embed"
	"net/http"

	"backupcheck/status/respond"
)

// openapi describes every address of the site, as OpenAPI 3.1. It is written by
// hand; a test compares the site's responses with it.
//
//go:embed openapi.json
var openapi []byte

// OpenAPI serves the OpenAPI description. It changes only with a new version of
// the program, so clients may cache it for an hour.
func OpenAPI() http.Handler {
	return respond.ReadOnly(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		response := cacheable("application/json", "/openapi.json", openapi)
		response.Header.Set("Cache-Control", "public, max-age=3600")
		response.Serve(w, r)
	}))
}
