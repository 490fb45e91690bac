package widget_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"backupcheck/status"
	"backupcheck/widget/assets"
)

// embedded is an oEmbed response.
type embedded struct {
	Type, Version, Title, HTML string
	ProviderName               string `json:"provider_name"`
	ProviderURL                string `json:"provider_url"`
	CacheAge                   int    `json:"cache_age"`
	Width, Height              int
}

// home is the origin of the site in these tests.
const home = "https://check.example"

// embed requests an oEmbed response and parses its frame.
func embed(t *testing.T, parameters url.Values) (embedded, *goquery.Selection) {
	t.Helper()
	w := get(t, status.Verdict{}, home+"/oembed?"+parameters.Encode())
	var e embedded
	if err := json.Unmarshal(w.Body.Bytes(), &e); w.Code != 200 || err != nil {
		t.Fatalf("%v: %d %v: %s", parameters, w.Code, err, w.Body)
	}
	frame := parse(t, e.HTML).Find("body > *")
	if frame.Length() != 1 || goquery.NodeName(frame) != "iframe" {
		t.Fatalf("%v: not one frame: %s", parameters, e.HTML)
	}
	return e, frame
}

func TestOEmbedReturnsTheWidgetInAFrame(t *testing.T) {
	e, frame := embed(t, url.Values{"url": {home + "/"}, "format": {"json"}})
	if e.Type != "rich" || e.Version != "1.0" || e.Title != "iCloud Backup check" ||
		e.ProviderName != "Backup Check" || e.ProviderURL != home+"/" || e.CacheAge != 3600 || e.Width != 560 || e.Height != 640 {
		t.Errorf("%+v", e)
	}
	for attribute, want := range map[string]string{
		"src": home + "/widget", "title": e.Title, "width": "560", "height": "640", "loading": "lazy", "style": "border:0;max-width:100%",
	} {
		if got := frame.AttrOr(attribute, ""); got != want {
			t.Errorf("%s %q, want %q", attribute, got, want)
		}
	}
	// The frame has the same permissions as with embed.js.
	script, err := assets.FS.ReadFile("embed.js")
	if err != nil {
		t.Fatal(err)
	}
	if sandbox := frame.AttrOr("sandbox", ""); sandbox == "" || !regexp.MustCompile(`setAttribute\(\s*"sandbox",\s*"`+regexp.QuoteMeta(sandbox)+`",?\s*\)`).Match(script) {
		t.Errorf("sandbox %q is not that of embed.js", sandbox)
	}
}

func TestOEmbedAcceptsAddressesOfThisSite(t *testing.T) {
	tests := []struct{ address, provider, src string }{
		{"/", home, "/widget"},
		{"/widget", home, "/widget"},
		{home, home, "/widget"},
		{home + "/", home, "/widget"},
		{home + "/widget", home, "/widget"},
		{"https://CHECK.example/widget", home, "/widget"},
		// The scheme of the address counts: behind a proxy only the address has it.
		{"http://check.example/", "http://check.example", "/widget"},
		{home + "/widget?theme=dark", home, "/widget?theme=dark"},
		{"/widget?theme=light&x=1#y", home, "/widget?theme=light"},
		{home + "/?theme=dark&lang=en-GB", home, "/widget?theme=dark"},
		{"/widget?theme=purple&lang=%22%3E%3Cscript%3E", home, "/widget"},
		{"/widget?%zz", home, "/widget"},
	}
	for _, tt := range tests {
		e, frame := embed(t, url.Values{"url": {tt.address}})
		if got := frame.AttrOr("src", ""); got != tt.provider+tt.src || e.ProviderURL != tt.provider+"/" {
			t.Errorf("%s: %s of %s, want %s", tt.address, got, e.ProviderURL, tt.provider+tt.src)
		}
	}
}

