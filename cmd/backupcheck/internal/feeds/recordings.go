package feeds

import (
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"backupcheck/status"
	"backupcheck/status/apple"
)

// Recording is a recorded feed as a report.
type Recording struct {
	status.Report
	Path string
}

// Load reads the recordings at paths, in the order of their times. Of a
// directory it reads all *.js and *.json files, with subdirectories. The zone applies to times in file
// names. Files that can't be read are left out, with an error for each.
func Load(paths []string, service string, zone *time.Location) (recordings []Recording, errs []error) {
	for _, path := range feedFiles(paths) {
		report, err := readRecording(path, service, zone)
		if err != nil {
			errs = append(errs, fmt.Errorf("skipped %s: %w", path, err))
			continue
		}
		recordings = append(recordings, Recording{report, path})
	}
	slices.SortStableFunc(recordings, func(a, b Recording) int {
		return cmp.Or(a.CheckedAt.Compare(b.CheckedAt), cmp.Compare(filepath.Base(a.Path), filepath.Base(b.Path)))
	})
	// File names often have no seconds. Recordings of the same minute are spread
	// by one second each, in the order of their names, so that all are imported.
	for i := 1; i < len(recordings); i++ {
		if before := recordings[i-1].CheckedAt; !recordings[i].CheckedAt.After(before) {
			recordings[i].CheckedAt = before.Add(time.Second)
		}
	}
	return recordings, errs
}

// feedFiles returns the files at paths and those in directories at paths. A path
// that doesn't exist is included, so that reading it gives the error.
func feedFiles(paths []string) (files []string) {
	for _, path := range paths {
		filepath.WalkDir(path, func(name string, entry fs.DirEntry, err error) error {
			ext := strings.ToLower(filepath.Ext(name))
			if err != nil || !entry.IsDir() && (name == path || ext == ".js" || ext == ".json") {
				files = append(files, name)
			}
			return nil
		})
	}
	slices.Sort(files)
	return slices.Compact(files)
}

// readRecording reads a feed that lists the service. Related services that it
// doesn't list are left out of the report: a feed in another language has other
// names for them, which must not be recorded as level unknown.
func readRecording(path, service string, zone *time.Location) (status.Report, error) {
	data, err := readFile(path)
	if err != nil {
		return status.Report{}, err
	}
	feed, err := apple.ParseFeed(data)
	if err != nil {
		return status.Report{}, err
	}
	if !feed.Lists(service) {
		return status.Report{}, fmt.Errorf("the data doesn't list %s; a feed in another language has another name, for -service", service)
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
		return !feed.Lists(row.Name)
	})
	return report, nil
}
