// Command backupcheck is the native program: it serves the whole product,
// prints the verdict, plays Apple for demos and tests, and builds what
// wrangler uploads.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

// The exit statuses that monitoring plugins use for what they found, and one
// for a wrong call.
const (
	exitOperational = 0
	exitDegraded    = 1 // degraded or maintenance
	exitOutage      = 2
	exitUnknown     = 3
	exitUsage       = 4
)

// streams are the standard streams of a command.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// fail prints in one line what went wrong, and returns the status. Names of
// files and words from elsewhere can't steer the terminal.
func (s streams) fail(status int, format string, args ...any) int {
	message := strings.ReplaceAll(fmt.Sprintf(format, args...), "\n", "; ")
	fmt.Fprintln(s.err, "backupcheck: "+printable(message))
	return status
}

// command is one of the program's commands.
type command struct {
	name, summary string
	run           func(ctx context.Context, args []string, s streams) int
}

var commands = []command{
	{"serve", "serve the whole product natively", serve},
	{"status", "print whether iCloud Backup is down, by Apple's data", checkStatus},
	{"history", "print what history is kept, or import recordings into it", showHistory},
	{"replay", "play Apple's System Status on loopback, for demos and tests", playApple},
	{"build", "compile the Wasm and make what wrangler uploads", build},
	{"sequence", "draw the troubleshooting sequence as a graph", drawSequence},
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr}))
}

func run(ctx context.Context, args []string, s streams) int {
	if len(args) == 0 {
		usage(s.err)
		return exitUsage
	}
	switch args[0] {
	case "-h", "-help", "--help", "help":
		usage(s.out)
		return 0
	}
	for _, c := range commands {
		if c.name == args[0] {
			return c.run(ctx, args[1:], s)
		}
	}
	return s.fail(exitUsage, "there is no command %q; see backupcheck -h", args[0])
}

func usage(w io.Writer) {
	fmt.Fprintln(w, "Backup Check tells whether iCloud Backup is down, and helps to fix it where it isn't.\n\nCommands:")
	for _, c := range commands {
		fmt.Fprintf(w, "  %-8s %s\n", c.name, c.summary)
	}
	fmt.Fprintln(w, "\nbackupcheck COMMAND -h tells more about one.")
}

// parse reads a command's flags. It returns false, and the exit status, when
// the command has nothing left to do: help was asked for, or the call is
// wrong. The help is the usage text and then the flags.
func parse(flags *flag.FlagSet, args []string, s streams, usage string) (status int, ok bool) {
	flags.SetOutput(io.Discard)
	flags.Usage = func() {}
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprintf(s.out, "%s\n\nFlags:\n", strings.TrimSpace(usage))
		flags.SetOutput(s.out)
		flags.PrintDefaults()
		return 0, false
	case err != nil:
		return s.fail(exitUsage, "%v; see backupcheck %s -h", err, flags.Name()), false
	}
	return 0, true
}
