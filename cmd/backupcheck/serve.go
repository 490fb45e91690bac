package main

import (
	"compress/gzip"
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/netip"
	"os"
	"time"

	"backupcheck/cmd/backupcheck/internal/bundle"
	"backupcheck/cmd/backupcheck/internal/compile"
	"backupcheck/cmd/backupcheck/internal/embedded"
	"backupcheck/cmd/backupcheck/internal/metrics"
	"backupcheck/cmd/backupcheck/internal/server"
	"backupcheck/cmd/backupcheck/internal/version"
	"backupcheck/status"
	"backupcheck/status/api"
	"backupcheck/status/apple"
	"backupcheck/status/history"
	"backupcheck/status/watch"
	"backupcheck/status/webhook"
)

const serveUsage = `
Usage: backupcheck serve [-addr ADDRESS] [-db FILE] [-public-url URL]

Serves the whole product natively: the landing page at /, the widget, the embed
script, the status endpoint and its standard forms, and metrics for Prometheus
at /metrics.

It reads Apple each minute and stores the history in FILE, or in memory. If the
environment variable WEBHOOK_URL is set, it posts each change of iCloud Backup's
level there, signed with WEBHOOK_SECRET.

It takes the variables of the Worker from the environment, where a flag doesn't
replace them: APPLE_ORIGIN, EMBED_ORIGINS, PUBLIC_URL, REFRESH_SECONDS,
USER_AGENT, WEBHOOK_FORM, WEBHOOK_PRIVATE, WEBHOOK_SECRET, WEBHOOK_SECRET_OLD and
WEBHOOK_URL. docs/operations.md describes them.
`

func serve(ctx context.Context, args []string, s streams) int {
	c := serveConfig{reader: apple.Reader{Doer: apple.Client(apple.TimeLimit), Now: time.Now}}
	flags := flag.NewFlagSet("serve", flag.ContinueOnError)
	flags.StringVar(&c.addr, "addr", ":8787", "listen at this `address`")
	flags.StringVar(&c.db, "db", ":memory:", "store the history in this SQLite `file`; without it, in memory")
	flags.DurationVar(&c.every, "refresh", status.RefreshEvery, "read Apple at most this often")
	flags.StringVar(&c.publicURL, "public-url", "", "the `origin` in absolute addresses, such as https://status.example; without it, that of each request")
	trusted := flags.String("trusted-proxy", "", "take X-Forwarded-Proto and X-Forwarded-Host from the proxies with these `addresses` or networks, separated by commas")
	flags.StringVar(&c.logFormat, "log", "text", "log in this `format`: text or json")
	addAppleFlags(flags, &c.reader)
	if code, ok := parse(flags, args, s, serveUsage); !ok {
		return code
	}
	if flags.NArg() > 0 {
		return s.fail(exitUsage, "serve takes no argument such as %q", flags.Arg(0))
	}
	if err := c.complete(givenFlags(flags), *trusted, os.Environ()); err != nil {
		return s.fail(exitUsage, "%v", err)
	}
	return c.serve(ctx, s)
}

// serveConfig is what serve does, by its flags and the environment.
type serveConfig struct {
	reader                         apple.Reader
	addr, db, publicURL, logFormat string
	every                          time.Duration
	embedders                      []string
	proxies                        []netip.Prefix
	notifier                       *webhook.Sender // nil: changes aren't posted
}

func (c serveConfig) serve(ctx context.Context, s streams) int {
	log := slog.New(c.logHandler(s.err))
	slog.SetDefault(log)
	db, err := history.Open(ctx, c.db)
	if err != nil {
		return s.fail(1, "%v", err)
	}
	defer db.Close()
	store := history.NewStore(db)
	store.Log = log
	if c.db != ":memory:" {
		store.Prepare = inPlace(c.db)
	}
	assets, err := loadAssets(ctx, s)
	if err != nil {
		return s.fail(1, "%v", err)
	}
	m := metrics.New()
	monitor := status.NewMonitor(status.Options{Source: m.CountReadings(c.reader), Words: c.reader, Every: c.every, Log: log})
	work := &watch.Watch{Monitor: monitor, Store: store, Log: log}
	source := api.Source{Verdict: monitor.Verdict, History: store, Version: version.Program(), Started: time.Now(), PublicURL: c.publicURL}
	if c.notifier != nil {
		c.notifier.Queue, c.notifier.Verdict = store, monitor.Verdict
		c.notifier.Doer = m.CountPosts(webhook.Client(c.notifier.Private))
		work.Notifier = c.notifier
		source.Webhook = store
	}
	m.AddStatus(source)
	site := server.Site(monitor, source, assets, m, c.embedders)
	watching := make(chan struct{})
	err = server.Listen(ctx, c.addr, server.DefaultLimits, server.BehindProxies(c.proxies, site), log.Handler(), func(url string) {
		fmt.Fprintf(s.out, "Backup Check is at %s\n", url)
		go func() {
			defer close(watching)
			runEvery(ctx, c.every, func() {
				work.RunOnce(ctx)
				if err := history.Checkpoint(context.WithoutCancel(ctx), db); err != nil {
					log.Error("making the database's file complete failed", "error", err)
				}
			})
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

func (c serveConfig) logHandler(w io.Writer) slog.Handler {
	if c.logFormat == "json" {
		return slog.NewJSONHandler(w, nil)
	}
	return slog.NewTextHandler(w, nil)
}

// loadAssets returns the assets inside of this program. One without them compiles
// the engine and bundles the assets of the checkout; without a checkout the widget
// has the plain steps only.
func loadAssets(ctx context.Context, s streams) (bundle.Assets, error) {
	if assets, ok, err := embedded.Assets(); ok || err != nil {
		return assets, err
	}
	root, err := compile.Root(ctx)
	var assets bundle.Assets
	if err == nil {
		assets, err = bundle.Compiled(ctx, root)
	}
	if err != nil {
		s.fail(0, "the widget will show the plain steps only: %v", err)
		if assets, err = bundle.New(root, nil); err != nil {
			return assets, err
		}
	}
	const fast = 5 // of brotli; its best takes seconds
	assets.Compress(fast, gzip.DefaultCompression)
	return assets, nil
}

// inPlace returns a function that returns an error once a file was removed or
// replaced: SQLite would go on writing to the one that no program can open any more.
func inPlace(file string) func(context.Context) error {
	opened, err := os.Stat(file)
	return func(context.Context) error {
		if err != nil {
			return err
		}
		if now, err := os.Stat(file); err != nil || !os.SameFile(opened, now) {
			return fmt.Errorf("the file %s was removed or replaced; start again", file)
		}
		return nil
	}
}

// runEvery runs the work of a minute now, and again a minute after each run, or
// more often for a shorter interval. Waiting from the end of a run ensures that
// the next reading is due.
func runEvery(ctx context.Context, interval time.Duration, work func()) {
	interval = max(50*time.Millisecond, min(interval, time.Minute))
	for {
		work()
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
