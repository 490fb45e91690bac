package main

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"

	"backupcheck/status/respond"
	"backupcheck/widget"
	sources "backupcheck/widget/assets"
	"backupcheck/widget/locale"
)

// assets are the styles and scripts in the form in which they are served.
type assets struct {
	bundle widget.Bundle
	files  map[string]file // by address
}

// file is a static file. It implements http.Handler.
type file struct {
	contentType, cacheControl string
	body                      []byte
}

const (
	// immutable is for files that have a hash of their content in their name.
	immutable = "public, max-age=31536000, immutable"
	// floating is for the embed script, whose address never changes.
	floating = "public, max-age=3600, stale-while-revalidate=86400"
)

func (f file) header() http.Header {
	header := http.Header{
		"Content-Type":                {f.contentType},
		"Cache-Control":               {f.cacheControl},
		"Access-Control-Allow-Origin": {"*"},
	}
	respond.SecurityHeaders(header)
	return header
}

func (f file) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	respond.Body{Header: f.header(), Bytes: f.body}.Serve(w, r)
}

// bundleAssets bundles and minifies the sources for the oldest browsers of the
// readers (Safari of iOS 15) and gives them their addresses. Without an engine
// (nil) the widget shows the plain steps only. What comes from npm is taken from
// the checkout at root, and left out where it isn't installed.
func bundleAssets(root string, engine []byte) (assets, error) {
	a := assets{
		bundle: widget.Bundle{Inline: map[string]string{}, Files: map[string]string{}},
		files:  map[string]file{},
	}
	for name, parts := range map[string][]string{
		"widget.css": {"widget.css"},
		"site.css":   {"widget.css", "site.css"},
	} {
		style, err := minifyStyle(parts)
		if err != nil {
			return a, err
		}
		a.bundle.Inline[name] = style
	}
	times, err := bundleScript(root, "times.js")
	if err != nil {
		return a, err
	}
	a.bundle.Inline["times.js"] = strings.TrimSpace(string(times))
	icon, err := sources.FS.ReadFile("icon.svg")
	if err != nil {
		return a, err
	}
	a.add("icon.svg", "image/svg+xml", icon)
	scripts := []string{"widget.js", "site.js", "embed.js"}
	if engine != nil {
		scripts = append(scripts, "sequence.js")
		if _, err := os.Stat(filepath.Join(root, qrPackage)); err == nil {
			scripts = append(scripts, "qr.js")
		}
		a.add("engine.wasm", "application/wasm", engine)
		for _, tag := range locale.Languages() {
			a.add(tag+".json", "application/json", locale.Source(tag))
		}
	}
	for _, name := range scripts {
		script, err := bundleScript(root, name)
		if err != nil {
			return a, err
		}
		a.add(name, javaScript, script)
		if name == "embed.js" { // also at an address that never changes
			a.files["/embed.js"] = file{javaScript, floating, script}
			sum := sha512.Sum384(script)
			a.bundle.Integrity = "sha384-" + base64.StdEncoding.EncodeToString(sum[:])
		}
	}
	return a, nil
}

const javaScript = "text/javascript; charset=utf-8"

// add gives a file an address with a hash of its content in it.
func (a assets) add(name, contentType string, body []byte) {
	sum := sha256.Sum256(body)
	ending := path.Ext(name)
	address := fmt.Sprintf("/assets/%s-%s%s", strings.TrimSuffix(name, ending), hex.EncodeToString(sum[:6]), ending)
	a.bundle.Files[name] = address
	a.files[address] = file{contentType, immutable, body}
}

// engines are the oldest browsers that scripts and styles are written for.
var engines = []api.Engine{{Name: api.EngineSafari, Version: "15"}, {Name: api.EngineChrome, Version: "100"}, {Name: api.EngineFirefox, Version: "100"}}

func minifyStyle(names []string) (string, error) {
	var source []byte
	for _, name := range names {
		part, err := sources.FS.ReadFile(name)
		if err != nil {
			return "", err
		}
		source = append(source, part...)
	}
	result := api.Transform(string(source), api.TransformOptions{
		Loader: api.LoaderCSS, Engines: engines, MinifyWhitespace: true, MinifySyntax: true,
	})
	if len(result.Errors) > 0 {
		return "", fmt.Errorf("%s: %s", names[len(names)-1], result.Errors[0].Text)
	}
	return strings.TrimSpace(string(result.Code)), nil
}

// bundleScript joins a script with what it imports.
func bundleScript(root, name string) ([]byte, error) {
	format := api.FormatESModule
	if name == "embed.js" || name == "times.js" {
		format = api.FormatIIFE // of a plain script tag
	}
	result := api.Build(api.BuildOptions{
		EntryPoints: []string{name}, Bundle: true, Format: format, Engines: engines,
		MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true, LegalComments: api.LegalCommentsNone,
		Plugins: []api.Plugin{{Name: "sources", Setup: sourcePlugin(root)}},
	})
	if len(result.Errors) > 0 {
		return nil, fmt.Errorf("%s: %s", name, result.Errors[0].Text)
	}
	return result.OutputFiles[0].Contents, nil
}

// qrPackage is the one package of npm's that readers get.
const qrPackage = "node_modules/uqr/dist/index.mjs"

// sourcePlugin has esbuild read the sources inside this program, the support
// script of the Go toolchain where one imports "go:wasm_exec", the texts of
// embed.js where one imports "locale:embed", and npm packages from the checkout.
func sourcePlugin(root string) func(api.PluginBuild) {
	return func(build api.PluginBuild) {
		build.OnResolve(api.OnResolveOptions{Filter: ".*"}, func(args api.OnResolveArgs) (api.OnResolveResult, error) {
			if args.Path == "uqr" {
				path, err := filepath.Abs(filepath.Join(root, qrPackage))
				return api.OnResolveResult{Path: path, Namespace: "file"}, err
			}
			return api.OnResolveResult{Path: strings.TrimPrefix(args.Path, "./"), Namespace: "sources"}, nil
		})
		build.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: "sources"}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
			var source []byte
			var err error
			switch args.Path {
			case "go:wasm_exec":
				source, err = goSupport()
			case "locale:embed":
				source, err = embedTexts()
			default:
				source, err = sources.FS.ReadFile(args.Path)
			}
			text := string(source)
			return api.OnLoadResult{Contents: &text, Loader: api.LoaderJS}, err
		})
	}
}
