package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"backupcheck/status"
	"backupcheck/status/api"
	"backupcheck/status/apple"
	"backupcheck/status/history"
)

const historyUsage = `
Usage: backupcheck history [-days N] [-db FILE | -from URL] [-service NAME] [-json]
       backupcheck history import [-db FILE] [-service NAME] [-zone ZONE] FILE|DIR…

Prints the last days, a sign for each, and the incidents in them, from the
database that serve -db keeps or from a site. -json prints exactly the body of
/api/history. Days and times are in UTC.

The exit status is 0 if the history could be read, 1 if not, 4 for wrong usage.
`

// defaultDB is the database of history in the current folder.
const defaultDB = "backupcheck.db"

func showHistory(ctx context.Context, args []string, s streams) int {
	if len(args) > 0 && args[0] == "import" {
		return importHistory(ctx, args[1:], s)
	}
	flags := flag.NewFlagSet("history", flag.ContinueOnError)
	days := flags.Int("days", 90, fmt.Sprintf("how many `days`, today included; %d at most", history.MaxDays))
	file := flags.String("db", defaultDB, "read the SQLite `file` that serve -db keeps")
	site := flags.String("from", "", "read the history that the site at this `URL` keeps, instead of a file")
	service := flags.String("service", status.ServiceName, "`name` of the row")
	asJSON := flags.Bool("json", false, "print the body of /api/history")
	at := flags.String("at", "", "take this `time` (RFC 3339) for now; for a file only")
	if code, ok := parse(flags, args, s, historyUsage); !ok {
		return code
	}
	given := map[string]bool{}
	flags.Visit(func(f *flag.Flag) { given[f.Name] = true })
	switch {
	case flags.NArg() > 0:
		return s.fail(exitUsage, "history takes no argument such as %q; recordings are imported with history import", flags.Arg(0))
	case *days < 1 || *days > history.MaxDays:
		return s.fail(exitUsage, "-days needs a number from 1 to %d, not %d", history.MaxDays, *days)
	case strings.TrimSpace(*service) == "":
		return s.fail(exitUsage, "-service needs a name, such as %q", status.ServiceName)
	case given["from"] && (given["db"] || given["at"]):
		return s.fail(exitUsage, "-from can't be given with -db or -at, which are for a file")
	}
	now := time.Now()
	var err error
	if given["at"] {
		if now, err = moment("-at", *at); err != nil {
			return s.fail(exitUsage, "%v", err)
		}
	}
	var body []byte
	if given["from"] {
		address, wrong := historyAddress(*site, *service, *days)
		if wrong != nil {
			return s.fail(exitUsage, "%v", wrong)
		}
		body, err = apple.Reader{Doer: apple.Client(apple.TimeLimit)}.Get(ctx, address)
	} else {
		body, err = keptHistory(ctx, *file, *service, *days, now)
	}
	if err != nil {
		return s.fail(1, "%v", err)
	}
	kept, err := parsePast(body)
	switch {
	case err != nil:
		return s.fail(1, "%s: %v", cmp.Or(*site, *file), err)
	case *asJSON:
		_, err = s.out.Write(append(bytes.TrimSpace(body), '\n'))
	case !kept.Kept:
		return s.fail(1, "%s", kept.Summary)
	default:
		err = kept.print(s.out)
	}
	if err != nil {
		return s.fail(1, "writing the history: %v", err)
	}
	return 0
}

// keptHistory is the body of /api/history by a database, which it doesn't
// make.
func keptHistory(ctx context.Context, file, service string, days int, now time.Time) ([]byte, error) {
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no file %s; serve -db %s keeps a history there", file, file)
	}
	db, err := history.Open(ctx, file)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	kept, err := history.NewStore(db).Read(ctx, service, days, now)
	if err != nil {
		return nil, err
	}
	return api.HistoryBody(kept), nil
}

// historyAddress is where a site tells its history. The site is given by its
// origin, or by that address itself.
func historyAddress(site, service string, days int) (*url.URL, error) {
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

// past is what the body of /api/history tells. It may come from anywhere.
type past struct {
	Kept      bool
	Summary   string
	To        *time.Time
	Days      []pastDay
	Incidents []pastIncident
}

type pastDay struct {
	Date       date
	Minutes    map[status.Level]int
	NotWatched int `json:"not_watched"`
}

// Status is the day's, by the one rule for it.
func (d pastDay) Status() history.DayStatus {
	return history.Day{Minutes: d.Minutes, NotWatched: d.NotWatched}.Status()
}

// date is a day's midnight in UTC.
type date struct{ time.Time }

// UnmarshalJSON implements json.Unmarshaler.
func (d *date) UnmarshalJSON(text []byte) (err error) {
	d.Time, err = time.Parse(`"`+time.DateOnly+`"`, string(text))
	return err
}

type pastIncident struct {
	Type, State, Message string
	WorstLevel           status.Level `json:"worst_level"`
	StartedAt            *time.Time   `json:"started_at"`
	EndedAt              *time.Time   `json:"ended_at"`
	FirstSeenAt          *time.Time   `json:"first_seen_at"`
	LastSeenAt           *time.Time   `json:"last_seen_at"`
}

func parsePast(body []byte) (past, error) {
	var p past
	if err := json.Unmarshal(body, &p); err != nil {
		return p, errors.New("what stands there isn't a history of Backup Check")
	}
	for i, day := range p.Days {
		if i >= history.MaxDays || i > 0 && !day.Date.Equal(p.Days[i-1].Date.AddDate(0, 0, 1)) {
			return p, errors.New("the days of that history don't follow each other")
		}
	}
	return p, nil
}

// print prints the history for a person.
func (p past) print(w io.Writer) error {
	t := terminalOf(w)
	var b strings.Builder
	b.WriteString(printable(p.Summary) + "\n")
	if len(p.Days) > 0 {
		b.WriteString("\n" + strip(t, p.Days) + "\n" + legend(t, p.Days))
	}
	if len(p.Incidents) > 0 {
		b.WriteString("\n" + p.table(t))
	}
	_, err := io.WriteString(w, b.String())
	return err
}
