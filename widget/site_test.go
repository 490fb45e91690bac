package widget_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"backupcheck/status"
	"backupcheck/status/api"
	"backupcheck/status/respond"
	"backupcheck/widget"
)

const (
	htmlType      = "text/html; charset=utf-8"
	widgetCached  = "public, max-age=30, stale-while-revalidate=60, stale-if-error=150"
	landingCached = "private, max-age=300"
	methodsKnown  = "GET, HEAD, OPTIONS"
)

func TestPagesHaveTheirHeaders(t *testing.T) {
	tests := []struct {
		target string
		want   map[string]string // "" if it must be absent
	}{
		{"/widget", map[string]string{"Content-Type": htmlType, "Cache-Control": widgetCached, "Content-Location": "/widget",
			"Cross-Origin-Resource-Policy": "cross-origin", "Cross-Origin-Embedder-Policy": "require-corp", "X-Frame-Options": ""}},
		{"/widget/messages", map[string]string{"Content-Type": htmlType, "Cache-Control": widgetCached, "Content-Location": "/widget/messages",
			"Cross-Origin-Resource-Policy": "cross-origin", "Cross-Origin-Embedder-Policy": "require-corp", "X-Frame-Options": ""}},
		{"/", map[string]string{"Content-Type": htmlType, "Cache-Control": landingCached}},
	}
	for _, tt := range tests {
		for _, s := range states() {
			w := get(t, s.verdict, tt.target)
			tt.want["X-Content-Type-Options"], tt.want["Referrer-Policy"], tt.want["Set-Cookie"] = "nosniff", "no-referrer", ""
			for key, want := range tt.want {
				if got := w.Header().Get(key); got != want {
					t.Errorf("%s, %s: %s: %q, want %q", tt.target, s.name, key, got, want)
				}
			}
			if w.Code != 200 || w.Header().Get("ETag") == "" {
				t.Errorf("%s, %s: %d, ETag %q", tt.target, s.name, w.Code, w.Header().Get("ETag"))
			}
		}
	}
}

// The response to every request, by any method, has the security headers.
func TestEveryResponseHasSecurityHeaders(t *testing.T) {
	site := newSite(t, func() status.Verdict { return find(t, "degraded") })
	targets := append(site.(*widget.Site).Routes(), "/nothing", "/badge.svg?style=%zz", "/oembed?url=http://elsewhere.example", "/api/history?days=-1")
	for _, target := range targets {
		for _, method := range []string{"GET", "HEAD", "OPTIONS", "POST", "TRACE"} {
			for _, condition := range []string{"", "*"} {
				r := httptest.NewRequest(method, target, nil)
				r.Header.Set("If-None-Match", condition)
				w := httptest.NewRecorder()
				site.ServeHTTP(w, r)
				for key, want := range map[string]string{
					"Permissions-Policy":        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
					"Referrer-Policy":           "no-referrer",
					"Strict-Transport-Security": "max-age=31536000",
					"X-Content-Type-Options":    "nosniff",
					"Set-Cookie":                "",
				} {
					if got := w.Header().Get(key); got != want {
						t.Errorf("%s %s: %d: %s: %q, want %q", method, target, w.Code, key, got, want)
					}
				}
				directives, page := policy(t, w), w.Code < 400 && method != "OPTIONS"
				ancestors, resource := []string{"'none'"}, "cross-origin"
				switch {
				case page && strings.HasPrefix(target, "/widget"):
					ancestors = nil
				case page && target == "/":
					ancestors, resource = nil, "same-origin"
				}
				if got := directives["frame-ancestors"]; !slices.Equal(got, ancestors) || !slices.Equal(directives["default-src"], []string{"'none'"}) {
					t.Errorf("%s %s: %d: policy %v", method, target, w.Code, directives)
				}
				if got := w.Header().Get("Cross-Origin-Resource-Policy"); got != resource {
					t.Errorf("%s %s: %d: Cross-Origin-Resource-Policy %q, want %q", method, target, w.Code, got, resource)
				}
			}
		}
	}
}

// policy parses a Content-Security-Policy: each directive's sources by its name.
func policy(t *testing.T, w *httptest.ResponseRecorder) map[string][]string {
	t.Helper()
	directives := map[string][]string{}
	for directive := range strings.SplitSeq(w.Header().Get("Content-Security-Policy"), ";") {
		words := strings.Fields(directive)
		if _, twice := directives[words[0]]; twice {
			t.Errorf("%s is repeated", words[0])
		}
		directives[words[0]] = words[1:]
	}
	return directives
}

