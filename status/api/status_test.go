package api_test

import (
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"backupcheck/status"
	"backupcheck/status/api"
	"backupcheck/status/respond"
)

// endpoint is the status endpoint with a fixed verdict.
func endpoint(v status.Verdict) http.Handler {
	return api.Status(sourceOf(v))
}

// requestStatus sends a request through a real server and client, so that what
// net/http adds and rejects is tested as well.
func requestStatus(t *testing.T, h http.Handler, method, query string, header http.Header) (*http.Response, string) {
	t.Helper()
	server := httptest.NewServer(h)
	defer server.Close()
	req, err := http.NewRequestWithContext(t.Context(), method, server.URL+"/api/status"+query, nil)
	if err != nil {
		t.Fatal(err)
	}
	maps.Copy(req.Header, header)
	req.Header.Set("Accept-Encoding", "identity")
	res, err := server.Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	res.Header.Del("Date")
	return res, string(body)
}

// expect compares single headers; an empty value wants the header absent.
func expect(t *testing.T, res *http.Response, want map[string]string) {
	t.Helper()
	for key, value := range want {
		if got := strings.Join(res.Header.Values(key), " | "); got != value {
			t.Errorf("%s: %q, want %q", key, got, value)
		}
	}
}

// commonHeaders are the headers of every response with a verdict.
var commonHeaders = map[string]string{
	"Content-Type":                "application/json",
	"Cache-Control":               "public, max-age=30, stale-while-revalidate=60, stale-if-error=150",
	"Access-Control-Allow-Origin": "*",
	"X-Content-Type-Options":      "nosniff",
	"Content-Location":            "/api/status",
	"Set-Cookie":                  "",
	"Vary":                        "", // the response depends on no header of the request
}

