//go:build js && wasm

// Command floor is a minimal Go program with net/http. The benchmark compares
// the boot of the Worker's program with it.
package main

import (
	"net/http"

	"github.com/syumai/workers"
)

func main() { workers.Serve(http.NotFoundHandler()) }
