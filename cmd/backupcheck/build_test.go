package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	sources "backupcheck/widget/assets"
)

func bundled(t *testing.T) assets {
	t.Helper()
	a, err := bundleAssets("../..", nil)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestAssetsAreNamedByTheirContent(t *testing.T) {
	a := bundled(t)
	for _, source := range []string{"widget.js", "site.js", "embed.js", "icon.svg"} {
		address := a.bundle.Files[source]
		f, ok := a.files[address]
		if !ok {
			t.Fatalf("%s: no file at %q", source, address)
		}
		sum := sha256.Sum256(f.body)
		// A file that is kept for ever must get another name when it changes.
		stem, ending, _ := strings.Cut(source, ".")
		if want := "/assets/" + stem + "-" + hex.EncodeToString(sum[:6]) + "." + ending; address != want {
			t.Errorf("%s is at %s, want %s", source, address, want)
		}
		if f.cacheControl != immutable {
			t.Errorf("%s: Cache-Control %q", address, f.cacheControl)
		}
	}
	// Pages out there name the embed script by an address that must not change.
	embed, ok := a.files["/embed.js"]
	if !ok || embed.cacheControl == immutable {
		t.Errorf("/embed.js: %v, Cache-Control %q", ok, embed.cacheControl)
	}
	if len(a.files) != 5 || len(a.bundle.Files) != 4 || len(a.bundle.Inline) != 3 {
		t.Errorf("%v, %v, %v", a.addresses(), a.bundle.Files, slices.Sorted(maps.Keys(a.bundle.Inline)))
	}
}

// Native server and Worker are built at different times, and must agree on
// names and hashes.
func TestBundlingTwiceGivesTheSame(t *testing.T) {
	a, b := bundled(t), bundled(t)
	if a.bundle.Encode() != b.bundle.Encode() {
		t.Error("the bundles differ")
	}
	for address, f := range a.files {
		if !bytes.Equal(f.body, b.files[address].body) {
			t.Errorf("%s differs", address)
		}
	}
}

func TestEngineIsWithinItsBudget(t *testing.T) {
	engine, err := compileWasm(t.Context(), "../..", enginePackage)
	if err != nil {
		t.Fatal(err)
	}
	size := brotlied(engine)
	if size > 410_000 {
		t.Errorf("%d bytes of brotli, more than 410 KB", size)
	}
	t.Logf("%d bytes, %d of brotli", len(engine), size)
	a, err := bundleAssets("../..", engine)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"engine.wasm", "sequence.js", "en.json"} {
		if f, ok := a.files[a.bundle.Files[name]]; !ok || f.cacheControl != immutable {
			t.Errorf("%s: at %q, Cache-Control %q", name, a.bundle.Files[name], f.cacheControl)
		}
	}
}

func TestEmbedScriptIsWithinItsBudget(t *testing.T) {
	embed := bundled(t).files["/embed.js"].body
	size := brotlied(embed)
	if size > 2<<10 || size == 0 {
		t.Errorf("%d bytes of brotli, more than 2 KB", size)
	}
	t.Logf("%d bytes, %d of brotli", len(embed), size)
}

func TestAssetsAreSmallerThanTheirSourcesAndFitIntoHTML(t *testing.T) {
	a := bundled(t)
	served := map[string]string{"embed.js": string(a.files["/embed.js"].body)}
	for name, address := range a.bundle.Files {
		served[name] = string(a.files[address].body)
	}
	maps.Copy(served, a.bundle.Inline)
	for name, text := range served {
		source, err := sources.FS.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if name == "site.css" { // which goes behind the widget's
			shared, _ := sources.FS.ReadFile("widget.css")
			source = append(shared, source...)
		}
		if len(text) == 0 || len(text) >= len(source) && name != "icon.svg" {
			t.Errorf("%s: %d bytes of %d", name, len(text), len(source))
		}
		// What stands in the document stands there as it is, and the policy has
		// its hash: nothing in it may end the element, or be trimmed on the way.
		if _, inline := a.bundle.Inline[name]; inline && (strings.Contains(text, "</") || strings.Contains(text, "<!") || strings.Contains(text, "\r") || strings.TrimSpace(text) != text) {
			t.Errorf("%s can't stand in a document", name)
		}
		if strings.Contains(text, "sourceMappingURL") {
			t.Errorf("%s names a source map", name)
		}
	}
}

