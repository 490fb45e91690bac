//go:build embedded

package embedded

import _ "embed"

// archive is written by backupcheck build -native.
//
//go:embed archive.bin
var archive []byte
