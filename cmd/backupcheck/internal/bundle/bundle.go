// Package bundle makes the static files from the sources of the widget: it
// bundles and minifies scripts and styles with esbuild and names the files by a
// hash of their content.
package bundle

import (
	"context"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"backupcheck/cmd/backupcheck/internal/compile"
	"backupcheck/widget"
	sources "backupcheck/widget/assets"
	"backupcheck/widget/locale"
)

// Assets are the styles and scripts as they are served.
type Assets struct {
	Bundle widget.Bundle
	Files  map[string]File // by path
}

const (
	// Immutable is the Cache-Control of files with a hash of their content in
	// their name.
	Immutable = "public, max-age=31536000, immutable"
	// Revalidated is the Cache-Control of the embed script and of its types, whose
	// addresses never change.
	Revalidated = "public, max-age=3600, stale-while-revalidate=86400"

	javaScript = "text/javascript; charset=utf-8"
	typeScript = "application/typescript; charset=utf-8"
)

// Compiled compiles the engine of the checkout at root and bundles the sources.
func Compiled(ctx context.Context, root string) (Assets, error) {
	// Without the packages of npm there is no use in waiting for the compiler.
	if err := checkPackages(root); err != nil {
		return Assets{}, err
	}
	engine, err := compile.Engine(ctx, root)
	if err != nil {
		return Assets{}, err
	}
	return New(root, engine)
}

// checkPackages returns an error unless the packages of npm are installed.
func checkPackages(root string) error {
	if _, err := os.Stat(filepath.Join(root, qrPackage)); err != nil {
		return errors.New("the packages of npm aren't installed, and the QR code needs one of them: run npm ci first")
	}
	return nil
}

// New bundles the sources for the oldest supported browsers (Safari of iOS 15).
// Without an engine (nil) the widget shows the plain steps only. With one it needs
// packages of npm, which are read from the checkout at root.
func New(root string, engine []byte) (Assets, error) {
	a := Assets{
		Bundle: widget.Bundle{Inline: map[string]string{}, Files: map[string]string{}},
		Files:  map[string]File{},
	}
	for name, parts := range map[string][]string{
		"widget.css": {"widget.css"},
		"site.css":   {"widget.css", "site.css"},
	} {
		style, err := minifyStyle(parts)
		if err != nil {
			return a, err
		}
		a.Bundle.Inline[name] = style
	}
	for _, name := range widget.InlineScripts {
		script, err := bundleScript(root, name)
		if err != nil {
			return a, err
		}
		a.Bundle.Inline[name] = strings.TrimSpace(string(script))
	}
	icon, err := sources.FS.ReadFile("icon.svg")
	if err != nil {
		return a, err
	}
	a.add("icon.svg", "image/svg+xml", icon)
	types, err := sources.FS.ReadFile("embed.d.ts")
	if err != nil {
		return a, err
	}
	a.Files["/embed.d.ts"] = File{ContentType: typeScript, CacheControl: Revalidated, Body: types}
	scripts := []string{"widget.js", "watch.js", "site.js", "embed.js"}
	if engine != nil {
		if err := checkPackages(root); err != nil {
			return a, err
		}
		scripts = append(scripts, "sequence.js", "qr.js")
		a.add("engine.wasm", "application/wasm", engine)
		a.Bundle.Languages = map[string]string{}
		for _, c := range locale.All() {
			a.Bundle.Languages[c.Lang()] = c.Name()
			a.add(c.Lang()+".json", "application/json", locale.Compiled(c.Lang()))
			a.add(c.Lang()+".txt", "text/plain; charset=utf-8", locale.Lines(c.Lang())) // for the Worker
		}
	}
	for _, name := range scripts {
		script, err := bundleScript(root, name)
		if err != nil {
			return a, err
		}
		a.add(name, javaScript, script)
		if name == "embed.js" { // also at an address that never changes
			a.Files["/embed.js"] = File{ContentType: javaScript, CacheControl: Revalidated, Body: script}
			sum := sha512.Sum384(script)
			a.Bundle.Integrity = "sha384-" + base64.StdEncoding.EncodeToString(sum[:])
		}
	}
	return a, nil
}

// assetAddress returns the path of a file, which contains a hash of its content.
func assetAddress(name string, body []byte) string {
	sum := sha256.Sum256(body)
	ext := path.Ext(name)
	return fmt.Sprintf("/assets/%s-%s%s", strings.TrimSuffix(name, ext), hex.EncodeToString(sum[:6]), ext)
}

// add adds a file at its assetAddress.
func (a Assets) add(name, contentType string, body []byte) {
	address := assetAddress(name, body)
	a.Bundle.Files[name] = address
	a.Files[address] = File{ContentType: contentType, CacheControl: Immutable, Body: body}
}

// Paths returns the paths of the files, sorted.
func (a Assets) Paths() []string { return slices.Sorted(maps.Keys(a.Files)) }
