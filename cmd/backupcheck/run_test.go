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

// six is the current time in these tests.
var six = time.Date(2026, 11, 22, 6, 0, 0, 0, time.UTC)

const sixText = "2026-11-22T06:00:00Z"

// result is the exit status and the output of a command.
type result struct {
	code     int
	out, err string
}

// call runs the program to its end, within a time limit: a server that should
// have failed to start would run forever.
func call(t *testing.T, in string, args ...string) result {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	var out, err bytes.Buffer
	code := run(ctx, args, streams{strings.NewReader(in), &out, &err})
	return result{code, out.String(), err.String()}
}

// checkSentence checks that a command has printed one line without characters
// that a terminal would interpret.
func checkSentence(t *testing.T, printed string) {
	t.Helper()
	line, ended := strings.CutSuffix(printed, "\n")
	message, prefixed := strings.CutPrefix(line, "backupcheck: ")
	if !ended || !prefixed || len(strings.Fields(message)) < 3 || strings.ContainsFunc(line, invisible) {
		t.Errorf("not a sentence: %q", printed)
	}
}

func invisible(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar
}

// process is a command that runs until it is stopped.
type process struct {
	url    string
	cancel context.CancelFunc
	ended  chan struct{}
	code   int // valid once ended is closed
	out    *output
	err    *output
}

// output is a stream that can be read while it is written.
type output struct {
	mu    sync.Mutex
	text  bytes.Buffer
	wrote chan struct{} // has a value after a write
}

func (o *output) Write(data []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	select {
	case o.wrote <- struct{}{}:
	default:
	}
	return o.text.Write(data)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

var urlPattern = regexp.MustCompile(`http://\S+`)

// patience is the time limit for operations that take milliseconds on an idle
// machine.
const patience = 20 * time.Second

// launch starts a command that runs until it is stopped.
func launch(t *testing.T, args ...string) *process {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	s := &process{cancel: cancel, ended: make(chan struct{}), out: &output{wrote: make(chan struct{}, 1)}, err: &output{}}
	go func() {
		defer close(s.ended)
		s.code = run(ctx, args, streams{strings.NewReader(""), s.out, s.err})
	}()
	t.Cleanup(func() { s.stop(t) })
	return s
}

// start launches a command that serves and waits until it prints its address.
func start(t *testing.T, args ...string) *process {
	t.Helper()
	s := launch(t, args...)
	timeout := time.After(patience)
	for s.url == "" {
		select {
		case <-s.out.wrote:
			s.url = urlPattern.FindString(s.out.String())
		case <-s.ended:
			t.Fatalf("%v ended with %d: %s", args, s.code, s.err)
		case <-timeout:
			t.Fatalf("%v prints no address: %q", args, s.out)
		}
	}
	return s
}

// startServe starts serve outside of the checkout, where it doesn't compile the
// engine, which takes seconds.
func startServe(t *testing.T, origin string, args ...string) *process {
	t.Helper()
	t.Chdir(t.TempDir())
	return start(t, append([]string{"serve", "-addr", "127.0.0.1:0", "-origin", origin}, args...)...)
}

// stop ends the command as a signal would, and returns its exit status.
func (s *process) stop(t *testing.T) int {
	t.Helper()
	// The server would wait for a connection that was opened and never used.
	http.DefaultClient.CloseIdleConnections()
	s.cancel()
	select {
	case <-s.ended:
	case <-time.After(patience):
		t.Fatal("the server doesn't stop")
	}
	return s.code
}
