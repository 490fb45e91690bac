package server

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// patience is the time limit for operations that take milliseconds on an idle
// machine.
const patience = 20 * time.Second

// dial connects to a server.
func dial(t *testing.T, url string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

// A client can't occupy a connection for long without using it.
func TestIdleConnectionsAreClosed(t *testing.T) {
	short := Limits{Header: 100 * time.Millisecond, Read: 200 * time.Millisecond, Write: 300 * time.Millisecond, Idle: 100 * time.Millisecond, HeaderBytes: 1 << 10}
	large := bytes.Repeat([]byte("large "), 1<<20)
	started := make(chan struct{}, 1)
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err == nil && r.URL.Path == "/large" {
			started <- struct{}{}
			for {
				if _, err := w.Write(large); err != nil {
					return
				}
			}
		}
	})
	ctx, stop := context.WithCancel(t.Context())
	urls, ended := make(chan string, 1), make(chan error, 1)
	var log bytes.Buffer
	go func() {
		ended <- Listen(ctx, "127.0.0.1:0", short, handler, slog.NewTextHandler(&log, nil), func(url string) { urls <- url })
	}()
	url := <-urls
	for client, request := range map[string]string{
		"sends nothing":               "",
		"never ends its headers":      "GET / HTTP/1.1\r\nHost: x\r\nX-A: ",
		"never ends its body":         "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nx",
		"sends no second request":     "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
		"has headers without a limit": "GET / HTTP/1.1\r\nHost: x\r\nX-A: " + strings.Repeat("a", 20<<10) + "\r\n\r\n",
	} {
		conn := dial(t, url)
		io.WriteString(conn, request)
		conn.SetReadDeadline(time.Now().Add(patience))
		got, err := io.ReadAll(conn)
		if timeout, ok := err.(net.Error); ok && timeout.Timeout() {
			t.Errorf("a client that %s stays connected", client)
		}
		if strings.HasPrefix(client, "has headers") && !strings.HasPrefix(string(got), "HTTP/1.1 431 ") {
			t.Errorf("a client that %s gets %.80q", client, got)
		}
	}

	// A client that requests a large response and doesn't read it.
	conn := dial(t, url)
	io.WriteString(conn, "GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
	<-started
	stop()
	select {
	case err := <-ended: // after the write limit
		if err != nil {
			t.Errorf("%v: %s", err, log.String())
		}
	case <-time.After(patience):
		t.Error("a client that reads nothing prevents the shutdown")
	}
}

// A request that waits for its context, such as one of the simulated Apple that
// never responds, must not delay the shutdown.
func TestShutdownCancelsRequests(t *testing.T) {
	arrived, cancelled := make(chan struct{}), make(chan struct{})
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		close(arrived)
		<-r.Context().Done()
		close(cancelled)
	})
	ctx, stop := context.WithCancel(t.Context())
	urls, ended := make(chan string, 1), make(chan error, 1)
	go func() {
		ended <- Listen(ctx, "127.0.0.1:0", Limits{}, handler, slog.DiscardHandler, func(url string) { urls <- url })
	}()
	io.WriteString(dial(t, <-urls), "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	<-arrived
	started := time.Now()
	stop()
	if err := <-ended; err != nil || time.Since(started) > 5*time.Second {
		t.Errorf("the shutdown took %v (%v)", time.Since(started), err)
	}
	<-cancelled
}

// An upload that never ends is given up after the read limit, with a response that says why.
func TestProbeThatDripsIsGivenUp(t *testing.T) {
	urls, ended := make(chan string, 1), make(chan error, 1)
	ctx, stop := context.WithCancel(t.Context())
	go func() {
		limits := Limits{Read: 300 * time.Millisecond}
		ended <- Listen(ctx, "127.0.0.1:0", limits, http.HandlerFunc(probe), slog.DiscardHandler, func(url string) { urls <- url })
	}()
	conn := dial(t, <-urls)
	go func() {
		io.WriteString(conn, "POST /probe HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n")
		for {
			if _, err := io.WriteString(conn, "x"); err != nil {
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
	}()
	conn.SetReadDeadline(time.Now().Add(patience))
	if line, err := bufio.NewReader(conn).ReadString('\n'); !strings.HasPrefix(line, "HTTP/1.1 408 ") {
		t.Errorf("%q, %v", line, err)
	}
	stop()
	<-ended
}
