// Package compile runs the Go toolchain to compile the project's WebAssembly
// programs: the engine for browsers, which is optimised for size, and the edge
// program for the Worker, which is optimised for speed and for readable
// tracebacks. Both need a checkout of the project.
package compile

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"backupcheck/cmd/backupcheck/internal/compact"
	"backupcheck/cmd/backupcheck/internal/toolchain"
)

// The packages that are compiled to WebAssembly, from the root of the checkout.
const (
	EdgePackage   = "./wasm/edge"
	EnginePackage = "./wasm/browser"
)

// Root returns the root directory of the checkout that contains the current
// directory. It returns an error outside of a checkout.
func Root(ctx context.Context) (string, error) {
	module, err := toolchain.Output(ctx, "", "go", "list", "-m", "-f", "{{.Path}} {{.Dir}}")
	if err != nil {
		return "", err
	}
	path, dir, _ := strings.Cut(module, " ")
	if path != "backupcheck" || dir == "" {
		return "", errors.New("the current directory isn't in a checkout of the project")
	}
	return dir, nil
}

// Engine compiles the program for browsers. Readers download it, so it does
// without inlining, which saves 5 %, and without tables of source lines; see
// package compact.
func Engine(ctx context.Context, root string) ([]byte, error) {
	return engine(ctx, root, EnginePackage)
}

func engine(ctx context.Context, root, pkg string) ([]byte, error) {
	wasm, err := build(ctx, root, pkg, "-gcflags=all=-l", "-ldflags=-s -w")
	if err != nil {
		return nil, err
	}
	return compact.DropLines(wasm)
}

// EdgeOptions are what a build sets in the edge program.
type EdgeOptions struct {
	Tags            string // Go build tags
	Version, Bundle string // values of main.version and main.bundle
}

// Edge compiles the program for the Worker. It is inlined and has its tables of
// source lines: without inlining the first request takes a seventh more CPU
// time, and without the tables a traceback in the operator's log has no lines.
// The smaller upload would benefit no reader.
func Edge(ctx context.Context, root string, opts EdgeOptions) ([]byte, error) {
	return edge(ctx, root, EdgePackage, opts)
}

func edge(ctx context.Context, root, pkg string, opts EdgeOptions) ([]byte, error) {
	wasm, err := build(ctx, root, pkg, "-tags="+opts.Tags,
		"-ldflags=-s -w -X main.version="+opts.Version+" -X main.bundle="+opts.Bundle)
	if err != nil {
		return nil, err
	}
	return compact.JoinSegments(wasm)
}

// build compiles a package with the older garbage collector, which makes a
// program 1 to 2 % smaller. If the toolchain no longer has it, the default one
// is used.
func build(ctx context.Context, root, pkg string, flags ...string) ([]byte, error) {
	dir, err := os.MkdirTemp("", "backupcheck-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	program := filepath.Join(dir, "program.wasm")
	for _, experiment := range []string{"nogreenteagc", ""} {
		args := append([]string{"GOOS=js", "GOARCH=wasm", "GOEXPERIMENT=" + experiment, "go", "build", "-trimpath", "-o", program}, flags...)
		if _, err = toolchain.Output(ctx, root, "env", append(args, pkg)...); err == nil {
			return os.ReadFile(program)
		}
	}
	return nil, err
}

// SupportScript returns the JavaScript of the Go toolchain that a Go program
// needs in a browser.
func SupportScript(ctx context.Context) ([]byte, error) {
	root, err := toolchain.Output(ctx, "", "go", "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(root, "lib", "wasm", "wasm_exec.js"))
}
