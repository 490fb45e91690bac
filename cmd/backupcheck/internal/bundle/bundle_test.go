package bundle

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	sources "backupcheck/widget/assets"
	"backupcheck/widget/locale"
)

// root is the checkout.
const root = "../../../.."

func bundleWithoutEngine(t *testing.T) Assets {
	t.Helper()
	a, err := New(root, nil)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestAssetsAreNamedByTheirContent(t *testing.T) {
	a := bundleWithoutEngine(t)
	for _, source := range []string{"widget.js", "site.js", "embed.js", "icon.svg"} {
		address := a.Bundle.Files[source]
		f, ok := a.Files[address]
		if !ok {
			t.Fatalf("%s: no file at %q", source, address)
		}
		sum := sha256.Sum256(f.Body)
		// A file that is cached forever needs a new name when it changes.
		stem, ext, _ := strings.Cut(source, ".")
		if want := "/assets/" + stem + "-" + hex.EncodeToString(sum[:6]) + "." + ext; address != want {
			t.Errorf("%s is at %s, want %s", source, address, want)
		}
		if f.CacheControl != Immutable {
			t.Errorf("%s: Cache-Control %q", address, f.CacheControl)
		}
	}
	// Host pages use this address of the embed script.
	embed, ok := a.Files["/embed.js"]
	if !ok || embed.CacheControl == Immutable {
		t.Errorf("/embed.js: %v, Cache-Control %q", ok, embed.CacheControl)
	}
	if len(a.Files) != 7 || len(a.Bundle.Files) != 5 || len(a.Bundle.Inline) != 5 {
		t.Errorf("%v, %v, %v", a.Paths(), a.Bundle.Files, slices.Sorted(maps.Keys(a.Bundle.Inline)))
	}
}

// Native server and Worker are built at different times and must have the same
// names and hashes.
func TestBundlingIsDeterministic(t *testing.T) {
	a, b := bundleWithoutEngine(t), bundleWithoutEngine(t)
	if a.Bundle.Encode() != b.Bundle.Encode() {
		t.Error("the bundles differ")
	}
	for address, f := range a.Files {
		if !bytes.Equal(f.Body, b.Files[address].Body) {
			t.Errorf("%s differs", address)
		}
	}
}

// The limit of widget.js, with the inlined first.js, is part of the document's,
// which package widget tests.
func TestScriptsAreWithinTheirBudgets(t *testing.T) {
	a := bundleWithoutEngine(t)
	for name, limit := range map[string]int{"embed.js": 3200, "widget.js": 3250, "first.js": 760} {
		script := a.Files[a.Bundle.Files[name]].Body
		if inline, ok := a.Bundle.Inline[name]; ok {
			script = []byte(inline)
		}
		var compressed bytes.Buffer
		w := brotli.NewWriterLevel(&compressed, brotli.BestCompression)
		w.Write(script)
		w.Close()
		size := compressed.Len()
		if size > limit || len(script) == 0 {
			t.Errorf("%s: %d bytes of brotli, more than %d", name, size, limit)
		}
		t.Logf("%s: %d bytes, %d of brotli", name, len(script), size)
	}
}

func TestAssetsAreMinifiedAndFitIntoHTML(t *testing.T) {
	a := bundleWithoutEngine(t)
	served := map[string]string{"embed.js": string(a.Files["/embed.js"].Body)}
	for name, address := range a.Bundle.Files {
		served[name] = string(a.Files[address].Body)
	}
	maps.Copy(served, a.Bundle.Inline)
	for name, text := range served {
		source, err := sources.FS.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if name == "site.css" { // follows the widget's
			shared, _ := sources.FS.ReadFile("widget.css")
			source = append(shared, source...)
		}
		// What a script imports is added to it.
		if len(text) == 0 || len(text) >= len(source) && name != "icon.svg" && name != "watch.js" && !strings.Contains(string(source), "\nimport ") {
			t.Errorf("%s: %d bytes of %d", name, len(text), len(source))
		}
		// Inline text is embedded unescaped and the policy has its hash, so it
		// must not end the element or have whitespace that gets trimmed.
		if _, inline := a.Bundle.Inline[name]; inline && (strings.Contains(text, "</") || strings.Contains(text, "<!") || strings.Contains(text, "\r") || strings.TrimSpace(text) != text) {
			t.Errorf("%s can't be embedded in a document", name)
		}
		if strings.Contains(text, "sourceMappingURL") {
			t.Errorf("%s names a source map", name)
		}
	}
}

// A checkout has the catalogue of each language as a file.
func TestEngineBringsItsScriptsAndTheCatalogues(t *testing.T) {
	engine := []byte("\x00asm")
	a, err := New(root, engine)
	if err != nil {
		t.Fatal(err)
	}
	names := []string{"engine.wasm", "sequence.js", "en.json"}
	for _, tag := range locale.Languages() {
		names = append(names, tag+".json")
		if f := a.Files[a.Bundle.Files[tag+".json"]]; len(f.Body) == 0 || !bytes.Equal(f.Body, locale.Compiled(tag)) || f.ContentType != "application/json" {
			t.Errorf("%s.json: %d bytes, %s", tag, len(f.Body), f.ContentType)
		}
	}
	if len(a.Bundle.Languages) != len(locale.Languages()) || a.Bundle.Languages["de"] != "Deutsch" {
		t.Errorf("%v", a.Bundle.Languages)
	}
	for _, name := range names {
		if f, ok := a.Files[a.Bundle.Files[name]]; !ok || f.CacheControl != Immutable {
			t.Errorf("%s: at %q, Cache-Control %q", name, a.Bundle.Files[name], f.CacheControl)
		}
	}
	if f := a.Files[a.Bundle.Files["engine.wasm"]]; !bytes.Equal(f.Body, engine) {
		t.Errorf("the engine is %q", f.Body)
	}
}
