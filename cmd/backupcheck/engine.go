package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// enginePackage is what is compiled for the readers' browsers.
const enginePackage = "./wasm/browser"

// compileEngine compiles the troubleshooting engine.
func compileEngine(ctx context.Context, root string) ([]byte, error) {
	dir, err := os.MkdirTemp("", "backupcheck-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	program := filepath.Join(dir, "engine.wasm")
	// The older garbage collector makes a program that is 2 % smaller, and has
	// next to nothing to collect. A toolchain that no longer has it says so.
	for _, experiment := range []string{"nogreenteagc", ""} {
		if _, err = output(ctx, root, "env", "GOOS=js", "GOARCH=wasm", "GOEXPERIMENT="+experiment,
			"go", "build", "-trimpath", "-ldflags", "-s -w", "-o", program, enginePackage); err == nil {
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
