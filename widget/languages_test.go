package widget_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/tidwall/gjson"
	"golang.org/x/net/html"

	"backupcheck/status"
	"backupcheck/status/history"
	"backupcheck/widget"
	"backupcheck/widget/locale"
)

// translated is a catalogue with the ids of English, and texts derived from
// English.
func translated(t *testing.T, text func(id, english string) string) *locale.Catalogue {
	t.Helper()
	texts := map[string]string{}
	gjson.ParseBytes(locale.Compiled("en")).ForEach(func(id, english gjson.Result) bool {
		texts[id.Str] = text(id.Str, english.Str)
		return true
	})
	texts["language.dir"] = "rtl"
	data, err := json.Marshal(texts)
	if err != nil {
		t.Fatal(err)
	}
	return locale.New("qps", func() []byte { return data })
}

// accented replaces each letter of the English alphabet by a similar one.
var accented = strings.NewReplacer(strings.Split(
	"a á b ƀ c ç d ð e é f ƒ g ĝ h ĥ i í j ĵ k ķ l ļ m ɱ n ñ o ó p þ q ǫ r ŕ s š t ţ u ú v ṽ w ŵ x ẋ y ý z ž "+
		"A Á B Ɓ C Ç D Ð E É F Ƒ G Ĝ H Ĥ I Í J Ĵ K Ķ L Ļ M Ṁ N Ñ O Ó P Þ Q Ǫ R Ŕ S Š T Ţ U Ú V Ṽ W Ŵ X Ẋ Y Ý Z Ž", " ")...)

// pseudo is English in other letters, in brackets and longer. Letters of the
// English alphabet in a page in this language are not from the catalogue.
func pseudo(t *testing.T) *locale.Catalogue {
	return translated(t, func(_, english string) string {
		var b strings.Builder
		for english != "" {
			before, rest, _ := strings.Cut(english, "{")
			b.WriteString(accented.Replace(before))
			name, after, found := strings.Cut(rest, "}")
			if found {
				b.WriteString("{" + name + "}")
			}
			english = after
		}
		return "⟦" + b.String() + " ~~~~⟧"
	})
}

// notTranslated are texts that pages show in every language: Apple's texts,
// names, addresses.
var notTranslated = []string{
	"Backups may fail.", "Some users are affected", "Photos", "iCloud Drive", status.ServiceName,
	"/api/status", "/api/history", "/api/v2/summary.json", "/feed.atom", "/openapi.json",
}

// visible returns the texts and attributes of a document that readers see or
// hear, but not code.
func visible(t *testing.T, doc *goquery.Document) []string {
	t.Helper()
	var all []string
	for node := range doc.Nodes[0].Descendants() {
		switch node.Type {
		case html.TextNode:
			switch node.Parent.Data {
			case "style", "script", "pre", "code":
			case "a", "span", "option":
				// Names of languages are in themselves, and those of products are the same in all.
				if goquery.NewDocumentFromNode(node.Parent).Is(".languages > [lang], option[lang], [name=host] option") {
					continue
				}
				all = append(all, node.Data)
			case "noscript": // text to a parser that has scripts
				all = append(all, visible(t, parse(t, node.Data))...)
			default:
				all = append(all, node.Data)
			}
		case html.ElementNode:
			for _, attribute := range node.Attr {
				switch attribute.Key {
				case "title", "alt", "aria-label", "aria-description", "placeholder", "data-copied", "data-selected", "data-zone":
					all = append(all, attribute.Val)
				case "content":
					if goquery.NewDocumentFromNode(node).Is(`[name="description"]`) {
						all = append(all, attribute.Val)
					}
				}
			}
		}
	}
	return all
}

var letters = regexp.MustCompile(`[A-Za-z]`)

// untranslated returns the texts of a document that aren't from the
// pseudo-language.
func untranslated(t *testing.T, doc *goquery.Document) []string {
	t.Helper()
	var found []string
	texts := visible(t, doc)
	for _, text := range texts {
		rest := text
		for _, name := range notTranslated {
			rest = strings.ReplaceAll(rest, name, "")
		}
		rest = strings.ReplaceAll(rest, "{zone}", "") // the script replaces it
		if letters.MatchString(rest) {
			found = append(found, text)
		}
	}
	if all := strings.Join(texts, ""); len(texts) < 30 || strings.Count(all, "⟦") != strings.Count(all, "⟧") {
		t.Errorf("%d texts, %d of them begin and %d end", len(texts), strings.Count(all, "⟦"), strings.Count(all, "⟧"))
	}
	return found
}

