package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	"backupcheck/cmd/backupcheck/internal/terminal"
	"backupcheck/cmd/backupcheck/internal/text"
	"backupcheck/status/history"
)

const backupUsage = `
Usage: backupcheck history backup [-db FILE] COPY

Writes a copy of a history database to the new file COPY: the database as it is
at one moment, also while serve writes to it.
`

func backUpHistory(ctx context.Context, args []string, s streams) int {
	flags := flag.NewFlagSet("history backup", flag.ContinueOnError)
	file := flags.String("db", defaultDB, "SQLite `file` of serve -db")
	if code, ok := parse(flags, args, s, backupUsage); !ok {
		return code
	}
	if flags.NArg() != 1 || flags.Arg(0) == "" {
		return s.fail(exitUsage, "history backup needs one name for the copy")
	}
	if err := history.Backup(ctx, *file, flags.Arg(0)); err != nil {
		return s.fail(1, "%v", err)
	}
	fmt.Fprintf(s.out, "%s is a copy of %s.\n", terminal.Printable(flags.Arg(0)), terminal.Printable(*file))
	return 0
}

const exportUsage = `
Usage: backupcheck history export [-db FILE] [SQL]

Writes a history database as SQL to the new file SQL, or to standard output.
wrangler d1 execute --file adds it to a D1 database, and history import to
another SQLite file. What both have counts once.
`

func exportHistory(ctx context.Context, args []string, s streams) int {
	flags := flag.NewFlagSet("history export", flag.ContinueOnError)
	file := flags.String("db", defaultDB, "SQLite `file` of serve -db")
	if code, ok := parse(flags, args, s, exportUsage); !ok {
		return code
	}
	if flags.NArg() > 1 {
		return s.fail(exitUsage, "history export takes one file, not %q too", flags.Arg(1))
	}
	dump, err := history.LoadDump(ctx, *file, time.Now())
	if err != nil {
		return s.fail(1, "%v", err)
	}
	code := printRefused(dump, *file, s)
	var out io.Writer = s.out
	if flags.NArg() == 1 {
		created, err := os.OpenFile(flags.Arg(0), os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o644)
		if err != nil {
			return s.fail(1, "%v", err)
		}
		defer func() {
			if err := errors.Join(created.Sync(), created.Close()); err != nil {
				code = s.fail(1, "%v", err)
			}
		}()
		out = created
	}
	if err := dump.Write(ctx, out); err != nil {
		return s.fail(1, "writing the history: %v", err)
	}
	return code
}

// importDump adds an SQLite file or a file of SQL to a database.
func importDump(ctx context.Context, path, file string, s streams) int {
	dump, err := history.LoadDump(ctx, path, time.Now())
	if err != nil {
		return s.fail(1, "%v", err)
	}
	db, err := history.Open(ctx, file)
	if err != nil {
		return s.fail(1, "%v", err)
	}
	defer db.Close()
	if err := dump.Add(ctx, db); err != nil {
		return s.fail(1, "%v", err)
	}
	fmt.Fprintf(s.out, "%s, %s and %s of watched time imported from %s.\n", text.Count(dump.Count("incident"), "incident"),
		text.Count(dump.Count("change"), "change"), text.Count(dump.Count("watched"), "span"), terminal.Printable(path))
	return printRefused(dump, path, s)
}

// printRefused says which rows of a file were left out.
func printRefused(dump history.Dump, path string, s streams) (code int) {
	for _, reason := range dump.Reasons() {
		code = s.fail(1, "%s: %s refused, %s", path, text.Count(dump.Refused[reason], "row"), reason)
	}
	return code
}
