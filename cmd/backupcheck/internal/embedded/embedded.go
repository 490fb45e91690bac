// Package embedded has the assets and the engine inside of the native program
// that backupcheck build -native makes, so that this program needs neither a
// checkout nor a toolchain where it runs.
package embedded

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/gob"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/andybalholm/brotli"

	"backupcheck/cmd/backupcheck/internal/bundle"
	"backupcheck/cmd/backupcheck/internal/toolchain"
	"backupcheck/cmd/backupcheck/internal/version"
)

// Package is this package's directory in the checkout.
const Package = "cmd/backupcheck/internal/embedded"

// Assets returns the assets inside of this program. ok is false if it has none.
func Assets() (a bundle.Assets, ok bool, err error) {
	if len(archive) == 0 {
		return a, false, nil
	}
	a, err = decode(archive)
	return a, true, err
}

// encode packs compressed assets without their plain bodies.
func encode(a bundle.Assets) ([]byte, error) {
	packed := bundle.Assets{Bundle: a.Bundle, Files: map[string]bundle.File{}}
	for path, f := range a.Files {
		f.Body = nil
		packed.Files[path] = f
	}
	var b bytes.Buffer
	err := gob.NewEncoder(&b).Encode(packed)
	return b.Bytes(), err
}

func decode(data []byte) (a bundle.Assets, err error) {
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&a); err != nil {
		return a, fmt.Errorf("reading the assets in this program: %w", err)
	}
	for path, f := range a.Files {
		plain, err := gzip.NewReader(bytes.NewReader(f.Gzip))
		if err == nil {
			f.Body, err = io.ReadAll(plain)
		}
		if err != nil {
			return a, fmt.Errorf("reading the assets in this program: %w", err)
		}
		a.Files[path] = f
	}
	return a, nil
}

// Build compiles the native program with assets inside, for a target such as
// linux/arm64 or, if that is empty, for this machine.
func Build(ctx context.Context, root string, assets bundle.Assets, target, program string) error {
	assets.Compress(brotli.BestCompression, gzip.BestCompression)
	data, err := encode(assets)
	if err != nil {
		return err
	}
	file := filepath.Join(root, filepath.FromSlash(Package), "archive.bin")
	if err := os.WriteFile(file, data, 0o644); err != nil {
		return err
	}
	defer os.Remove(file)
	args := []string{"CGO_ENABLED=0"}
	if target != "" {
		system, machine, ok := strings.Cut(target, "/")
		if !ok {
			return fmt.Errorf("the target needs the form linux/arm64, not %q", target)
		}
		args = append(args, "GOOS="+system, "GOARCH="+machine)
	}
	args = append(args, "go", "build", "-trimpath", "-tags=embedded", "-ldflags=-s -w "+version.Flag(version.Checkout(ctx, root)), "-o", program, "./cmd/backupcheck")
	_, err = toolchain.Output(ctx, root, "env", args...)
	return err
}
