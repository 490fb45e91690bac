package widget_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/tidwall/gjson"
	"golang.org/x/net/html"

	"backupcheck/status"
)

// A text that is missing from the catalogue is shown as its id.
var textID = regexp.MustCompile(`\b(page|verdict|wait|step|held|note)\.[a-z]`)

var placeholder = regexp.MustCompile(`\{[a-z]+\}`)

// shown is everything of a document that a reader can see or hear: texts and
// attributes, each by itself.
func shown(doc *goquery.Document) []string {
	var all []string
	for node := range doc.Nodes[0].Descendants() {
		switch node.Type {
		case html.TextNode:
			if node.Parent.Data != "style" && node.Parent.Data != "script" {
				all = append(all, strings.TrimSpace(node.Data))
			}
		case html.ElementNode:
			for _, attribute := range node.Attr {
				all = append(all, attribute.Val)
			}
		}
	}
	return all
}

func TestNoTextIsMissing(t *testing.T) {
	verdicts := map[string]status.Verdict{}
	for _, s := range states() {
		verdicts[s.name] = s.verdict
	}
	for _, name := range status.RelatedNames() {
		for _, kind := range []string{"unread", "Outage", "Maintenance"} {
			verdicts[name+" "+kind] = status.Decide(with(reading(), name, kind), six)
		}
	}
	for name, v := range verdicts {
		doc, _ := widgetOf(t, v)
		for _, text := range shown(doc) {
			if id := textID.FindString(text); id != "" {
				t.Errorf("%s: %q has the id of a text", name, text)
			}
			if gap := placeholder.FindString(text); gap != "" {
				t.Errorf("%s: %q still has the placeholder %s", name, text, gap)
			}
		}
	}
}

// Of many incidents only the first are kept, so the one that ended may be cut
// off, and with it the time of its end.
func TestNoTextIsMissingWhenTheListOfIncidentsIsCut(t *testing.T) {
	over := status.Incident{ID: "0", Type: "Issue", State: status.StateResolved, EndedAt: six.Add(-status.RecoveredFor / 2)}
	many := []status.Incident{over}
	for range status.MaxIncidents {
		many = append(many, status.Incident{Type: "Maintenance", State: status.StateUpcoming, StartedAt: six.Add(status.TooOldAfter)})
	}
	doc, _ := widgetOf(t, status.Decide(reading(many...), six))
	for _, text := range shown(doc) {
		if id := textID.FindString(text); id != "" {
			t.Errorf("%q has the id of a text", text)
		}
	}
}

func TestEveryTextOfTheDocumentIsUsedBySomeState(t *testing.T) {
	data, err := os.ReadFile("locale/en.json")
	if err != nil {
		t.Fatal(err)
	}
	var documents []string
	for _, s := range states() {
		doc, _ := widgetOf(t, s.verdict)
		documents = append(documents, textOf(doc.Selection))
	}
	all := strings.Join(documents, "\n")
	count := 0
	gjson.ParseBytes(data).ForEach(func(id, text gjson.Result) bool {
		switch area, _, _ := strings.Cut(id.Str, "."); area {
		case "page", "verdict", "wait":
			count++
			// What fills a placeholder is short; the rest must stand as it is.
			var parts []string
			for _, part := range placeholder.Split(text.Str, -1) {
				parts = append(parts, regexp.QuoteMeta(part))
			}
			pattern := strings.Join(parts, ".{1,30}?")
			if !regexp.MustCompile(pattern).MatchString(all) {
				t.Errorf("no state uses %s: %s", id.Str, text.Str)
			}
		}
		return true
	})
	if count < 30 {
		t.Errorf("only %d texts were looked for", count)
	}
}
