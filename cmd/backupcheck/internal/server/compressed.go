package server

import (
	"bytes"
	"compress/gzip"
	"io"
	"maps"
	"net/http"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"

	"backupcheck/cmd/backupcheck/internal/bundle"
	"backupcheck/status/respond"
)

// minCompressed is the smallest body that is compressed, in bytes: one packet
// holds a smaller one anyway.
const minCompressed = 1200

// brotliLevel takes about a millisecond for the widget's document.
const brotliLevel = 4

// compressed returns a handler that compresses the bodies of next, as the platform
// does at the edge. A response to HEAD has the headers of the one to GET. It holds
// whole bodies in memory, as next does.
func compressed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		get := r
		if r.Method == http.MethodHead {
			get = r.WithContext(r.Context())
			get.Method = http.MethodGet
		}
		var held respond.Buffer
		next.ServeHTTP(&held, get)
		header, body := w.Header(), held.Bytes()
		maps.Copy(header, held.Header())
		header.Add("Vary", "Accept-Encoding")
		if encoding := bundle.Accepted(r); encoding != "" && len(body) >= minCompressed {
			body = compress(body, encoding)
			header.Set("Content-Encoding", encoding)
			if tag := header.Get("ETag"); tag != "" { // it is of the body before compression
				header.Set("ETag", "W/"+strings.TrimPrefix(tag, "W/"))
			}
		}
		if len(body) > 0 {
			header.Set("Content-Length", strconv.Itoa(len(body)))
		}
		w.WriteHeader(held.Code())
		if r.Method != http.MethodHead {
			w.Write(body)
		}
	})
}

func compress(body []byte, encoding string) []byte {
	var small bytes.Buffer
	var writer io.WriteCloser = gzip.NewWriter(&small)
	if encoding == "br" {
		writer = brotli.NewWriterLevel(&small, brotliLevel)
	}
	writer.Write(body) // a buffer takes everything
	writer.Close()
	return small.Bytes()
}