// landingHistories are all kinds of histories that the landing page
// distinguishes.
func landingHistories() map[string]*history.History {
	all := map[string]*history.History{"unavailable": nil}
	add := func(name string, h history.History) { all[name] = &h }
	add("never watched", ninety())
	add("watched", ninety(day(100), six))
	add("watched since 11 days ago", ninety(day(11), six))
	light := ninety(day(100), six)
	light.Changes = append(light.Changes, history.Change{At: day(5), Level: status.Degraded, Rest: status.Degraded}, history.Change{At: day(4), Level: status.Operational, Rest: status.Operational})
	add("a light without an incident", light)

	every := ninety(day(80), day(60).Add(13*time.Hour), day(59).Add(10*time.Hour), six)
	every.Changes = append(every.Changes, history.Change{At: day(6), Level: status.Unknown, Rest: status.Unknown}, history.Change{At: day(5), Level: status.Operational, Rest: status.Operational})
	incident := func(change func(*history.Incident)) {
		i := incidentAt(day(3), day(1).Add(90*time.Minute), status.Degraded)
		i.Message = "Backups may fail."
		change(&i)
		every.Incidents = append(every.Incidents, i)
	}
	for _, undated := range []bool{false, true} {
		for _, change := range []func(*history.Incident){
			func(*history.Incident) {},
			func(i *history.Incident) { i.EndedAt = time.Time{} },
			func(i *history.Incident) { i.State, i.EndedAt = status.StateOngoing, time.Time{} },
			func(i *history.Incident) { i.State, i.EndedAt, i.LastSeenAt = status.StateOngoing, time.Time{}, day(2) },
		} {
			incident(func(i *history.Incident) {
				change(i)
				if undated {
					i.StartedAt = time.Time{}
				}
			})
		}
	}
	incident(func(i *history.Incident) { i.EndedAt = i.StartedAt.Add(time.Second) })
	for _, level := range []status.Level{status.Maintenance, status.Outage, status.Unknown} {
		incident(func(i *history.Incident) {
			i.Worst, i.StartedAt, i.EndedAt = level, day(20+int(level)), day(20+int(level)).Add(95*time.Minute)
		})
	}
	for range 20 {
		incident(func(*history.Incident) {})
	}
	add("everything", every)
	return all
}

// pages renders every page in a language, by name.
func pages(t *testing.T, texts *locale.Catalogue) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	add := func(name string, body []byte, err error) {
		if err != nil {
			t.Fatal(err)
		}
		all[name] = body
	}
	bundle := sources(t)
	bundle.Integrity = "sha384-x"
	for _, s := range states() {
		body, err := widget.RenderDocument(s.verdict, texts, bundle)
		add("document: "+s.name, body, err)
	}
	for month := range 12 {
		v := find(t, "operational")
		v.CheckedAt = v.CheckedAt.AddDate(0, month, 0)
		body, err := widget.RenderDocument(v, texts, bundle)
		add("document: operational, month "+strconv.Itoa(month), body, err)
	}
	for name, h := range landingHistories() {
		body, err := widget.RenderLanding(h, texts, bundle)
		add("landing page: "+name, body, err)
	}
	return all
}

// A translated page must not contain English.
func TestPagesHaveNoUntranslatedText(t *testing.T) {
	for name, body := range pages(t, pseudo(t)) {
		t.Run(name, func(t *testing.T) {
			doc := parse(t, string(body))
			for _, text := range untranslated(t, doc) {
				t.Errorf("%q is not from the catalogue", text)
			}
			root := doc.Find("html")
			if root.AttrOr("lang", "") != "qps" || root.AttrOr("dir", "") != "rtl" {
				t.Errorf("lang %q, dir %q", root.AttrOr("lang", ""), root.AttrOr("dir", ""))
			}
			if verdict := doc.Find("script#verdict").Text(); strings.HasPrefix(name, "document") {
				if summary := gjson.Get(verdict, "summary").Str; !strings.HasPrefix(summary, "⟦") || letters.MatchString(summary) {
					t.Errorf("summary %q", summary)
				}
			}
		})
	}
}

