// Package assets holds the sources of the widget's styles and scripts, and
// its icon. What is served is made of them by cmd/backupcheck.
package assets

import "embed"

// FS holds the sources by name.
//
//go:embed *.css *.js *.svg
var FS embed.FS
