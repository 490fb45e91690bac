package widget_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"backupcheck/status"
)

// A text that is missing from the catalogue is shown as its id.
var textID = regexp.MustCompile(`\b(page|verdict|wait|step|held|note)\.[a-z]`)

var placeholder = regexp.MustCompile(`\{[a-z_]+\}`)

// shown returns everything that a reader can see or hear in a document: each text
// and each attribute.
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

// Only the first incidents are listed, so the resolved one may be missing, and
// with it the time of its end.
func TestNoTextIsMissingWhenTheIncidentListIsTruncated(t *testing.T) {
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
