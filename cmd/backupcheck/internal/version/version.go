// Package version finds the version of this program and of a checkout.
package version

import (
	"context"
	"runtime/debug"

	"backupcheck/cmd/backupcheck/internal/toolchain"
)

// built is set by the linker (backupcheck build -native): the checkout's version.
var built string

// Flag sets the version of a program that is built (go build -ldflags).
func Flag(version string) string {
	return "-X backupcheck/cmd/backupcheck/internal/version.built=" + version
}

// Program returns this program's version: that of the checkout that -native built
// it in, or else from its build information the module's version, which includes
// the commit if it was built in a checkout.
func Program() string {
	if built != "" {
		return built
	}
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
