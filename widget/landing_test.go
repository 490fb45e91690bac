package widget_test

import (
	"crypto/tls"
	"maps"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"backupcheck/status"
	"backupcheck/widget/locale"
	"backupcheck/widget/sequence/icloudbackup"
)

func TestLandingPageSnippetHasItsOrigin(t *testing.T) {
	tests := []struct {
		name, target, host string
		tls                bool
		want               string
	}{
		// Natively a request's URL is a path; at the edge it is absolute.
		{"native", "/", "localhost:8787", false, "http://localhost:8787"},
		{"native with TLS", "/", "check.example", true, "https://check.example"},
		{"native, IPv6", "/", "[::1]:8787", false, "http://[::1]:8787"},
		{"edge", "https://backup-check.example.workers.dev/", "", false, "https://backup-check.example.workers.dev"},
		{"edge with a port", "http://127.0.0.1:8787/", "", false, "http://127.0.0.1:8787"},
		{"query", "https://check.example/?x=%3Cscript%3E#y", "", false, "https://check.example"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := httptest.NewRequest("GET", tt.target, nil)
			if tt.host != "" {
				r.Host = tt.host
			}
			if tt.tls {
				r.TLS = &tls.ConnectionState{}
			}
			w := send(t, status.Verdict{}, r)
			want := `<backup-check><a href="` + tt.want + `/widget">iCloud Backup check</a></backup-check>` + "\n" +
				`<script src="` + tt.want + `/embed.js" async></script>`
			pre := parse(t, w.Body.String()).Find("pre")
			if got := pre.First().Text(); w.Code != 200 || got != want {
				t.Errorf("%d %s, want %s", w.Code, got, want)
			}
			want = "[![iCloud Backup](" + tt.want + "/badge.svg)](" + tt.want + "/)"
			if got := pre.Last().Text(); got != want {
				t.Errorf("badge %s, want %s", got, want)
			}
		})
	}
}

// A proxy may let a Host through that net/http would reject.
func TestHostileHostIsEscapedInTheLandingPage(t *testing.T) {
	hosts := []string{
		`evil.example"></script><script>alert(1)</script>`,
		`</pre><script src="https://evil.example/x.js"></script>`,
		`x</pre><img src=x onerror=alert(1)>`,
		`'"><svg onload=alert(1)>`,
		`javascript:alert(1)//`,
		`&quot;&lt;b&gt;`,
	}
	// The only attributes that contain the host are compared separately.
	takeOEmbed := func(doc *goquery.Document) string {
		doc.Find("link[hreflang]").Each(func(_ int, link *goquery.Selection) {
			if href := link.AttrOr("href", ""); !strings.HasPrefix(href, "http") {
				t.Errorf("alternate at %q", href)
			}
			link.RemoveAttr("href")
		})
		doc.Find(`meta[property="og:url"]`).RemoveAttr("content")
		doc.Find("form").RemoveAttr("data-origin")
		link := doc.Find("link[type='application/json+oembed']")
		href := link.AttrOr("href", "")
		link.RemoveAttr("href")
		return href
	}
	plain := parse(t, get(t, status.Verdict{}, "/").Body.String())
	takeOEmbed(plain)
	want := skeleton(plain)
	for _, host := range hosts {
		native, edge := httptest.NewRequest("GET", "/", nil), httptest.NewRequest("GET", "https://check.example/", nil)
		native.Host, edge.URL.Host = host, host
		for name, w := range map[string]*httptest.ResponseRecorder{
			"native": send(t, status.Verdict{}, native),
			"edge":   send(t, status.Verdict{}, edge),
		} {
			doc := parse(t, w.Body.String())
			if href := takeOEmbed(doc); !strings.HasPrefix(href, "http") || !strings.Contains(href, "/oembed?format=json&url=http") {
				t.Errorf("%s, %q: oEmbed at %q", name, host, href)
			}
			if got := skeleton(doc); !slices.Equal(got, want) {
				t.Errorf("%s, %q changes the page's elements:\n%v\n%v", name, host, got, want)
			}
			if pre := doc.Find("pre").First().Text(); !strings.HasSuffix(pre, `/embed.js" async></script>`) {
				t.Errorf("%s, %q: %q", name, host, pre)
			}
			for key, values := range w.Header() {
				if strings.Contains(strings.Join(values, " "), "evil") {
					t.Errorf("%s, %q is in %s", name, host, key)
				}
			}
		}
	}
}

func TestLandingPageEmbedsTheWidget(t *testing.T) {
	doc := parse(t, get(t, status.Verdict{}, "/").Body.String())
	var scripts []string
	doc.Find("script").Each(func(_ int, script *goquery.Selection) { scripts = append(scripts, script.AttrOr("src", "")) })
	if want := []string{"/assets/site-0123456789ab.js", "/embed.js"}; !slices.Equal(scripts, want) {
		t.Errorf("scripts %v, want %v", scripts, want)
	}
	// The parser reads the content of noscript as text, as browsers with script do.
	if frame := parse(t, doc.Find("noscript").Text()).Find("iframe"); frame.AttrOr("src", "") != "/widget" {
		t.Errorf("without script there is %q", doc.Find("noscript").Text())
	}
	// Without script the button would do nothing, so the script shows it.
	if button := doc.Find("button"); button.Length() != 1 || button.AttrOr("hidden", "no") == "no" {
		t.Errorf("%d buttons", button.Length())
	}
	if doc.Find(`a[href="/api/status"]`).Length() != 1 {
		t.Error("no link to the status endpoint")
	}
}

// The landing page has no verdict in it, since it is cached for longer.
func TestLandingPageIsTheSameInEveryState(t *testing.T) {
	want := get(t, status.Verdict{}, "/").Header().Get("ETag")
	for _, s := range states() {
		if got := get(t, s.verdict, "/").Header().Get("ETag"); got != want {
			t.Errorf("%s: ETag %s, want %s", s.name, got, want)
		}
	}
}

// Where the widget can start is offered, other than the messages of iOS, and each
// by the words of its own screen.
func TestLandingPageOffersEverySymptom(t *testing.T) {
	texts := locale.For("")
	want := map[string]string{"": texts.Text("landing.any-symptom")}
	for _, node := range icloudbackup.Graph().Nodes {
		if node.ID != "symptom" && node.ID != "more" {
			continue
		}
		for _, choice := range node.Choices {
			isMessage := texts.Text("message."+choice.ID) != "message."+choice.ID
			if !isMessage && choice.ID != "none" {
				want[choice.ID] = texts.Choice(node.ID, choice.ID)
			}
		}
	}
	got := map[string]string{}
	parse(t, get(t, status.Verdict{}, "/").Body.String()).Find("[name=symptom] option").Each(func(_ int, option *goquery.Selection) {
		got[option.AttrOr("value", "")] = option.Text()
	})
	if !maps.Equal(got, want) || len(want) < 10 {
		t.Errorf("offers %q, want %q", got, want)
	}
}
