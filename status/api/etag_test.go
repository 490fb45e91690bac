package api_test

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"backupcheck/status"
	"backupcheck/status/api"
	"backupcheck/status/respond"
)

func tag(t *testing.T, h http.Handler) string {
	t.Helper()
	res, _ := requestStatus(t, h, "GET", "", nil)
	return res.Header.Get("ETag")
}

func TestETagFollowsTheBody(t *testing.T) {
	first := tag(t, endpoint(troubled()))
	// The entry module of the Worker compares tags as text, so a quote or a
	// comma inside would break it.
	if !regexp.MustCompile(`^"[0-9a-f]{16,}"$`).MatchString(first) {
		t.Errorf("ETag %s", first)
	}
	if again := tag(t, endpoint(troubled())); again != first {
		t.Errorf("equal bodies have %s and %s", first, again)
	}
	changes := map[string]func(*status.Verdict){
		"a later reading":  func(v *status.Verdict) { v.CheckedAt = v.CheckedAt.Add(1e9) },
		"another level":    func(v *status.Verdict) { v.Level = status.Outage },
		"stale":            func(v *status.Verdict) { v.Stale = true },
		"another sentence": func(v *status.Verdict) { v.Incidents[0].Message += "." },
		"a related row":    func(v *status.Verdict) { v.Related[1].Level = status.Operational },
	}
	for name, change := range changes {
		v := troubled()
		change(&v)
		if other := tag(t, endpoint(v)); other == first {
			t.Errorf("%s leaves the ETag as it is", name)
		}
	}
}

func TestMatchingIfNoneMatchGets304(t *testing.T) {
	own := tag(t, endpoint(troubled()))
	bare := strings.Trim(own, `"`)
	tests := []struct {
		name       string
		conditions []string
		fresh      bool
	}{
		{"exact", []string{own}, true},
		{"weak, as after compression by a proxy", []string{"W/" + own}, true},
		{"in a list", []string{`"a", ` + own + `, "b"`}, true},
		{"weak in a list", []string{`W/"a", W/` + own}, true},
		{"in a list without spaces", []string{`"a",` + own}, true},
		{"in the second header value", []string{`"a"`, own}, true},
		{"weak in the second header value of lists", []string{`"a", "b"`, `"c", W/` + own}, true},
		{"anything", []string{"*"}, true},
		{"anything, in the second header value", []string{`"a"`, "*"}, true},
		{"spaces around", []string{" \t" + own + " "}, true},
		{"empty members", []string{`, ,` + own + ` ,`}, true},

		{"none", nil, false},
		{"empty", []string{""}, false},
		{"another", []string{`"a"`}, false},
		{"without quotes", []string{bare}, false},
		{"a part of it", []string{own[:len(own)-2] + `"`}, false},
		{"more than it", []string{`"` + bare + `0"`}, false},
		{"in upper case", []string{strings.ToUpper(own)}, false},
		{"a list of others", []string{`"a", W/"b"`, `"c"`}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			res, body := requestStatus(t, endpoint(troubled()), "GET", "", http.Header{"If-None-Match": tt.conditions})
			// A cache updates its copy from a 304, so both have these headers.
			expect(t, res, map[string]string{
				"ETag":                        own,
				"Cache-Control":               commonHeaders["Cache-Control"],
				"Access-Control-Allow-Origin": "*",
				"Content-Location":            "/api/status",
			})
			if !tt.fresh {
				if res.StatusCode != 200 || body != string(api.Body(troubled())) {
					t.Errorf("%d %q", res.StatusCode, body)
				}
				return
			}
			if res.StatusCode != 304 || body != "" {
				t.Errorf("%d %q", res.StatusCode, body)
			}
			expect(t, res, map[string]string{"Content-Type": "", "Content-Length": ""})
		})
	}
}

// net/http removes the type from a 304 by itself; its replacement at the edge
// doesn't.
func TestNotModifiedHasNoContentType(t *testing.T) {
	r := httptest.NewRequest("GET", "/api/status", nil)
	r.Header.Set("If-None-Match", "*")
	w := httptest.NewRecorder()
	endpoint(troubled()).ServeHTTP(w, r)
	if w.Code != 304 || w.Header().Get("Content-Type") != "" || w.Header().Get("Content-Length") != "" || w.Body.Len() > 0 {
		t.Errorf("%d %v %q", w.Code, w.Header(), w.Body)
	}
}

func TestOldETagGetsTheNewVerdict(t *testing.T) {
	old := tag(t, endpoint(troubled()))
	v := troubled()
	v.Level = status.Operational
	res, body := requestStatus(t, endpoint(v), "GET", "", http.Header{"If-None-Match": {old}})
	if res.StatusCode != 200 || body != string(api.Body(v)) {
		t.Errorf("%d %q", res.StatusCode, body)
	}
}

// Responses are made once and served often; serving one must not modify it.
func TestServingDoesNotModifyTheResponse(t *testing.T) {
	response := respond.Body{Header: http.Header{"Content-Type": {"text/plain"}}, Bytes: []byte("here")}
	h := http.HandlerFunc(response.Serve)
	if res, _ := requestStatus(t, h, "GET", "", http.Header{"If-None-Match": {"*"}}); res.StatusCode != 304 {
		t.Fatalf("%d", res.StatusCode)
	}
	res, body := requestStatus(t, h, "GET", "", nil)
	if len(response.Header) != 1 || body != "here" {
		t.Errorf("header %v, body %q", response.Header, body)
	}
	expect(t, res, map[string]string{"Content-Type": "text/plain"})
}
