// Package replay stands in for Apple's System Status site, for demos and tests.
//
// A [Server] answers the two addresses a reader of that site knows, the page
// and its feed. It plays feeds that were recorded, or scenarios that it makes
// itself, and breaks its answers on request in the ways a network or a
// publisher can. The console under /_replay/ says what to play next.
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
)

// DefaultService is the row that scenarios are about unless [Options] name another.
const DefaultService = "iCloud Backup"

// Where a fault shows.
const (
	OnFeed = "feed"
	OnPage = "page"
	OnBoth = "both"
)

// ErrWhere says that a fault was asked for on something else than feed, page or both.
var ErrWhere = errors.New(`a fault shows on "feed", "page" or "both"`)

// Options say what a Server plays and by which clock. The zero value is usable.
type Options struct {
	// Recordings are feed bodies, in the order in which they are played. A name
	// that a scenario or an earlier recording bears gets a number behind it.
	Recordings []Recording

	// Service is the name of the row that scenarios are about.
	// Empty means DefaultService.
	Service string

	// Now is the clock. Nil means time.Now.
	Now func() time.Time

	// Every is how long a recording is shown before the next one takes its
	// place, counted from the first page or feed that was asked for. After the
	// last one comes the first. Zero or less: they change on request only.
	Every time.Duration
}

// Server is an http.Handler that answers as Apple's System Status site does.
// It is safe for concurrent use.
//
// The faults "hang" and "reset" drop the connection by panicking with
// http.ErrAbortHandler, so they want a real server around the handler.
type Server struct {
	opts Options
	mux  *http.ServeMux

	mu           sync.Mutex // guards all fields below
	show         shown
	fault        *fault // nil: none
	on           string
	pages, feeds int
}

// shown is what a Server plays: a scenario, or a recording when scenario is nil.
type shown struct {
	scenario  *scenario
	chosen    time.Time // the moment that the scenario's times count from
	recording int       // where playing starts
	since     time.Time // when the recording was first asked for; zero before
}

// New returns a Server that shows the first recording if there is one, and
// the scenario "fine" if not.
func New(opts Options) *Server {
	if opts.Service == "" {
		opts.Service = DefaultService
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

// ServeHTTP answers as Apple would, or as the fault in force has it.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mux.ServeHTTP(w, r)
}

// Show plays the scenario or recording of that name from now on. A scenario's
// times are fixed at this moment. An unknown name is an error and changes nothing.
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
	s.show = next
	return nil
}

// Next plays the recording after the one that is shown, the first one after
// the last or after a scenario. Without recordings it is an error.
func (s *Server) Next() error {
	count := len(s.opts.Recordings)
	if count == 0 {
		return errors.New("there are no recordings to go through")
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

// Fault breaks the answers from now on: those of the feed, of the page, or of
// both (an empty on means both). An empty name ends the fault. An unknown name
// is an error, an unknown on is ErrWhere, and either changes nothing.
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

// Counts returns how many requests for the page and for the feed have come in
// so far, broken answers and each turn of a redirect included.
func (s *Server) Counts() (pages, feeds int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.pages, s.feeds
}

func (s *Server) servePage(w http.ResponseWriter, r *http.Request) {
	s.serve(w, r, OnPage)
}

func (s *Server) serveFeed(w http.ResponseWriter, r *http.Request) {
	locale, isFeed := strings.CutPrefix(r.PathValue("file"), "system_status_")
	locale, isScript := strings.CutSuffix(locale, ".js")
	if !isFeed || !isScript || locale == "" {
		http.NotFound(w, r)
		return
	}
	s.serve(w, r, OnFeed)
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request, what string) {
	a, f := s.take(what)
	if f != nil {
		f.serve(w, r, a)
		return
	}
	a.write(w)
}

// answer is what a request gets when nothing is broken.
type answer struct {
	what    string // OnPage or OnFeed
	service string // the row that scenarios are about
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

// take counts a request and returns its answer, with the fault to serve it by
// or nil.
func (s *Server) take(what string) (answer, *fault) {
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
		if sc != nil && sc.light != "" {
			a.body = renderedPage(s.opts.Service, sc.light)
		} else {
			a.body = []byte(shellPage)
		}
	case sc != nil:
		s.feeds++
		a.body = sc.feed(s.opts.Service, s.show.chosen)
	default:
		s.feeds++
		a.body = s.opts.Recordings[s.current(now)].Body
	}
	if s.fault != nil && (s.on == OnBoth || s.on == what) {
		return a, s.fault
	}
	return a, nil
}

// playing returns which recording is on at that time. Call it with mu held
// and a recording shown.
func (s *Server) current(now time.Time) int {
	turns := time.Duration(0)
	if s.opts.Every > 0 && !s.show.since.IsZero() {
		turns = max(0, now.Sub(s.show.since)/s.opts.Every)
	}
	count := len(s.opts.Recordings)
	return (s.show.recording + int(turns%time.Duration(count))) % count
}
