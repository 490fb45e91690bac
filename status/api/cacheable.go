package api

import (
	"bytes"
	"encoding/json"
	"net/http"

	"backupcheck/status/respond"
)

// CacheControl is the Cache-Control of everything made from a verdict. A
// reading is taken once a minute, so a response younger than half of that is
// as good as a new one.
const CacheControl = "public, max-age=30, stale-while-revalidate=60, stale-if-error=86400"

// cacheable returns a response that scripts of every origin may read and that
// caches may store. The canonical address is sent as Content-Location: it says
// which requests share this response, and the Worker's entry module stores a
// response only under it. Without one, the entry module doesn't store it.
func cacheable(contentType, canonical string, body []byte) respond.Body {
	header := http.Header{
		"Content-Type":                  {contentType},
		"Cache-Control":                 {CacheControl},
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
