package main

import (
	"bytes"
	"context"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"
)

// six is the "now" of these tests.
var six = time.Date(2026, 11, 22, 6, 0, 0, 0, time.UTC)

const sixText = "2026-11-22T06:00:00Z"

// result is what a command leaves behind.
type result struct {
	code     int
	out, err string
}

// call runs the program to its end. What serves instead of refusing is stopped
// after a while, so that it fails one test and not all of them.
func call(t *testing.T, in string, args ...string) result {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	var out, err bytes.Buffer
	code := run(ctx, args, streams{strings.NewReader(in), &out, &err})
	return result{code, out.String(), err.String()}
}

// checkSentence checks that what was printed is one line from the program, in
// which nothing can play tricks with a terminal.
func checkSentence(t *testing.T, printed string) {
	t.Helper()
	text, ended := strings.CutSuffix(printed, "\n")
	said, ours := strings.CutPrefix(text, "backupcheck: ")
	if !ended || !ours || len(strings.Fields(said)) < 3 || strings.ContainsFunc(text, invisible) {
		t.Errorf("not a sentence: %q", printed)
	}
}

func invisible(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar
}

var names = []string{"serve", "status", "history", "replay", "build"}

func TestUsageNamesEveryCommand(t *testing.T) {
	for _, args := range [][]string{{"-h"}, {"-help"}, {"--help"}, {"help"}} {
		r := call(t, "", args...)
		if r.code != 0 || r.err != "" {
			t.Errorf("%v: exit %d, stderr %q", args, r.code, r.err)
		}
		for _, name := range names {
			if !regexp.MustCompile(`(?m)^  ` + name + ` +\S`).MatchString(r.out) {
				t.Errorf("%v doesn't tell of %s:\n%s", args, name, r.out)
			}
		}
	}
	// Without a command nothing was asked for, so it is no answer.
	if r := call(t, ""); r.code != exitUsage || r.out != "" || !strings.Contains(r.err, "Commands:") {
		t.Errorf("without arguments: %+v", r)
	}
}

func TestEveryCommandHelps(t *testing.T) {
	flags := map[string][]string{
		"serve":   {"addr", "db", "origin", "refresh", "user-agent"},
		"status":  {"json", "feed", "service", "at", "watch", "every", "bell", "origin", "user-agent"},
		"history": {"at", "days", "db", "from", "json", "service"},
		"replay":  {"addr", "every", "service"},
		"build":   {"o", "tags"},
	}
	for _, name := range names {
		for _, args := range [][]string{{name, "-h"}, {name, "-help"}, {name, "--help"}} {
			r := call(t, "", args...)
			if r.code != 0 || r.err != "" || !strings.HasPrefix(r.out, "Usage: backupcheck "+name+" ") {
				t.Errorf("%v: %+v", args, r)
			}
			for _, flag := range flags[name] {
				if !regexp.MustCompile(`(?m)^  -` + flag + `\b`).MatchString(r.out) {
					t.Errorf("%v doesn't tell of -%s:\n%s", args, flag, r.out)
				}
			}
		}
	}
}

