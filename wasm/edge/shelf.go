//go:build js && wasm

package main

import (
	"context"
	"encoding/json"
	"net/url"
	"syscall/js"

	"github.com/syumai/workers/cloudflare"

	"backupcheck/status"
)

// shelf keeps the latest reading in the Cache API, where the isolates of a
// data centre share it. It implements status.Cache.
//
// On workers.dev addresses the Cache API keeps nothing: there each isolate
// reads for itself.
type shelf struct {
	api     js.Value // in worker.mjs, which bounds it in time
	address string
}

// newShelf returns the shelf for readings of one service at one origin.
func newShelf(origin, service string) shelf {
	key := url.Values{"form": {"1"}, "origin": {origin}, "service": {service}}
	return shelf{cloudflare.GetBinding("SHELF"), "https://reading.backup-check.invalid/?" + key.Encode()}
}

// Load implements status.Cache.
func (s shelf) Load(context.Context) (report status.Report, err error) {
	defer rescue("the Cache API", &err)
	kept, err := await(s.api.Call("load", s.address))
	if err != nil {
		return report, err
	}
	text := kept.String()
	if text == "" {
		return report, status.ErrNoReport
	}
	return report, json.Unmarshal([]byte(text), &report)
}

// Save implements status.Cache.
func (s shelf) Save(_ context.Context, report status.Report) (err error) {
	defer rescue("the Cache API", &err)
	data, err := json.Marshal(report)
	if err != nil {
		return err
	}
	_, err = await(s.api.Call("save", s.address, string(data), int(status.TooOldAfter.Seconds())))
	return err
}
