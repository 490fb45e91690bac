package replay_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"backupcheck/status/apple/replay"
)

// state is the response of GET /_replay/state.
type state struct {
	Show, Fault, On   string
	Pages, Feeds      int
	Scenarios, Faults []struct{ Name, Description string }
	Recordings        []string
}

func stateOf(t *testing.T, s *replay.Server) state {
	t.Helper()
	res, body := get(t, s, "/_replay/state")
	if res.StatusCode != 200 || res.Header.Get("Content-Type") != "application/json" || res.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("state: %d %v", res.StatusCode, res.Header)
	}
	var st state
	if err := json.Unmarshal([]byte(body), &st); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	return st
}

// post sends a form to the handler, with headers as name, value, name, value.
func post(s *replay.Server, target, form string, headers ...string) (*http.Response, string) {
	r := httptest.NewRequest("POST", target, strings.NewReader(form))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	body, _ := io.ReadAll(w.Result().Body)
	return w.Result(), string(body)
}

func TestStateListsEverything(t *testing.T) {
	s := replay.New(replay.Options{Recordings: named("a.js")})
	_, raw := get(t, replay.New(replay.Options{}), "/_replay/state")
	if !strings.Contains(raw, `"recordings":[]`) || !strings.HasPrefix(raw, `{"show":"fine","fault":"","on":"both","pages":0,"feeds":0,"translations":0,"scenarios":[{"name":"fine","description":"`) {
		t.Error(raw)
	}
	get(t, s, pagePath)
	st := stateOf(t, s)
	if st.Show != "a.js" || st.Pages != 1 || st.Feeds != 0 || len(st.Recordings) != 1 || len(st.Faults) != 30 {
		t.Errorf("%+v", st)
	}
	for _, sc := range st.Scenarios {
		if sc.Description == "" {
			t.Errorf("%s has no description", sc.Name)
		}
	}
}

func TestControlByQueryAndByForm(t *testing.T) {
	s := replay.New(replay.Options{Recordings: named("a.js", "b.js")})
	for _, step := range []struct {
		target, form string
		want         state
	}{
		{"/_replay/show?name=outage", "", state{Show: "outage", On: "both"}},
		{"/_replay/fault", "name=503&on=page", state{Show: "outage", Fault: "503", On: "page"}},
		{"/_replay/next", "", state{Show: "a.js", Fault: "503", On: "page"}},
		{"/_replay/fault?name=", "", state{Show: "a.js", On: "both"}},
		{"/_replay/show", "name=b.js", state{Show: "b.js", On: "both"}},
		{"/_replay/next", "", state{Show: "a.js", On: "both"}},
		{"/_replay/fault?name=bom", "", state{Show: "a.js", Fault: "bom", On: "both"}},
	} {
		res, body := post(s, step.target, step.form)
		var got state
		if err := json.Unmarshal([]byte(body), &got); err != nil || res.StatusCode != 200 || res.Header.Get("Cache-Control") != "no-store" {
			t.Fatalf("%s: %d %s", step.target, res.StatusCode, body)
		}
		if got.Show != step.want.Show || got.Fault != step.want.Fault || got.On != step.want.On {
			t.Errorf("%s %s: %q %q %q, want %+v", step.target, step.form, got.Show, got.Fault, got.On, step.want)
		}
	}
}

func TestControlRejectsInvalidRequestsWithAMessage(t *testing.T) {
	s := replay.New(replay.Options{})
	for target, want := range map[string]int{
		"/_replay/show?name=no-such":       404,
		"/_replay/show":                    404,
		"/_replay/fault?name=no-such":      404,
		"/_replay/fault?name=500&on=there": 400,
		"/_replay/show?name=%zz":           400,
		"/_replay/next":                    409,
	} {
		res, body := post(s, target, "")
		var response struct{ Error string }
		if err := json.Unmarshal([]byte(body), &response); err != nil || res.StatusCode != want || !strings.Contains(response.Error, " ") {
			t.Errorf("%s: %d %s", target, res.StatusCode, body)
		}
	}
	if res, _ := post(s, "/_replay/show", "name="+strings.Repeat("x", 100_000)); res.StatusCode != 400 {
		t.Errorf("a huge form: %d", res.StatusCode)
	}
	if res, _ := get(t, s, "/_replay/show?name=outage"); res.StatusCode != 405 {
		t.Errorf("GET is allowed: %d", res.StatusCode)
	}
}

