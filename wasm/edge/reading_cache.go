//go:build js && wasm

package main

import (
	"context"
	"encoding/json"
	"net/url"
	"syscall/js"
	"time"

	"github.com/syumai/workers/cloudflare"

	"backupcheck/status"
)

// readingCache stores the latest reading in the Cache API, which the isolates
// of a data centre share. It implements status.Cache.
//
// On workers.dev addresses the Cache API stores nothing: each isolate reads D1,
// or Apple, for itself there.
type readingCache struct {
	port js.Value // in ports.mjs, which sets the time limits
	key  string   // a URL that is never fetched
}

// readingKey names the readings of one origin, in the cache and in the database.
// Raise the format when the JSON of status.Report changes incompatibly.
func readingKey(origin string) string {
	return url.Values{"format": {"3"}, "origin": {origin}}.Encode()
}

// newReadingCache returns the cache of readings with a key.
func newReadingCache(key string) readingCache {
	return readingCache{cloudflare.GetBinding("READING_CACHE"), "https://reading.backup-check.invalid/?" + key}
}

// Load implements status.Cache.
func (c readingCache) Load(context.Context) (report status.Report, err error) {
	defer recoverAs("the Cache API", &err)
	result, err := await(c.port.Call("load", c.key))
	if err != nil {
		return report, err
	}
	text := result.String()
	if text == "" {
		return report, status.ErrNoReport
	}
	return report, json.Unmarshal([]byte(text), &report)
}

// Save implements status.Cache.
func (c readingCache) Save(_ context.Context, report status.Report) (err error) {
	defer recoverAs("the Cache API", &err)
	data, err := json.Marshal(report)
	if err != nil {
		return err
	}
	_, err = await(c.port.Call("save", c.key, string(data), int(status.TooOldAfter.Seconds())))
	return err
}

// Reserve implements status.Cache.
func (c readingCache) Reserve(_ context.Context, until time.Time) (reserved time.Time, err error) {
	defer recoverAs("the Cache API", &err)
	other, err := await(c.port.Call("reserve", c.key+"&reservation", until.UnixMilli()))
	if err != nil || other.Float() == 0 {
		return time.Time{}, err
	}
	return time.UnixMilli(int64(other.Float())), nil
}
