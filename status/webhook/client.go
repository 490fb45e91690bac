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

// Client returns a Doer for programs that run natively. Whatever a name
// resolves to, it connects to public addresses for https and to this very
// machine for http, and to nothing else. It uses no proxy: that would resolve
// the name itself.
func Client() *http.Client {
	return &http.Client{
		Timeout:       TimeLimit,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: bySchemes{
			"https": transport(public),
			"http":  transport(netip.Addr.IsLoopback),
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

// transport connects to the addresses that are allowed.
func transport(allowed func(netip.Addr) bool) *http.Transport {
	dialer := net.Dialer{
		Control: func(_, address string, _ syscall.RawConn) error {
			to, err := netip.ParseAddrPort(address)
			if err != nil {
				return fmt.Errorf("connecting: %w", err)
			}
			if !allowed(to.Addr().Unmap()) {
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
