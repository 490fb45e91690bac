package widget_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"backupcheck/widget/locale"
)

// Each address has one answer, so that caches need only one copy of each: the
// browser's languages choose an address.
func TestLandingPageIsInTheBrowsersLanguage(t *testing.T) {
	tests := []struct{ target, accept, location, language string }{
		{"/", "", "", "en"},
		{"/", "en-US,en;q=0.9,de;q=0.8", "", "en"},
		{"/", "sv", "", "en"},
		{"/", "de-AT,de;q=0.9,en;q=0.8", "/?lang=de", ""},
		{"/?x=1", "de", "/?lang=de", ""},
		{"/?lang=de", "en", "", "de"},
		{"/?lang=de-CH", "", "", "de"},
		{"/?lang=en", "de", "", "en"},
		{"/?lang=", "de", "", "en"},
		{"/?lang=xx", "de", "", "en"},
	}
	for _, tt := range tests {
		for _, method := range []string{"GET", "HEAD"} {
			r := httptest.NewRequest(method, tt.target, nil)
			r.Header.Set("Accept-Language", tt.accept)
			w := send(t, find(t, "operational"), r)
			code := 200
			if tt.location != "" {
				code = 302
			}
			header := w.Header()
			if w.Code != code || header.Get("Location") != tt.location || header.Get("Content-Language") != tt.language {
				t.Errorf("%s %s for %q: %d, %q, Content-Language %q", method, tt.target, tt.accept, w.Code, header.Get("Location"), header.Get("Content-Language"))
			}
			if varies := strings.HasPrefix(header.Get("Vary"), "Accept-Language"); varies == strings.Contains(tt.target, "lang=") {
				t.Errorf("%s: Vary %q", tt.target, header.Get("Vary"))
			}
			if code == 302 && (header.Get("Cache-Control") != "no-store" || header.Get("Content-Security-Policy") == "" || w.Body.Len() > 0) {
				t.Errorf("%s: %v", tt.target, header)
			}
		}
	}
}

func TestDocumentsSayTheirLanguage(t *testing.T) {
	for target, want := range map[string]string{"/widget": "en", "/widget?lang=de-AT": "de", "/widget/messages?lang=de": "de", "/widget?lang=sv": "en"} {
		r := httptest.NewRequest("GET", target, nil)
		r.Header.Set("Accept-Language", "de") // documents are embedded, by a page that chooses
		w := send(t, find(t, "operational"), r)
		doc := parse(t, w.Body.String())
		if got := w.Header().Get("Content-Language"); w.Code != 200 || got != want || doc.Find("html").AttrOr("lang", "") != want {
			t.Errorf("%s: %d, Content-Language %q", target, w.Code, got)
		}
	}
}

func TestLandingPageLinksToItsOtherLanguages(t *testing.T) {
	doc := parse(t, get(t, find(t, "operational"), "https://check.example/?lang=de").Body.String())
	tags := locale.Languages()
	for _, tag := range append(tags, "x-default") {
		want := "https://check.example/"
		if tag != "en" && tag != "x-default" {
			want += "?lang=" + tag
		}
		if got := doc.Find(`link[hreflang="`+tag+`"]`).AttrOr("href", ""); got != want {
			t.Errorf("alternate %s: %q", tag, got)
		}
	}
	links := doc.Find(".languages > *")
	if links.Length() != len(tags) || textOf(doc.Find(".languages [aria-current]")) != "Deutsch" || doc.Find(`.languages a[lang=en]`).AttrOr("href", "") != "/?lang=en" {
		t.Errorf("%d languages, %q", links.Length(), textOf(links))
	}
}

func TestStatusHasItsSummaryInALanguage(t *testing.T) {
	for _, s := range states() {
		english := get(t, s.verdict, "/api/status")
		if english.Header().Get("Content-Location") != "/api/status" {
			t.Errorf("%v", english.Header())
		}
		for target, want := range map[string]string{"/api/status?lang=de": "/api/status?lang=de", "/api/status?lang=de-AT&x": "/api/status?lang=de",
			"/api/status?lang=en-GB": "/api/status", "/api/status?lang=": "/api/status", "/api/status?lang=../x": "/api/status"} {
			w := get(t, s.verdict, target)
			if got := w.Header().Get("Content-Location"); w.Code != 200 || got != want {
				t.Errorf("%s: %d, Content-Location %q", target, w.Code, got)
			}
			summary := gjson.GetBytes(w.Body.Bytes(), "summary")
			translated := strings.HasSuffix(want, "lang=de")
			if same := summary.Str == gjson.GetBytes(english.Body.Bytes(), "summary").Str; same == translated || strings.HasPrefix(summary.Str, "verdict.") {
				t.Errorf("%s, %s: summary %q", s.name, target, summary.Str)
			}
			if rest := strings.Replace(w.Body.String(), summary.Raw, "", 1); rest != strings.Replace(english.Body.String(), gjson.GetBytes(english.Body.Bytes(), "summary").Raw, "", 1) {
				t.Errorf("%s, %s: more than the summary differs", s.name, target)
			}
		}
	}
}
