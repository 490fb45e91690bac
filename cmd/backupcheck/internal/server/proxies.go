package server

import (
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// host matches a name or an address with an optional port.
var host = regexp.MustCompile(`^(?:[a-zA-Z0-9._-]{1,253}|\[[0-9a-fA-F:.]{2,45}\])(?::[0-9]{1,5})?$`)

// BehindProxies returns a handler that gives next the scheme and the host that a
// client has used, as a proxy with one of these addresses reports them. What others
// report is ignored.
func BehindProxies(proxies []netip.Prefix, next http.Handler) http.Handler {
	if len(proxies) == 0 {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if from, err := netip.ParseAddrPort(r.RemoteAddr); err == nil {
			contains := func(network netip.Prefix) bool { return network.Contains(from.Addr().Unmap()) }
			if slices.ContainsFunc(proxies, contains) {
				r = reported(r)
			}
		}
		next.ServeHTTP(w, r)
	})
}

// reported returns a request with the scheme and the host of its X-Forwarded-*. Of
// a list the last one counts: the nearest proxy has added it.
func reported(r *http.Request) *http.Request {
	last := func(name string) string {
		list := strings.Split(strings.Join(r.Header.Values(name), ","), ",")
		return strings.TrimSpace(list[len(list)-1])
	}
	scheme, name := strings.ToLower(last("X-Forwarded-Proto")), last("X-Forwarded-Host")
	if scheme != "https" && scheme != "http" {
		scheme = "http"
		if r.TLS != nil {
			scheme = "https"
		}
	}
	if !host.MatchString(name) {
		name = r.Host
	}
	changed := *r
	changed.URL = &url.URL{}
	*changed.URL = *r.URL
	changed.URL.Scheme, changed.URL.Host = scheme, name
	return &changed
}
