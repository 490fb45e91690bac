//go:build !js

package locale

import "embed"

//go:embed *.json labels/*.json
var files embed.FS