func TestPoliciesAllowOnlyWhatThePagesNeed(t *testing.T) {
	self, none := []string{"'self'"}, []string{"'none'"}
	common := map[string][]string{
		"default-src": none, "base-uri": none, "form-action": none, "require-trusted-types-for": {"'script'"},
	}
	tests := map[string]map[string][]string{
		"/widget": {"script-src": {"'self'", "'wasm-unsafe-eval'"}, "connect-src": self},
		"/":       {"script-src": self, "frame-src": self, "img-src": self},
	}
	for target, want := range tests {
		t.Run(target, func(t *testing.T) {
			w := get(t, find(t, "operational"), target)
			// The browser compares the bytes between the tags, so they are
			// read from the source and not from a parser.
			between := func(begin, end string) (hashes []string) {
				for _, rest := range strings.Split(w.Body.String(), begin)[1:] {
					text, _, found := strings.Cut(rest, end)
					if !found || text == "" {
						t.Fatalf("no content of %s", begin)
					}
					sum := sha256.Sum256([]byte(text))
					hashes = append(hashes, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'")
				}
				return hashes
			}
			got := policy(t, w)
			for name, sources := range common {
				want[name] = sources
			}
			want["style-src"] = between("<style>", "</style>")
			if len(want["style-src"]) != 1 {
				t.Errorf("%d styles", len(want["style-src"]))
			}
			if target == "/widget" {
				scripts := between("<script>", "</script>")
				if len(scripts) != len(widget.InlineScripts) {
					t.Errorf("%d scripts", len(scripts))
				}
				want["script-src"] = append(want["script-src"], scripts...)
			}
			for name, sources := range want {
				if !slices.Equal(got[name], sources) {
					t.Errorf("%s %v, want %v", name, got[name], sources)
				}
				delete(got, name)
			}
			if len(got) > 0 {
				t.Errorf("more: %v", got)
			}
			// Such a policy blocks other inline scripts and style attributes.
			doc := parse(t, w.Body.String())
			allowed := map[string]int{"/widget": len(widget.InlineScripts), "/": 0}[target]
			if n := doc.Find("script:not([src]):not([type='application/json']), [style]").Length(); n != allowed {
				t.Errorf("%d elements that the policy forbids", n-allowed)
			}
		})
	}
}

// The entry module caches a response only under its canonical address. With a
// wrong one a cache would serve one theme for another, or anyone could fill it.
func TestWidgetHasItsCanonicalAddress(t *testing.T) {
	tests := []struct{ target, canonical, theme string }{
		{"/widget", "/widget", ""},
		{"/widget?", "/widget", ""},
		{"/widget?theme=dark", "/widget?theme=dark", "dark"},
		{"/widget?theme=light", "/widget?theme=light", "light"},
		{"/widget?theme=dark&x=1", "/widget?theme=dark", "dark"},
		{"/widget?x=1&theme=dark", "/widget?theme=dark", "dark"},
		{"/widget?theme=dark&theme=light", "/widget?theme=dark", "dark"},
		{"/widget?theme=evil", "/widget", ""},
		{"/widget?theme=DARK", "/widget", ""},
		{"/widget?theme=", "/widget", ""},
		{"/widget?theme=dark%00", "/widget", ""},
		{"/widget?Theme=dark", "/widget", ""},
		{"/widget?x=1", "/widget", ""},
		{"/widget?%zz", "/widget", ""},
		{"/widget?theme=%22%3E%3Cscript%3E", "/widget", ""},
	}
	same := map[string]string{} // ETag by canonical address
	for _, tt := range tests {
		w := get(t, find(t, "degraded"), tt.target)
		if got := w.Header().Get("Content-Location"); w.Code != 200 || got != tt.canonical {
			t.Errorf("%s: %d, Content-Location %q, want %q", tt.target, w.Code, got, tt.canonical)
		}
		if got := parse(t, w.Body.String()).Find("html").AttrOr("data-theme", ""); got != tt.theme {
			t.Errorf("%s: theme %q, want %q", tt.target, got, tt.theme)
		}
		if tag := w.Header().Get("ETag"); same[tt.canonical] == "" {
			same[tt.canonical] = tag
		} else if tag != same[tt.canonical] {
			t.Errorf("%s differs from others at %s", tt.target, tt.canonical)
		}
	}
	if len(same) != 3 || same["/widget"] == same["/widget?theme=dark"] {
		t.Errorf("%v", same)
	}
}

func TestQueryIsNeverReflected(t *testing.T) {
	const canary = "k4n4ri3"
	for _, path := range []string{"/", "/widget", "/api/status", "/nothing"} {
		for _, query := range []string{"?theme=" + canary, "?" + canary, "?x=" + canary + "&lang=" + canary, "?theme=dark%22" + canary, "?" + canary + "=%0d%0aX-Evil:1"} {
			for _, method := range []string{"GET", "HEAD", "OPTIONS", "POST"} {
				w := send(t, find(t, "degraded"), httptest.NewRequest(method, path+query, nil))
				var header strings.Builder
				if err := w.Header().Write(&header); err != nil {
					t.Fatal(err)
				}
				if strings.Contains(w.Body.String(), canary) || strings.Contains(header.String(), canary) || w.Header().Get("X-Evil") != "" {
					t.Errorf("%s %s%s is reflected:\n%s\n%s", method, path, query, header.String(), w.Body)
				}
			}
		}
	}
}

func TestUnknownPathsAre404WithAMessage(t *testing.T) {
	for _, path := range []string{"/nothing", "/widget/", "/Widget", "/api", "/api/", "/api/status/", "//", "/index.html", "/embed.js", "/assets/x.js", "/%3Cscript%3Ealert(1)%3C/script%3E"} {
		w := get(t, find(t, "operational"), path)
		var body map[string]string
		err := json.Unmarshal(w.Body.Bytes(), &body)
		if w.Code != 404 || err != nil || !strings.Contains(body["error"], "/widget") || strings.Contains(body["error"], "script") {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
		if w.Header().Get("Content-Type") != "application/json" || w.Header().Get("Cache-Control") != "no-store" || w.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", path, w.Header())
		}
	}
}

func TestPagesAllowOnlyReadMethods(t *testing.T) {
	for _, path := range []string{"/", "/widget", "/api/status"} {
		for _, method := range []string{"POST", "PUT", "DELETE", "PATCH"} {
			w := send(t, find(t, "operational"), httptest.NewRequest(method, path, strings.NewReader("x=1")))
			if w.Code != 405 || w.Header().Get("Allow") != methodsKnown || !json.Valid(w.Body.Bytes()) {
				t.Errorf("%s %s: %d, Allow %q, %s", method, path, w.Code, w.Header().Get("Allow"), w.Body)
			}
		}
		w := send(t, find(t, "operational"), httptest.NewRequest("OPTIONS", path, nil))
		if w.Code != 204 || w.Header().Get("Allow") != methodsKnown || w.Body.Len() > 0 {
			t.Errorf("OPTIONS %s: %d, Allow %q", path, w.Code, w.Header().Get("Allow"))
		}
		full := get(t, find(t, "operational"), path)
		head := send(t, find(t, "operational"), httptest.NewRequest("HEAD", path, nil))
		if head.Code != 200 || head.Body.Len() > 0 || head.Header().Get("ETag") != full.Header().Get("ETag") {
			t.Errorf("HEAD %s: %d, %d bytes", path, head.Code, head.Body.Len())
		}
		again := httptest.NewRequest("GET", path, nil)
		again.Header = http.Header{"If-None-Match": {full.Header().Get("ETag")}}
		if w := send(t, find(t, "operational"), again); w.Code != 304 || w.Body.Len() > 0 {
			t.Errorf("GET %s again: %d", path, w.Code)
		}
	}
}

func TestSiteServesTheStatusEndpoint(t *testing.T) {
	for _, s := range states() {
		w := get(t, s.verdict, "/api/status")
		if w.Code != 200 || w.Body.String() != string(api.Body(s.verdict)) {
			t.Errorf("%s: %d %s", s.name, w.Code, w.Body)
		}
	}
}

// The verdict is requested each time, so a change is shown at once.
func TestSiteRequestsTheVerdictEachTime(t *testing.T) {
	v := find(t, "operational")
	site := newSite(t, func() status.Verdict { return v })
	for _, s := range states() {
		v = s.verdict
		w := httptest.NewRecorder()
		site.ServeHTTP(w, httptest.NewRequest("GET", "/widget", nil))
		if got := textOf(parse(t, w.Body.String()).Find("h1")); got != s.title {
			t.Errorf("%s: %q", s.name, got)
		}
	}
}

// The cached document is that of the current verdict, in whichever field two
// verdicts differ.
func TestDocumentIsRenderedAgainWhenTheVerdictChanges(t *testing.T) {
	var verdict status.Verdict
	site := newSite(t, func() status.Verdict { return verdict })
	bodies := map[string]string{}
	for range 2 { // the second time everything was rendered before
		for _, s := range states() {
			for _, target := range []string{"/widget", "/widget?theme=dark"} {
				verdict = s.verdict
				w := httptest.NewRecorder()
				site.ServeHTTP(w, httptest.NewRequest("GET", target, nil))
				fresh := get(t, s.verdict, target)
				if w.Body.String() != fresh.Body.String() || w.Header().Get("ETag") != fresh.Header().Get("ETag") {
					t.Errorf("%s, %s: not the document of this verdict", s.name, target)
				}
				bodies[w.Body.String()] = s.name
			}
		}
	}
	if len(bodies) < len(states()) {
		t.Errorf("%d documents of %d states", len(bodies), len(states()))
	}
	// A change of times only also counts.
	verdict.CheckedAt = verdict.CheckedAt.Add(time.Minute)
	w := httptest.NewRecorder()
	site.ServeHTTP(w, httptest.NewRequest("GET", "/widget", nil))
	if w.Body.String() != get(t, verdict, "/widget").Body.String() {
		t.Error("the document has the time of an older reading")
	}
}

func TestDocumentsAreRequestedConcurrently(t *testing.T) {
	list := states()
	var n atomic.Int64
	site := newSite(t, func() status.Verdict { return list[int(n.Add(1))%len(list)].verdict })
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 50 {
				w := httptest.NewRecorder()
				site.ServeHTTP(w, httptest.NewRequest("GET", "/widget", nil))
				if w.Code != 200 || w.Header().Get("ETag") != respond.Tag(w.Body.Bytes()) {
					t.Errorf("%d, ETag %s of another body", w.Code, w.Header().Get("ETag"))
				}
			}
		})
	}
	group.Wait()
}
