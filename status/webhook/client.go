//go:build !js

package webhook

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"
)

// Client returns a Doer for native programs. It connects only to public
// addresses for https and to loopback addresses for http, and checks this after
// a name is resolved. So it uses no proxy, which would resolve the name. If private
// receivers are allowed, it connects to private networks for both.
func Client(private bool) *http.Client {
	secure, plain := public, loopback
	if private {
		secure = func(addr netip.Addr) bool { return public(addr) || inside(addr) }
		plain = inside
	}
	return &http.Client{
		Timeout:       TimeLimit,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: bySchemes{
			"https": transport(secure),
			"http":  transport(plain),
		},
	}
}

// bySchemes has a transport for each scheme.
type bySchemes map[string]http.RoundTripper

func (s bySchemes) RoundTrip(req *http.Request) (*http.Response, error) {
	if transport, ok := s[req.URL.Scheme]; ok {
		return transport.RoundTrip(req)
	}
	return nil, errURL
}

// transport returns a transport that connects only to allowed addresses.
func transport(allowed func(netip.Addr) bool) *http.Transport {
	dialer := net.Dialer{
		Control: func(_, address string, _ syscall.RawConn) error {
			to, err := netip.ParseAddrPort(address)
			if err != nil {
				return fmt.Errorf("connecting: %w", err)
			}
			if !allowed(to.Addr()) {
				return errAddress
			}
			return nil
		},
	}
	return &http.Transport{
		DialContext:            dialer.DialContext,
		ForceAttemptHTTP2:      true,
		MaxResponseHeaderBytes: 64 << 10,
		IdleConnTimeout:        time.Minute,
	}
}
