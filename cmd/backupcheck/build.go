package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/andybalholm/brotli"
)

const buildUsage = `
Usage: backupcheck build [-o DIR]

Compiles the Wasm, bundles and hashes the assets, and writes what wrangler
uploads. It runs the Go toolchain, so it works in a checkout of the project.
`

func build(ctx context.Context, args []string, s streams) int {
	flags := flag.NewFlagSet("build", flag.ContinueOnError)
	dir := flags.String("o", "build", "write to this `folder`, which is replaced")
	tags := flags.String("tags", "", "build `tags` for Go; the tag faulty makes a Worker that fails on request, for tests")
	if code, ok := parse(flags, args, s, buildUsage); !ok {
		return code
	}
	if flags.NArg() > 0 {
		return s.fail(exitUsage, "build takes no argument such as %q; the folder is given with -o", flags.Arg(0))
	}
	if err := buildInto(ctx, *dir, *tags, s.out); err != nil {
		return s.fail(1, "%v", err)
	}
	return 0
}

// What is compiled to Wasm.
const (
	edgePackage   = "./wasm/edge"    // for the Worker
	enginePackage = "./wasm/browser" // for the readers' browsers
)

func buildInto(ctx context.Context, dir, tags string, out io.Writer) error {
	root, err := output(ctx, "", "go", "list", "-m", "-f", "{{.Dir}}")
	if err != nil {
		return err
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return err
	}
	if err := replaceable(dir); err != nil {
		return err
	}
	engine, err := compileWasm(ctx, root, enginePackage)
	if err != nil {
		return err
	}
	assets, err := bundleAssets(root, engine)
	if err != nil {
		return err
	}
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	glue := filepath.Join(dir, "glue")
	if _, err := output(ctx, root, "go", "tool", "workers-assets-gen", "-mode=go", "-o", glue); err != nil {
		return err
	}
	// Of the library's glue only Go's support script is used: its entry boots
	// an instance for each request.
	if err := os.Rename(filepath.Join(glue, "wasm_exec.js"), filepath.Join(dir, "wasm_exec.js")); err != nil {
		return err
	}
	if err := os.RemoveAll(glue); err != nil {
		return err
	}
	modules, err := filepath.Glob(filepath.Join(root, edgePackage, "*.mjs"))
	if err != nil {
		return err
	}
	for _, path := range modules {
		module, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(path)), module, 0o644); err != nil {
			return err
		}
	}
	program, err := compileWasm(ctx, root, edgePackage, "-tags", tags,
		"-ldflags", "-s -w -X main.version="+commit(ctx, root)+" -X main.bundle="+assets.bundle.Encode())
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "app.wasm"), program, 0o644); err != nil {
		return err
	}
	if err := writeFiles(filepath.Join(dir, "assets"), assets); err != nil {
		return err
	}
	return printSizes(out, program, assets)
}

// replaceable refuses to replace a folder that isn't a build.
func replaceable(dir string) error {
	entries, err := os.ReadDir(dir)
	if os.IsNotExist(err) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(dir, "wasm_exec.js")); err != nil {
		return fmt.Errorf("%s holds something else than a build; give a folder of its own with -o", dir)
	}
	return nil
}

// writeFiles writes the static files, and the headers that the platform adds
// to them.
func writeFiles(dir string, assets assets) error {
	var headers strings.Builder
	for _, address := range assets.addresses() {
		f := assets.files[address]
		path := filepath.Join(dir, filepath.FromSlash(address))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, f.body, 0o644); err != nil {
			return err
		}
		fmt.Fprintln(&headers, address)
		header := f.header()
		header.Del("Content-Type") // by the file's ending
		for _, key := range sortedKeys(header) {
			fmt.Fprintf(&headers, "  %s: %s\n", key, header.Get(key))
		}
	}
	return os.WriteFile(filepath.Join(dir, "_headers"), []byte(headers.String()), 0o644)
}

func (a assets) addresses() []string { return sortedKeys(a.files) }

func sortedKeys[V any](m map[string]V) []string {
	var keys []string
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// printSizes prints what the readers and the platform will weigh.
func printSizes(out io.Writer, wasm []byte, assets assets) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "file\tbytes\tgzip\tbrotli\t")
	row := func(name string, body []byte, brotli string) {
		fmt.Fprintf(table, "%s\t%d\t%d\t%s\t\n", name, len(body), gzipped(body), brotli)
	}
	row("app.wasm (edge)", wasm, "") // uploaded as gzip
	for _, address := range assets.addresses() {
		body := assets.files[address].body
		row(address, body, fmt.Sprint(brotlied(body)))
	}
	for _, name := range sortedKeys(assets.bundle.Inline) {
		body := []byte(assets.bundle.Inline[name])
		row(name+" (inside)", body, fmt.Sprint(brotlied(body)))
	}
	return table.Flush()
}

func gzipped(data []byte) int {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	w.Write(data)
	w.Close()
	return b.Len()
}

func brotlied(data []byte) int {
	var b bytes.Buffer
	w := brotli.NewWriterLevel(&b, brotli.BestCompression)
	w.Write(data)
	w.Close()
	return b.Len()
}

// output runs a program of the toolchain and returns what it prints.
func output(ctx context.Context, dir, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w\n%s", strings.Join(append([]string{name}, args[:min(2, len(args))]...), " "), err, bytes.TrimSpace(stderr.Bytes()))
	}
	return strings.TrimSpace(string(out)), nil
}
