package respond_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"backupcheck/status/respond"
)

func serve(h http.Handler, method string, header http.Header) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "/", nil)
	r.Header = header
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestBodyIsNotModifiedForItsETagOnly(t *testing.T) {
	body := respond.Body{Header: http.Header{"Content-Type": {"text/plain"}}, Bytes: []byte("here")}
	h := http.HandlerFunc(body.Serve)
	tag := respond.Tag(body.Bytes)
	for condition, code := range map[string]int{tag: 304, "W/" + tag: 304, "*": 304, `"a", ` + tag: 304, `"a"`: 200, "": 200} {
		w := serve(h, "GET", http.Header{"If-None-Match": {condition}})
		if w.Code != code || w.Header().Get("ETag") != tag || (w.Body.Len() > 0) != (code == 200) || (w.Header().Get("Content-Type") != "") != (code == 200) {
			t.Errorf("%q: %d %v %q", condition, w.Code, w.Header(), w.Body)
		}
	}
	if len(body.Header) != 1 {
		t.Errorf("serving changed the header to %v", body.Header)
	}
	if w := serve(h, "HEAD", nil); w.Code != 200 || w.Body.Len() > 0 || w.Header().Get("Content-Length") != "4" {
		t.Errorf("HEAD: %d %v %q", w.Code, w.Header(), w.Body)
	}
}

func TestReadOnlyAllowsOptionsAndRejectsOtherMethods(t *testing.T) {
	h := respond.ReadOnly(http.HandlerFunc(respond.Body{Bytes: []byte("here")}.Serve))
	for method, code := range map[string]int{"GET": 200, "HEAD": 200, "OPTIONS": 204, "POST": 405, "PUT": 405, "DELETE": 405} {
		w := serve(h, method, nil)
		if w.Code != code || code > 200 && w.Header().Get("Allow") != "GET, HEAD, OPTIONS" || w.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %d %v", method, w.Code, w.Header())
		}
	}
}

func TestErrorIsJSONThatIsNotCached(t *testing.T) {
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { respond.Error(w, r, 400, `A "message".`) })
	w := serve(h, "GET", nil)
	var body struct{ Error string }
	if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil || body.Error != `A "message".` || w.Code != 400 || w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("%d %v %q", w.Code, w.Header(), w.Body)
	}
	if w := serve(h, "HEAD", nil); w.Body.Len() > 0 {
		t.Errorf("HEAD: %q", w.Body)
	}
}

func TestSecurityHeadersDoNotReplaceOwnValues(t *testing.T) {
	header := http.Header{"Content-Security-Policy": {"default-src 'self'"}}
	respond.SecurityHeaders(header)
	if header.Get("Content-Security-Policy") != "default-src 'self'" || header.Get("Referrer-Policy") != "no-referrer" {
		t.Errorf("%v", header)
	}
}
