//go:build js && wasm

// Command edge is the Go program of the Worker. There is one instance of it per
// isolate (go_instance.mjs). It uses no timers and starts no work on its own:
// the entry module calls the functions that main exports, and ties their work
// to the lifetime of a request or cron run.
package main

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"runtime"
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
	"backupcheck/widget/locale"
)

// bundle and version are set by the linker (backupcheck build).
var bundle, version string

// program serves requests and cron runs, with the variables and bindings that it
// was started with.
type program struct {
	monitor *status.Monitor
	job     *watch.Watch
	site    http.Handler
	store   *store // nil without a database
}

// current is the program. The one of the boot may have neither variables nor
// bindings, and those of the rehearsal (rehearsal.mjs) have made-up ones.
var current program

func main() {
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, nil)))
	assets, err := widget.DecodeBundle(bundle)
	if err != nil {
		slog.Error("decoding the assets failed", "error", err)
	}
	locale.Offer(assets.Languages)
	current = newProgram(assets)
	export("missingLanguage", func(args []js.Value) any {
		address, err := url.Parse(args[0].String())
		if err != nil {
			return nil
		}
		tag := locale.Missing(address.Query().Get("lang"))
		if file := assets.Files[tag+".txt"]; tag != "" && file != "" {
			return map[string]any{"tag": tag, "file": file}
		}
		return nil
	})
	export("provideLanguage", func(args []js.Value) any {
		lines := make([]byte, args[1].Length())
		js.CopyBytesToGo(lines, args[1])
		return locale.Provide(args[0].String(), string(lines))
	})
	export("start", func([]js.Value) any {
		if current.store != nil {
			current.store.db.Close()
		}
		current = newProgram(assets)
		return nil
	})
	export("collect", func([]js.Value) any {
		runtime.GC()
		return nil
	})
	export("claim", func([]js.Value) any {
		claim := current.monitor.Claim()
		return map[string]any{"lease": claim.Lease, "wait": claim.Wait, "next": claim.Next.UnixMilli()}
	})
	export("settled", func(args []js.Value) any {
		return current.monitor.Settled(args[0].Int())
	})
	export("refresh", func(args []js.Value) any {
		monitor, lease := current.monitor, args[0].Int()
		return promise(func() { monitor.Refresh(context.Background(), lease) })
	})
	export("runOnce", func([]js.Value) any {
		job := current.job
		return promise(func() { job.RunOnce(context.Background()) })
	})
	workers.Serve(buffer(faults(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		current.site.ServeHTTP(w, r)
	}))))
}

// export gives a function to go_instance.mjs.
func export(name string, function func(args []js.Value) any) {
	js.Global().Get("context").Get("binding").Set(name, js.FuncOf(func(_ js.Value, args []js.Value) any {
		return function(args)
	}))
}

// newProgram returns a program with the present variables and bindings.
func newProgram(assets widget.Bundle) program {
	reader := apple.Reader{
		Doer:      doer{"APPLE"},
		Origin:    variable("APPLE_ORIGIN"),
		UserAgent: variable("USER_AGENT"),
		Now:       time.Now,
	}
	key := readingKey(reader.Origin)
	options := status.Options{
		Source: reader,
		Words:  reader,
		Cache:  newReadingCache(key),
		Every:  refreshEvery(),
	}
	store := openStore()
	if store != nil {
		options.Store = storedReading{store, key}
	}
	monitor := status.NewMonitor(options)
	source := api.Source{Verdict: monitor.Verdict, Version: version, Started: time.Now(), PublicURL: variable("PUBLIC_URL"), RoutedByHost: true}
	if err := api.CheckPublicURL(source.PublicURL); source.PublicURL != "" && err != nil {
		slog.Error("ignoring PUBLIC_URL", "error", err)
		source.PublicURL = ""
	}
	job := &watch.Watch{Monitor: monitor}
	if store != nil {
		source.History, job.Store = store, store
		if url := variable("WEBHOOK_URL"); url != "" {
			source.Webhook = store
			private, err := webhook.ParseSwitch(variable("WEBHOOK_PRIVATE"))
			if err != nil {
				slog.Error("ignoring WEBHOOK_PRIVATE", "error", err)
			}
			job.Notifier = &webhook.Sender{
				Doer:       doer{"WEBHOOK"},
				Queue:      store,
				URL:        url,
				Secret:     variable("WEBHOOK_SECRET"),
				OldSecret:  variable("WEBHOOK_SECRET_OLD"),
				Form:       variable("WEBHOOK_FORM"),
				Private:    private,
				Service:    monitor.Verdict().Service,
				Verdict:    monitor.Verdict,
				RetryAfter: seconds("WEBHOOK_RETRY_SECONDS"),
			}
		}
	}
	embedders, err := widget.Embedders(variable("EMBED_ORIGINS"))
	if err != nil {
		slog.Error("ignoring invalid entries of EMBED_ORIGINS", "error", err)
	}
	return program{monitor, job, widget.NewSite(source, assets, embedders...), store}
}

// refreshEvery returns the shortest time between two readings; zero means the
// Monitor's default. It is at most StaleAfter: with more, every reading would
// become stale and the history would have gaps.
func refreshEvery() time.Duration {
	every := seconds("REFRESH_SECONDS")
	if every > status.StaleAfter {
		slog.Warn("REFRESH_SECONDS is too large", "used", status.StaleAfter.Seconds())
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

// seconds returns a variable that is a number of seconds, or zero if it isn't
// set, isn't a number or isn't above zero.
func seconds(name string) time.Duration {
	n, err := strconv.ParseFloat(variable(name), 64)
	if err != nil || n <= 0 {
		return 0
	}
	return time.Duration(n * float64(time.Second))
}
