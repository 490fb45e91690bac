package replay

import (
	"bytes"
	_ "embed"
	"errors"
	"html/template"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

//go:embed console.html
var consoleHTML string

var consolePage = template.Must(template.New("console").Parse(consoleHTML))

const (
	consolePath = "/_replay/"
	maxForm     = 64 << 10 // bytes of a request's body
)

// state is the body of GET /_replay/state, and the data of the console.
type state struct {
	Show  string `json:"show"`
	Fault string `json:"fault"` // empty: none
	On    string `json:"on"`
	Pages int    `json:"pages"`
	Feeds int    `json:"feeds"`
	// Translations is the number of requests for the feed in other languages.
	Translations int      `json:"translations"`
	Scenarios    []choice `json:"scenarios"`
	Faults       []choice `json:"faults"`
	Recordings   []string `json:"recordings"`
}

type choice struct {
	Name        string `json:"name"`
	Description string `json:"description"`
}

func (s *Server) addConsole() {
	s.mux.Handle("GET /{$}", http.RedirectHandler(consolePath, http.StatusFound))
	s.mux.HandleFunc("GET "+consolePath+"{$}", s.serveConsole)
	s.mux.HandleFunc("GET "+consolePath+"state", s.serveState)
	s.mux.HandleFunc("POST "+consolePath+"show", s.control(func(form url.Values) (int, error) {
		return http.StatusNotFound, s.Show(form.Get("name"))
	}))
	s.mux.HandleFunc("POST "+consolePath+"next", s.control(func(url.Values) (int, error) {
		return http.StatusConflict, s.Next()
	}))
	s.mux.HandleFunc("POST "+consolePath+"fault", s.control(func(form url.Values) (int, error) {
		err := s.Fault(form.Get("name"), form.Get("on"))
		if errors.Is(err, ErrWhere) {
			return http.StatusBadRequest, err
		}
		return http.StatusNotFound, err
	}))
}

// state returns the Server's state. Show is what a request would get now.
func (s *Server) state() state {
	now := s.opts.Now()
	st := state{Recordings: []string{}}
	for _, sc := range scenarios {
		st.Scenarios = append(st.Scenarios, choice{sc.name, sc.description})
	}
	for _, f := range faults {
		st.Faults = append(st.Faults, choice{f.name, f.description})
	}
	for _, r := range s.opts.Recordings {
		st.Recordings = append(st.Recordings, r.Name)
	}

	s.mu.Lock()
	defer s.mu.Unlock()
	st.On, st.Pages, st.Feeds, st.Translations = s.on, s.pages, s.feeds, s.translations
	if s.fault != nil {
		st.Fault = s.fault.name
	}
	if s.show.scenario != nil {
		st.Show = s.show.scenario.name
	} else {
		st.Show = st.Recordings[s.current(now)]
	}
	return st
}

func (s *Server) serveConsole(w http.ResponseWriter, _ *http.Request) {
	var page bytes.Buffer
	if err := consolePage.Execute(&page, s.state()); err != nil {
		http.Error(w, "The console could not be rendered: "+err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	reply(w, http.StatusOK, "text/html; charset=UTF-8", page.Bytes())
}

func (s *Server) serveState(w http.ResponseWriter, _ *http.Request) {
	reply(w, http.StatusOK, "application/json", encode(s.state()))
}

// control handles a POST that changes the state. It responds with the new state,
// or redirects to the console if the client prefers HTML. If do fails, it
// responds with do's status code and error.
func (s *Server) control(do func(url.Values) (int, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !sameSite(r) {
			writeError(w, http.StatusForbidden, "this request comes from another site, and only the console may change the state")
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		if err := r.ParseForm(); err != nil {
			writeError(w, http.StatusBadRequest, "the form could not be read: "+err.Error())
			return
		}
		if status, err := do(r.Form); err != nil {
			writeError(w, status, err.Error())
			return
		}
		if prefersHTML(r.Header.Get("Accept")) {
			w.Header().Set("Cache-Control", "no-store")
			http.Redirect(w, r, consolePath, http.StatusSeeOther)
			return
		}
		s.serveState(w, r)
	}
}

func reply(w http.ResponseWriter, status int, contentType string, body []byte) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	w.Write(body)
}

func writeError(w http.ResponseWriter, status int, message string) {
	reply(w, status, "application/json", encode(map[string]string{"error": message}))
}

// sameSite reports whether a request may change the state. Browsers send the
// origin with every POST; other clients may omit it.
func sameSite(r *http.Request) bool {
	origins := r.Header.Values("Origin")
	for _, origin := range origins {
		if u, err := url.Parse(origin); err != nil || u.Host == "" || !strings.EqualFold(u.Host, r.Host) {
			return false
		}
	}
	return true
}

// prefersHTML reports whether an Accept header prefers HTML to JSON.
func prefersHTML(accept string) bool {
	return quality(accept, "text", "html") > quality(accept, "application", "json")
}

// quality returns the weight of a media type in an Accept header, from 0 to 1, by
// the most specific of the ranges that include it.
func quality(accept, kind, subtype string) float64 {
	best, weight := 0, 0.0
	for part := range strings.SplitSeq(accept, ",") {
		media, params, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		exact := map[string]int{"*/*": 1, kind + "/*": 2, kind + "/" + subtype: 3}[media]
		if exact <= best {
			continue
		}
		best, weight = exact, 1
		if q, err := strconv.ParseFloat(params["q"], 64); err == nil {
			weight = q
		}
	}
	return weight
}