func TestStaticFilesAreWrittenWithTheirHeaders(t *testing.T) {
	a, dir := bundled(t), filepath.Join(t.TempDir(), "assets")
	if err := writeFiles(dir, a); err != nil {
		t.Fatal(err)
	}
	var written []string
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			name, _ := filepath.Rel(dir, path)
			written = append(written, "/"+filepath.ToSlash(name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := append(a.addresses(), "/_headers"); !slices.Equal(slices.Sorted(slices.Values(written)), slices.Sorted(slices.Values(want))) {
		t.Errorf("written %v, want %v", written, want)
	}
	for address, f := range a.files {
		if body, err := os.ReadFile(filepath.Join(dir, address)); err != nil || !bytes.Equal(body, f.body) {
			t.Errorf("%s: %v", address, err)
		}
	}
	headers, err := os.ReadFile(filepath.Join(dir, "_headers"))
	if err != nil {
		t.Fatal(err)
	}
	// The platform knows the type by the name's ending, and adds the rest.
	block := func(cacheControl string) string {
		return "\n  Access-Control-Allow-Origin: *\n  Cache-Control: " + cacheControl +
			"\n  Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\n  Cross-Origin-Resource-Policy: cross-origin" +
			"\n  Permissions-Policy: camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()" +
			"\n  Referrer-Policy: no-referrer\n  Strict-Transport-Security: max-age=31536000\n  X-Content-Type-Options: nosniff\n"
	}
	want := "/assets/embed-#.js" + block("public, max-age=31536000, immutable") +
		"/assets/icon-#.svg" + block("public, max-age=31536000, immutable") +
		"/assets/site-#.js" + block("public, max-age=31536000, immutable") +
		"/assets/widget-#.js" + block("public, max-age=31536000, immutable") +
		"/embed.js" + block("public, max-age=3600, stale-while-revalidate=86400")
	if got := regexp.MustCompile(`-[0-9a-f]{12}\.`).ReplaceAllString(string(headers), "-#."); got != want {
		t.Errorf("_headers:\n%s\nwant\n%s", got, want)
	}
}

// build removes the folder it writes to, so it must be sure of it.
func TestBuildDoesNotReplaceAFolderThatIsNoBuild(t *testing.T) {
	dir := t.TempDir()
	thesis := filepath.Join(dir, "thesis.txt")
	if err := os.WriteFile(thesis, []byte("years of work"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, target := range []string{dir, thesis} {
		r := call(t, "", "build", "-o", target)
		if r.code != 1 || r.out != "" {
			t.Errorf("-o %s: %+v", target, r)
		}
		checkSentence(t, r.err)
	}
	if text, err := os.ReadFile(thesis); err != nil || string(text) != "years of work" {
		t.Errorf("%q, %v", text, err)
	}
}

func TestWhatBuildMayReplace(t *testing.T) {
	folder := func(files ...string) string {
		dir := t.TempDir()
		for _, file := range files {
			path := filepath.Join(dir, file)
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, nil, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		return dir
	}
	tests := []struct {
		name, dir string
		may       bool
	}{
		{"no folder yet", filepath.Join(t.TempDir(), "new"), true},
		{"an empty folder", folder(), true},
		{"an earlier build", folder("worker.mjs", "app.wasm", "wasm_exec.js", "assets/_headers", "assets/embed.js"), true},
		{"something else", folder("thesis.txt"), false},
		{"a file that can't be seen", folder(".git/config"), false},
		{"a checkout with a build in it", folder("go.mod", "build/worker.mjs"), false},
		// It holds a worker.mjs, too: the one that builds are made from.
		{"the sources of the Worker", "../../wasm/edge", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := replaceable(tt.dir); (err == nil) != tt.may {
				t.Errorf("%v", err)
			}
		})
	}
}
