package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// compileWasm compiles a package of the checkout to Wasm that is small.
func compileWasm(ctx context.Context, root, pkg string, flags ...string) ([]byte, error) {
	dir, err := os.MkdirTemp("", "backupcheck-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	program := filepath.Join(dir, "program.wasm")
	// Functions that aren't copied to where they are called make a program that
	// is 5 % smaller, and so does, by 1 to 2 %, the older garbage collector. A
	// toolchain that no longer has that one says so.
	for _, experiment := range []string{"nogreenteagc", ""} {
		args := append([]string{"GOOS=js", "GOARCH=wasm", "GOEXPERIMENT=" + experiment,
			"go", "build", "-trimpath", "-gcflags=all=-l", "-ldflags", "-s -w", "-o", program}, flags...)
		if _, err = output(ctx, root, "env", append(args, pkg)...); err == nil {
			break
		}
	}
	if err != nil {
		return nil, err
	}
	wasm, err := os.ReadFile(program)
	if err != nil {
		return nil, err
	}
	return compact(wasm)
}

// goSupport returns the script that Go's programs need in a browser.
func goSupport() ([]byte, error) {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"))
}
