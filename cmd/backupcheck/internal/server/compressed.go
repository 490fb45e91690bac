package server

import (
	"compress/gzip"
	"maps"
	"net/http"
	"strconv"
	"strings"

	"backupcheck/cmd/backupcheck/internal/bundle"
	"backupcheck/status/respond"
)

// minCompressed is the smallest body that is compressed, in bytes: one packet
// holds a smaller one anyway.
const minCompressed = 1200

// levels are the encodings' levels, which take about a millisecond for the widget's
// document.
var levels = map[string]int{"br": 4, "gzip": gzip.DefaultCompression}

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
			body = bundle.Encode(body, encoding, levels[encoding])
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