func TestStatusRespondsWithBodyAndHeaders(t *testing.T) {
	v := troubled()
	res, body := requestStatus(t, endpoint(v), "GET", "", nil)
	if res.StatusCode != 200 || body != string(api.Body(v)) {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	expect(t, res, commonHeaders)
	// A page of another origin sees the ETag only if it is exposed.
	if !strings.Contains(res.Header.Get("Access-Control-Expose-Headers"), "ETag") {
		t.Errorf("exposed: %q", res.Header.Get("Access-Control-Expose-Headers"))
	}
}

// It is 200 even if Apple can't be read: a 500 would make monitors report this
// project as down.
func TestStatusIs200AtEveryLevel(t *testing.T) {
	verdicts := map[string]status.Verdict{
		"nothing read":       status.NewMonitor(status.Options{}).Verdict(),
		"too old":            {CheckedAt: six, Stale: true, LastKnown: &status.Known{Level: status.Outage, CheckedAt: six}},
		"too old, never any": {Service: "iCloud Backup"},
		"operational":        {Level: status.Operational},
		"maintenance":        {Level: status.Maintenance},
		"degraded":           {Level: status.Degraded},
		"outage":             {Level: status.Outage},
	}
	for name, v := range verdicts {
		t.Run(name, func(t *testing.T) {
			for _, method := range []string{"GET", "HEAD"} {
				res, body := requestStatus(t, endpoint(v), method, "", nil)
				if res.StatusCode != 200 {
					t.Errorf("%s: %d %s", method, res.StatusCode, body)
				}
				expect(t, res, commonHeaders)
			}
		})
	}
}

func TestHeadIsGetWithoutTheBody(t *testing.T) {
	for name, header := range map[string]http.Header{
		"200": nil,
		"304": {"If-None-Match": {"*"}},
	} {
		t.Run(name, func(t *testing.T) {
			get, _ := requestStatus(t, endpoint(troubled()), "GET", "", header)
			head, body := requestStatus(t, endpoint(troubled()), "HEAD", "", header)
			if body != "" || head.StatusCode != get.StatusCode || !maps.EqualFunc(head.Header, get.Header, slices.Equal) {
				t.Errorf("GET  %d %v\nHEAD %d %v %q", get.StatusCode, get.Header, head.StatusCode, head.Header, body)
			}
			if res := head.Header.Get("Content-Length"); (res == "") != (name == "304") {
				t.Errorf("Content-Length %q", res)
			}
		})
	}
}

func TestStatusIgnoresTheQuery(t *testing.T) {
	plain, body := requestStatus(t, endpoint(troubled()), "GET", "", nil)
	for _, query := range []string{"?", "?x=1", "?level=operational", "?service=%3Cscript%3E", "?callback=alert"} {
		res, other := requestStatus(t, endpoint(troubled()), "GET", query, nil)
		// Content-Location makes caches share one response.
		if other != body || !maps.EqualFunc(res.Header, plain.Header, slices.Equal) {
			t.Errorf("%s: %v %s", query, res.Header, other)
		}
	}
}

func TestOptionsAllowsEveryOrigin(t *testing.T) {
	called := false
	h := api.Status(api.Source{Verdict: func() status.Verdict { called = true; return status.Verdict{} }})
	res, body := requestStatus(t, h, "OPTIONS", "", http.Header{
		"Origin": {"https://example.com"}, "Access-Control-Request-Method": {"GET"}, "Access-Control-Request-Headers": {"if-none-match"},
	})
	if res.StatusCode != 204 || body != "" {
		t.Errorf("%d %q", res.StatusCode, body)
	}
	expect(t, res, map[string]string{
		"Allow":                        "GET, HEAD, OPTIONS",
		"Access-Control-Allow-Origin":  "*",
		"Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
		"Access-Control-Allow-Headers": "If-None-Match",
	})
	if called {
		t.Error("a preflight requests the verdict")
	}
}

func TestOtherMethodsGet405WithAMessage(t *testing.T) {
	for _, method := range []string{"POST", "PUT", "DELETE", "PATCH", "TRACE", "PURGE"} {
		t.Run(method, func(t *testing.T) {
			// If-None-Match must not turn the error into a 304.
			res, body := requestStatus(t, endpoint(troubled()), method, "", http.Header{"If-None-Match": {"*"}})
			if res.StatusCode != 405 {
				t.Errorf("%d", res.StatusCode)
			}
			expect(t, res, map[string]string{
				"Allow":                       "GET, HEAD, OPTIONS",
				"Content-Type":                "application/json",
				"Cache-Control":               "no-store",
				"Access-Control-Allow-Origin": "*",
				"X-Content-Type-Options":      "nosniff",
				"ETag":                        "",
			})
			if err := checkErrorBody(body); err != nil {
				t.Errorf("%v: %s", err, body)
			}
		})
	}
}

// checkErrorBody checks the body of an error: {"error": "…"} and nothing else.
func checkErrorBody(body string) error {
	var fields map[string]string
	if err := json.Unmarshal([]byte(body), &fields); err != nil {
		return err
	}
	text := fields["error"]
	if len(fields) != 1 || !strings.HasSuffix(text, ".") || strings.Count(text, " ") < 2 || !strings.HasSuffix(body, "}\n") {
		return errors.New("not a sentence")
	}
	return nil
}

func TestErrorHasContentLengthAndNoBodyForHead(t *testing.T) {
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		respond.Error(w, r, 404, `There is no "<b>" & nothing else here.`)
	})
	get, body := requestStatus(t, h, "GET", "", nil)
	head, nothing := requestStatus(t, h, "HEAD", "", nil)
	if get.StatusCode != 404 || head.StatusCode != 404 || get.ContentLength != int64(len(body)) || head.ContentLength != get.ContentLength || nothing != "" {
		t.Errorf("GET %d, %d bytes; HEAD %d, %d bytes, %q", get.StatusCode, get.ContentLength, head.StatusCode, head.ContentLength, nothing)
	}
	if err := checkErrorBody(body); err != nil {
		t.Errorf("%v: %s", err, body)
	}
}
