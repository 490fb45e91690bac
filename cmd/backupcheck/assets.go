package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"path"
	"strings"

	"github.com/evanw/esbuild/pkg/api"

	answer "backupcheck/status/api"
	"backupcheck/widget"
	sources "backupcheck/widget/assets"
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
	return http.Header{
		"Content-Type":                 {f.contentType},
		"Cache-Control":                {f.cacheControl},
		"Access-Control-Allow-Origin":  {"*"},
		"Cross-Origin-Resource-Policy": {"cross-origin"},
		"X-Content-Type-Options":       {"nosniff"},
	}
}

func (f file) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	answer.Answer{Header: f.header(), Body: f.body}.Serve(w, r)
}

// bundleAssets minifies the sources for the oldest browsers of the readers
// (Safari of iOS 15) and gives them their addresses.
func bundleAssets() (assets, error) {
	a := assets{
		bundle: widget.Bundle{Styles: map[string]string{}, Scripts: map[string]string{}},
		files:  map[string]file{},
	}
	for name, parts := range map[string][]string{
		"widget.css": {"widget.css"},
		"site.css":   {"widget.css", "site.css"},
	} {
		style, err := minify(api.LoaderCSS, parts...)
		if err != nil {
			return a, err
		}
		a.bundle.Styles[name] = strings.TrimSpace(string(style))
	}
	for _, name := range []string{"widget.js", "site.js", "embed.js"} {
		script, err := minify(api.LoaderJS, name)
		if err != nil {
			return a, err
		}
		if name == "embed.js" {
			a.files["/embed.js"] = file{"text/javascript; charset=utf-8", floating, script}
			continue
		}
		sum := sha256.Sum256(script)
		address := fmt.Sprintf("/assets/%s-%s.js", strings.TrimSuffix(name, path.Ext(name)), hex.EncodeToString(sum[:6]))
		a.bundle.Scripts[name] = address
		a.files[address] = file{"text/javascript; charset=utf-8", immutable, script}
	}
	return a, nil
}

func minify(loader api.Loader, names ...string) ([]byte, error) {
	var source []byte
	for _, name := range names {
		part, err := sources.FS.ReadFile(name)
		if err != nil {
			return nil, err
		}
		source = append(source, part...)
	}
	result := api.Transform(string(source), api.TransformOptions{
		Loader:            loader,
		Engines:           []api.Engine{{Name: api.EngineSafari, Version: "15"}, {Name: api.EngineChrome, Version: "100"}, {Name: api.EngineFirefox, Version: "100"}},
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		LegalComments:     api.LegalCommentsNone,
	})
	if len(result.Errors) > 0 {
		return nil, fmt.Errorf("%s: %s", names[len(names)-1], result.Errors[0].Text)
	}
	return result.Code, nil
}
