//go:build !embedded

package embedded

// archive is empty in a program that was built without the assets.
var archive []byte
