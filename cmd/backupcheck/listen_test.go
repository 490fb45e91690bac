package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"backupcheck/status"
)

// dial connects to a server that runs.
func dial(t *testing.T, url string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

// Nobody holds a connection for long by doing nothing with it.
func TestConnectionsEndThatGoNowhere(t *testing.T) {
	short := limits{header: 100 * time.Millisecond, read: 200 * time.Millisecond, write: 300 * time.Millisecond, idle: 100 * time.Millisecond, headerBytes: 1 << 10}
	much := bytes.Repeat([]byte("much "), 1<<20)
	began := make(chan struct{}, 1)
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err == nil && r.URL.Path == "/much" {
			began <- struct{}{}
			for {
				if _, err := w.Write(much); err != nil {
					return
				}
			}
		}
	})
	ctx, stop := context.WithCancel(t.Context())
	urls, ended := make(chan string, 1), make(chan int, 1)
	var out, err bytes.Buffer
	go func() {
		ended <- listen(ctx, streams{out: &out, err: &err}, "127.0.0.1:0", short, handler, func(url string) { urls <- url })
	}()
	url := <-urls
	for what, said := range map[string]string{
		"says nothing":                   "",
		"never ends its headers":         "GET / HTTP/1.1\r\nHost: x\r\nX-A: ",
		"never ends its body":            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nx",
		"asks nothing more":              "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
		"has headers without any bounds": "GET / HTTP/1.1\r\nHost: x\r\nX-A: " + strings.Repeat("a", 20<<10) + "\r\n\r\n",
	} {
		conn := dial(t, url)
		io.WriteString(conn, said)
		conn.SetReadDeadline(time.Now().Add(patience))
		got, err := io.ReadAll(conn)
		if timeout, ok := err.(net.Error); ok && timeout.Timeout() {
			t.Errorf("one that %s stays connected", what)
		}
		if strings.HasPrefix(what, "has headers") && !strings.HasPrefix(string(got), "HTTP/1.1 431 ") {
			t.Errorf("one that %s gets %.80q", what, got)
		}
	}

	// One that asks for much and doesn't take it.
	conn := dial(t, url)
	io.WriteString(conn, "GET /much HTTP/1.1\r\nHost: x\r\n\r\n")
	<-began
	stop()
	select {
	case code := <-ended: // it waits for the end of what is being answered
		if code != 0 {
			t.Errorf("exit %d: %s", code, err.String())
		}
	case <-time.After(patience):
		t.Error("a client that takes nothing holds up the end")
	}
}

func TestNoPathLeadsOutOfTheSite(t *testing.T) {
	apple := httptest.NewServer(newReplay(t, status.ServiceName, "fine"))
	defer apple.Close()
	s := start(t, "serve", "-addr", "127.0.0.1:0", "-origin", apple.URL)
	for _, target := range []string{
		"/../../../../etc/passwd", "/assets/../../../../../etc/passwd", "/assets/..%2f..%2f..%2fetc/passwd", "/assets/%2e%2e/%2e%2e/go.mod", "/..%5c..%5cgo.mod", "/..\\..\\go.mod",
		"/assets/....//....//go.mod", "//etc/passwd", "/./go.mod", "/go.mod", "/.git/config", "/.env", "/backupcheck.db", "/assets", "/assets/", "/assets/.", "/embed.js/", "/embed.js%00", "/embed.js%00.css",
		"/%c0%ae%c0%ae/go.mod", "/;/etc/passwd", "/assets/?C=N;O=D", "/debug/pprof/", "/debug/vars", "http://evil.example/etc/passwd",
	} {
		conn := dial(t, s.url)
		io.WriteString(conn, "GET "+target+" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
		res, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Errorf("%s: %v", target, err)
			continue
		}
		body, _ := io.ReadAll(res.Body)
		if res.StatusCode != 404 && res.StatusCode != 400 || res.Header.Get("Location") != "" || strings.Contains(string(body), "root:") || strings.Contains(string(body), "module ") || strings.Contains(string(body), "href") {
			t.Errorf("%s: %d %.200s", target, res.StatusCode, body)
		}
	}
	// An address of another site's in the request line is no order to fetch it.
	conn := dial(t, s.url)
	io.WriteString(conn, "GET http://evil.example/api/status HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\nCONNECT evil.example:443 HTTP/1.1\r\n\r\n")
	answer, _ := io.ReadAll(conn)
	if !strings.Contains(string(answer), `"service":"iCloud Backup"`) || strings.Count(string(answer), "HTTP/1.1 ") != 1 {
		t.Errorf("%.300s", answer)
	}
	if code := s.stop(t); code != 0 {
		t.Errorf("exit %d: %s", code, s.err)
	}
}
