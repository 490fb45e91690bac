package bundle

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"

	"backupcheck/cmd/backupcheck/internal/compile"
	"backupcheck/widget"
	sources "backupcheck/widget/assets"
)

// engines are the oldest browsers that scripts and styles are compiled for.
var engines = []api.Engine{{Name: api.EngineSafari, Version: "15"}, {Name: api.EngineChrome, Version: "100"}, {Name: api.EngineFirefox, Version: "100"}}

// minifyStyle minifies the concatenation of style sheets.
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

// bundleScript bundles a script with its imports.
func bundleScript(root, name string) ([]byte, error) {
	format := api.FormatESModule
	if name == "embed.js" || slices.Contains(widget.InlineScripts, name) {
		format = api.FormatIIFE // loaded as classic scripts
	}
	engines, target, private := engines, api.DefaultTarget, ""
	if name == "embed.js" { // In older browsers, such as iOS 12's, a page at least gets the plain steps.
		engines, target, private = nil, api.ES2018, "^_"
	}
	result := api.Build(api.BuildOptions{
		EntryPoints: []string{name}, Bundle: true, Format: format, Target: target, Engines: engines,
		MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true, MangleProps: private, LegalComments: api.LegalCommentsNone,
		Charset: api.CharsetUTF8, // as it is served
		Plugins: []api.Plugin{{Name: "sources", Setup: sourcePlugin(root)}},
	})
	if len(result.Errors) > 0 {
		return nil, fmt.Errorf("%s: %s", name, result.Errors[0].Text)
	}
	return result.OutputFiles[0].Contents, nil
}

// qrPackage is the only npm package that is served to readers.
const qrPackage = "node_modules/uqr/dist/index.mjs"

// sourcePlugin makes esbuild read the sources embedded in this program, the Go
// toolchain's support script for imports of "go:wasm_exec", texts for imports
// of "locale:…", and npm packages from the checkout.
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
				source, err = compile.SupportScript(context.Background())
			case "locale:embed":
				source, err = embedTexts()
			case "locale:english":
				source, err = englishTexts()
			case "locale:menu":
				source, err = menuTexts()
			default:
				source, err = sources.FS.ReadFile(args.Path)
			}
			text := string(source)
			return api.OnLoadResult{Contents: &text, Loader: api.LoaderJS}, err
		})
	}
}
