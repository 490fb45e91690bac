package widget_test

import (
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"backupcheck/status"
	"backupcheck/status/api"
	"backupcheck/widget"
)

func TestEmbedders(t *testing.T) {
	tests := []struct {
		list  string
		want  string // joined
		wrong string // in the error; "" for no error
	}{
		{"", "", ""},
		{" , ", "", ""},
		{"https://support.example", "'self' https://support.example", ""},
		{"https://Support.example:8443, http://localhost:3000\nhttps://*.example.org", "'self' https://support.example:8443 http://localhost:3000 https://*.example.org", ""},
		// Invalid ones are left out; they never allow every page.
		{"*", "'self'", `"*"`},
		{"https://*", "'self'", `"https://*"`},
		{"https://*.com", "'self'", `"https://*.com"`},
		{"support.example", "'self'", `"support.example"`},
		{"https:", "'self'", `"https:"`},
		{"https://", "'self'", `"https://"`},
		{"https://a..b", "'self'", `"https://a..b"`},
		{"https://support.example/page", "'self'", `"https://support.example/page"`},
		{"https://user@support.example", "'self'", `"https://user@support.example"`},
		{"https://support.example:https", "'self'", `"https://support.example:https"`},
		{"https://a.example; script-src * https://b.example", "'self' https://b.example", `"https://a.example;" "script-src" "*"`},
		{"'none'", "'self'", `"'none'"`},
		{"javascript://a.example", "'self'", `"javascript://a.example"`},
	}
	for _, tt := range tests {
		sources, err := widget.Embedders(tt.list)
		if got := strings.Join(sources, " "); got != tt.want {
			t.Errorf("%q: %s, want %s", tt.list, got, tt.want)
		}
		if (err != nil) != (tt.wrong != "") || err != nil && !strings.Contains(err.Error(), tt.wrong) {
			t.Errorf("%q: %v, want it to name %s", tt.list, err, tt.wrong)
		}
	}
}

func TestOnlyListedPagesMayEmbedTheWidget(t *testing.T) {
	sources, err := widget.Embedders("https://support.example")
	if err != nil {
		t.Fatal(err)
	}
	site := widget.NewSite(api.Source{Verdict: func() status.Verdict { return find(t, "degraded") }}, widget.Bundle{}, sources...)
	for target, want := range map[string][]string{
		"/widget":     {"'self'", "https://support.example"},
		"/":           {"'self'", "https://support.example"},
		"/api/status": {"'none'"},
		"/nothing":    {"'none'"},
	} {
		w := httptest.NewRecorder()
		site.ServeHTTP(w, httptest.NewRequest("GET", target, nil))
		if got := policy(t, w)["frame-ancestors"]; !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", target, got, want)
		}
	}
}
