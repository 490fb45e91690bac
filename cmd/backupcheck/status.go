package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"
	"time"

	"backupcheck/status"
	"backupcheck/status/api"
	"backupcheck/status/apple"
)

const statusUsage = `
Usage: backupcheck status [-json] [-feed FILE|URL] [-service NAME] [-at TIME]

Reads Apple's System Status, or a feed that is given, and prints the verdict
for iCloud Backup. -json prints exactly the body of /api/status.

The exit status is that of monitoring plugins: 0 operational, 1 degraded or
maintenance, 2 outage, 3 unknown (Apple, the file or the URL could not be read,
or the row is missing), 4 wrong usage.
`

func checkStatus(ctx context.Context, args []string, s streams) int {
	flags := flag.NewFlagSet("status", flag.ContinueOnError)
	asJSON := flags.Bool("json", false, "print the body of /api/status")
	feed := flags.String("feed", "", "read this feed, a `file` (- for standard input) or URL, instead of Apple's page and feed")
	service := flags.String("service", status.ServiceName, "`name` of the row; a feed in another language has its own")
	at := flags.String("at", "", "take this `time` (RFC 3339) for now and for the time of reading")
	origin := flags.String("origin", apple.Origin, "read Apple's page and feed from this `origin`, such as one that replay prints")
	agent := flags.String("user-agent", apple.UserAgent, "tell Apple this `name`")
	if code, ok := parse(flags, args, s, statusUsage); !ok {
		return code
	}
	if flags.NArg() > 0 {
		return s.fail(exitUsage, "status takes no argument such as %q; a feed is given with -feed", flags.Arg(0))
	}
	if strings.TrimSpace(*service) == "" {
		return s.fail(exitUsage, "-service needs a name, such as %q", status.ServiceName)
	}
	given := map[string]bool{}
	flags.Visit(func(f *flag.Flag) { given[f.Name] = true })
	if given["feed"] && *feed == "" {
		return s.fail(exitUsage, "-feed needs a file, a URL or - for standard input")
	}
	if err := apple.CheckOrigin(*origin); err != nil {
		return s.fail(exitUsage, "%v", err)
	}
	now := time.Now().UTC()
	if given["at"] {
		var err error
		if now, err = time.Parse(time.RFC3339, *at); err != nil {
			return s.fail(exitUsage, "-at needs a time such as 2026-11-22T06:00:00Z, not %q", *at)
		}
	}
	clock := func() time.Time { return now }
	client := apple.Client(apple.TimeLimit)
	var report status.Report
	var err error
	if *feed == "" {
		report, err = apple.Reader{Doer: client, Origin: *origin, UserAgent: *agent, Service: *service, Now: clock}.Read(ctx)
	} else {
		report, err = readFeed(ctx, client, *feed, *agent, *service, now, s.in)
	}
	if err != nil {
		s.fail(exitUnknown, "%v", err)
		report = status.Unread(*service)
	}
	v := status.Decide(report, now)
	if *asJSON {
		_, err = s.out.Write(api.Body(v))
	} else {
		err = describe(s.out, v)
	}
	if err != nil {
		return s.fail(exitUnknown, "writing the verdict: %v", err)
	}
	switch v.Level {
	case status.Operational:
		return exitOperational
	case status.Maintenance, status.Degraded:
		return exitDegraded
	case status.Outage:
		return exitOutage
	}
	return exitUnknown
}

// readFeed reads a feed from a file, from standard input or from a URL.
func readFeed(ctx context.Context, client apple.Doer, from, agent, service string, now time.Time, in io.Reader) (status.Report, error) {
	data, err := readAll(ctx, client, from, agent, in)
	if err != nil {
		return status.Report{}, err
	}
	feed, err := apple.ParseFeed(data)
	if err != nil {
		return status.Report{}, fmt.Errorf("%s: %w", from, err)
	}
	return apple.NewReport(feed, service, now), nil
}

func readAll(ctx context.Context, client apple.Doer, from, agent string, in io.Reader) ([]byte, error) {
	if u, err := url.Parse(from); err == nil && (u.Scheme == "http" || u.Scheme == "https") {
		return apple.Reader{Doer: client, UserAgent: agent}.Get(ctx, u)
	}
	if from != "-" {
		file, err := os.Open(from)
		if err != nil {
			return nil, err
		}
		defer file.Close()
		in = file
	}
	data, err := io.ReadAll(io.LimitReader(in, apple.MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", from, err)
	}
	if len(data) > apple.MaxBytes {
		return nil, fmt.Errorf("%s is larger than %d bytes", from, apple.MaxBytes)
	}
	return data, nil
}

// describe prints the verdict for a person.
func describe(w io.Writer, v status.Verdict) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n%s\n", v.Service, v.Level, v.Summary)
	for _, i := range v.Incidents {
		fmt.Fprintf(&b, "  %s %s", i.State, strings.ToLower(i.Type))
		if !i.StartedAt.IsZero() {
			fmt.Fprintf(&b, " from %s", i.StartedAt.Format(time.RFC3339))
		}
		if !i.EndedAt.IsZero() {
			fmt.Fprintf(&b, " to %s", i.EndedAt.Format(time.RFC3339))
		}
		fmt.Fprintf(&b, ": %s\n", i.Message)
	}
	for _, r := range v.Related {
		if r.Level.Down() || r.Level == status.Maintenance {
			fmt.Fprintf(&b, "  related: %s is %s\n", r.Service, r.Level)
		}
	}
	if !v.CheckedAt.IsZero() {
		fmt.Fprintf(&b, "Checked %s at %s\n", v.CheckedAt.UTC().Format(time.RFC3339), status.SourceURL)
	}
	_, err := io.WriteString(w, b.String())
	return err
}
