// Command scale simulates a day of many readers in all data centres, and prints
// what the Worker uses and costs as Markdown tables. docs/scale.md explains them.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"time"
)

func main() {
	if err := run(os.Args[1:]); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "scale:", err)
		os.Exit(1)
	}
}

// Command updates the tables of docs/scale.md.
const Command = "go run ./cmd/scale -write docs/scale.md"

func run(args []string) error {
	flags := flag.NewFlagSet("scale", flag.ContinueOnError)
	write := flags.String("write", "", "replace the tables in this `file` instead of printing them")
	traffic, worker := bind(flags)
	if err := flags.Parse(args); err != nil {
		return err
	}
	if err := valid(*traffic, *worker); err != nil {
		return err
	}
	text := tables(*traffic, *worker)
	if *write == "" {
		_, err := os.Stdout.WriteString(text)
		return err
	}
	page, err := os.ReadFile(*write)
	if err != nil {
		return err
	}
	before, _, after, err := cut(page)
	if err != nil {
		return fmt.Errorf("%s: %w", *write, err)
	}
	return os.WriteFile(*write, []byte(before+text+after), 0o644)
}

// bind defines the flags of the assumptions.
func bind(flags *flag.FlagSet) (*Traffic, *Worker) {
	t, w := Traffic{Shape: webShape}, Worker{}
	number := flags.Float64Var
	number(&t.Views, "views", 10e6, "widgets loaded in a day")
	flags.IntVar(&t.Centres, "centres", 330, "data centres")
	number(&t.Zipf, "zipf", 1, "exponent of the data centres' weights within a region")
	number(&t.Visible, "visible", 120, "mean `seconds` that a widget is visible")
	number(&t.Repeat, "repeat", 0.05, "share of views whose document the browser has cached")
	number(&t.History, "history", 0.3, "share of views that load the history, since the troubleshooting begins")
	number(&t.Check, "check", 0.01, "share of views with a connection check")
	flags.Uint64Var(&t.Seed, "seed", 1, "seed of the random numbers")
	flags.IntVar(&w.Isolates, "isolates", 3, "isolates per data centre")
	flags.Func("lifetime", "how long an idle isolate lives, as a `duration` (default 5m)", func(value string) error {
		d, err := time.ParseDuration(value)
		w.Lifetime = d.Seconds()
		return err
	})
	w.Lifetime = (5 * time.Minute).Seconds()
	flags.IntVar(&w.Variants, "variants", 6, "documents in use, by language and theme")
	number(&w.WarmMS, "warm-ms", 0.1, "CPU of a response from memory")
	number(&w.GoMS, "go-ms", 0.7, "CPU of a response that Go makes")
	number(&w.HistoryMS, "history-ms", 2, "CPU of one that Go makes from D1")
	number(&w.ReadMS, "read-ms", 1.8, "CPU of a reading of Apple")
	number(&w.ShareMS, "share-ms", 1, "CPU of a reading that is taken from the Cache API or from D1")
	number(&w.ColdWasMS, "cold-before-ms", 85, "CPU of an isolate's first request, before")
	number(&w.ColdMS, "cold-ms", 9, "CPU of an isolate's first request, after, if it is for the status or the history")
	number(&w.ColdDocMS, "cold-document-ms", 12, "the same for a document")
	number(&w.CronWasMS, "cron-before-ms", 114, "CPU of a cron run in a fresh isolate, before")
	number(&w.CronMS, "cron-ms", 13, "CPU of a cron run in a fresh isolate, after")
	number(&w.LogKB, "log-kb", 2, "size of a request in Workers Logs")
	return &t, &w
}

func valid(t Traffic, w Worker) error {
	switch {
	case !(t.Views > 0 && t.Views <= 1e9):
		return errors.New("-views must be above 0 and at most a billion")
	case t.Centres < 1 || w.Isolates < 1 || w.Variants < 1:
		return errors.New("there must be at least one data centre, isolate and document")
	case !(t.Visible > 0) || !(w.Lifetime > 0):
		return errors.New("-visible and -lifetime must be above 0")
	case !(min(t.Repeat, t.History, t.Check) >= 0 && max(t.Repeat, t.History, t.Check) <= 1):
		return errors.New("-repeat, -history and -check are shares, from 0 to 1")
	}
	return nil
}

const beginMark, endMark = "<!-- scale -->\n", "<!-- /scale -->"

// cut divides a page at the marks around the tables.
func cut(page []byte) (before, tables, after string, err error) {
	begin, end := bytes.Index(page, []byte(beginMark)), bytes.Index(page, []byte(endMark))
	if begin < 0 || end < begin {
		return "", "", "", errors.New("the marks of the tables are missing")
	}
	begin += len(beginMark)
	return string(page[:begin]), string(page[begin:end]), string(page[end:]), nil
}
