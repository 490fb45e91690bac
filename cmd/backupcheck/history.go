package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"backupcheck/cmd/backupcheck/internal/text"
	"backupcheck/status"
	"backupcheck/status/api"
	"backupcheck/status/apple"
	"backupcheck/status/history"
)

const historyUsage = `
Usage: backupcheck history [-days N] [-db FILE | -from URL] [-service NAME] [-json]
       backupcheck history backup [-db FILE] COPY
       backupcheck history export [-db FILE] [SQL]
       backupcheck history import [-db FILE] [-service NAME] [-zone ZONE] FILE|DIR…

Prints a sign for each of the last days and the incidents in them, from the
database of serve -db, which it only reads, or from a site. -json prints exactly
the body of /api/history. Days and times are in UTC.

The exit status is 0, 1 if the history couldn't be read, 3 for wrong usage.
`

// defaultDB is the history database in the current directory.
const defaultDB = "backupcheck.db"

func showHistory(ctx context.Context, args []string, s streams) int {
	if len(args) > 0 {
		switch args[0] {
		case "import":
			return importHistory(ctx, args[1:], s)
		case "export":
			return exportHistory(ctx, args[1:], s)
		case "backup":
			return backUpHistory(ctx, args[1:], s)
		}
	}
	flags := flag.NewFlagSet("history", flag.ContinueOnError)
	days := flags.Int("days", 90, fmt.Sprintf("number of `days`, including today; %d at most", history.MaxDays))
	file := flags.String("db", defaultDB, "read the SQLite `file` of serve -db")
	site := flags.String("from", "", "read the history of the site at this `URL` instead of a file")
	service := flags.String("service", status.ServiceName, "`name` of the service")
	asJSON := flags.Bool("json", false, "print the body of /api/history")
	at := flags.String("at", "", "use this `time` (RFC 3339) as now; not with -from")
	if code, ok := parse(flags, args, s, historyUsage); !ok {
		return code
	}
	given := givenFlags(flags)
	switch {
	case flags.NArg() > 0:
		return s.fail(exitUsage, "history takes no argument such as %q; use history import for recordings", flags.Arg(0))
	case *days < 1 || *days > history.MaxDays:
		return s.fail(exitUsage, "-days needs a number from 1 to %d, not %d", history.MaxDays, *days)
	case strings.TrimSpace(*service) == "":
		return s.fail(exitUsage, "-service needs a name, such as %q", status.ServiceName)
	case given["from"] && (given["db"] || given["at"]):
		return s.fail(exitUsage, "-from can't be combined with -db or -at, which are for a file")
	}
	now := time.Now()
	var err error
	if given["at"] {
		if now, err = parseTime("-at", *at); err != nil {
			return s.fail(exitUsage, "%v", err)
		}
	}
	var body []byte
	if given["from"] {
		address, invalid := historyURL(*site, *service, *days)
		if invalid != nil {
			return s.fail(exitUsage, "%v", invalid)
		}
		body, err = apple.Reader{Doer: apple.Client(apple.TimeLimit)}.Get(ctx, address)
	} else {
		body, err = storedHistory(ctx, *file, *service, *days, now)
	}
	if err != nil {
		return s.fail(1, "%v", err)
	}
	parsed, err := text.ParseHistory(body)
	switch {
	case err != nil:
		return s.fail(1, "%s: %v", cmp.Or(*site, *file), err)
	case *asJSON:
		_, err = s.out.Write(append(bytes.TrimSpace(body), '\n'))
	case !parsed.Enabled:
		return s.fail(1, "%s", parsed.Summary)
	default:
		err = parsed.Write(s.out)
	}
	if err != nil {
		return s.fail(1, "writing the history: %v", err)
	}
	return 0
}

// storedHistory returns the body of /api/history from a database, which it only
// reads.
func storedHistory(ctx context.Context, file, service string, days int, now time.Time) ([]byte, error) {
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no file %s; serve -db %s stores a history there", file, file)
	}
	db, err := history.OpenReadOnly(ctx, file)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	stored, err := history.NewStore(db.DB).Read(ctx, service, days, now)
	if err != nil {
		return nil, err
	}
	return api.HistoryBody(stored), nil
}

// historyURL returns the URL of a site's history. The site is given by its
// origin or by that URL.
func historyURL(site, service string, days int) (*url.URL, error) {
	u, err := url.Parse(site)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return nil, fmt.Errorf("-from needs a URL such as https://backup-check.example.workers.dev, not %q", site)
	}
	if !strings.HasSuffix(u.Path, "/api/history") {
		u = u.JoinPath("api/history")
	}
	query := url.Values{"days": {strconv.Itoa(days)}}
	if service != status.ServiceName {
		query.Set("service", service)
	}
	u.RawQuery, u.Fragment = query.Encode(), ""
	return u, nil
}
