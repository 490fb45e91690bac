package server

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"backupcheck/status/respond"
)

func TestBodiesAreCompressedAsTheClientAccepts(t *testing.T) {
	long, short := []byte(strings.Repeat("the same words, ", 200)), []byte("short")
	site := http.NewServeMux()
	for path, body := range map[string][]byte{"/long": long, "/short": short} {
		site.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			respond.Body{Header: http.Header{"Vary": {"Accept-Language"}}, Bytes: body}.Serve(w, r)
		})
	}
	handler := compressed(site)
	request := func(method, path, accept string, header ...string) *http.Response {
		r := httptest.NewRequest(method, path, nil)
		r.Header.Set("Accept-Encoding", accept)
		for i := 0; i < len(header); i += 2 {
			r.Header.Set(header[i], header[i+1])
		}
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		return w.Result()
	}
	for _, test := range []struct{ path, accept, encoding string }{
		{"/long", "gzip, deflate, br", "br"}, {"/long", "gzip", "gzip"}, {"/long", "br;q=0, *", "gzip"}, {"/long", "GZIP;q=0.5", "gzip"},
		{"/long", "", ""}, {"/long", "identity", ""}, {"/long", "br;q=0, gzip;q=0", ""}, {"/long", "zstd", ""},
		{"/short", "gzip, br", ""}, {"/nothing", "gzip, br", ""},
	} {
		res := request("GET", test.path, test.accept)
		sent, _ := io.ReadAll(res.Body)
		got := sent
		switch res.Header.Get("Content-Encoding") {
		case "br":
			got, _ = io.ReadAll(brotli.NewReader(bytes.NewReader(sent)))
		case "gzip":
			unzipper, err := gzip.NewReader(bytes.NewReader(sent))
			if err != nil {
				t.Fatal(err)
			}
			got, _ = io.ReadAll(unzipper)
		}
		want := map[string][]byte{"/long": long, "/short": short}[test.path]
		if res.Header.Get("Content-Encoding") != test.encoding || want != nil && !bytes.Equal(got, want) {
			t.Errorf("%s, %q: %v, %d bytes", test.path, test.accept, res.Header, len(got))
		}
		if test.encoding != "" && len(sent) > len(long)/4 {
			t.Errorf("%s, %q: %d bytes of %d", test.path, test.accept, len(sent), len(long))
		}
		if vary := strings.Join(res.Header.Values("Vary"), ","); !strings.Contains(vary, "Accept-Encoding") || want != nil && !strings.Contains(vary, "Accept-Language") {
			t.Errorf("%s, %q: Vary %s", test.path, test.accept, vary)
		}

		head := request("HEAD", test.path, test.accept)
		if body, _ := io.ReadAll(head.Body); len(body) > 0 || head.Header.Get("Content-Length") != strconv.Itoa(len(sent)) {
			t.Errorf("HEAD %s, %q: %d bytes, %v instead of %d", test.path, test.accept, len(body), head.Header, len(sent))
		}
		if want == nil {
			continue
		}
		again := request("GET", test.path, test.accept, "If-None-Match", res.Header.Get("ETag"))
		if body, _ := io.ReadAll(again.Body); again.StatusCode != http.StatusNotModified || len(body) > 0 || again.Header.Get("Vary") == "" || again.Header.Get("Content-Length") != "" {
			t.Errorf("%s, %q, with its ETag: %d %v", test.path, test.accept, again.StatusCode, again.Header)
		}
	}
}
