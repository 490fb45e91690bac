//go:build js && wasm && faulty

package main

import (
	"net/http"
	"os"
	"runtime"
	"strconv"
)

// faults adds addresses at which the program fails on request. It is in test
// builds only (backupcheck build -tags faulty).
func faults(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/fault/panic": // of the handler
			panic("on request")
		case "/fault/die": // beyond any recovering
			done := make(chan struct{})
			go func() { panic("on request, in another goroutine") }()
			<-done
		case "/fault/exit":
			os.Exit(3)
		case "/fault/exhaust": // all the memory that there can be
			var held [][]byte
			for {
				held = append(held, make([]byte, 256<<20))
				w.Header().Set("X-Held", strconv.Itoa(len(held)))
			}
		case "/fault/memory":
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			w.Write([]byte(strconv.FormatUint(m.Sys, 10)))
		case "/fault/heap": // what is in use after a collection
			var m runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&m)
			w.Write([]byte(strconv.FormatUint(m.HeapAlloc, 10)))
		case "/fault/goroutines":
			w.Write([]byte(strconv.Itoa(runtime.NumGoroutine())))
		default:
			next.ServeHTTP(w, r)
		}
	})
}
