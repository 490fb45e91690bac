// Package assets holds the sources of the widget's styles and scripts, its icon,
// and the types of its element. cmd/backupcheck bundles and minifies them.
package assets

import "embed"

// FS holds the sources by name.
//
//go:embed *.css *.js *.svg embed.d.ts
var FS embed.FS
