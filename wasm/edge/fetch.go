//go:build js && wasm

package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"syscall/js"
	"time"

	"github.com/syumai/workers/cloudflare"

	"backupcheck/status/apple"
)

// doer fetches by the binding of this name, which ports.mjs provides: it sets
// the time limit and bypasses the platform's cache.
//
// The workers package has such a client too, which reads and writes every header
// and every piece of a body by calls of JavaScript: in a fresh isolate they take
// longer than the rest of a reading.
type doer struct{ binding string }

// Do implements apple.Doer and webhook.Doer. It doesn't follow redirects. The
// error doesn't name the URL: that of the webhook is a secret.
func (d doer) Do(req *http.Request) (res *http.Response, err error) {
	defer recoverAs("fetching by "+d.binding, &err)
	headers := make(map[string]string, len(req.Header))
	for name := range req.Header {
		headers[name] = req.Header.Get(name)
	}
	head, err := json.Marshal(headers)
	if err != nil {
		return nil, err
	}
	limit, body := any(nil), any(nil)
	if end, ok := apple.Deadline(req.Context()); ok {
		limit = time.Until(end).Milliseconds()
	}
	if req.Body != nil {
		data, err := io.ReadAll(req.Body)
		if err != nil {
			return nil, err
		}
		body = js.Global().Get("Uint8Array").New(len(data))
		js.CopyBytesToJS(body.(js.Value), data)
	}
	fetched, err := await(cloudflare.GetBinding(d.binding).Call("fetch", req.URL.String(), string(head), body, limit))
	if err != nil {
		return nil, err
	}
	res = &http.Response{StatusCode: fetched.Get("status").Int(), Header: http.Header{}}
	res.Status = strconv.Itoa(res.StatusCode) + " " + http.StatusText(res.StatusCode)
	var fields [][2]string
	if err := json.Unmarshal([]byte(fetched.Get("headers").String()), &fields); err != nil {
		return nil, err
	}
	for _, field := range fields {
		res.Header.Add(field[0], field[1])
	}
	data := make([]byte, fetched.Get("body").Length())
	js.CopyBytesToGo(data, fetched.Get("body"))
	res.Body, res.ContentLength = io.NopCloser(bytes.NewReader(data)), int64(len(data))
	return res, nil
}
