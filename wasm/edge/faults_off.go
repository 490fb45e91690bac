//go:build js && wasm && !faulty

package main

import "net/http"

// faults adds nothing in this build; see faults_on.go.
func faults(next http.Handler) http.Handler { return next }
