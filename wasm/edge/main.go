//go:build js && wasm

// Command edge is what runs in the Worker. It has no timers and starts no
// work by itself: worker.mjs, which holds one instance of it for each isolate,
// calls claim, refresh and tick, and hands their work to the request or cron run
// that may carry it.
package main

import (
	"context"
	"log/slog"
	"os"
	"strconv"
	"syscall/js"
	"time"

	"github.com/syumai/workers"
	"github.com/syumai/workers/cloudflare"

	"backupcheck/status"
	"backupcheck/status/api"
	"backupcheck/status/apple"
	"backupcheck/status/watch"
	"backupcheck/status/webhook"
	"backupcheck/widget"
)

// bundle and version are set by the linker (backupcheck build).
var bundle, version string

func main() {
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, nil)))
	assets, err := widget.DecodeBundle(bundle)
	if err != nil {
		slog.Error("no assets", "error", err)
	}
	reader := apple.Reader{
		Doer:      doer{"APPLE"},
		Origin:    variable("APPLE_ORIGIN"),
		UserAgent: variable("USER_AGENT"),
		Service:   variable("SERVICE"),
		Now:       time.Now,
	}
	monitor := status.NewMonitor(status.Options{
		Source:  reader,
		Cache:   newShelf(reader.Origin, reader.Service),
		Service: reader.Service,
		Every:   refreshEvery(),
	})
	source := api.Source{Verdict: monitor.Verdict, Version: version}
	minute := watch.Watch{Monitor: monitor}
	if book := openBook(); book != nil {
		source.History, minute.Store = book, book
		if url := variable("WEBHOOK_URL"); url != "" {
			minute.Notifier = &webhook.Sender{
				Doer:       doer{"WEBHOOK"},
				Queue:      book,
				URL:        url,
				Secret:     variable("WEBHOOK_SECRET"),
				Service:    monitor.Verdict().Service,
				Verdict:    monitor.Verdict,
				RetryAfter: seconds("WEBHOOK_RETRY_SECONDS"),
			}
		}
	}
	binding := js.Global().Get("context").Get("binding")
	binding.Set("claim", js.FuncOf(func(js.Value, []js.Value) any {
		turn := monitor.Claim()
		return map[string]any{"lease": turn.Lease, "wait": turn.Wait, "next": turn.Next.UnixMilli()}
	}))
	binding.Set("settled", js.FuncOf(func(_ js.Value, args []js.Value) any {
		return monitor.Settled(args[0].Int())
	}))
	binding.Set("refresh", js.FuncOf(func(_ js.Value, args []js.Value) any {
		lease := args[0].Int()
		return promise(func() { monitor.Refresh(context.Background(), lease) })
	}))
	binding.Set("tick", js.FuncOf(func(js.Value, []js.Value) any {
		return promise(func() { minute.RunOnce(context.Background()) })
	}))
	embedders, err := widget.Embedders(variable("EMBED_ORIGINS"))
	if err != nil {
		slog.Error("EMBED_ORIGINS is wrong in part, and the rest of it counts", "error", err)
	}
	workers.Serve(whole(faults(widget.NewSite(source, assets, embedders...))))
}

// refreshEvery is how often Apple is asked at most; zero for the Monitor's own.
// Readings that are further apart than StaleAfter would always be stale, and
// the history full of gaps.
func refreshEvery() time.Duration {
	every := seconds("REFRESH_SECONDS")
	if every > status.StaleAfter {
		slog.Warn("REFRESH_SECONDS is too much", "used", status.StaleAfter.Seconds())
		return status.StaleAfter
	}
	return every
}

// variable returns a variable of the Worker, or "" if it isn't set.
func variable(name string) string {
	value := cloudflare.GetBinding(name)
	if value.Type() != js.TypeString {
		return ""
	}
	return value.String()
}

// seconds reads a variable that holds a number of seconds; zero if it holds
// none.
func seconds(name string) time.Duration {
	n, err := strconv.ParseFloat(variable(name), 64)
	if err != nil || n <= 0 {
		return 0
	}
	return time.Duration(n * float64(time.Second))
}
