// Package server serves HTTP natively: the product's handler with static files
// and metrics, and a listener that shuts down gracefully.
package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// Limits are the time and size limits of a connection. Zero means no limit.
type Limits struct {
	Header, Read, Write, Idle time.Duration
	HeaderBytes               int
}

// DefaultLimits suit short responses. The write limit is longer than a reading
// of Apple and of the database may take.
var DefaultLimits = Limits{Header: 10 * time.Second, Read: 20 * time.Second, Write: 30 * time.Second, Idle: 2 * time.Minute, HeaderBytes: 32 << 10}

// Listen serves handler at addr until ctx ends, and then waits for the requests
// being answered. It calls ready with its URL once it accepts connections, and
// logs failures of connections to log.
func Listen(ctx context.Context, addr string, limits Limits, handler http.Handler, log slog.Handler, ready func(url string)) error {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	requests, cancelRequests := context.WithCancel(context.Background())
	defer cancelRequests()
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: limits.Header,
		ReadTimeout:       limits.Read,
		WriteTimeout:      limits.Write,
		IdleTimeout:       limits.Idle,
		MaxHeaderBytes:    limits.HeaderBytes,
		BaseContext:       func(net.Listener) context.Context { return requests },
		ErrorLog:          slog.NewLogLogger(log, slog.LevelWarn),
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	ready("http://" + browserAddress(listener.Addr().(*net.TCPAddr)))
	select {
	case err = <-ended:
	case <-ctx.Done():
		cancelRequests() // so that requests without a time limit end
		grace, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		err = server.Shutdown(grace)
	}
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// browserAddress returns an address that a browser can open.
func browserAddress(addr *net.TCPAddr) string {
	if addr.IP.IsUnspecified() {
		return fmt.Sprintf("localhost:%d", addr.Port)
	}
	return addr.String()
}