func TestOEmbedRespectsMaxWidthAndHeight(t *testing.T) {
	tests := []struct {
		width, height         string
		wantWidth, wantHeight int
	}{
		{"", "", 560, 640},
		{"1200", "1200", 560, 640},
		{"560", "640", 560, 640},
		{"400", "", 400, 640},
		{"", "300", 560, 300},
		{"1", "1", 280, 240}, // narrower is unreadable
		{"2147483647", "2147483647", 560, 640},
	}
	for _, tt := range tests {
		parameters := url.Values{"url": {"/"}}
		if tt.width != "" {
			parameters.Set("maxwidth", tt.width)
		}
		if tt.height != "" {
			parameters.Set("maxheight", tt.height)
		}
		e, frame := embed(t, parameters)
		if e.Width != tt.wantWidth || e.Height != tt.wantHeight ||
			frame.AttrOr("width", "") != strconv.Itoa(e.Width) || frame.AttrOr("height", "") != strconv.Itoa(e.Height) {
			t.Errorf("%v: %d x %d, %s", parameters, e.Width, e.Height, e.HTML)
		}
	}
}

// Addresses of other sites are never embedded, redirected to or repeated.
func TestOEmbedRejectsOtherAddressesAndInvalidParameters(t *testing.T) {
	const canary = "k4n4ri3"
	tests := []struct {
		query string
		code  int
	}{
		{"", 400},
		{"url=", 400},
		{"format=json", 400},
		{"url=%zz" + canary, 400},
		{"url=%2F&format=xml", 501},
		{"url=%2F&format=", 501},
		{"url=%2F&format=" + canary, 501},
		{"url=%2F&maxwidth=0", 400},
		{"url=%2F&maxwidth=-1", 400},
		{"url=%2F&maxwidth=" + canary, 400},
		{"url=%2F&maxwidth=", 400},
		{"url=%2F&maxheight=1e3", 400},
		{"url=%2F&maxheight=99999999999999999999", 400},
		{"url=" + canary, 404},
		{"url=widget", 404},
		{"url=%3Ftheme%3Ddark", 404},
		{"url=%2Fapi%2Fstatus", 404},
		{"url=%2Fwidget%2F" + canary, 404},
		{"url=%2Fwidget%2F..%2F" + canary, 404},
		{"url=https%3A%2F%2Fevil.example%2Fwidget", 404},
		{"url=https%3A%2F%2Fcheck.example.evil.example%2F", 404},
		{"url=https%3A%2F%2Fcheck.example%3A8443%2F", 404},
		{"url=https%3A%2F%2Fevil%40check.example%2F", 404},
		{"url=https%3A%2F%2Fcheck.example%40evil.example%2F", 404},
		{"url=https%3A%2F%2Fcheck.example%5C%40evil.example%2F", 404},
		{"url=%2F%2Fevil.example%2Fwidget", 404},
		{"url=%2F%2Fcheck.example%2Fwidget", 404},
		{"url=%5C%5Cevil.example%2Fwidget", 404},
		{"url=https%3A%2Fwidget", 404},
		{"url=https%3Acheck.example%2F", 404},
		{"url=ftp%3A%2F%2Fcheck.example%2F", 404},
		{"url=javascript%3A" + canary, 404},
		{"url=data%3Atext%2Fhtml%2C" + canary, 404},
		{"url=%0d%0aX-Evil%3A" + canary, 404},
		{"url=%2Fwidget%00", 404},
	}
	for _, tt := range tests {
		w := get(t, status.Verdict{}, home+"/oembed?"+tt.query)
		var body map[string]string
		if err := json.Unmarshal(w.Body.Bytes(), &body); w.Code != tt.code || err != nil || !strings.HasSuffix(body["error"], ".") {
			t.Errorf("%s: %d, want %d: %v %s", tt.query, w.Code, tt.code, err, w.Body)
		}
		var header strings.Builder
		if err := w.Header().Write(&header); err != nil {
			t.Fatal(err)
		}
		for _, mark := range []string{canary, "evil"} {
			if strings.Contains(w.Body.String(), mark) || strings.Contains(strings.ToLower(header.String()), mark) {
				t.Errorf("%s is repeated:\n%s\n%s", tt.query, header.String(), w.Body)
			}
		}
		if w.Header().Get("Location") != "" || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %v", tt.query, w.Header())
		}
	}
}

