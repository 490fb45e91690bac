package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"backupcheck/status"
	"backupcheck/status/apple"
	"backupcheck/status/history"
)

const importUsage = `
Usage: backupcheck history import [-db FILE] [-service NAME] [-zone ZONE] FILE|DIR…

Reads recorded feeds, and in folders every *.js and *.json, in the order of
their times into a database of history, which is made if there is none. To
import the same again changes nothing.

When a feed was recorded is taken from its file's name, such as
feed-2022-01-27T0115.js, 20220127T011544Z.json or 2022-01-27T01:15:44+09:00.js;
a name without a zone is in -zone, one without a time of day means its day's
beginning. Files with no such name count by the time they were changed.

History goes back 400 days from its newest reading, so older recordings are
left out. Those that are older than what the database has add incidents only.
`

func importHistory(ctx context.Context, args []string, s streams) int {
	flags := flag.NewFlagSet("history import", flag.ContinueOnError)
	file := flags.String("db", defaultDB, "SQLite `file` to import into")
	service := flags.String("service", status.ServiceName, "`name` of the row; a feed in another language has its own")
	zoneName := flags.String("zone", "UTC", "time `zone` of times in file names, such as Asia/Tokyo or +09:00")
	verbose := flags.Bool("v", false, "print a line for each recording")
	if code, ok := parse(flags, args, s, importUsage); !ok {
		return code
	}
	zone, err := parseZone(*zoneName)
	switch {
	case flags.NArg() == 0:
		return s.fail(exitUsage, "history import needs files or folders with recorded feeds")
	case strings.TrimSpace(*service) == "":
		return s.fail(exitUsage, "-service needs a name, such as %q", status.ServiceName)
	case err != nil:
		return s.fail(exitUsage, "%v", err)
	}
	recordings, failed := loadRecordings(flags.Args(), *service, zone, s)
	if len(recordings) == 0 {
		return s.fail(1, "nothing was imported, as there is no recording of %s", *service)
	}
	db, err := history.Open(ctx, *file)
	if err != nil {
		return s.fail(1, "%v", err)
	}
	defer db.Close()
	book := history.NewStore(db)
	newest, err := book.Latest(ctx)
	if err != nil {
		return s.fail(1, "%v", err)
	}
	if last := recordings[len(recordings)-1].CheckedAt; last.After(newest) {
		newest = last
	}
	oldest := newest.Add(-history.Retention)
	kept := slices.DeleteFunc(slices.Clone(recordings), func(r recording) bool { return r.CheckedAt.Before(oldest) })
	if n := len(recordings) - len(kept); n > 0 {
		s.fail(0, "%s from before %s left out, as history goes back %d days from its newest reading",
			number(n, "recording"), oldest.Format(time.DateOnly), history.Retention/(24*time.Hour))
	}
	incidents := map[string]bool{}
	for _, r := range kept {
		if err := book.Record(ctx, r.Report); err != nil {
			return s.fail(1, "importing %s: %v", r.path, err)
		}
		for _, i := range r.Service.Incidents {
			incidents[cmp.Or(i.ID, i.StartedAt.String())] = true
		}
		if *verbose {
			fmt.Fprintf(s.out, "%s  %-11s  %s\n", r.CheckedAt.Format(time.RFC3339), r.Service.Level(), printable(r.path))
		}
	}
	if len(kept) > 0 {
		fmt.Fprintf(s.out, "%s imported, from %s to %s, with %s of %s.\n", number(len(kept), "reading"),
			kept[0].CheckedAt.Format(time.RFC3339), kept[len(kept)-1].CheckedAt.Format(time.RFC3339), number(len(incidents), "incident"), printable(*service))
	}
	if failed || len(kept) == 0 {
		return 1
	}
	return 0
}

// recording is a recorded feed as a reading.
type recording struct {
	status.Report
	path string
}

// loadRecordings reads the feeds that paths lead to, in the order of their
// times. It says which can't be read, and reports whether there were any.
func loadRecordings(paths []string, service string, zone *time.Location, s streams) (recordings []recording, failed bool) {
	for _, path := range feedFiles(paths) {
		report, err := readRecording(path, service, zone)
		if err != nil {
			s.fail(1, "skipped %s: %v", path, err)
			failed = true
			continue
		}
		recordings = append(recordings, recording{report, path})
	}
	slices.SortStableFunc(recordings, func(a, b recording) int {
		return cmp.Or(a.CheckedAt.Compare(b.CheckedAt), cmp.Compare(filepath.Base(a.path), filepath.Base(b.path)))
	})
	// Names tell minutes, and history has seconds: of two recordings of a
	// minute each counts, in the order of their names.
	for i := 1; i < len(recordings); i++ {
		if before := recordings[i-1].CheckedAt; !recordings[i].CheckedAt.After(before) {
			recordings[i].CheckedAt = before.Add(time.Second)
		}
	}
	return recordings, failed
}

// feedFiles are the files that paths name, and those in folders that they
// name. A path that leads nowhere is among them, for reading it says why.
func feedFiles(paths []string) (files []string) {
	for _, path := range paths {
		filepath.WalkDir(path, func(name string, entry fs.DirEntry, err error) error {
			ending := strings.ToLower(filepath.Ext(name))
			if err != nil || !entry.IsDir() && (name == path || ending == ".js" || ending == ".json") {
				files = append(files, name)
			}
			return nil
		})
	}
	slices.Sort(files)
	return slices.Compact(files)
}

// readRecording reads a feed that has the row. Related rows that it hasn't are
// left out: that a feed in another language calls them otherwise must not be
// kept as a time in which they were unknown.
func readRecording(path, service string, zone *time.Location) (status.Report, error) {
	data, err := readFile(path)
	if err != nil {
		return status.Report{}, err
	}
	feed, err := apple.ParseFeed(data)
	if err != nil {
		return status.Report{}, err
	}
	row, listed := feed.Row(service)
	if !listed {
		return status.Report{}, fmt.Errorf("%s Another language has another name, for -service", row.Gap)
	}
	at, named := recordedAt(filepath.Base(path), zone)
	if !named {
		info, err := os.Stat(path)
		if err != nil {
			return status.Report{}, err
		}
		at = info.ModTime()
	}
	report := apple.NewReport(feed, service, at.Truncate(time.Second))
	report.Related = slices.DeleteFunc(report.Related, func(row status.Row) bool {
		_, listed := feed.Row(row.Name)
		return !listed
	})
	return report, nil
}
