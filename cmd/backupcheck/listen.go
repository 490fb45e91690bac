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

// limits bound what one connection can hold on to. Zero means no bound.
type limits struct {
	header, read, write, idle time.Duration
	headerBytes               int
}

// ordinary is for servers whose answers are short: a reading of Apple and one
// of the database are waited for well within the time to write.
var ordinary = limits{header: 10 * time.Second, read: 20 * time.Second, write: 30 * time.Second, idle: 2 * time.Minute, headerBytes: 32 << 10}

// listen serves until ctx ends, and then lets requests that are being
// answered end.
func listen(ctx context.Context, s streams, addr string, limits limits, handler http.Handler, ready func(url string)) int {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return s.fail(1, "%v", err)
	}
	serving, stop := context.WithCancel(context.Background())
	defer stop()
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: limits.header,
		ReadTimeout:       limits.read,
		WriteTimeout:      limits.write,
		IdleTimeout:       limits.idle,
		MaxHeaderBytes:    limits.headerBytes,
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
