//go:build js

package locale

import "embed"

// The Worker has English in it and loads other languages on first use: all of them
// would exceed what can be uploaded.
//
//go:embed en.json labels/en.json
var files embed.FS
