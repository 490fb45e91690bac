package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// listen serves until ctx ends, and then lets requests that are being
// answered end.
func listen(ctx context.Context, s streams, addr string, handler http.Handler, ready func(url string)) int {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return s.fail(1, "%v", err)
	}
	serving, stop := context.WithCancel(context.Background())
	defer stop()
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       20 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		BaseContext:       func(net.Listener) context.Context { return serving },
		ErrorLog:          slog.NewLogLogger(slog.NewTextHandler(s.err, nil), slog.LevelWarn),
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	ready("http://" + readable(listener.Addr().(*net.TCPAddr)))
	select {
	case err = <-ended:
	case <-ctx.Done():
		stop() // requests that would hang for ever end
		grace, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		err = server.Shutdown(grace)
	}
	if err != nil && !errors.Is(err, http.ErrServerClosed) {
		return s.fail(1, "%v", err)
	}
	return 0
}

// readable is an address that a browser can open.
func readable(addr *net.TCPAddr) string {
	if addr.IP.IsUnspecified() {
		return fmt.Sprintf("localhost:%d", addr.Port)
	}
	return addr.String()
}
