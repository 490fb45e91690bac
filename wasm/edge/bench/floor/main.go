//go:build js && wasm

// Command floor is the least that a Go program with net/http can be: the
// benchmark measures the boot of the Worker's program against it.
package main

import (
	"net/http"

	"github.com/syumai/workers"
)

func main() { workers.Serve(http.NotFoundHandler()) }
