// Package version finds the version of this program and of a checkout.
package version

import (
	"context"
	"runtime/debug"

	"backupcheck/cmd/backupcheck/internal/toolchain"
)

// Program returns this program's version from its build information: the
// module's version, which includes the commit if it was built in a checkout.
func Program() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" {
			return "devel-" + setting.Value[:min(len(setting.Value), 12)]
		}
	}
	return "devel"
}

// Checkout returns the newest tag or commit of the checkout at root, with
// "-dirty" if files differ from it. If git fails, it is the program's version.
func Checkout(ctx context.Context, root string) string {
	described, err := toolchain.Output(ctx, root, "git", "describe", "--tags", "--always", "--dirty", "--abbrev=12")
	if err != nil || described == "" {
		return Program()
	}
	return described
}
