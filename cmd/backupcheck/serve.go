package main

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"time"

	"backupcheck/cmd/backupcheck/internal/bundle"
	"backupcheck/cmd/backupcheck/internal/compile"
	"backupcheck/cmd/backupcheck/internal/metrics"
	"backupcheck/cmd/backupcheck/internal/server"
	"backupcheck/cmd/backupcheck/internal/version"
	"backupcheck/status"
	"backupcheck/status/api"
	"backupcheck/status/apple"
	"backupcheck/status/history"
	"backupcheck/status/watch"
	"backupcheck/status/webhook"
	"backupcheck/widget"
)

const serveUsage = `
Usage: backupcheck serve [-addr ADDRESS] [-db FILE]

Serves the whole product natively: the landing page at /, the widget, the embed
script, the status endpoint and its standard forms, and metrics for Prometheus
at /metrics.

It reads Apple each minute and stores the history in FILE, or in memory. If the
environment variable WEBHOOK_URL is set, it posts each change of iCloud Backup's
level there, signed with WEBHOOK_SECRET. EMBED_ORIGINS lists the origins whose
pages may embed the widget; without it every page may.
`

func serve(ctx context.Context, args []string, s streams) int {
	flags := flag.NewFlagSet("serve", flag.ContinueOnError)
	reader := apple.Reader{Doer: apple.Client(apple.TimeLimit), Now: time.Now}
	addr := flags.String("addr", ":8787", "listen at this `address`")
	file := flags.String("db", "", "store the history in this SQLite `file`; without it, in memory")
	every := flags.Duration("refresh", status.RefreshEvery, "read Apple at most this often")
	addAppleFlags(flags, &reader)
	if code, ok := parse(flags, args, s, serveUsage); !ok {
		return code
	}
	switch {
	case flags.NArg() > 0:
		return s.fail(exitUsage, "serve takes no argument such as %q", flags.Arg(0))
	case *every <= 0:
		return s.fail(exitUsage, "-refresh needs a time such as 60s, not %v", *every)
	case *every > status.StaleAfter:
		return s.fail(exitUsage, "-refresh needs %v at most: an older reading is stale, and the history would have gaps", status.StaleAfter)
	}
	if err := apple.CheckOrigin(reader.Origin); err != nil {
		return s.fail(exitUsage, "%v", err)
	}
	embedders, err := widget.Embedders(os.Getenv("EMBED_ORIGINS"))
	if err != nil {
		return s.fail(exitUsage, "EMBED_ORIGINS: %v", err)
	}
	notifier := &webhook.Sender{Doer: webhook.Client(), URL: os.Getenv("WEBHOOK_URL"), Secret: os.Getenv("WEBHOOK_SECRET"), Service: status.ServiceName}
	if notifier.URL != "" {
		if err := webhook.CheckURL(notifier.URL); err != nil {
			return s.fail(exitUsage, "WEBHOOK_URL: %v", err)
		}
		if err := webhook.CheckSecret(notifier.Secret); err != nil {
			return s.fail(exitUsage, "WEBHOOK_SECRET: %v", err)
		}
	}
	if *file == "" {
		*file = ":memory:"
	}
	db, err := history.Open(ctx, *file)
	if err != nil {
		return s.fail(1, "%v", err)
	}
	defer db.Close()
	store := history.NewStore(db)

	// The engine needs the Go toolchain and the sources. Without them the widget
	// has the plain steps only.
	var engine []byte
	root, err := compile.Root(ctx)
	if err == nil {
		engine, err = compile.Engine(ctx, root)
	}
	if err != nil {
		s.fail(0, "the widget will show the plain steps only: %v", err)
	}
	assets, err := bundle.New(root, engine)
	if err != nil {
		return s.fail(1, "%v", err)
	}
	log := slog.New(slog.NewTextHandler(s.err, nil))
	m := metrics.New()
	monitor := status.NewMonitor(status.Options{Source: m.CountReadings(reader), Every: *every, Log: log})
	m.AddStatus(monitor, store)
	work := watch.Watch{Monitor: monitor, Store: store, Log: log}
	source := api.Source{Verdict: monitor.Verdict, History: store, Version: version.Program()}
	if notifier.URL != "" {
		notifier.Queue, notifier.Verdict = store, monitor.Verdict
		work.Notifier = notifier
		source.Webhook = store
	}
	watching := make(chan struct{})
	err = server.Listen(ctx, *addr, server.DefaultLimits, server.Site(monitor, source, assets, m, embedders), s.err, func(url string) {
		fmt.Fprintf(s.out, "Backup Check is at %s\n", url)
		go func() {
			defer close(watching)
			runEvery(ctx, work, *every)
		}()
	})
	if ctx.Err() != nil {
		waitFor(watching, s)
	}
	if err != nil {
		return s.fail(1, "%v", err)
	}
	return 0
}

// runEvery runs the work of a minute now, and again a minute after each run, or
// more often for a shorter interval. Waiting from the end of a run ensures that
// the next reading is due.
func runEvery(ctx context.Context, work watch.Watch, interval time.Duration) {
	interval = max(50*time.Millisecond, min(interval, time.Minute))
	for {
		work.RunOnce(ctx)
		select {
		case <-ctx.Done():
			return
		case <-time.After(interval):
		}
	}
}

// waitFor waits, for a limited time, until the current run has ended. The next
// start completes a run that was interrupted.
func waitFor(watching <-chan struct{}, s streams) {
	select {
	case <-watching:
	case <-time.After(webhook.TimeLimit + time.Second):
		s.fail(0, "the last run was interrupted")
	}
}
