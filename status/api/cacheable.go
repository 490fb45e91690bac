package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"backupcheck/status"
	"backupcheck/status/respond"
)

const (
	// cacheFresh is how long caches use a response without asking. A reading is
	// taken once a minute, so a response younger than half of that is as good as
	// a new one.
	cacheFresh = 30 * time.Second
	// cacheFailed is the same for a response that says that the database can't be
	// read.
	cacheFailed = 5 * time.Second
	// cacheRevalidating and cacheFailing are how long after that they may use it
	// while they ask, and if asking fails.
	cacheRevalidating = 60 * time.Second
	cacheFailing      = 150 * time.Second
	// cacheIgnored is how old a response can be when another cache stores it as
	// new: not all respect the header Age that comes with one from the Worker's
	// memory.
	cacheIgnored = cacheFresh
)

// CacheControl returns the Cache-Control of everything made from a verdict. No
// cache may use a response after a time at which the same reading would give
// another verdict: after StaleAfter it is stale, after TooOldAfter unknown.
func CacheControl(v status.Verdict, now time.Time) string {
	end := v.CheckedAt.Add(status.StaleAfter)
	switch {
	case v.CheckedAt.IsZero() || v.Stale && v.Level == status.Unknown:
		return cacheControl(status.StaleAfter) // it says nothing that ends
	case v.Stale:
		end = v.CheckedAt.Add(status.TooOldAfter)
	}
	return cacheControl(end.Sub(now))
}

// cacheControl returns the Cache-Control of a response that holds for a time.
func cacheControl(holds time.Duration) string {
	holds = max(0, holds-cacheIgnored)
	fresh := min(holds, cacheFresh)
	holds -= fresh
	return fmt.Sprintf("public, max-age=%d, stale-while-revalidate=%d, stale-if-error=%d",
		fresh/time.Second, min(holds, cacheRevalidating)/time.Second, min(holds, cacheFailing)/time.Second)
}

// verdictResponse returns a cacheable response made from a verdict.
func (s Source) verdictResponse(contentType, canonical string, v status.Verdict, body []byte) respond.Body {
	response := cacheable(contentType, canonical, body)
	response.Header.Set("Cache-Control", CacheControl(v, s.now()))
	return response
}

// cacheable returns a response that scripts of every origin may read and that
// caches may store. The canonical address is sent as Content-Location: it says
// which requests share this response, and the Worker's entry module stores a
// response only under it. Without one, the entry module doesn't store it.
func cacheable(contentType, canonical string, body []byte) respond.Body {
	header := http.Header{
		"Content-Type":                  {contentType},
		"Cache-Control":                 {cacheControl(status.StaleAfter)},
		"Access-Control-Allow-Origin":   {"*"},
		"Access-Control-Expose-Headers": {"ETag"},
	}
	if canonical != "" {
		header.Set("Content-Location", canonical)
	}
	return respond.Body{Header: header, Bytes: body}
}

// jsonLine encodes body as JSON on one line. HTML characters are not escaped:
// the response is served as JSON with nosniff. It panics on an encoding error,
// which the types of this package can't cause.
func jsonLine(body any) []byte {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(body); err != nil {
		panic(err)
	}
	return b.Bytes()
}
