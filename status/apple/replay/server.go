// Package replay simulates Apple's System Status site, for demos and tests.
//
// A [Server] serves the site's page and its feed. The feed is a recording or a
// generated scenario, and the Server can simulate faults of a network or a
// publisher. The console at /_replay/ controls it.
package replay

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"backupcheck/status"
)

// Which responses a fault affects.
const (
	OnFeed = "feed"
	OnPage = "page"
	OnBoth = "both"
)

// ErrWhere is the error for a fault on anything but feed, page or both.
var ErrWhere = errors.New(`a fault can be on "feed", "page" or "both"`)

// Options configure a Server. The zero value is usable.
type Options struct {
	// Recordings are feed bodies in replay order. A name that a scenario or an
	// earlier recording has is made unique by a number.
	Recordings []Recording

	// Service is the name of the row that scenarios are about;
	// status.ServiceName if empty.
	Service string

	// Now is the clock; time.Now if nil.
	Now func() time.Time

	// Every is the time until the next recording replaces the current one,
	// counted from the first request for page or feed. The first one follows
	// the last. If it is zero or less, recordings change on request only.
	Every time.Duration
}

// Server is an http.Handler that simulates Apple's System Status site. It is safe
// for concurrent use.
//
// The faults "hang" and "reset" drop the connection by panicking with
// http.ErrAbortHandler, so they need a real server around the handler.
type Server struct {
	opts Options
	mux  *http.ServeMux

	mu           sync.Mutex // guards all fields below
	show         shown
	fault        *fault // nil: none
	on           string
	pages, feeds int
	translations int // requests for feeds in other languages
}

// shown is what a Server serves: a scenario, or a recording if scenario is nil.
type shown struct {
	scenario  *scenario
	chosen    time.Time // the scenario's times are relative to it
	earlier   []past    // the incidents of earlier scenarios
	recording int       // the first one
	since     time.Time // of the first request for the recording; zero before it
}

// New returns a Server that serves the first recording or, without recordings,
// the scenario "fine".
func New(opts Options) *Server {
	if opts.Service == "" {
		opts.Service = status.ServiceName
	}
	if opts.Now == nil {
		opts.Now = time.Now
	}
	opts.Recordings = distinct(opts.Recordings)

	s := &Server{opts: opts, mux: http.NewServeMux(), on: OnBoth}
	if len(opts.Recordings) == 0 {
		s.show = shown{scenario: findScenario("fine"), chosen: opts.Now()}
	}
	s.mux.HandleFunc("GET /support/systemstatus", s.servePage)
	s.mux.HandleFunc("GET /support/systemstatus/{$}", s.servePage)
	s.mux.HandleFunc("GET /support/systemstatus/data/{file}", s.serveFeed)
	s.addConsole()
	return s
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mux.ServeHTTP(w, r)
}

// Show switches to the scenario or recording of that name. A scenario's times
// are relative to now. An unknown name is an error and changes nothing.
func (s *Server) Show(name string) error {
	next := shown{scenario: findScenario(name), chosen: s.opts.Now()}
	if next.scenario == nil {
		next.recording = slices.IndexFunc(s.opts.Recordings, func(r Recording) bool { return r.Name == name })
		if next.recording < 0 {
			return fmt.Errorf("there is no scenario or recording called %q", name)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if next.scenario != nil && s.show.scenario != nil {
		next.earlier = slices.Clone(s.show.earlier)
		for _, in := range s.show.scenario.incidents {
			next.earlier = slices.DeleteFunc(next.earlier, func(p past) bool { return p.id == in.id && p.message == in.message })
			next.earlier = append(next.earlier, past{in, s.show.chosen})
		}
	}
	s.show = next
	return nil
}

// Next switches to the next recording, or to the first one after the last or
// after a scenario. Without recordings it is an error.
func (s *Server) Next() error {
	count := len(s.opts.Recordings)
	if count == 0 {
		return errors.New("there are no recordings")
	}
	now := s.opts.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	next := 0
	if s.show.scenario == nil {
		next = (s.current(now) + 1) % count
	}
	s.show = shown{recording: next}
	return nil
}

// Fault sets the fault of that name on the responses of the feed, of the page,
// or of both (an empty on means both). An empty name removes the fault. An
// unknown name is an error, an unknown on is ErrWhere, and both change nothing.
func (s *Server) Fault(name, on string) error {
	switch on {
	case "":
		on = OnBoth
	case OnFeed, OnPage, OnBoth:
	default:
		return ErrWhere
	}
	var found *fault
	if name == "" {
		on = OnBoth
	} else if found = findFault(name); found == nil {
		return fmt.Errorf("there is no fault called %q", name)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fault, s.on = found, on
	return nil
}

// Counts returns the number of requests for the page and for the English feed,
// including those with a fault and each one that was redirected.
func (s *Server) Counts() (pages, feeds int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.pages, s.feeds
}

func (s *Server) servePage(w http.ResponseWriter, r *http.Request) {
	s.serve(w, r, OnPage, english)
}

func (s *Server) serveFeed(w http.ResponseWriter, r *http.Request) {
	locale, isFeed := strings.CutPrefix(r.PathValue("file"), "system_status_")
	locale, isScript := strings.CutSuffix(locale, ".js")
	if !isFeed || !isScript || locale == "" {
		http.NotFound(w, r)
		return
	}
	s.serve(w, r, OnFeed, locale)
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request, what, locale string) {
	a, f := s.answer(what, locale)
	if f != nil {
		f.serve(w, r, a)
		return
	}
	a.write(w)
}

// answer is the response without a fault.
type answer struct {
	what    string // OnPage or OnFeed
	service string // Options.Service
	turn    int    // number of the request for the feed
	body    []byte
}

func (a answer) contentType() string {
	if a.what == OnPage {
		return "text/html; charset=UTF-8"
	}
	return "application/javascript"
}

func (a answer) write(w http.ResponseWriter) {
	w.Header().Set("Content-Type", a.contentType())
	w.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
	w.Write(a.body)
}

// english is the locale of the feed that verdicts are made of.
const english = "en_US"

// answer counts a request and returns the response to it, and the fault to apply
// or nil.
func (s *Server) answer(what, locale string) (answer, *fault) {
	now := s.opts.Now()
	s.mu.Lock()
	defer s.mu.Unlock()

	if s.show.scenario == nil && s.show.since.IsZero() {
		s.show.since = now
	}
	a := answer{what: what, service: s.opts.Service}
	sc := s.show.scenario
	switch {
	case what == OnPage:
		s.pages++
	case locale == english:
		s.feeds++
	default:
		s.translations++
	}
	switch {
	case what == OnPage:
		if sc != nil && sc.light != "" {
			a.body = renderedPage(s.opts.Service, sc.light)
		} else {
			a.body = []byte(shellPage)
		}
	case sc != nil:
		a.body = sc.feed(s.opts.Service, s.show.chosen, s.show.earlier, locale)
	default:
		a.body = s.opts.Recordings[s.current(now)].Body
	}
	a.turn = s.feeds
	if s.fault != nil && (s.on == OnBoth || s.on == what) {
		return a, s.fault
	}
	return a, nil
}

// current returns the index of the recording at that time. The caller must hold
// mu, and a recording must be shown.
func (s *Server) current(now time.Time) int {
	turns := time.Duration(0)
	if s.opts.Every > 0 && !s.show.since.IsZero() {
		turns = max(0, now.Sub(s.show.since)/s.opts.Every)
	}
	count := len(s.opts.Recordings)
	return (s.show.recording + int(turns%time.Duration(count))) % count
}
