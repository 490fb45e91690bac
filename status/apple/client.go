//go:build !js

package apple

import (
	"net/http"
	"time"
)

// Client returns a Doer for programs that run natively: it waits for an
// answer, body included, no longer than limit.
func Client(limit time.Duration) *http.Client {
	return &http.Client{
		Timeout:       limit,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}
