//go:build js && wasm

// Command stock answers as the workers package does by itself: the benchmark
// measures the Worker against it.
package main

import (
	"encoding/json"
	"net/http"

	"github.com/syumai/workers"
	"github.com/syumai/workers/cloudflare"
)

// answer is what the benchmark has recorded of the Worker's own answer.
type answer struct {
	Headers [][2]string
	Body    string
}

func main() {
	var answers map[string]answer
	if err := json.Unmarshal([]byte(cloudflare.Getenv("ANSWERS")), &answers); err != nil {
		panic(err)
	}
	workers.Serve(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a := answers[r.URL.Path]
		for _, header := range a.Headers {
			w.Header().Set(header[0], header[1])
		}
		w.Write([]byte(a.Body))
	}))
}
