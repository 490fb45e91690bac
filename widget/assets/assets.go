// Package assets holds the sources of the widget's styles and scripts, and its
// icon. cmd/backupcheck bundles and minifies them.
package assets

import "embed"

// FS holds the sources by name.
//
//go:embed *.css *.js *.svg
var FS embed.FS
