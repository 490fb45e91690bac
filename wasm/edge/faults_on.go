//go:build js && wasm && faulty

package main

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"os"
	"runtime"
	"strconv"
	"time"
)

// lastAsked is the time of the last request for /fault/time, or of the boot.
var lastAsked = time.Now()

// faults adds addresses that make the program fail, and some that report its
// memory. It is in test builds only (backupcheck build -tags faulty).
func faults(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/fault/panic": // in the handler
			panic("on request")
		case "/fault/die": // in a goroutine, where nothing recovers it
			done := make(chan struct{})
			go func() { panic("on request, in another goroutine") }()
			<-done
		case "/fault/exit":
			os.Exit(3)
		case "/fault/exhaust": // out of memory
			var blocks [][]byte
			for {
				blocks = append(blocks, make([]byte, 256<<20))
				w.Header().Set("X-Blocks", strconv.Itoa(len(blocks)))
			}
		case "/fault/memory":
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			w.Write([]byte(strconv.FormatUint(m.Sys, 10)))
		case "/fault/heap": // in use after a collection
			var m runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&m)
			w.Write([]byte(strconv.FormatUint(m.HeapAlloc, 10)))
		case "/fault/goroutines":
			w.Write([]byte(strconv.Itoa(runtime.NumGoroutine())))
		case "/fault/time": // of both clocks: milliseconds since 1970, and since the last call
			now := time.Now()
			fmt.Fprint(w, now.UnixMilli(), " ", now.Sub(lastAsked).Milliseconds())
			lastAsked = now
		case "/fault/random":
			w.Write([]byte(rand.Text()))
		default:
			next.ServeHTTP(w, r)
		}
	})
}