// Checks that untranslated finds English.
func TestUntranslatedTextIsFound(t *testing.T) {
	body := pages(t, pseudo(t))["landing page: everything"]
	for name, markup := range map[string]string{
		"text": "<p>Hello</p>", "text after another": "<p>⟦á⟧: b</p>", "part of an element": "<p>⟦á <b>b</b>⟧</p>", "title": `<p title="Hello">⟦á⟧</p>`,
		"alt": `<img alt="Hello">`, "aria-label": `<p aria-label="Hello">⟦á⟧</p>`, "without script": `<noscript><iframe title="Hello"></iframe></noscript>`,
		"text for the script": `<p data-zone="Zone {zone}">⟦á⟧</p>`, "description": `<meta name="description" content="Hello">`,
	} {
		doc := parse(t, strings.Replace(string(body), "</main>", markup+"</main>", 1))
		if found := untranslated(t, doc); len(found) != 1 {
			t.Errorf("%s: found %q", name, found)
		}
	}
}

// areas are those whose texts only the pages show. The texts of steps are also
// used by the sequence, and package locale tests those.
var areas = []string{"page", "verdict", "wait", "date", "length", "number", "list", "embed", "landing", "history"}

func TestEveryTextOfThePagesIsUsed(t *testing.T) {
	marks := translated(t, func(id, english string) string {
		return "⟦" + id + "⟧" + strings.Join(placeholder.FindAllString(english, -1), "")
	})
	var all strings.Builder
	for _, body := range pages(t, marks) {
		all.Write(body)
	}
	count := 0
	gjson.ParseBytes(locale.Compiled("en")).ForEach(func(id, _ gjson.Result) bool {
		if area, _, _ := strings.Cut(id.Str, "."); slices.Contains(areas, area) {
			count++
			if !strings.Contains(all.String(), "⟦"+id.Str+"⟧") {
				t.Errorf("no page uses %s", id.Str)
			}
		}
		return true
	})
	if count < 120 {
		t.Errorf("only %d texts were checked", count)
	}
}

func TestPagesLinkToTheirLanguage(t *testing.T) {
	bundle := sources(t)
	bundle.Files["qps.json"] = "/assets/qps-0123456789ab.json"
	body, err := widget.RenderDocument(find(t, "operational"), pseudo(t), bundle)
	if err != nil {
		t.Fatal(err)
	}
	document := parse(t, string(body))
	body, err = widget.RenderLanding(nil, pseudo(t), bundle)
	if err != nil {
		t.Fatal(err)
	}
	landing := parse(t, string(body))
	frame := parse(t, landing.Find("noscript").Text()).Find("iframe")
	for name, tt := range map[string]struct{ got, want string }{
		"texts of the document":  {document.Find("main").AttrOr("data-texts", ""), bundle.Files["qps.json"]},
		"oEmbed of the document": {document.Find("link[rel=alternate]").AttrOr("href", ""), "/oembed?format=json&url=%2Fwidget%3Flang%3Dqps"},
		"canonical landing page": {landing.Find("link[rel=canonical]").AttrOr("href", ""), "/?lang=qps"},
		"oEmbed of the landing page": {landing.Find(`link[type="application/json+oembed"]`).AttrOr("href", ""),
			"https://check.example/oembed?format=json&url=https%3A%2F%2Fcheck.example%2F%3Flang%3Dqps"},
		"embedded widget":                {landing.Find("backup-check").AttrOr("lang", ""), "qps"},
		"embedded widget without script": {frame.AttrOr("src", ""), "/widget?lang=qps"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: %q, want %q", name, tt.got, tt.want)
		}
	}
	// English has no parameter, so that caches need only one copy.
	english := parse(t, get(t, find(t, "operational"), "/?lang=en-GB&x=1").Body.String())
	if href := english.Find("link[rel=canonical]").AttrOr("href", ""); href != "/" || english.Find("backup-check[lang]").Length() > 0 {
		t.Errorf("English is at %q", href)
	}
}
