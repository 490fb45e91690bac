package main

import (
	"context"
	"flag"
	"io"
	"strings"
	"time"

	"backupcheck/cmd/backupcheck/internal/feeds"
	"backupcheck/cmd/backupcheck/internal/text"
	"backupcheck/status"
	"backupcheck/status/api"
	"backupcheck/status/apple"
)

const statusUsage = `
Usage: backupcheck status [-json] [-feed FILE|URL] [-service NAME] [-at TIME]
       backupcheck status -watch [-every TIME] [-bell] [-json] [-feed FILE|URL]

Reads Apple's System Status, or a given feed, and prints the verdict for iCloud
Backup or another service. -json prints exactly the body of /api/status.

-watch reads repeatedly. It prints the verdict on one line, and another line
whenever the level or the incidents change, a problem no longer counts as
recent, or readings have failed for so long that the verdict is stale. With
-json each line is a body of /api/status. -bell rings at each change of level,
by a BEL character on standard error, so that it works with output to a file.

The exit status is that of monitoring plugins: 0 operational, 1 degraded or
maintenance, 2 outage, 3 unknown (Apple, the file or the URL couldn't be read,
the service isn't listed, or wrong usage). With -watch it is that of the last
line when the program is interrupted. After the bar in the first line are their
performance data: the age of the reading, and the minutes in trouble.
`

// exitStatus maps levels to the exit statuses of monitoring plugins.
var exitStatus = map[status.Level]int{
	status.Operational: exitOperational,
	status.Maintenance: exitDegraded,
	status.Degraded:    exitDegraded,
	status.Outage:      exitOutage,
	status.Unknown:     exitUnknown,
}

func checkStatus(ctx context.Context, args []string, s streams) int {
	flags := flag.NewFlagSet("status", flag.ContinueOnError)
	source := feeds.Source{Reader: apple.Reader{Doer: apple.Client(apple.TimeLimit), Now: time.Now}, Stdin: s.in}
	asJSON := flags.Bool("json", false, "print the body of /api/status")
	flags.StringVar(&source.Feed, "feed", "", "read this feed, a `file` (- for standard input) or URL, instead of Apple's page and feed")
	flags.StringVar(&source.Service, "service", status.ServiceName, "`name` of the service; a feed in another language has its own")
	at := flags.String("at", "", "use this `time` (RFC 3339) as now and as the time of reading")
	watch := flags.Bool("watch", false, "read repeatedly and print changes")
	every := flags.Duration("every", status.RefreshEvery, "with -watch: read this often")
	bell := flags.Bool("bell", false, "with -watch: ring at each change of level")
	addAppleFlags(flags, &source.Reader)
	if code, ok := parse(flags, args, s, statusUsage); !ok {
		return code
	}
	given := givenFlags(flags)
	switch {
	case flags.NArg() > 0:
		return s.fail(exitUsage, "status takes no argument such as %q; choose a feed with -feed", flags.Arg(0))
	case strings.TrimSpace(source.Service) == "":
		return s.fail(exitUsage, "-service needs a name, such as %q", status.ServiceName)
	case given["feed"] && source.Feed == "":
		return s.fail(exitUsage, "-feed needs a file, a URL or - for standard input")
	case *every <= 0:
		return s.fail(exitUsage, "-every needs a time such as 60s, not %v", *every)
	case !*watch && (given["every"] || given["bell"]):
		return s.fail(exitUsage, "-every and -bell need -watch")
	case *watch && given["at"]:
		return s.fail(exitUsage, "-watch can't be combined with -at")
	case *watch && source.Feed == "-":
		return s.fail(exitUsage, "-watch needs a feed that can be read repeatedly, unlike standard input")
	}
	if err := apple.CheckOrigin(source.Origin); err != nil {
		return s.fail(exitUsage, "%v", err)
	}
	print := text.WriteVerdict
	if *asJSON {
		print = func(w io.Writer, v status.Verdict, _ time.Time) error {
			_, err := w.Write(api.Body(v))
			return err
		}
	}
	if *watch {
		w := watcher{source: source, service: source.Service, now: source.Now, every: *every, bell: *bell}
		if *asJSON {
			w.print = func(_, now status.Verdict, _ time.Time) error { return print(s.out, now, time.Time{}) }
		}
		return w.run(ctx, s)
	}
	now := time.Now().UTC()
	if given["at"] {
		var err error
		if now, err = parseTime("-at", *at); err != nil {
			return s.fail(exitUsage, "%v", err)
		}
	}
	source.Now = func() time.Time { return now }
	report, err := source.Read(ctx)
	if err != nil {
		s.fail(exitUnknown, "%v", err)
		report = status.Unread(source.Service)
	}
	v := status.Decide(report, now)
	if err := print(s.out, v, now); err != nil {
		return s.fail(exitUnknown, "writing the verdict: %v", err)
	}
	return exitStatus[v.Level]
}
