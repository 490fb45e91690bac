//go:build js && wasm

// Command stock serves recorded responses with the workers package's own glue.
// The benchmark compares the Worker with it.
package main

import (
	"encoding/json"
	"net/http"

	"github.com/syumai/workers"
	"github.com/syumai/workers/cloudflare"
)

// response is a response of the Worker's that the benchmark has recorded.
type response struct {
	Headers [][2]string
	Body    string
}

func main() {
	var responses map[string]response
	if err := json.Unmarshal([]byte(cloudflare.Getenv("RESPONSES")), &responses); err != nil {
		panic(err)
	}
	workers.Serve(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		res := responses[r.URL.Path]
		for _, header := range res.Headers {
			w.Header().Set(header[0], header[1])
		}
		w.Write([]byte(res.Body))
	}))
}
