package widget_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"backupcheck/status"
)

// hostile are texts that Apple could send if it were compromised.
var hostile = []string{
	`<script>alert(1)</script>`,
	`</script><script src="https://evil.example/x.js"></script>`,
	`"><img src=x onerror=alert(1)>`,
	`' onclick='alert(1)`,
	`javascript:alert(1)`,
	`<a href="javascript:alert(1)">Tap here to fix your iPhone</a>`,
	`]]><svg/onload=alert(1)>`,
	`--><iframe srcdoc="<p>"></iframe><!--`,
	`</blockquote></details></section><h1>Apple reports no problem with iCloud Backup</h1>`,
	`</style><style>body{display:none}</style>`,
	`<meta http-equiv="refresh" content="0;url=https://evil.example">`,
	`{since} {ended} {known} {checked} {article}`,
	`page.title verdict.outage.title`,
	`&lt;b&gt; &amp;amp; &#60;script&#62;`,
	`{{ .Secret }} <%= 1 %> ${1} { v.texts }`,
	"line\u2028separator",
}

// Apple's texts are shown completely, and only as text.
func TestHostileMessagesAreEscaped(t *testing.T) {
	for _, kind := range []string{"Issue", "Outage", "Maintenance"} {
		for _, text := range hostile {
			t.Run(kind+" "+text, func(t *testing.T) {
				harmless := status.Incident{ID: "1", Type: kind, State: status.StateOngoing, Message: "m", UsersAffected: "u", StartedAt: six.Add(-time.Hour),
					AffectedServices: []string{status.ServiceName, "s"}}
				evil := harmless
				evil.ID, evil.Message, evil.UsersAffected, evil.AffectedServices = text, text, text, []string{status.ServiceName, text}
				want, _ := widgetOf(t, status.Decide(reading(harmless), six))
				doc, source := widgetOf(t, status.Decide(reading(evil), six))

				// The same elements with the same attributes as with harmless
				// texts: no text has become markup.
				if got, want := skeleton(doc), skeleton(want); !slices.Equal(got, want) {
					t.Errorf("the text changes the document's elements:\n%v\n%v", got, want)
				}
				scripts := 4 // the module, those for times and first screens, and the report's data
				if kind == "Maintenance" {
					scripts++ // the one that folds the list of steps
				}
				if got := strings.Count(strings.ToLower(source), "<script"); got != scripts {
					t.Errorf("%d script tags, want %d", got, scripts)
				}
				got := []string{doc.Find("blockquote").Text()}
				doc.Find("blockquote ~ p").Each(func(_ int, p *goquery.Selection) { got = append(got, p.Text()) })
				if want := []string{text, "Who is affected: " + text, "Also affected: " + text}; !slices.Equal(got, want) {
					t.Errorf("shown %q, want %q", got, want)
				}
			})
		}
	}
}

// skeleton lists a document's elements with their attributes.
func skeleton(doc *goquery.Document) []string {
	var all []string
	doc.Find("*").Each(func(_ int, element *goquery.Selection) {
		tag := goquery.NodeName(element)
		for _, attribute := range element.Nodes[0].Attr {
			tag += " " + attribute.Key + "=" + attribute.Val
		}
		all = append(all, tag)
	})
	return all
}

// An unknown state isn't shown as healthy, and its text isn't shown anywhere on
// the page.
func TestHostileTypesAndStatesAreNotShown(t *testing.T) {
	for _, text := range hostile {
		evil := status.Incident{ID: text, Type: text, State: text}
		doc, source := widgetOf(t, status.Decide(reading(evil), six))
		if got := textOf(doc.Find("h1")); got != unknownTitle {
			t.Errorf("%q: %q", text, got)
		}
		if strings.Contains(source, text) {
			t.Errorf("%q is in the document", text)
		}
		evil.State = status.StateOngoing
		doc, source = widgetOf(t, status.Decide(reading(evil), six))
		if got := textOf(doc.Find("h1")); got != appleTitle || strings.Contains(source, text) {
			t.Errorf("ongoing %q: %q", text, got)
		}
	}
}
