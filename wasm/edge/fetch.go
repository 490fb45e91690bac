//go:build js && wasm

package main

import (
	"fmt"
	"net/http"

	"github.com/syumai/workers/cloudflare"
	"github.com/syumai/workers/cloudflare/fetch"
)

// doer fetches through worker.mjs, by the object of this name there. It sets
// the time limit, and keeps the platform's own cache out of it.
type doer struct{ binding string }

func (d doer) Do(req *http.Request) (res *http.Response, err error) {
	// A body that is missing, or a value of another type than the library
	// expects, is a panic there.
	defer func() {
		if p := recover(); p != nil {
			res, err = nil, fmt.Errorf("fetching %s: %v", req.URL, p)
		}
	}()
	client := fetch.NewClient(fetch.WithBinding(cloudflare.GetBinding(d.binding)))
	return client.Do(&fetch.Request{Request: req}, &fetch.RequestInit{Redirect: fetch.RedirectModeManual})
}
