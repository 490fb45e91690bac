// Package upload writes the directory that wrangler uploads: the Worker's
// modules, its WebAssembly and the static files with their headers.
package upload

import (
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"backupcheck/cmd/backupcheck/internal/bundle"
	"backupcheck/cmd/backupcheck/internal/compile"
	"backupcheck/cmd/backupcheck/internal/toolchain"
	"backupcheck/cmd/backupcheck/internal/version"
)

// Write builds the project and replaces dir with the result. Go build tags
// apply to the Worker's program. It prints a table of sizes to out. It returns an
// error, and leaves dir unchanged, if dir contains anything but an earlier build.
func Write(ctx context.Context, dir, tags string, out io.Writer) error {
	root, err := compile.Root(ctx)
	if err != nil {
		return err
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return err
	}
	if err := checkReplaceable(dir); err != nil {
		return err
	}
	assets, err := bundle.Compiled(ctx, root)
	if err != nil {
		return err
	}
	edge, err := compile.Edge(ctx, root, compile.EdgeOptions{
		Tags: tags, Version: version.Checkout(ctx, root), Bundle: assets.Bundle.Encode(),
	})
	if err != nil {
		return err
	}
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if err := writeSupportScript(ctx, root, dir); err != nil {
		return err
	}
	if err := copyModules(filepath.Join(root, compile.EdgePackage), dir); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "app.wasm"), edge, 0o644); err != nil {
		return err
	}
	if err := writeStatic(filepath.Join(dir, "assets"), assets); err != nil {
		return err
	}
	return printSizes(out, edge, assets)
}

// checkReplaceable returns an error for a directory that isn't a build.
func checkReplaceable(dir string) error {
	entries, err := os.ReadDir(dir)
	if os.IsNotExist(err) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(dir, "wasm_exec.js")); err != nil {
		return fmt.Errorf("%s contains something other than a build; choose another directory with -o", dir)
	}
	return nil
}

// writeSupportScript writes the support script of the workers library. The
// library's entry module isn't used, as it starts an instance for each request.
func writeSupportScript(ctx context.Context, root, dir string) error {
	generated := filepath.Join(dir, "generated")
	if _, err := toolchain.Output(ctx, root, "go", "tool", "workers-assets-gen", "-mode=go", "-o", generated); err != nil {
		return err
	}
	if err := os.Rename(filepath.Join(generated, "wasm_exec.js"), filepath.Join(dir, "wasm_exec.js")); err != nil {
		return err
	}
	return os.RemoveAll(generated)
}

// copyModules copies the Worker's JavaScript modules, which are the *.mjs files
// of its directory other than tests.
func copyModules(from, to string) error {
	modules, err := filepath.Glob(filepath.Join(from, "*.mjs"))
	if err != nil {
		return err
	}
	for _, module := range modules {
		if strings.HasSuffix(module, ".test.mjs") {
			continue
		}
		source, err := os.ReadFile(module)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(to, filepath.Base(module)), source, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// writeStatic writes the static files, and the file that lists the headers that
// the platform adds to them.
func writeStatic(dir string, assets bundle.Assets) error {
	var headers strings.Builder
	for _, address := range assets.Paths() {
		f := assets.Files[address]
		path := filepath.Join(dir, filepath.FromSlash(address))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, f.Body, 0o644); err != nil {
			return err
		}
		fmt.Fprintln(&headers, address)
		header := f.Header()
		if filepath.Ext(address) != ".ts" { // which the platform takes for a video
			header.Del("Content-Type") // the platform derives it from the extension
		}
		for _, key := range slices.Sorted(maps.Keys(header)) {
			fmt.Fprintf(&headers, "  %s: %s\n", key, header.Get(key))
		}
	}
	return os.WriteFile(filepath.Join(dir, "_headers"), []byte(headers.String()), 0o644)
}
