package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"time"

	"backupcheck/status"
	"backupcheck/status/api"
	"backupcheck/status/apple"
	"backupcheck/status/history"
	"backupcheck/status/respond"
	"backupcheck/status/watch"
	"backupcheck/status/webhook"
	"backupcheck/widget"
)

const serveUsage = `
Usage: backupcheck serve [-addr ADDRESS] [-db FILE]

Serves the whole product natively: the landing page at /, the widget, the
embed script, the status endpoint and its standard forms, and metrics for
Prometheus at /metrics.

It reads Apple each minute and keeps the history in FILE, or as long as it
runs. With the environment variable WEBHOOK_URL it posts each change of
iCloud Backup's level there, signed with WEBHOOK_SECRET. EMBED_ORIGINS lists
the origins whose pages may embed the widget; without it every page may.
`

func serve(ctx context.Context, args []string, s streams) int {
	flags := flag.NewFlagSet("serve", flag.ContinueOnError)
	reader := apple.Reader{Doer: apple.Client(apple.TimeLimit), Now: time.Now}
	addr := flags.String("addr", ":8787", "listen at this `address`")
	file := flags.String("db", "", "keep the history in this SQLite `file`; in memory if none is given")
	every := flags.Duration("refresh", status.RefreshEvery, "read Apple at most this often")
	addAppleFlags(flags, &reader)
	if code, ok := parse(flags, args, s, serveUsage); !ok {
		return code
	}
	url, secret := os.Getenv("WEBHOOK_URL"), os.Getenv("WEBHOOK_SECRET")
	switch {
	case flags.NArg() > 0:
		return s.fail(exitUsage, "serve takes no argument such as %q", flags.Arg(0))
	case *every <= 0:
		return s.fail(exitUsage, "-refresh needs a time such as 60s, not %v", *every)
	case *every > status.StaleAfter:
		return s.fail(exitUsage, "-refresh needs %v at most: an older reading is stale, and the time up to the next one not watched", status.StaleAfter)
	}
	if err := apple.CheckOrigin(reader.Origin); err != nil {
		return s.fail(exitUsage, "%v", err)
	}
	embedders, err := widget.Embedders(os.Getenv("EMBED_ORIGINS"))
	if err != nil {
		return s.fail(exitUsage, "EMBED_ORIGINS: %v", err)
	}
	if url != "" {
		if err := webhook.CheckURL(url); err != nil {
			return s.fail(exitUsage, "WEBHOOK_URL: %v", err)
		}
		if err := webhook.CheckSecret(secret); err != nil {
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
	book := history.NewStore(db)

	// The engine needs the Go toolchain and the sources; without them the
	// widget has the plain steps.
	var engine []byte
	root, err := output(ctx, "", "go", "list", "-m", "-f", "{{.Dir}}")
	if err == nil {
		engine, err = compileWasm(ctx, root, enginePackage)
	}
	if err != nil {
		s.fail(0, "the widget will show the plain steps only: %v", err)
	}
	assets, err := bundleAssets(root, engine)
	if err != nil {
		return s.fail(1, "%v", err)
	}
	log := slog.New(slog.NewTextHandler(s.err, nil))
	metrics := newMetrics()
	monitor := status.NewMonitor(status.Options{Source: metrics.count(reader), Every: *every, Log: log})
	metrics.watch(monitor, book)
	minute := watch.Watch{Monitor: monitor, Store: book, Log: log}
	if url != "" {
		minute.Notifier = &webhook.Sender{
			Doer: webhook.Client(), Queue: book, URL: url, Secret: secret,
			Service: status.ServiceName, Verdict: monitor.Verdict,
		}
	}
	source := api.Source{Verdict: monitor.Verdict, History: book, Version: version()}
	stopped := make(chan struct{})
	code := listen(ctx, s, *addr, ordinary, site(monitor, source, assets, metrics, embedders), func(url string) {
		fmt.Fprintf(s.out, "Backup Check is at %s\n", url)
		go func() {
			defer close(stopped)
			tick(ctx, minute, *every)
		}()
	})
	if ctx.Err() != nil {
		awaitEnd(stopped, s)
	}
	return code
}

// tick does the work of a minute at once, and again whenever a minute has gone
// by since it was done; more often if Apple is to be read more often. The time
// counts from the end, so that the next reading is due.
func tick(ctx context.Context, minute watch.Watch, every time.Duration) {
	every = max(50*time.Millisecond, min(every, time.Minute))
	for {
		minute.RunOnce(ctx)
		select {
		case <-ctx.Done():
			return
		case <-time.After(every):
		}
	}
}

// awaitEnd lets the work of a minute that is being done end, for a while.
// What is cut off then is made good by the next start.
func awaitEnd(stopped <-chan struct{}, s streams) {
	select {
	case <-stopped:
	case <-time.After(webhook.TimeLimit + time.Second):
		s.fail(0, "the last minute's work was cut off")
	}
}

// site is the product's handler with what the platform does at the edge:
// static files, and readings that are begun when requests come.
func site(monitor *status.Monitor, source api.Source, assets assets, metrics *metrics, embedders []string) http.Handler {
	dynamic := widget.NewSite(source, assets.bundle, embedders...)
	return metrics.requests(source, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch file, static := assets.files[r.URL.Path]; {
		case r.URL.Path == "/probe":
			probe(w, r)
		case r.URL.Path == "/metrics":
			respond.SecurityHeaders(w.Header())
			metrics.ServeHTTP(w, r)
		case static:
			respond.ReadOnly(file).ServeHTTP(w, r)
		default:
			monitor.Freshen(r.Context())
			dynamic.ServeHTTP(w, r)
		}
	}))
}

// probe takes what the widget sends to measure its reader's upload, and
// forgets it. At the edge worker.mjs does the same.
func probe(w http.ResponseWriter, r *http.Request) {
	const limit = 512 << 10
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		respond.Error(w, r, http.StatusMethodNotAllowed, "This address takes POST only.")
		return
	}
	if _, err := io.Copy(io.Discard, http.MaxBytesReader(w, r.Body, limit)); err != nil {
		respond.Error(w, r, http.StatusRequestEntityTooLarge, fmt.Sprintf("This address takes %d bytes at most.", limit))
		return
	}
	respond.SecurityHeaders(w.Header())
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusNoContent)
}
