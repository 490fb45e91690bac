//go:build js && wasm

package main

import (
	"net/http"
	"time"

	"github.com/syumai/workers/cloudflare"
	"github.com/syumai/workers/cloudflare/fetch"

	"backupcheck/status/apple"
)

// doer fetches by the binding of this name, which ports.mjs provides: it sets
// the time limit and bypasses the platform's cache.
type doer struct{ binding string }

// Do implements apple.Doer and webhook.Doer. It doesn't follow redirects.
func (d doer) Do(req *http.Request) (res *http.Response, err error) {
	// The library panics if the body is missing or a value has an unexpected
	// type. The error doesn't name the URL: that of the webhook is a secret.
	defer recoverAs("fetching by "+d.binding, &err)
	port := cloudflare.GetBinding(d.binding)
	if end, ok := apple.Deadline(req.Context()); ok {
		port = port.Call("within", time.Until(end).Milliseconds())
	}
	client := fetch.NewClient(fetch.WithBinding(port))
	return client.Do(&fetch.Request{Request: req}, &fetch.RequestInit{Redirect: fetch.RedirectModeManual})
}
