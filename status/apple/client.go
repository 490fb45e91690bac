//go:build !js

package apple

import (
	"net/http"
	"time"
)

// Client returns a Doer for native programs. The limit applies to a response
// with its body.
func Client(limit time.Duration) *http.Client {
	return &http.Client{
		Timeout:       limit,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}
