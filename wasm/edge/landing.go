//go:build js && wasm

package main

import (
	"net/http"
	"net/url"

	"backupcheck/widget/locale"
)

// landing gives the landing page a canonical address, so that the entry module
// caches it: every response of Go reads the history from the database. The page
// contains the origin of the request and the cache is shared by all hosts, so
// that address is a whole URL, other than those of the other responses.
func landing(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			address := url.URL{Scheme: r.URL.Scheme, Host: r.URL.Host, Path: "/"}
			if texts := locale.For(r.URL.Query().Get("lang")); texts != locale.For("") {
				address.RawQuery = url.Values{"lang": {texts.Lang()}}.Encode()
			}
			w.Header().Set("Content-Location", address.String())
		}
		next.ServeHTTP(w, r)
	})
}
