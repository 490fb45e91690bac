package compile

import (
	"bytes"
	"compress/gzip"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"backupcheck/cmd/backupcheck/internal/toolchain"
)

// root is the checkout.
const root = "../../../.."

func gzipSize(data []byte) int {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	w.Write(data)
	w.Close()
	return b.Len()
}

func TestEngineIsWithinItsBudget(t *testing.T) {
	wasm, err := Engine(t.Context(), root)
	if err != nil {
		t.Fatal(err)
	}
	if size := gzipSize(wasm); size > 535_000 {
		t.Errorf("%d bytes after gzip, more than 535 KB", size)
	}
	if testing.Short() {
		return // brotli takes seconds
	}
	var compressed bytes.Buffer
	w := brotli.NewWriterLevel(&compressed, brotli.BestCompression)
	w.Write(wasm)
	w.Close()
	if compressed.Len() > 410_000 {
		t.Errorf("%d bytes after brotli, more than 410 KB", compressed.Len())
	}
	t.Logf("%d bytes, %d after brotli", len(wasm), compressed.Len())
}

func TestEdgeProgramIsWithinItsUploadBudget(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: compiling the whole edge program takes long; TestTracebacks compiles a small one")
	}
	wasm, err := Edge(t.Context(), root, EdgeOptions{Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	size := gzipSize(wasm)
	if size > 2_900_000 {
		t.Errorf("%d bytes after gzip, more than 2.9 MB", size)
	}
	t.Logf("%d bytes, %d after gzip", len(wasm), size)
	if !bytes.Contains(wasm, []byte("backupcheck/wasm/edge/main.go")) {
		t.Error("the program has no names of source files for tracebacks")
	}
}

const panicking = `package main

import "fmt"

var version, bundle string

type site struct{ pages []string }

func (s site) page(n int) string { return s.pages[n] }

func main() {
	fmt.Println(version, bundle)
	fmt.Println(site{}.page(len(version)))
}
`

// An operator needs files and lines in the Worker's log. The edge program is
// also inlined, for speed: the traceback shows an inlined call without its
// arguments, as "(...)".
func TestTracebacks(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles two programs for WebAssembly and runs them in Node, which takes too long with -short")
	}
	dir := t.TempDir()
	for name, content := range map[string]string{"go.mod": "module example\n\ngo 1.26\n", "main.go": panicking} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	run := func(t *testing.T, wasm []byte) (stdout, stderr string) {
		goroot, err := toolchain.Output(t.Context(), "", "go", "env", "GOROOT")
		if err != nil {
			t.Fatal(err)
		}
		program := filepath.Join(t.TempDir(), "main.wasm")
		if err := os.WriteFile(program, wasm, 0o644); err != nil {
			t.Fatal(err)
		}
		cmd := exec.CommandContext(t.Context(), "node", filepath.Join(goroot, "lib/wasm/wasm_exec_node.js"), program)
		var out, errs bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &errs
		_ = cmd.Run() // fails, as the program panics
		return out.String(), errs.String()
	}

	t.Run("edge", func(t *testing.T) {
		wasm, err := edge(t.Context(), dir, ".", EdgeOptions{Version: "v1", Bundle: "e30"})
		if err != nil {
			t.Fatal(err)
		}
		stdout, stderr := run(t, wasm)
		if stdout != "v1 e30\n" {
			t.Errorf("printed %q", stdout)
		}
		for _, want := range []string{"index out of range [2]", "main.site.page(...)", "/main.go:9", "/main.go:13"} {
			if !strings.Contains(stderr, want) {
				t.Errorf("no %q in\n%s", want, stderr)
			}
		}
	})
	t.Run("engine", func(t *testing.T) {
		wasm, err := engine(t.Context(), dir, ".")
		if err != nil {
			t.Fatal(err)
		}
		if _, stderr := run(t, wasm); !strings.Contains(stderr, "main.site.page(") || strings.Contains(stderr, "main.site.page(...)") || strings.Contains(stderr, ".go:") {
			t.Errorf("the engine is inlined or has tables of lines:\n%s", stderr)
		}
	})
}

func TestRootIsTheCheckout(t *testing.T) {
	want, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := Root(t.Context()); err != nil || got != want {
		t.Errorf("%q, %v, want %q", got, err, want)
	}
	other := t.TempDir()
	t.Chdir(other)
	if got, err := Root(t.Context()); err == nil {
		t.Errorf("outside of a module: %q", got)
	}
	if err := os.WriteFile("go.mod", []byte("module example\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if got, err := Root(t.Context()); err == nil {
		t.Errorf("in another module: %q", got)
	}
}

func TestSupportScriptIsOfTheToolchain(t *testing.T) {
	script, err := SupportScript(t.Context())
	if err != nil || !bytes.Contains(script, []byte("globalThis.Go = class")) {
		t.Errorf("%d bytes, %v", len(script), err)
	}
}
