package widget_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"backupcheck/status"
)

// What a script makes of a document whose verdict has become old is what the
// document itself would show.
func TestWordsForAnOutdatedVerdictAreThoseOfTheUnknownDocument(t *testing.T) {
	for was, unknown := range map[string]string{
		"operational": "too old, was operational",
		"recovered":   "too old, was operational",
		"maintenance": "too old, was maintenance",
		"degraded":    "too old, was degraded",
		"outage":      "too old, was an outage",
	} {
		doc, _ := widgetOf(t, find(t, was))
		want, _ := allStepsOf(t, find(t, unknown)) // with the steps that are held back
		var report struct {
			Outdated *struct {
				Stale, Title, Lead, Last, Open, Summary, Tag, Held, Icon string
				Steps                                                    []string
			}
		}
		if err := json.Unmarshal([]byte(doc.Find("#verdict").Text()), &report); err != nil || report.Outdated == nil {
			t.Fatalf("%s: %v in %s", was, err, doc.Find("#verdict").Text())
		}
		got := report.Outdated
		section := want.Find(".verdict")
		paragraphs := section.Find(".more > p:not(.meta)").Map(func(_ int, p *goquery.Selection) string { return textOf(p) })
		time := textOf(section.Find("time"))
		if lines := []string{got.Lead, strings.Replace(got.Last, "{known}", time, 1), got.Stale}; !slices.Equal(lines, paragraphs) {
			t.Errorf("%s: %q, want %q", was, lines, paragraphs)
		}
		for _, pair := range [][2]string{
			{got.Title, textOf(section.Find("h1"))},
			{got.Icon, section.Find("path").AttrOr("d", "")},
			{got.Open, textOf(section.Find(".meta a"))},
			{got.Tag, textOf(want.Find(".tag").First())},
		} {
			if pair[0] != pair[1] || pair[0] == "" {
				t.Errorf("%s: %q, want %q", was, pair[0], pair[1])
			}
		}
		var steps []string
		want.Find(".steps .held").Each(func(_ int, held *goquery.Selection) {
			steps = append(steps, strings.TrimPrefix(held.Closest("li").AttrOr("id", ""), "step-"))
			if textOf(held) != got.Held {
				t.Errorf("%s: %q, want %q", was, got.Held, textOf(held))
			}
		})
		if !slices.Equal(steps, got.Steps) || len(steps) == 0 {
			t.Errorf("%s: holds %q, want %q", was, got.Steps, steps)
		}
		if summary := status.Decide(reading(), six.Add(2*status.TooOldAfter)).Summary; !strings.Contains(strings.ReplaceAll(got.Summary, "’", "'"), summary) {
			t.Errorf("%s: %q, want %q", was, got.Summary, summary)
		}
	}
}

// An element's name or id can hide what a script expects of document or window,
// so the document has no names, and its ids are of a form that no member has.
func TestDocumentHidesNoMemberOfItsScripts(t *testing.T) {
	for _, s := range states() {
		doc, _ := widgetOf(t, s.verdict)
		if n := doc.Find("body [name], head [name]:not(meta)").Length(); n > 0 {
			t.Errorf("%s: %d elements with a name", s.name, n)
		}
		doc.Find("[id]").Each(func(_ int, element *goquery.Selection) {
			if id := element.AttrOr("id", ""); id != "verdict" && !strings.HasPrefix(id, "step-") && !strings.HasPrefix(id, "do-") && !strings.HasPrefix(id, "first-") {
				t.Errorf("%s: the id %q", s.name, id)
			}
		})
	}
}
