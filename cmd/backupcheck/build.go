package main

import (
	"context"
	"flag"

	"backupcheck/cmd/backupcheck/internal/upload"
)

const buildUsage = `
Usage: backupcheck build [-o DIR]

Compiles the WebAssembly, bundles the assets, and writes what wrangler uploads.
It runs the Go toolchain, so it works in a checkout of the project.
`

func build(ctx context.Context, args []string, s streams) int {
	flags := flag.NewFlagSet("build", flag.ContinueOnError)
	dir := flags.String("o", "build", "write to this `directory`, which is replaced")
	tags := flags.String("tags", "", "build `tags` for Go; the tag faulty makes a Worker that fails on request, for tests")
	if code, ok := parse(flags, args, s, buildUsage); !ok {
		return code
	}
	if flags.NArg() > 0 {
		return s.fail(exitUsage, "build takes no argument such as %q; choose the directory with -o", flags.Arg(0))
	}
	if err := upload.Write(ctx, *dir, *tags, s.out); err != nil {
		return s.fail(1, "%v", err)
	}
	return 0
}