// Each host has its own response, so the Worker must not cache one for all.
func TestOEmbedIsCacheableButNotByTheEntryModule(t *testing.T) {
	w := get(t, status.Verdict{}, home+"/oembed?url=%2F")
	for key, want := range map[string]string{
		"Content-Type": "application/json", "Cache-Control": "private, max-age=3600", "Content-Location": "",
		"Access-Control-Allow-Origin": "*", "X-Content-Type-Options": "nosniff", "Set-Cookie": "",
	} {
		if got := w.Header().Get(key); got != want {
			t.Errorf("%s: %q, want %q", key, got, want)
		}
	}
	again := httptest.NewRequest("GET", home+"/oembed?url=%2F", nil)
	again.Header = http.Header{"If-None-Match": {w.Header().Get("ETag")}}
	if w := send(t, status.Verdict{}, again); w.Code != 304 {
		t.Errorf("with its ETag: %d", w.Code)
	}
	if other := get(t, status.Verdict{}, "https://other.example/oembed?url=%2F"); other.Header().Get("ETag") == w.Header().Get("ETag") {
		t.Error("two hosts have the same response")
	}
}

// A proxy may let a Host through that net/http would reject: an invalid one is
// rejected, and any other is escaped in the frame.
func TestHostileHostIsRejectedOrEscapedInTheFrame(t *testing.T) {
	for host, code := range map[string]int{
		`evil.example"></iframe><script>alert(1)</script>`: 404, `'"><svg onload=alert(1)>`: 404, `javascript:alert(1)//`: 404, `a b`: 404,
		`&quot;&lt;b&gt;`: 200, `evil.example`: 200, `[::1]:8787`: 200,
	} {
		r := httptest.NewRequest("GET", "/oembed?url=%2F", nil)
		r.Host = host
		w := send(t, status.Verdict{}, r)
		if w.Code != code {
			t.Errorf("%q: %d %s", host, w.Code, w.Body)
		}
		if code != 200 {
			continue
		}
		var e embedded
		if err := json.Unmarshal(w.Body.Bytes(), &e); err != nil {
			t.Fatal(err)
		}
		frame := parse(t, e.HTML).Find("body > *")
		if frame.Length() != 1 || frame.Find("*").Length() > 0 || len(frame.Nodes[0].Attr) != 7 || !strings.HasPrefix(frame.AttrOr("src", ""), "http://") {
			t.Errorf("%q: %s", host, e.HTML)
		}
	}
}

// The oEmbed response that a page links to has the same theme.
func TestPagesLinkToTheirOEmbedResponse(t *testing.T) {
	tests := []struct{ page, href, src string }{
		{"/", home + "/oembed?format=json&url=https%3A%2F%2Fcheck.example%2F", "/widget"},
		// The widget's document is the same on every host.
		{"/widget", "/oembed?format=json&url=%2Fwidget", "/widget"},
		{"/widget?theme=dark&x=1", "/oembed?format=json&url=%2Fwidget%3Ftheme%3Ddark", "/widget?theme=dark"},
	}
	for _, tt := range tests {
		link := parse(t, get(t, status.Verdict{}, home+tt.page).Body.String()).Find(`head > link[rel=alternate][type="application/json+oembed"]`)
		href := link.AttrOr("href", "")
		if link.Length() != 1 || href != tt.href {
			t.Errorf("%s: %d links, %q", tt.page, link.Length(), href)
		}
		_, query, _ := strings.Cut(href, "?")
		parameters, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		if _, frame := embed(t, parameters); frame.AttrOr("src", "") != home+tt.src {
			t.Errorf("%s links to %s", tt.page, frame.AttrOr("src", ""))
		}
	}
}

func TestLandingPageLinksToFeedAndDescription(t *testing.T) {
	doc := parse(t, get(t, status.Verdict{}, "/").Body.String())
	for rel, want := range map[string]string{
		`link[rel=alternate][type="application/atom+xml"]`: "/feed.atom",
		`link[rel=service-desc][type="application/json"]`:  "/openapi.json",
	} {
		link := doc.Find("head > " + rel)
		if got := link.AttrOr("href", ""); link.Length() != 1 || got != want {
			t.Errorf("%s: %d links, %q", rel, link.Length(), got)
		}
		if w := get(t, status.Verdict{}, want); w.Code != 200 {
			t.Errorf("%s: %d", want, w.Code)
		}
	}
}
