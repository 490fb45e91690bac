//go:build js && wasm

package main

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"syscall/js"

	"backupcheck/status/respond"
)

// whole has a handler write its answer into memory, and hands it over in one
// piece. A body that is streamed instead would end the instance with its own
// end: the library takes it for the end of the program.
//
// It also keeps a handler that panics from ending the instance.
func whole(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := &buffered{header: http.Header{}, code: http.StatusOK}
		func() {
			defer func() {
				if p := recover(); p != nil {
					slog.Error("answering panicked", "path", r.URL.Path, "panic", fmt.Sprint(p))
					*answer = buffered{header: http.Header{}, code: http.StatusOK}
					respond.Error(answer, r, http.StatusInternalServerError, "Something went wrong here. Try again in a moment.")
				}
			}()
			next.ServeHTTP(answer, r)
		}()
		for key, values := range answer.header {
			w.Header()[key] = values
		}
		w.Header().Del("Content-Length") // the platform knows it, and may compress
		w.WriteHeader(answer.code)
		body := js.Global().Get("Uint8Array").New(answer.body.Len())
		js.CopyBytesToJS(body, answer.body.Bytes())
		w.(interface{ WriteRawJSBody(js.Value) }).WriteRawJSBody(body)
	})
}

// buffered is an http.ResponseWriter that keeps the answer.
type buffered struct {
	header http.Header
	code   int
	body   bytes.Buffer
}

func (b *buffered) Header() http.Header { return b.header }

func (b *buffered) WriteHeader(code int) { b.code = code }

func (b *buffered) Write(data []byte) (int, error) { return b.body.Write(data) }
