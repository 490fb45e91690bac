package widget_test

import (
	"bytes"
	"maps"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	esbuild "github.com/evanw/esbuild/pkg/api"

	"backupcheck/status"
	"backupcheck/status/api"
	"backupcheck/widget"
	"backupcheck/widget/locale"
)

const (
	maxDocument   = 60 << 10   // much of it twice: first screens are steps, too; Cyrillic takes two bytes for each letter
	maxFirstPaint = 14 << 10   // of brotli: fits into the first round trip of a connection
	maxScript     = 3250 + 760 // of brotli; package bundle tests widget.js and first.js
)

func brotlied(t *testing.T, data []byte) int {
	t.Helper()
	var b bytes.Buffer
	w := brotli.NewWriterLevel(&b, brotli.BestCompression)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}

// Of the inlined files, first.js counts as script, and the others are minified as
// the build does it.
func TestDocumentAndStyleAreWithinTheirBudget(t *testing.T) {
	verdicts := map[string]status.Verdict{}
	for _, s := range states() {
		verdicts[s.name] = s.verdict
	}
	// The longest document: every step is offered, with every note.
	affected := reading()
	for _, name := range status.RelatedNames()[2:] {
		affected = with(affected, name, "Issue")
	}
	verdicts["every other row affected"] = status.Decide(affected, six)
	for _, tag := range locale.Languages() {
		largest, most := 0, 0
		for name, v := range verdicts {
			source := get(t, v, "/widget?lang="+tag).Body.String()
			paint := brotlied(t, []byte(minified(t, source))) + maxScript
			largest, most = max(largest, len(source)), max(most, paint)
			if len(source) > maxDocument {
				t.Errorf("%s, %s: the document has %d bytes, more than %d", tag, name, len(source), maxDocument)
			}
			if paint > maxFirstPaint {
				t.Errorf("%s, %s: document and script have %d bytes of brotli, more than %d", tag, name, paint, maxFirstPaint)
			}
		}
		t.Logf("%s: largest document %d bytes; most brotli %d bytes, script included", tag, largest, most)
	}
}

// minified returns the document as the build makes it, without first.js.
func minified(t *testing.T, source string) string {
	t.Helper()
	for name, inline := range sources(t).Inline {
		options := esbuild.TransformOptions{Loader: esbuild.LoaderJS, MinifyWhitespace: true, MinifySyntax: true, MinifyIdentifiers: true}
		if strings.HasSuffix(name, ".css") {
			options.Loader = esbuild.LoaderCSS
		}
		small := ""
		if name != "first.js" {
			small = string(esbuild.Transform(inline, options).Code)
		}
		source = strings.Replace(source, ">"+inline+"</", ">"+small+"</", 1)
	}
	return source
}

// The document must paint without a second request.
func TestDocumentLoadsNothingButItsScript(t *testing.T) {
	for _, s := range states() {
		doc, source := widgetOf(t, s.verdict)
		if n := doc.Find("link:not([rel=alternate]), [src]").Length(); n != 1 || doc.Find("script").AttrOr("type", "") != "module" {
			t.Errorf("%s: %d elements load something", s.name, n)
		}
		for _, loading := range []string{"url(", "@import", "srcset", "preload"} {
			if strings.Contains(source, loading) {
				t.Errorf("%s: %q", s.name, loading)
			}
		}
	}
}

func TestBundleSurvivesTheLinker(t *testing.T) {
	bundle := sources(t)
	encoded := bundle.Encode()
	// -ldflags is split at spaces, and interprets quotes.
	if strings.ContainsAny(encoded, " \t\n'\"\\=") {
		t.Errorf("%.80s…", encoded)
	}
	decoded, err := widget.DecodeBundle(encoded)
	if err != nil || !maps.Equal(decoded.Inline, bundle.Inline) || !maps.Equal(decoded.Files, bundle.Files) {
		t.Errorf("%v, %v", decoded, err)
	}
}

func TestInvalidBundleIsAnError(t *testing.T) {
	for _, s := range []string{"", "!", "bm90IEpTT04", "W10"} {
		if b, err := widget.DecodeBundle(s); err == nil {
			t.Errorf("%q gives %v", s, b)
		}
	}
}

// A document without its assets is unstyled, but complete.
func TestSiteWithoutAssetsShowsTheVerdict(t *testing.T) {
	v := find(t, "degraded")
	w := httptest.NewRecorder()
	widget.NewSite(api.Source{Verdict: func() status.Verdict { return v }}, widget.Bundle{}).ServeHTTP(w, httptest.NewRequest("GET", "/widget", nil))
	doc := parse(t, w.Body.String())
	if got := textOf(doc.Find("h1")); got != appleTitle {
		t.Errorf("%q", got)
	}
}
