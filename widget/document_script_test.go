package widget_test

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"backupcheck/widget/assets"
)

// In Lockdown Mode or on bad Wi-Fi there may be no script or Wasm: everything
// must be accessible with the browser alone.
func TestDocumentWorksWithoutScript(t *testing.T) {
	for _, s := range states() {
		doc, _ := widgetOf(t, s.verdict)
		// What only scripts can show is inert: the field for the message, and
		// first screens, whose steps are in the list as well.
		for _, template := range doc.Find("template").EachIter() {
			if _, field := template.Attr("data-message"); !field && !strings.HasPrefix(template.AttrOr("id", ""), "first-") {
				t.Errorf("%s: another template", s.name)
			}
		}
		doc.Find("template").Remove()
		doc.Find("main *").Each(func(_ int, element *goquery.Selection) {
			for _, attribute := range []string{"hidden", "style", "inert", "popover"} {
				if value, ok := element.Attr(attribute); ok {
					t.Errorf("%s: %s has %s=%q", s.name, goquery.NodeName(element), attribute, value)
				}
			}
			if _, silent := element.Attr("aria-hidden"); silent && !element.Is("svg") {
				t.Errorf("%s: %s is hidden from screen readers", s.name, goquery.NodeName(element))
			}
		})
		for _, selector := range []string{"template", "dialog", "button", "input", "form", "noscript", "main script[src]", "img", "iframe"} {
			if n := doc.Find(selector).Length(); n > 0 {
				t.Errorf("%s: %d %s", s.name, n, selector)
			}
		}
		if open := doc.Find("[data-steps] > details[open] > ol.steps details[open]").Length(); !s.waits && open != 1 {
			t.Errorf("%s: %d steps are open, want the first", s.name, open)
		}
	}
}

func TestStylesHideNothing(t *testing.T) {
	// The marker is drawn differently. The live region is used only with script,
	// for screen readers, and the verdict is folded only by script. The landing
	// page's controls do nothing without script.
	marker := regexp.MustCompile(`(@media \(scripting: none\) \{ form|summary::-webkit-details-marker|\.live|\[data-begun\] \.verdict:not\(\[data-open\]\) \.more)\s*\{[^}]*\}`)
	hiding := regexp.MustCompile(`(display\s*:\s*none|visibility\s*:\s*[^v\s]|opacity\s*:\s*0\s*[;}]|clip-path\s*:)`)
	names, err := fs.Glob(assets.FS, "*.css")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		style, err := assets.FS.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if found := hiding.Find(marker.ReplaceAll(style, nil)); found != nil {
			t.Errorf("%s has %q", name, found)
		}
	}
	if len(names) == 0 {
		t.Error("no styles")
	}
}
