package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
)

// Answer is a whole answer to a GET request, held in memory.
type Answer struct {
	Header http.Header // what this answer needs beside what Serve sets; may be nil
	Body   []byte
}

// CacheControl is how long the forms of a verdict may be kept. A reading is
// taken once a minute, so what is younger than half of that is as good.
const CacheControl = "public, max-age=30, stale-while-revalidate=60, stale-if-error=86400"

// form is the answer with a form of what Source tells: pages of every origin
// may read it, and it may be kept. The canonical address tells caches which
// requests have this same answer, and worker.mjs keeps an answer only at that
// address; without one it isn't kept there.
func form(contentType, canonical string, body []byte) Answer {
	header := http.Header{
		"Content-Type":                  {contentType},
		"Cache-Control":                 {CacheControl},
		"Access-Control-Allow-Origin":   {"*"},
		"Access-Control-Expose-Headers": {"ETag"},
	}
	if canonical != "" {
		header.Set("Content-Location", canonical)
	}
	return Answer{header, body}
}

// line is a body of JSON in one line. Texts stay as they are: it is served as
// JSON and never sniffed, so escaping for HTML would only make it harder to
// read. The types of the forms hold nothing that can fail.
func line(body any) []byte {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(body); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// guard are the headers that every answer has. An answer that needs another
// value sets its own; the only ones that do are the two pages.
var guard = map[string]string{
	"Content-Security-Policy":      "default-src 'none'; frame-ancestors 'none'",
	"Cross-Origin-Resource-Policy": "cross-origin", // any page may show the badge, and ask for the status
	"Permissions-Policy":           "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
	"Referrer-Policy":              "no-referrer",
	"Strict-Transport-Security":    "max-age=31536000",
	"X-Content-Type-Options":       "nosniff",
}

// Guard adds to a header what is missing of those that every answer has.
func Guard(header http.Header) {
	for key, value := range guard {
		if header.Get(key) == "" {
			header.Set(key, value)
		}
	}
}

// Tag is the ETag of a body.
func Tag(body []byte) string {
	sum := sha256.Sum256(body)
	return `"` + hex.EncodeToString(sum[:10]) + `"`
}

// Serve writes the answer with an ETag, that of its body unless the header has
// it already, or 304 if the client has that body.
func (a Answer) Serve(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	for key, values := range a.Header {
		header[key] = values
	}
	Guard(header)
	if header.Get("ETag") == "" {
		header.Set("ETag", Tag(a.Body))
	}
	if matches(r.Header.Values("If-None-Match"), header.Get("ETag")) {
		header.Del("Content-Type")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	header.Set("Content-Length", strconv.Itoa(len(a.Body)))
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		w.Write(a.Body)
	}
}

// matches compares weakly, as If-None-Match asks for: what lies between may
// have compressed the body and weakened its tag.
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

// Sentence answers with an error in the form {"error": "…"}. It is for people
// and tools alike: one sentence that says what is wrong.
func Sentence(w http.ResponseWriter, r *http.Request, code int, sentence string) {
	body, _ := json.Marshal(map[string]string{"error": sentence})
	header := w.Header()
	Guard(header)
	header.Set("Content-Type", "application/json")
	header.Set("Cache-Control", "no-store")
	header.Set("Access-Control-Allow-Origin", "*")
	header.Set("Content-Length", strconv.Itoa(len(body)+1))
	w.WriteHeader(code)
	if r.Method != http.MethodHead {
		w.Write(append(body, '\n'))
	}
}

// Methods answers OPTIONS, lets GET and HEAD through and refuses the rest.
func Methods(next http.Handler) http.Handler {
	const allowed = "GET, HEAD, OPTIONS"
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.Method {
		case http.MethodGet, http.MethodHead:
			next.ServeHTTP(w, r)
		case http.MethodOptions:
			header := w.Header()
			Guard(header)
			header.Set("Allow", allowed)
			header.Set("Access-Control-Allow-Origin", "*")
			header.Set("Access-Control-Allow-Methods", allowed)
			header.Set("Access-Control-Allow-Headers", "If-None-Match")
			header.Set("Access-Control-Max-Age", "86400")
			w.WriteHeader(http.StatusNoContent)
		default:
			w.Header().Set("Allow", allowed)
			Sentence(w, r, http.StatusMethodNotAllowed, "This address answers "+allowed+" only.")
		}
	})
}
