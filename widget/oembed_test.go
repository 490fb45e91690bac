package widget_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"backupcheck/status"
	"backupcheck/status/api"
	"backupcheck/widget"
	"backupcheck/widget/assets"
	"backupcheck/widget/locale"
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

// embed requests an oEmbed response and parses its frame, which comes after a
// hidden link to the same address.
func embed(t *testing.T, parameters url.Values) (embedded, *goquery.Selection) {
	t.Helper()
	w := get(t, status.Verdict{}, home+"/oembed?"+parameters.Encode())
	var e embedded
	if err := json.Unmarshal(w.Body.Bytes(), &e); w.Code != 200 || err != nil {
		t.Fatalf("%v: %d %v: %s", parameters, w.Code, err, w.Body)
	}
	all := parse(t, e.HTML).Find("body > *")
	frame, link := all.Filter("iframe"), all.Filter("blockquote[hidden][style='display:none']").Find("a")
	if all.Length() != 2 || frame.Length() != 1 || link.AttrOr("href", "") != frame.AttrOr("src", "") || textOf(link) != e.Title {
		t.Fatalf("%v: not a link and a frame: %s", parameters, e.HTML)
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
		"allow": "clipboard-write; web-share",
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
		all := parse(t, e.HTML).Find("body *")
		frame := all.Filter("iframe")
		if all.Length() != 3 || frame.Length() != 1 || len(frame.Nodes[0].Attr) != 8 || len(all.Filter("a").Nodes[0].Attr) != 1 || !strings.HasPrefix(frame.AttrOr("src", ""), "http://") {
			t.Errorf("%q: %s", host, e.HTML)
		}
	}
}

