package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"slices"
	"strings"
	"time"

	"backupcheck/cmd/backupcheck/internal/feeds"
	"backupcheck/cmd/backupcheck/internal/terminal"
	"backupcheck/cmd/backupcheck/internal/text"
	"backupcheck/status"
	"backupcheck/status/history"
)

const importUsage = `
Usage: backupcheck history import [-db FILE] [-service NAME] [-zone ZONE] FILE|DIR…

Imports recorded feeds, or the history of another database, into a history
database, which is created if it doesn't exist. Importing the same files again
changes nothing.

A FILE is a recorded feed, an SQLite database such as a copy of history backup,
or SQL of history export or wrangler d1 export. Of a directory it reads every
*.js and *.json. What is of the future or can't be read is refused, with a line
that says so, and the exit status is 1.

The time of a recording is taken from its file's name, such as
feed-2022-01-27T0115.js, 20220127T011544Z.json or 2022-01-27T01:15:44+09:00.js.
A name without a zone is in -zone, one without a time of day means midnight.
For other names it is the file's modification time.

History has 400 days up to its newest reading, so older recordings are left
out. Recordings older than what the database has only add incidents.
`

func importHistory(ctx context.Context, args []string, s streams) int {
	flags := flag.NewFlagSet("history import", flag.ContinueOnError)
	file := flags.String("db", defaultDB, "SQLite `file` to import into")
	service := flags.String("service", status.ServiceName, "`name` of the service; a feed in another language has its own")
	zoneName := flags.String("zone", "UTC", "time `zone` of times in file names, such as Asia/Tokyo or +09:00")
	verbose := flags.Bool("v", false, "print a line for each recording")
	if code, ok := parse(flags, args, s, importUsage); !ok {
		return code
	}
	zone, err := feeds.ParseZone(*zoneName)
	switch {
	case flags.NArg() == 0:
		return s.fail(exitUsage, "history import needs files or directories")
	case strings.TrimSpace(*service) == "":
		return s.fail(exitUsage, "-service needs a name, such as %q", status.ServiceName)
	case err != nil:
		return s.fail(exitUsage, "%v", err)
	}
	code, feedPaths := 0, []string{}
	for _, path := range flags.Args() {
		if isSQL, _ := history.IsSQL(path); !isSQL && !history.IsDatabase(path) {
			feedPaths = append(feedPaths, path)
		} else if failed := importDump(ctx, path, *file, s); failed != 0 {
			code = failed
		}
	}
	if len(feedPaths) == 0 {
		return code
	}
	recordings, errs := feeds.Load(feedPaths, *service, zone)
	latest := time.Now().Add(status.StaleAfter)
	recordings = slices.DeleteFunc(recordings, func(r feeds.Recording) bool {
		future := r.CheckedAt.After(latest)
		if future {
			errs = append(errs, fmt.Errorf("refused %s: its time %s is in the future", r.Path, r.CheckedAt.Format(time.RFC3339)))
		}
		return future
	})
	for _, err := range errs {
		s.fail(1, "%v", err)
	}
	if len(recordings) == 0 {
		return s.fail(1, "nothing was imported, as there is no recording of %s", *service)
	}
	db, err := history.Open(ctx, *file)
	if err != nil {
		return s.fail(1, "%v", err)
	}
	defer db.Close()
	store := history.NewStore(db)
	stored, err := store.State(ctx)
	if err != nil {
		return s.fail(1, "%v", err)
	}
	newest := stored.RecordedAt
	if last := recordings[len(recordings)-1].CheckedAt; last.After(newest) {
		newest = last
	}
	oldest := newest.Add(-history.Retention)
	recent := slices.DeleteFunc(slices.Clone(recordings), func(r feeds.Recording) bool { return r.CheckedAt.Before(oldest) })
	if n := len(recordings) - len(recent); n > 0 {
		s.fail(0, "%s from before %s left out, as history has %d days up to its newest reading",
			text.Count(n, "recording"), oldest.Format(time.DateOnly), history.Retention/(24*time.Hour))
	}
	incidents := map[string]bool{}
	for _, r := range recent {
		if err := store.Record(ctx, r.Report); err != nil {
			return s.fail(1, "importing %s: %v", r.Path, err)
		}
		for _, i := range r.Service.Incidents {
			incidents[cmp.Or(i.ID, i.StartedAt.String())] = true
		}
		if *verbose {
			fmt.Fprintf(s.out, "%s  %-11s  %s\n", r.CheckedAt.Format(time.RFC3339), r.Service.Level(), terminal.Printable(r.Path))
		}
	}
	if len(recent) > 0 {
		fmt.Fprintf(s.out, "%s imported, from %s to %s, with %s of %s.\n", text.Count(len(recent), "reading"),
			recent[0].CheckedAt.Format(time.RFC3339), recent[len(recent)-1].CheckedAt.Format(time.RFC3339), text.Count(len(incidents), "incident"), terminal.Printable(*service))
	}
	if len(errs) > 0 || len(recent) == 0 {
		return 1
	}
	return code
}
