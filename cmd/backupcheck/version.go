package main

import (
	"context"
	"runtime/debug"
)

// version is this program's own, by what the Go toolchain wrote into it: the
// module's version, which holds the commit where the program was built in a
// checkout.
func version() string {
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

// commit is the version of a checkout: its newest tag or commit, and whether
// files differ from that. Where git can't tell, it is this program's own.
func commit(ctx context.Context, root string) string {
	told, err := output(ctx, root, "git", "describe", "--tags", "--always", "--dirty", "--abbrev=12")
	if err != nil || told == "" {
		return version()
	}
	return told
}
