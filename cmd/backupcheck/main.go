// Command backupcheck is the native program. It serves the whole product, prints
// the verdict and the history, simulates Apple for demos and tests, builds what
// wrangler uploads, and draws the troubleshooting sequence or walks through it.
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
	"time"

	"backupcheck/cmd/backupcheck/internal/terminal"
	"backupcheck/status/apple"
)

// The exit statuses of monitoring plugins.
const (
	exitOperational = 0
	exitDegraded    = 1 // degraded or maintenance
	exitOutage      = 2
	exitUnknown     = 3
	exitUsage       = exitUnknown // as the plugins' guidelines ask
)

// streams are the standard streams of a command.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// fail prints an error or a warning on one line and returns the exit status.
func (s streams) fail(status int, format string, args ...any) int {
	message := strings.ReplaceAll(fmt.Sprintf(format, args...), "\n", "; ")
	fmt.Fprintln(s.err, "backupcheck: "+terminal.Printable(message))
	return status
}

type command struct {
	name, summary string
	run           func(ctx context.Context, args []string, s streams) int
}

var commands = []command{
	{"serve", "serve the whole product natively", serve},
	{"status", "print whether iCloud Backup is down, according to Apple", checkStatus},
	{"history", "print the stored history, or import recordings into it", showHistory},
	{"replay", "simulate Apple's System Status on loopback, for demos and tests", replayApple},
	{"build", "compile the WebAssembly and write what wrangler uploads", build},
	{"sequence", "draw the troubleshooting sequence, walk through it, or recognize a message of iOS", showSequence},
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
	fmt.Fprintln(w, "Backup Check reports whether iCloud Backup is down, and helps to fix it where it isn't.\n\nCommands:")
	for _, c := range commands {
		fmt.Fprintf(w, "  %-8s %s\n", c.name, c.summary)
	}
	fmt.Fprintln(w, "\nRun backupcheck COMMAND -h for the flags of a command.")
}

// parse parses a command's flags. It returns false and the exit status if the
// command must not run, because help was requested or the flags are wrong.
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

// givenFlags returns the names of the flags that were set.
func givenFlags(flags *flag.FlagSet) map[string]bool {
	given := map[string]bool{}
	flags.Visit(func(f *flag.Flag) { given[f.Name] = true })
	return given
}

// addAppleFlags adds the flags of the commands that read Apple.
func addAppleFlags(flags *flag.FlagSet, reader *apple.Reader) {
	flags.StringVar(&reader.Origin, "origin", apple.Origin, "read Apple's page and feed from this `origin`, such as one that replay prints")
	flags.StringVar(&reader.UserAgent, "user-agent", apple.UserAgent, "send this `name` to Apple as the user agent")
}

// parseTime parses a flag's time (RFC 3339).
func parseTime(flag, text string) (time.Time, error) {
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return at, fmt.Errorf("%s needs a time such as 2026-11-22T06:00:00Z, not %q", flag, text)
	}
	return at, nil
}
