package widget

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
)

// Bundle is what the build makes of the assets: styles and scripts that are
// inlined, so that the first paint needs no second request, and the addresses
// of what is loaded later.
type Bundle struct {
	Inline map[string]string `json:"inline"` // by source name: widget.css, site.css, and those of InlineScripts
	Files  map[string]string `json:"files"`  // by source name: widget.js, icon.svg, en.json; "/assets/widget-<hash>.js"
	// Languages are the names of the languages by BCP 47 tag, whose texts are files.
	Languages map[string]string `json:"languages"`
	// Integrity is the hash of the embed script for Subresource Integrity.
	Integrity string `json:"integrity"`
}

// InlineScripts are the scripts that the widget's document contains, since they
// have to run before it is painted.
var InlineScripts = []string{"times.js", "first.js", "fold.js"}

// Encode returns the bundle in a form that the linker can put into a string
// variable (-ldflags -X).
func (b Bundle) Encode() string {
	data, err := json.Marshal(b)
	if err != nil {
		panic(err) // maps of strings can't fail
	}
	return base64.RawURLEncoding.EncodeToString(data)
}

// DecodeBundle undoes Encode. The empty string, of a program built without the
// build command, is an error.
func DecodeBundle(s string) (Bundle, error) {
	var b Bundle
	if s == "" {
		return b, errors.New("widget: built without its assets; build with backupcheck build")
	}
	data, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return b, err
	}
	return b, json.Unmarshal(data, &b)
}

// hashSource is the source of a Content-Security-Policy that allows an inline
// style or script.
func hashSource(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
