package upload

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"backupcheck/cmd/backupcheck/internal/bundle"
)

// root is the checkout.
const root = "../../../.."

func TestStaticFilesAreWrittenWithTheirHeaders(t *testing.T) {
	assets, err := bundle.New(root, nil)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "assets")
	if err := writeStatic(dir, assets); err != nil {
		t.Fatal(err)
	}
	var written []string
	err = filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			name, _ := filepath.Rel(dir, path)
			written = append(written, "/"+filepath.ToSlash(name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := append(assets.Paths(), "/_headers"); !slices.Equal(slices.Sorted(slices.Values(written)), slices.Sorted(slices.Values(want))) {
		t.Errorf("written %v, want %v", written, want)
	}
	for address, f := range assets.Files {
		if body, err := os.ReadFile(filepath.Join(dir, address)); err != nil || !bytes.Equal(body, f.Body) {
			t.Errorf("%s: %v", address, err)
		}
	}
	headers, err := os.ReadFile(filepath.Join(dir, "_headers"))
	if err != nil {
		t.Fatal(err)
	}
	// The platform derives the type from the extension and adds the rest.
	block := func(cacheControl string) string {
		return "\n  Access-Control-Allow-Origin: *\n  Cache-Control: " + cacheControl +
			"\n  Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\n  Cross-Origin-Resource-Policy: cross-origin" +
			"\n  Permissions-Policy: camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()" +
			"\n  Referrer-Policy: no-referrer\n  Strict-Transport-Security: max-age=31536000\n  X-Content-Type-Options: nosniff\n"
	}
	want := "/assets/embed-#.js" + block("public, max-age=31536000, immutable") +
		"/assets/icon-#.svg" + block("public, max-age=31536000, immutable") +
		"/assets/site-#.js" + block("public, max-age=31536000, immutable") +
		"/assets/watch-#.js" + block("public, max-age=31536000, immutable") +
		"/assets/widget-#.js" + block("public, max-age=31536000, immutable") +
		"/embed.d.ts" + strings.Replace(block("public, max-age=3600, stale-while-revalidate=86400"), "\n  Cross-Origin-Resource", "\n  Content-Type: application/typescript; charset=utf-8\n  Cross-Origin-Resource", 1) +
		"/embed.js" + block("public, max-age=3600, stale-while-revalidate=86400")
	if got := regexp.MustCompile(`-[0-9a-f]{12}\.`).ReplaceAllString(string(headers), "-#."); got != want {
		t.Errorf("_headers:\n%s\nwant\n%s", got, want)
	}
}

func TestOnlyBuildsAreReplaceable(t *testing.T) {
	directory := func(files ...string) string {
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
		want      bool
	}{
		{"no directory yet", filepath.Join(t.TempDir(), "new"), true},
		{"an empty directory", directory(), true},
		{"an earlier build", directory("worker.mjs", "app.wasm", "wasm_exec.js", "assets/_headers", "assets/embed.js"), true},
		{"something else", directory("thesis.txt"), false},
		{"a hidden file", directory(".git/config"), false},
		{"a checkout with a build in it", directory("go.mod", "build/worker.mjs"), false},
		// It has a worker.mjs too: the source of the one in a build.
		{"the sources of the Worker", root + "/wasm/edge", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := checkReplaceable(tt.dir); (err == nil) != tt.want {
				t.Errorf("%v", err)
			}
		})
	}
}

// Write copies every module that the entry module may import.
func TestModulesAreCopiedWithoutTests(t *testing.T) {
	from, to := t.TempDir(), t.TempDir()
	for _, name := range []string{"worker.mjs", "cache.mjs", "cache.test.mjs", "main.go", "tsconfig.json", "test/harness.mjs"} {
		path := filepath.Join(from, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("// "+name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := copyModules(from, to); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(to)
	if err != nil {
		t.Fatal(err)
	}
	var copied []string
	for _, entry := range entries {
		copied = append(copied, entry.Name())
	}
	if want := []string{"cache.mjs", "worker.mjs"}; !slices.Equal(copied, want) {
		t.Errorf("copied %v, want %v", copied, want)
	}
	if source, err := os.ReadFile(filepath.Join(to, "worker.mjs")); err != nil || string(source) != "// worker.mjs" {
		t.Errorf("worker.mjs: %q, %v", source, err)
	}
}
