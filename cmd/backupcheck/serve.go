package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"

	"backupcheck/status"
	"backupcheck/status/api"
	"backupcheck/status/apple"
	"backupcheck/widget"
)

const serveUsage = `
Usage: backupcheck serve [-addr ADDRESS]

Serves the whole product natively: the landing page at /, the widget, the
embed script and the status endpoint.
`

func serve(ctx context.Context, args []string, s streams) int {
	flags := flag.NewFlagSet("serve", flag.ContinueOnError)
	addr := flags.String("addr", ":8787", "listen at this `address`")
	origin := flags.String("origin", apple.Origin, "read Apple's page and feed from this `origin`, such as one that replay prints")
	agent := flags.String("user-agent", apple.UserAgent, "tell Apple this `name`")
	every := flags.Duration("refresh", status.RefreshEvery, "read Apple at most this often")
	if code, ok := parse(flags, args, s, serveUsage); !ok {
		return code
	}
	if flags.NArg() > 0 {
		return s.fail(exitUsage, "serve takes no argument such as %q", flags.Arg(0))
	}
	if *every <= 0 {
		return s.fail(exitUsage, "-refresh needs a time such as 60s, not %v", *every)
	}
	if err := apple.CheckOrigin(*origin); err != nil {
		return s.fail(exitUsage, "%v", err)
	}
	// The engine needs the Go toolchain and the sources; without them the
	// widget has the plain steps.
	var engine []byte
	root, err := output(ctx, "", "go", "list", "-m", "-f", "{{.Dir}}")
	if err == nil {
		engine, err = compileEngine(ctx, root)
	}
	if err != nil {
		s.fail(0, "the widget will show the plain steps only: %v", err)
	}
	assets, err := bundleAssets(root, engine)
	if err != nil {
		return s.fail(1, "%v", err)
	}
	monitor := status.NewMonitor(status.Options{
		Source: apple.Reader{Doer: apple.Client(apple.TimeLimit), Origin: *origin, UserAgent: *agent, Now: time.Now},
		Every:  *every,
		Log:    slog.New(slog.NewTextHandler(s.err, nil)),
	})
	return listen(ctx, s, *addr, site(monitor, assets), func(url string) {
		fmt.Fprintf(s.out, "Backup Check is at %s\n", url)
	})
}

// site is the product's handler with what the platform does at the edge:
// static files, and readings that are begun when requests come.
func site(monitor *status.Monitor, assets assets) http.Handler {
	dynamic := widget.NewSite(api.Source{Verdict: monitor.Verdict}, assets.bundle)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/probe" {
			probe(w, r)
			return
		}
		if file, ok := assets.files[r.URL.Path]; ok {
			api.Methods(file).ServeHTTP(w, r)
			return
		}
		monitor.Freshen(r.Context())
		dynamic.ServeHTTP(w, r)
	})
}

// probe takes what the widget sends to measure its reader's upload, and
// forgets it. At the edge worker.mjs does the same.
func probe(w http.ResponseWriter, r *http.Request) {
	const limit = 512 << 10
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		api.Sentence(w, r, http.StatusMethodNotAllowed, "This address takes POST only.")
		return
	}
	if _, err := io.Copy(io.Discard, http.MaxBytesReader(w, r.Body, limit)); err != nil {
		api.Sentence(w, r, http.StatusRequestEntityTooLarge, fmt.Sprintf("This address takes %d bytes at most.", limit))
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusNoContent)
}

// listen serves until ctx ends, and then lets requests that are being
// answered end.
func listen(ctx context.Context, s streams, addr string, handler http.Handler, ready func(url string)) int {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return s.fail(1, "%v", err)
	}
	serving, stop := context.WithCancel(context.Background())
	defer stop()
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       20 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		BaseContext:       func(net.Listener) context.Context { return serving },
		ErrorLog:          slog.NewLogLogger(slog.NewTextHandler(s.err, nil), slog.LevelWarn),
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	ready("http://" + readable(listener.Addr().(*net.TCPAddr)))
	select {
	case err = <-ended:
	case <-ctx.Done():
		stop() // requests that would hang for ever end
		grace, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		err = server.Shutdown(grace)
	}
	if err != nil && !errors.Is(err, http.ErrServerClosed) {
		return s.fail(1, "%v", err)
	}
	return 0
}

// readable is an address that a browser can open.
func readable(addr *net.TCPAddr) string {
	if addr.IP.IsUnspecified() {
		return fmt.Sprintf("localhost:%d", addr.Port)
	}
	return addr.String()
}
