//go:build js && wasm

// Command edge is what runs in the Worker. It has no timers and starts no
// work by itself: worker.mjs, which holds one instance of it for each isolate,
// calls claim and refresh, and hands their work to the request that may carry
// it.
package main

import (
	"context"
	"fmt"
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
	"backupcheck/widget"
)

// bundle is set by the linker (backupcheck build).
var bundle string

func main() {
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, nil)))
	assets, err := widget.DecodeBundle(bundle)
	if err != nil {
		slog.Error("no assets", "error", err)
	}
	reader := apple.Reader{
		Doer:      doer{},
		Origin:    variable("APPLE_ORIGIN"),
		UserAgent: variable("USER_AGENT"),
		Service:   variable("SERVICE"),
		Now:       time.Now,
	}
	monitor := status.NewMonitor(status.Options{
		Source:  reader,
		Store:   newShelf(reader.Origin, reader.Service),
		Service: reader.Service,
		Every:   seconds("REFRESH_SECONDS"),
	})
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
	workers.Serve(whole(faults(widget.NewSite(api.Source{Verdict: monitor.Verdict}, assets))))
}

// promise runs work beside the call and returns a promise of its end. A panic
// of the work ends the work and not the instance.
func promise(work func()) js.Value {
	var executor js.Func
	executor = js.FuncOf(func(_ js.Value, args []js.Value) any {
		resolve := args[0]
		go func() {
			defer executor.Release()
			defer resolve.Invoke()
			defer func() {
				if p := recover(); p != nil {
					slog.Error("refreshing panicked", "panic", fmt.Sprint(p))
				}
			}()
			work()
		}()
		return nil
	})
	return js.Global().Get("Promise").New(executor)
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
