package main

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"backupcheck/status"
)

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

func TestServeHasNoOtherPaths(t *testing.T) {
	apple := httptest.NewServer(newReplay(t, status.ServiceName, "fine"))
	defer apple.Close()
	s := startServe(t, apple.URL)
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
	// A URL of another site in the request line isn't fetched.
	conn := dial(t, s.url)
	io.WriteString(conn, "GET http://evil.example/api/status HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\nCONNECT evil.example:443 HTTP/1.1\r\n\r\n")
	response, _ := io.ReadAll(conn)
	if !strings.Contains(string(response), `"service":"iCloud Backup"`) || strings.Count(string(response), "HTTP/1.1 ") != 1 {
		t.Errorf("%.300s", response)
	}
	if code := s.stop(t); code != 0 {
		t.Errorf("exit %d: %s", code, s.err)
	}
}
