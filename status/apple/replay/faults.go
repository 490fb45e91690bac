package replay

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// fault changes a response.
type fault struct {
	name, description string
	serve             func(w http.ResponseWriter, r *http.Request, a answer)
}

const (
	deepLevels = 100_000
	bigPadding = 6 << 20 // bytes
)

// faults are listed in the console in this order. Those of JSON don't affect the
// page.
var faults = append([]fault{
	{"403", "Forbidden, as for some cloud addresses and user agents.", refuse(http.StatusForbidden)},
	{"404", "Not found.", refuse(http.StatusNotFound)},
	{"429", "Too many requests; retry after 3 seconds.", tooMany},
	{"500", "Internal server error.", refuse(http.StatusInternalServerError)},
	{"503", "Service unavailable.", refuse(http.StatusServiceUnavailable)},
	{"redirect-loop", "A redirect to the same address, endlessly.", redirectLoop},
	{"redirect-away", "A redirect to another site that doesn't exist.", redirectAway},
	{"html", "Status 200, but an HTML error page.", errorPage},
	{"empty", "Status 200, but an empty body.", body(func(answer) []byte { return nil })},
	{"truncated", "The response ends after two thirds.", body(func(a answer) []byte { return a.body[:len(a.body)*2/3] })},
	{"wrong-types", "The feed's list of services is a string.", feedBodyOnly(wrongTypes)},
	{"wrong-events", "The service's list of events is a string.", feedBodyOnly(wrongEvents)},
	{"bom", "The response starts with a byte-order mark. Harmless: it should be read.", body(func(a answer) []byte { return slices.Concat([]byte("\ufeff"), a.body) })},
	{"wrapped", "The feed is wrapped in jsonCallback(…); and a newline. Harmless: it should be read.", feedBodyOnly(wrapped)},
	{"garbage-gzip", "Content-Encoding gzip, but the body isn't compressed.", garbageGzip},
	{"deep", "Nested 100,000 deep.", body(deep)},
	{"big", "6 MB of padding before the end; valid for clients that read that much.", body(big)},
	{"endless", "Endless padding, as fast as the client reads it.", endless},
	{"endless-headers", "Endless header lines, as fast as the client reads them.", endlessHeaders},
	{"wrong-type", "Content-Type image/png. Harmless: it should be read.", wrongType},
	{"hang", "Accepts the request and never responds.", hang},
	{"slow", "One byte a second.", slow},
	{"reset", "The connection is closed in the middle.", reset},
}, lies...)

func findFault(name string) *fault {
	i := slices.IndexFunc(faults, func(f fault) bool { return f.name == name })
	if i < 0 {
		return nil
	}
	return &faults[i]
}

type serveFunc = func(http.ResponseWriter, *http.Request, answer)

func refuse(status int) serveFunc {
	return func(w http.ResponseWriter, _ *http.Request, _ answer) {
		http.Error(w, http.StatusText(status), status)
	}
}

func tooMany(w http.ResponseWriter, r *http.Request, a answer) {
	w.Header().Set("Retry-After", "3")
	refuse(http.StatusTooManyRequests)(w, r, a)
}

func redirectLoop(w http.ResponseWriter, r *http.Request, _ answer) {
	http.Redirect(w, r, r.URL.RequestURI(), http.StatusFound)
}

func redirectAway(w http.ResponseWriter, r *http.Request, _ answer) {
	http.Redirect(w, r, "https://example.invalid/", http.StatusFound)
}

func errorPage(w http.ResponseWriter, _ *http.Request, _ answer) {
	answer{what: OnPage, body: []byte(`<!DOCTYPE html>
<html lang="en-US"><head><title>Error</title><style>body { font: 17px sans-serif }</style></head>
<body><h1>Something went wrong</h1><p>Please try again later.</p></body></html>
`)}.write(w)
}

func garbageGzip(w http.ResponseWriter, _ *http.Request, a answer) {
	w.Header().Set("Content-Encoding", "gzip")
	a.body = []byte("these bytes were never compressed")
	a.write(w)
}

// endless sends the response after the first block of padding.
func endless(w http.ResponseWriter, _ *http.Request, a answer) {
	w.Header().Set("Content-Type", a.contentType())
	padding := bytes.Repeat([]byte(" "), 64<<10)
	w.Write(padding)
	w.Write(a.body)
	for {
		if _, err := w.Write(padding); err != nil {
			return
		}
	}
}