// The oEmbed response that a page links to has the same theme.
func TestPagesLinkToTheirOEmbedResponse(t *testing.T) {
	tests := []struct{ page, href, src string }{
		{"/", home + "/oembed?format=json&url=https%3A%2F%2Fcheck.example%2F", "/widget"},
		{"/?theme=dark&lang=de&x=1", home + "/oembed?format=json&url=https%3A%2F%2Fcheck.example%2F%3Flang%3Dde%26theme%3Ddark", "/widget?lang=de&theme=dark"},
		// The widget's document is the same on every host, if any visitor can choose the host.
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

// WordPress, for one, ignores a link that isn't absolute.
func TestWidgetLinksToItsOEmbedResponseAbsolutelyWhereItsOriginIsCertain(t *testing.T) {
	verdict := func() status.Verdict { return find(t, "operational") }
	for _, tt := range []struct {
		source             api.Source
		target             string
		canonical, address string
	}{
		{api.Source{RoutedByHost: true}, home + "/widget", home + "/widget", home + "/widget"},
		{api.Source{RoutedByHost: true}, home + "/widget?x=1&theme=dark&lang=de", home + "/widget?lang=de&theme=dark", home + "/widget?lang=de&theme=dark"},
		{api.Source{RoutedByHost: true}, home + "/widget/messages", home + "/widget/messages", ""},
		{api.Source{RoutedByHost: true}, home + "/?theme=dark", home + "/?theme=dark", home + "/?theme=dark"},
		{api.Source{PublicURL: home}, "https://evil.example/widget?theme=light", "/widget?theme=light", home + "/widget?theme=light"},
		{api.Source{PublicURL: home}, "/widget", "/widget", home + "/widget"},
		{api.Source{PublicURL: home}, "/?lang=de", "/?lang=de", home + "/?lang=de"},
		{api.Source{}, home + "/widget", "/widget", "/widget"},
		{api.Source{}, home + "/", "", home + "/"},
	} {
		tt.source.Verdict = verdict
		w := httptest.NewRecorder()
		widget.NewSite(tt.source, widget.Bundle{}).ServeHTTP(w, httptest.NewRequest("GET", tt.target, nil))
		link, err := url.Parse(parse(t, w.Body.String()).Find(`link[type="application/json+oembed"]`).AttrOr("href", ""))
		if err != nil {
			t.Fatal(err)
		}
		absolute := strings.HasPrefix(tt.address, "http")
		if link.Query().Get("url") != tt.address || absolute && !strings.HasPrefix(link.String(), home+"/oembed?") || link.IsAbs() != absolute {
			t.Errorf("%s: links to %s", tt.target, link)
		}
		if got := w.Header().Get("Content-Location"); got != tt.canonical {
			t.Errorf("%s: Content-Location %q, want %q", tt.target, got, tt.canonical)
		}
		// In WebKit, 'self' allows nothing in a sandboxed frame.
		for _, name := range []string{"script-src", "connect-src"} {
			if sources := policy(t, w)[name]; strings.Contains(tt.target, "/widget") && slices.Contains(sources, home) != (tt.source.RoutedByHost || tt.source.PublicURL != "") {
				t.Errorf("%s: %s %v", tt.target, name, sources)
			}
		}
		if public := strings.HasPrefix(w.Header().Get("Cache-Control"), "public"); strings.Contains(tt.target, "widget") && !public {
			t.Errorf("%s: %v", tt.target, w.Header())
		}
	}
}

// One site may have several hosts, and a platform's route may allow any.
func TestDocumentsOfHostsAreApartAndFew(t *testing.T) {
	site := widget.NewSite(api.Source{Verdict: func() status.Verdict { return find(t, "operational") }, RoutedByHost: true}, widget.Bundle{})
	request := func(host string) string {
		w := httptest.NewRecorder()
		site.ServeHTTP(w, httptest.NewRequest("GET", "https://"+host+"/widget", nil))
		return w.Body.String()
	}
	first := request("one.example")
	for n := range 500 {
		host := strconv.Itoa(n) + ".example"
		if body := request(host); !strings.Contains(body, "%2F%2F"+host+"%2F") || strings.Contains(body, "one.example") {
			t.Fatalf("%s has another host's document", host)
		}
		if documents := widget.Documents(site); documents > 200 {
			t.Fatalf("%d documents in memory", documents)
		}
	}
	if request("one.example") != first {
		t.Error("the document has changed")
	}
}

// Embedders such as Notion frame the address that a reader copies: the page's own.
func TestLandingPageIsTheWidgetInFrames(t *testing.T) {
	for _, tt := range []struct{ target, destination, languages, location, vary string }{
		{"/", "iframe", "", "/widget", "Accept-Language, Sec-Fetch-Dest"},
		{"/", "iframe", "de-AT", "/widget?lang=de", "Accept-Language, Sec-Fetch-Dest"},
		{"/?theme=dark&lang=fr&x", "frame", "de", "/widget?lang=fr&theme=dark", "Sec-Fetch-Dest"},
		{"/?lang=en", "embed", "de", "/widget", "Sec-Fetch-Dest"},
		{"/", "object", "", "/widget", "Accept-Language, Sec-Fetch-Dest"},
		{"/", "document", "", "", "Accept-Language, Sec-Fetch-Dest"},
		{"/", "", "", "", "Accept-Language, Sec-Fetch-Dest"},
		{"/?theme=dark", "document", "de", "/?lang=de&theme=dark", "Accept-Language, Sec-Fetch-Dest"},
		{"/?lang=de", "empty", "fr", "", "Sec-Fetch-Dest"},
	} {
		r := httptest.NewRequest("GET", tt.target, nil)
		r.Header = http.Header{"Sec-Fetch-Dest": {tt.destination}, "Accept-Language": {tt.languages}}
		w := send(t, find(t, "operational"), r)
		if got := w.Header().Get("Location"); got != tt.location || (w.Code == 302) != (tt.location != "") {
			t.Errorf("%s as %q: %d to %q, want %q", tt.target, tt.destination, w.Code, got, tt.location)
		}
		if got := w.Header().Get("Vary"); !strings.HasPrefix(got, tt.vary) {
			t.Errorf("%s as %q: Vary %q, want %q", tt.target, tt.destination, got, tt.vary)
		}
		if ancestors := policy(t, w)["frame-ancestors"]; ancestors != nil {
			t.Errorf("%s as %q: only %v may frame it", tt.target, tt.destination, ancestors)
		}
	}
}

func TestLandingPageHasAPreviewForLinks(t *testing.T) {
	doc := parse(t, get(t, find(t, "operational"), home+"/?lang=pt-BR&theme=dark").Body.String())
	texts := locale.For("pt-BR")
	for name, want := range map[string]string{
		"og:title": texts.Text("landing.title"), "og:description": texts.Text("landing.description"), "og:type": "website",
		"og:url": home + "/?lang=pt-BR", "og:locale": "pt_BR", "og:site_name": "Backup Check",
	} {
		if tag := doc.Find(`head > meta[property="` + name + `"]`); tag.Length() != 1 || tag.AttrOr("content", "") != want {
			t.Errorf("%s: %d, %q, want %q", name, tag.Length(), tag.AttrOr("content", ""), want)
		}
	}
	if got := doc.Find(`head > meta[name="twitter:card"]`).AttrOr("content", ""); got != "summary" {
		t.Errorf("twitter:card %q", got)
	}
	others := doc.Find(`meta[property="og:locale:alternate"]`)
	if others.Length() != len(locale.Languages())-1 {
		t.Errorf("%d other languages", others.Length())
	}
	others.Each(func(_ int, other *goquery.Selection) {
		if name := other.AttrOr("content", ""); !regexp.MustCompile(`^[a-z]{2}_[A-Z]{2}$`).MatchString(name) || name == "pt_BR" {
			t.Errorf("%q is no other locale of Open Graph", name)
		}
	})
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
