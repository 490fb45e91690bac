package replay

import (
	"encoding/json"
	"mime"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// FuzzConsole sends any request to the console, by any method and from any page.
// Nothing panics, errors are JSON, another site changes nothing, and one of the
// scenarios is always shown.
func FuzzConsole(f *testing.F) {
	for _, path := range []string{"", "state", "show", "next", "fault", "x"} {
		f.Add("POST", path, "name=outage&on=feed", "", "", "application/json")
		f.Add("GET", path, "name=%ff;on=", "https://evil.example", "null", "text/html;q=0.9, */*;q=x")
	}
	s := New(Options{})
	names := []string{}
	for _, scenario := range s.state().Scenarios {
		names = append(names, scenario.Name)
	}
	f.Fuzz(func(t *testing.T, method, path, form, origin, host, accept string) {
		if strings.ContainsAny(method, " \r\n\t") || method == "" {
			return
		}
		r := httptest.NewRequest("POST", consolePath, strings.NewReader(form))
		r.Method, r.URL, r.Host = method, &url.URL{Path: consolePath + path}, host
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Accept", accept)
		if origin != "" {
			r.Header.Set("Origin", origin)
		}
		before := s.state()
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		after := s.state()
		if !slices.Contains(names, after.Show) {
			t.Fatalf("%q is shown", after.Show)
		}
		if u, err := url.Parse(origin); origin != "" && (err != nil || !strings.EqualFold(u.Host, host) || host == "") && (before.Show != after.Show || before.Fault != after.Fault) {
			t.Fatalf("%q changed what is shown at %q", origin, host)
		}
		if w.Code >= 500 {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
		if location := w.Header().Get("Location"); w.Code/100 == 3 && !strings.HasPrefix(location, "/") {
			t.Fatalf("redirects to %q", location)
		}
		if kind, _, _ := mime.ParseMediaType(w.Header().Get("Content-Type")); kind == "application/json" && !json.Valid(w.Body.Bytes()) {
			t.Fatalf("no JSON: %s", w.Body)
		}
	})
}

// FuzzFaults applies the faults to any recording.
func FuzzFaults(f *testing.F) {
	for _, feed := range []string{"", "{}", `{"services":[]}`, `jsonCallback({"services":[{"serviceName":"iCloud Backup","events":[{}]}]});`, `{"services":{"a":1}}`, "\xff"} {
		f.Add([]byte(feed))
	}
	f.Fuzz(func(t *testing.T, feed []byte) {
		for _, fault := range []func(answer) []byte{wrapped, wrongTypes, wrongEvents} {
			fault(answer{body: feed})
		}
	})
}