func TestOtherSitesMayNotControl(t *testing.T) {
	s := replay.New(replay.Options{})
	for origin, want := range map[string]int{
		"http://example.com":      200, // the Host that httptest.NewRequest sets
		"http://EXAMPLE.com":      200,
		"http://example.com:8788": 403,
		"https://other.example":   403,
		"null":                    403,
		"":                        403,
		"::":                      403,
	} {
		res, body := post(s, "/_replay/show?name=issue", "", "Origin", origin)
		if res.StatusCode != want {
			t.Errorf("Origin %q: %d, want %d", origin, res.StatusCode, want)
		}
		if want == 403 && !strings.HasPrefix(body, `{"error":"`) {
			t.Errorf("Origin %q: %s", origin, body)
		}
	}
}

func TestBrowsersAreRedirectedToTheConsole(t *testing.T) {
	s := replay.New(replay.Options{})
	for accept, want := range map[string]int{
		"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8": 303,
		"text/html":                         303,
		"text/*, application/json;q=0.5":    303,
		"*/*":                               200,
		"":                                  200,
		"application/json":                  200,
		"application/json, text/html;q=0.9": 200,
		"text/html;q=0.1, */*":              200,
		"text/html, application/json":       200,
	} {
		res, _ := post(s, "/_replay/show?name=issue", "", "Accept", accept)
		if res.StatusCode != want || (want == 303 && res.Header.Get("Location") != "/_replay/") {
			t.Errorf("Accept %q: %d %s, want %d", accept, res.StatusCode, res.Header.Get("Location"), want)
		}
	}
}

func TestConsoleMarksTheCurrentChoices(t *testing.T) {
	s := replay.New(replay.Options{Recordings: named(`<b>"x"</b>.js`)})
	must(t, s.Show("storage"))
	must(t, s.Fault("slow", replay.OnFeed))
	res, page := get(t, s, "/_replay/")
	if res.StatusCode != 200 || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") || res.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%d %v", res.StatusCode, res.Header)
	}
	for _, want := range []string{
		"<title>Simulated Apple</title>",
		`value="storage" aria-current="true"><span>✓ shown</span>`,
		`value="slow" aria-current="true"><span>✓ now, on feed</span>`,
		`value="feed" checked`,
		"&lt;b&gt;",
		"Next recording",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s", want)
		}
	}
	if n := strings.Count(page, "aria-current=\"true\""); n != 2 {
		t.Errorf("%d choices are marked, want 2", n)
	}
	if strings.Contains(page, `<b>"x"`) || strings.Contains(page, "<script") {
		t.Error("a name is not escaped, or there is a script")
	}
	none, first := strings.Index(page, "no fault"), strings.Index(page, `value="403"`)
	if none < 0 || none > first {
		t.Error(`"no fault" does not come first`)
	}

	_, page = get(t, replay.New(replay.Options{}), "/_replay/")
	if strings.Contains(page, "Recordings") || !strings.Contains(page, `value="" aria-current="true"><span>✓ now</span>`) {
		t.Error("recordings or faults are shown although there are none")
	}
}

func TestRootRedirectsToTheConsole(t *testing.T) {
	s := replay.New(replay.Options{})
	for _, path := range []string{"/", "/_replay"} {
		if res, _ := get(t, s, path); res.StatusCode/100 != 3 || res.Header.Get("Location") != "/_replay/" {
			t.Errorf("%s: %d %s", path, res.StatusCode, res.Header.Get("Location"))
		}
	}
}