// Monitoring takes exit status 1 to 3 for what was found, so a wrong call has
// one of its own, and prints nothing that could be taken for a verdict.
func TestWrongUsageExitsWith4AndASentence(t *testing.T) {
	tests := [][]string{
		{"nothing"}, {"Status"}, {""}, {"-v"}, {"\x1b[31mred"}, {"two\nlines"},
		{"serve", "-nothing"}, {"status", "-nothing"}, {"replay", "-nothing"}, {"build", "-nothing"},
		{"serve", "extra"}, {"status", "extra"}, {"build", "extra"}, {"status", "-json", "feed.js"}, {"status", "\x1b[31mred"},
		{"serve", "-addr"}, {"status", "-feed"}, {"replay", "-every"}, {"build", "-o"},
		{"serve", "-refresh", "0"}, {"serve", "-refresh", "-1s"}, {"serve", "-refresh", "often"}, {"serve", "-refresh", "60"},
		{"replay", "-every", "-1s"}, {"replay", "-every", "often"},
		{"status", "-json=maybe"},
		{"status", "-at", "yesterday"}, {"status", "-at", "2026-11-22"}, {"status", "-at", "2026-11-22 06:00:00Z"}, {"status", "-at", "2026-11-22T06:00:00"},
		{"status", "-at", "2026-13-22T06:00:00Z"}, {"status", "-at", "1795327200"}, {"status", "-at", " "}, {"status", "-at", "\x1b[31m"},
		{"status", "-service", ""}, {"status", "-service", " "}, {"status", "-service", "\t\n"},
		{"status", "-every", "60s"}, {"status", "-bell"}, {"status", "-watch", "-at", "2026-11-22T06:00:00Z"}, {"status", "-watch", "-feed", "-"},
		{"status", "-watch", "-every", "0"}, {"status", "-watch", "-every", "-1s"},
		{"serve", "-refresh", "5m1s"}, {"serve", "-refresh", "1h"}, {"serve", "-db"},
		{"history", "extra"}, {"history", "-days", "0"}, {"history", "-days", "401"}, {"history", "-days", "-1"}, {"history", "-days", "all"},
		{"history", "-at", "yesterday"}, {"history", "-service", " "}, {"history", "-from", ""}, {"history", "-from", "example.com"}, {"history", "-from", "file:///etc/passwd"},
		{"history", "-from", "http://127.0.0.1:1", "-db", "x.db"}, {"history", "-from", "http://127.0.0.1:1", "-at", "2026-11-22T06:00:00Z"},
		{"history", "import"}, {"history", "import", "-nothing"}, {"history", "import", "-service", "", "x.js"},
		{"history", "import", "-zone", "", "x.js"}, {"history", "import", "-zone", "Nowhere/Land", "x.js"}, {"history", "import", "-zone", "../../etc/passwd", "x.js"},
	}
	for _, args := range tests {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			r := call(t, "{}", args...)
			if r.code != exitUsage || r.out != "" {
				t.Errorf("exit %d, stdout %q", r.code, r.out)
			}
			checkSentence(t, r.err)
		})
	}
}

// server is a command that runs until it is stopped.
type server struct {
	url    string
	cancel context.CancelFunc
	ended  chan struct{}
	code   int // once ended is closed
	out    *printed
	err    *printed
}

// printed is a stream that may be read while it is written.
type printed struct {
	mu    sync.Mutex
	text  bytes.Buffer
	wrote chan struct{} // holds one, when there is something new
}

func (p *printed) Write(data []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	select {
	case p.wrote <- struct{}{}:
	default:
	}
	return p.text.Write(data)
}

func (p *printed) String() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.String()
}

var address = regexp.MustCompile(`http://\S+`)

// patience is for what takes milliseconds, on a machine that is busy.
const patience = 20 * time.Second

// launch runs a command that goes on until it is stopped.
func launch(t *testing.T, args ...string) *server {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	s := &server{cancel: cancel, ended: make(chan struct{}), out: &printed{wrote: make(chan struct{}, 1)}, err: &printed{}}
	go func() {
		defer close(s.ended)
		s.code = run(ctx, args, streams{strings.NewReader(""), s.out, s.err})
	}()
	t.Cleanup(func() { s.stop(t) })
	return s
}

// start runs a command that serves, and waits until it tells its address.
func start(t *testing.T, args ...string) *server {
	t.Helper()
	s := launch(t, args...)
	late := time.After(patience)
	for s.url == "" {
		select {
		case <-s.out.wrote:
			s.url = address.FindString(s.out.String())
		case <-s.ended:
			t.Fatalf("%v ended with %d: %s", args, s.code, s.err)
		case <-late:
			t.Fatalf("%v tells no address: %q", args, s.out)
		}
	}
	return s
}

// stop ends the command as a signal would, and returns its exit status.
func (s *server) stop(t *testing.T) int {
	t.Helper()
	// A connection that was opened and never used would be waited for.
	http.DefaultClient.CloseIdleConnections()
	s.cancel()
	select {
	case <-s.ended:
	case <-time.After(patience):
		t.Fatal("the server doesn't stop")
	}
	return s.code
}
