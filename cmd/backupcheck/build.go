package main

import (
	"context"
	"flag"
	"fmt"
	"path/filepath"

	"backupcheck/cmd/backupcheck/internal/bundle"
	"backupcheck/cmd/backupcheck/internal/compile"
	"backupcheck/cmd/backupcheck/internal/embedded"
	"backupcheck/cmd/backupcheck/internal/terminal"
	"backupcheck/cmd/backupcheck/internal/upload"
)

const buildUsage = `
Usage: backupcheck build [-o DIR]
       backupcheck build -native [-o FILE] [-target OS/ARCH]

Compiles the WebAssembly, bundles the assets, and writes what wrangler uploads.
With -native it writes the native program as one FILE with all of that inside,
which runs without the sources, Go and npm.

It runs the Go toolchain, so it works in a checkout of the project, after npm ci.
`

func build(ctx context.Context, args []string, s streams) int {
	flags := flag.NewFlagSet("build", flag.ContinueOnError)
	to := flags.String("o", "", "write to this `path`: a directory, which is replaced (build), or with -native a file (dist/backupcheck)")
	tags := flags.String("tags", "", "build `tags` for Go; the tag faulty makes a Worker that fails on request, for tests")
	native := flags.Bool("native", false, "write the native program")
	target := flags.String("target", "", "with -native: the operating `system` and architecture, such as linux/arm64; this machine's if not set")
	if code, ok := parse(flags, args, s, buildUsage); !ok {
		return code
	}
	given := givenFlags(flags)
	switch {
	case flags.NArg() > 0:
		return s.fail(exitUsage, "build takes no argument such as %q; choose where to write with -o", flags.Arg(0))
	case given["o"] && *to == "":
		return s.fail(exitUsage, "-o needs a path")
	case given["target"] && !*native:
		return s.fail(exitUsage, "-target needs -native")
	case given["tags"] && *native:
		return s.fail(exitUsage, "-tags can't be combined with -native")
	}
	var err error
	switch {
	case *native:
		err = buildNative(ctx, *to, *target, s)
	case *to == "":
		err = upload.Write(ctx, "build", *tags, s.out)
	default:
		err = upload.Write(ctx, *to, *tags, s.out)
	}
	if err != nil {
		return s.fail(1, "%v", err)
	}
	return 0
}

// buildNative writes the native program with its assets inside.
func buildNative(ctx context.Context, program, target string, s streams) error {
	root, err := compile.Root(ctx)
	if err != nil {
		return err
	}
	if program == "" {
		program = filepath.Join(root, "dist", "backupcheck")
	}
	if program, err = filepath.Abs(program); err != nil {
		return err
	}
	assets, err := bundle.Compiled(ctx, root)
	if err != nil {
		return err
	}
	if err := embedded.Build(ctx, root, assets, target, program); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%s runs by itself: %[1]s serve -h\n", terminal.Printable(program))
	return nil
}
