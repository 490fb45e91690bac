//go:build !js

package apple

import (
	"net/http"
	"time"
)

// Client returns a Doer for native programs. A request ends after the limit if the
// context has no earlier Deadline.
func Client(limit time.Duration) Doer {
	return client{http.Client{
		Timeout:       limit,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

type client struct{ http.Client }

// Do implements Doer.
func (c client) Do(req *http.Request) (*http.Response, error) {
	if end, ok := Deadline(req.Context()); ok {
		c.Timeout = max(min(c.Timeout, time.Until(end)), time.Nanosecond) // zero means no limit
	}
	return c.Client.Do(req)
}
