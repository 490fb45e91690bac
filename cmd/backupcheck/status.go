package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"strings"
	"time"

	"backupcheck/status"
	"backupcheck/status/api"
	"backupcheck/status/apple"
)

const statusUsage = `
Usage: backupcheck status [-json] [-feed FILE|URL] [-service NAME] [-at TIME]
       backupcheck status -watch [-every TIME] [-bell] [-json] [-feed FILE|URL]

Reads Apple's System Status, or a feed that is given, and prints the verdict
for iCloud Backup. -json prints exactly the body of /api/status.

-watch goes on reading: it prints the verdict in one line, and another line
each time that the level or the incidents change, a problem counts as over, or
readings fail for so long that the verdict is stale. With -json each line is a
body of /api/status. -bell rings at each change of level, by a BEL character on
standard error, so that it is heard when the lines go to a file.

The exit status is that of monitoring plugins: 0 operational, 1 degraded or
maintenance, 2 outage, 3 unknown (Apple, the file or the URL could not be read,
or the row is missing), 4 wrong usage. With -watch it is that of the last line,
when the program is interrupted.
`

// exitStatus is how monitoring plugins tell a level.
var exitStatus = map[status.Level]int{
	status.Operational: exitOperational,
	status.Maintenance: exitDegraded,
	status.Degraded:    exitDegraded,
	status.Outage:      exitOutage,
	status.Unknown:     exitUnknown,
}

func checkStatus(ctx context.Context, args []string, s streams) int {
	flags := flag.NewFlagSet("status", flag.ContinueOnError)
	from := source{Reader: apple.Reader{Doer: apple.Client(apple.TimeLimit), Now: time.Now}, in: s.in}
	asJSON := flags.Bool("json", false, "print the body of /api/status")
	flags.StringVar(&from.feed, "feed", "", "read this feed, a `file` (- for standard input) or URL, instead of Apple's page and feed")
	flags.StringVar(&from.Service, "service", status.ServiceName, "`name` of the row; a feed in another language has its own")
	at := flags.String("at", "", "take this `time` (RFC 3339) for now and for the time of reading")
	watching := flags.Bool("watch", false, "go on, and print changes as they happen")
	every := flags.Duration("every", status.RefreshEvery, "with -watch: read this often")
	bell := flags.Bool("bell", false, "with -watch: ring at each change of level")
	addAppleFlags(flags, &from.Reader)
	if code, ok := parse(flags, args, s, statusUsage); !ok {
		return code
	}
	given := map[string]bool{}
	flags.Visit(func(f *flag.Flag) { given[f.Name] = true })
	switch {
	case flags.NArg() > 0:
		return s.fail(exitUsage, "status takes no argument such as %q; a feed is given with -feed", flags.Arg(0))
	case strings.TrimSpace(from.Service) == "":
		return s.fail(exitUsage, "-service needs a name, such as %q", status.ServiceName)
	case given["feed"] && from.feed == "":
		return s.fail(exitUsage, "-feed needs a file, a URL or - for standard input")
	case *every <= 0:
		return s.fail(exitUsage, "-every needs a time such as 60s, not %v", *every)
	case !*watching && (given["every"] || given["bell"]):
		return s.fail(exitUsage, "-every and -bell are for -watch, which isn't given")
	case *watching && given["at"]:
		return s.fail(exitUsage, "-watch can't be given with -at, as time goes on")
	case *watching && from.feed == "-":
		return s.fail(exitUsage, "-watch needs a feed that can be read again, which standard input can't")
	}
	if err := apple.CheckOrigin(from.Origin); err != nil {
		return s.fail(exitUsage, "%v", err)
	}
	show := describe
	if *asJSON {
		show = func(w io.Writer, v status.Verdict) error {
			_, err := w.Write(api.Body(v))
			return err
		}
	}
	if *watching {
		f := follower{source: from, service: from.Service, now: from.Now, every: *every, bell: *bell}
		if *asJSON {
			f.show = func(_, now status.Verdict, _ time.Time) error { return show(s.out, now) }
		}
		return f.run(ctx, s)
	}
	now := time.Now().UTC()
	if given["at"] {
		var err error
		if now, err = moment("-at", *at); err != nil {
			return s.fail(exitUsage, "%v", err)
		}
	}
	from.Now = func() time.Time { return now }
	report, err := from.Read(ctx)
	if err != nil {
		s.fail(exitUnknown, "%v", err)
		report = status.Unread(from.Service)
	}
	v := status.Decide(report, now)
	if err := show(s.out, v); err != nil {
		return s.fail(exitUnknown, "writing the verdict: %v", err)
	}
	return exitStatus[v.Level]
}

// describe prints the verdict for a person.
func describe(w io.Writer, v status.Verdict) error {
	t := terminalOf(w)
	var b strings.Builder
	line := func(format string, args ...any) {
		b.WriteString(printable(fmt.Sprintf(format, args...)) + "\n")
	}
	b.WriteString(printable(v.Service) + ": " + t.paint(v.Level, v.Level.String()) + "\n")
	line("%s", v.Summary)
	for _, i := range v.Incidents {
		said := "  " + i.State + " " + strings.ToLower(i.Type)
		if !i.StartedAt.IsZero() {
			said += " from " + i.StartedAt.Format(time.RFC3339)
		}
		if !i.EndedAt.IsZero() {
			said += " to " + i.EndedAt.Format(time.RFC3339)
		}
		line("%s: %s", said, i.Message)
	}
	for _, r := range v.Related {
		if r.Level.Down() || r.Level == status.Maintenance {
			b.WriteString("  related: " + printable(r.Service) + " is " + t.paint(r.Level, r.Level.String()) + "\n")
		}
	}
	if !v.CheckedAt.IsZero() {
		line("Checked %s at %s", v.CheckedAt.UTC().Format(time.RFC3339), status.SourceURL)
	}
	_, err := io.WriteString(w, b.String())
	return err
}
