// Package respond writes HTTP responses: bodies held in memory with an ETag,
// errors, and the security headers that every response carries.
package respond

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
)

// Body is a complete response to a GET request, held in memory.
type Body struct {
	Header http.Header // set in addition to what Serve sets; may be nil
	Bytes  []byte
	Code   int // 200 if zero
}

// Serve writes the body with an ETag, computed from the bytes unless Header
// has one already, or 304 if the client has these bytes. What isn't 200 has no
// ETag, as a client must always get its status.
func (b Body) Serve(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	for key, values := range b.Header {
		header[key] = values
	}
	SecurityHeaders(header)
	code := b.Code
	if code == 0 {
		code = http.StatusOK
	}
	if header.Get("ETag") == "" && code == http.StatusOK {
		header.Set("ETag", Tag(b.Bytes))
	}
	if code == http.StatusOK && matches(r.Header.Values("If-None-Match"), header.Get("ETag")) {
		header.Del("Content-Type")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	header.Set("Content-Length", strconv.Itoa(len(b.Bytes)))
	w.WriteHeader(code)
	if r.Method != http.MethodHead {
		w.Write(b.Bytes)
	}
}

// Tag returns the ETag of a body: the first 10 bytes of its SHA-256, in hex.
func Tag(body []byte) string {
	sum := sha256.Sum256(body)
	return `"` + hex.EncodeToString(sum[:10]) + `"`
}

// matches compares weakly, as If-None-Match requires: a proxy may have
// compressed the body and weakened its tag.
func matches(conditions []string, tag string) bool {
	for _, condition := range conditions {
		for candidate := range strings.SplitSeq(condition, ",") {
			candidate = strings.TrimPrefix(strings.TrimSpace(candidate), "W/")
			if candidate == tag || candidate == "*" {
				return true
			}
		}
	}
	return false
}

// securityHeaders are set on every response that doesn't set its own value;
// only the HTML pages do.
var securityHeaders = map[string]string{
	"Content-Security-Policy":      "default-src 'none'; frame-ancestors 'none'",
	"Cross-Origin-Resource-Policy": "cross-origin", // any page may show the badge and fetch the status
	"Permissions-Policy":           "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
	"Referrer-Policy":              "no-referrer",
	"Strict-Transport-Security":    "max-age=31536000",
	"X-Content-Type-Options":       "nosniff",
}

// SecurityHeaders adds the security headers that header doesn't set itself.
func SecurityHeaders(header http.Header) {
	for key, value := range securityHeaders {
		if header.Get(key) == "" {
			header.Set(key, value)
		}
	}
}

// Error responds with code and {"error": message}. The message is one sentence
// that says what is wrong; the response is never cached.
func Error(w http.ResponseWriter, r *http.Request, code int, message string) {
	body, _ := json.Marshal(map[string]string{"error": message})
	header := w.Header()
	SecurityHeaders(header)
	header.Set("Content-Type", "application/json")
	header.Set("Cache-Control", "no-store")
	header.Set("Access-Control-Allow-Origin", "*")
	header.Set("Content-Length", strconv.Itoa(len(body)+1))
	w.WriteHeader(code)
	if r.Method != http.MethodHead {
		w.Write(append(body, '\n'))
	}
}

// ReadOnly passes GET and HEAD to next, answers OPTIONS itself and refuses
// every other method with 405.
func ReadOnly(next http.Handler) http.Handler {
	const allowed = "GET, HEAD, OPTIONS"
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.Method {
		case http.MethodGet, http.MethodHead:
			next.ServeHTTP(w, r)
		case http.MethodOptions:
			header := w.Header()
			SecurityHeaders(header)
			header.Set("Allow", allowed)
			header.Set("Access-Control-Allow-Origin", "*")
			header.Set("Access-Control-Allow-Methods", allowed)
			header.Set("Access-Control-Allow-Headers", "If-None-Match")
			header.Set("Access-Control-Max-Age", "86400")
			w.WriteHeader(http.StatusNoContent)
		default:
			w.Header().Set("Allow", allowed)
			Error(w, r, http.StatusMethodNotAllowed, "This address answers "+allowed+" only.")
		}
	})
}