// endlessHeaders never sends the response.
func endlessHeaders(w http.ResponseWriter, _ *http.Request, a answer) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil { // over HTTP/2, or with httptest.ResponseRecorder
		panic(http.ErrAbortHandler)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "HTTP/1.1 200 OK\r\nContent-Type: %s\r\n", a.contentType())
	for n := 0; ; n++ {
		if _, err := fmt.Fprintf(conn, "X-Padding-%d: %s\r\n", n, strings.Repeat(".", 1000)); err != nil {
			return
		}
	}
}

func wrongType(w http.ResponseWriter, _ *http.Request, a answer) {
	w.Header().Set("Content-Type", "image/png")
	w.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
	w.Write(a.body)
}

// hang blocks until the request's context is done: when the client disconnects,
// or when the http.Server's BaseContext is cancelled.
func hang(_ http.ResponseWriter, r *http.Request, _ answer) {
	<-r.Context().Done()
	panic(http.ErrAbortHandler) // otherwise net/http would send an empty 200
}

// slow sends the full Content-Length, so a client can detect a partial body.
func slow(w http.ResponseWriter, r *http.Request, a answer) {
	w.Header().Set("Content-Type", a.contentType())
	w.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
	second := time.NewTicker(time.Second)
	defer second.Stop()
	for i := range a.body {
		if _, err := w.Write(a.body[i : i+1]); err != nil {
			return
		}
		http.NewResponseController(w).Flush()
		select {
		case <-second.C:
		case <-r.Context().Done():
			return
		}
	}
}

func reset(w http.ResponseWriter, _ *http.Request, a answer) {
	w.Header().Set("Content-Type", a.contentType())
	w.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
	w.Write(a.body[:len(a.body)/2])
	http.NewResponseController(w).Flush()
	panic(http.ErrAbortHandler)
}

// body returns a fault that serves another body.
func body(change func(answer) []byte) serveFunc {
	return func(w http.ResponseWriter, _ *http.Request, a answer) {
		a.body = change(a)
		a.write(w)
	}
}

// feedBodyOnly is like body, but serves the page unchanged.
func feedBodyOnly(change func(answer) []byte) serveFunc {
	return body(func(a answer) []byte {
		if a.what == OnPage {
			return a.body
		}
		return change(a)
	})
}

func wrapped(a answer) []byte {
	return slices.Concat([]byte("jsonCallback("), a.body, []byte(");\n"))
}

func wrongTypes(a answer) []byte {
	top, ok := object(a.body)
	if !ok {
		return a.body
	}
	top["services"] = json.RawMessage(`"a string where a list belongs"`)
	return encode(top)
}

func wrongEvents(a answer) []byte {
	return changeRows(a, func(row jsonObject) {
		if isService(row, a.service) {
			row["events"] = json.RawMessage(`"a string where a list belongs"`)
		}
	})
}

// object parses the text from the first { to the last }: a recording may be
// wrapped or start with a byte-order mark.
func object(feed []byte) (top jsonObject, ok bool) {
	from, to := bytes.IndexByte(feed, '{'), bytes.LastIndexByte(feed, '}')
	if from < 0 || to < from {
		return nil, false
	}
	return top, json.Unmarshal(feed[from:to+1], &top) == nil
}

// deep has no rows: a client that parses it must report that the service is
// missing.
func deep(a answer) []byte {
	if a.what == OnPage {
		return []byte("<!DOCTYPE html>\n<html lang=\"en-US\"><body>" + strings.Repeat("<div>", deepLevels) + strings.Repeat("</div>", deepLevels) + "</body></html>\n")
	}
	return []byte(`{"services":` + strings.Repeat("[", deepLevels) + strings.Repeat("]", deepLevels) + "}")
}

func big(a answer) []byte {
	end, open, shut := "}", `,"padding":"`, `"`
	if a.what == OnPage {
		end, open, shut = "</body>", "<!--", "-->"
	}
	at := bytes.LastIndex(a.body, []byte(end))
	if at < 0 {
		at = len(a.body)
	}
	padding := bytes.Repeat([]byte("."), bigPadding)
	return slices.Concat(a.body[:at], []byte(open), padding, []byte(shut), a.body[at:])
}
