//go:build js && wasm

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"syscall/js"

	"backupcheck/status/respond"
)

// buffer makes a handler write its response into memory, and sends it in one
// piece. A streamed body would end the instance: the workers package takes the
// end of the stream for the end of the program.
//
// It also recovers panics of the handler, which would end the instance too.
func buffer(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		response := &buffered{header: http.Header{}, code: http.StatusOK}
		func() {
			defer func() {
				if p := recover(); p != nil {
					slog.Error("a handler panicked", "path", r.URL.Path, "panic", fmt.Sprint(p))
					*response = buffered{header: http.Header{}, code: http.StatusOK}
					respond.Error(response, r, http.StatusInternalServerError, "Something went wrong here. Try again in a moment.")
				}
			}()
			next.ServeHTTP(response, r)
		}()
		response.header.Del("Content-Length") // the platform sets it, and may compress the body
		var fields [][2]string
		for name, values := range response.header {
			for _, value := range values {
				fields = append(fields, [2]string{name, value})
			}
		}
		// The workers package calls JavaScript for each header, which takes longer
		// than this. go_http.mjs reads it.
		if text, err := json.Marshal(fields); err == nil && fields != nil {
			w.Header().Set("Fields", string(text))
		}
		w.WriteHeader(response.code)
		body := js.Global().Get("Uint8Array").New(response.body.Len())
		js.CopyBytesToJS(body, response.body.Bytes())
		w.(interface{ WriteRawJSBody(js.Value) }).WriteRawJSBody(body)
	})
}

// buffered is an http.ResponseWriter that holds the response in memory.
type buffered struct {
	header http.Header
	code   int
	body   bytes.Buffer
}

func (b *buffered) Header() http.Header { return b.header }

func (b *buffered) WriteHeader(code int) { b.code = code }

func (b *buffered) Write(data []byte) (int, error) { return b.body.Write(data) }
