// Package widget serves what people see: the widget's document, which support
// pages embed, and a landing page that shows it and how to embed it. Together
// with the status endpoint that is the whole site.
package widget

import (
	"bytes"
	"context"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"sync"
	"time"

	"github.com/a-h/templ"

	"backupcheck/status"
	"backupcheck/status/api"
	"backupcheck/status/respond"
	"backupcheck/widget/locale"
)

// Site is the whole product as an http.Handler, the same at the edge and
// natively. Its only I/O is that of the source's history.
type Site struct {
	source api.Source
	bundle Bundle
	policy policies
	routes map[string]http.Handler

	mu        sync.Mutex
	documents map[string]rendered // by canonical address; at most maxDocuments
}

// maxDocuments limits the memory for documents. One origin has 96 of them: two
// in each of 16 languages and three themes.
const maxDocuments = 200

// rendered is a document for a verdict. It is cached because
// rendering costs more than the rest of an answer, and a verdict lasts a minute.
type rendered struct {
	verdict status.Verdict
	body    []byte
	tag     string
}

// NewSite returns the site for a source of verdicts. Static files are not part
// of it: at the edge the platform serves them. The embedders are those that
// Embedders returns; without any, every page may embed the widget.
func NewSite(source api.Source, bundle Bundle, embedders ...string) *Site {
	s := &Site{source: source, bundle: bundle, policy: newPolicies(bundle, embedders), documents: map[string]rendered{}}
	if s.source.Now == nil {
		s.source.Now = time.Now
	}
	s.source.Summarize = summarize
	s.routes = api.Routes(s.source)
	s.routes["/"] = respond.ReadOnly(http.HandlerFunc(s.landing))
	s.routes["/widget"] = respond.ReadOnly(http.HandlerFunc(s.widget))
	s.routes["/widget/messages"] = respond.ReadOnly(http.HandlerFunc(s.messages))
	s.routes["/oembed"] = respond.ReadOnly(http.HandlerFunc(s.oembed))
	return s
}

// Routes are the addresses that the site answers, in order.
func (s *Site) Routes() []string { return slices.Sorted(maps.Keys(s.routes)) }

// ServeHTTP implements http.Handler.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if route, ok := s.routes[r.URL.Path]; ok {
		route.ServeHTTP(w, r)
		return
	}
	respond.Error(w, r, http.StatusNotFound, "There is nothing at this address. The status is at /api/status, the widget at /widget.")
}

// widget serves the document that pages embed.
func (s *Site) widget(w http.ResponseWriter, r *http.Request) {
	s.document(w, r, widgetAddress, document)
}

// messages serves the page of the messages that an iPhone shows about backups,
// for readers whose browser can't run the engine.
func (s *Site) messages(w http.ResponseWriter, r *http.Request) {
	s.document(w, r, messagesAddress, messages)
}

// document serves a document of the verdict. Its parameters are lang and theme.
// By the canonical address caches know which requests have the same answer.
func (s *Site) document(w http.ResponseWriter, r *http.Request, address func(*locale.Catalogue, string) string, document func(view, Bundle) templ.Component) {
	texts, theme := params(r.URL.Query())
	origin := s.source.CertainOrigin(r)
	canonical := s.canonical(origin, address(texts, theme))
	verdict := s.source.Verdict()
	s.mu.Lock()
	page := s.documents[canonical]
	s.mu.Unlock()
	if page.body == nil || !reflect.DeepEqual(page.verdict, verdict) {
		view := newView(verdict, texts, theme)
		view.origin = origin
		body, err := render(r.Context(), document(view, s.bundle))
		if err != nil {
			respondNotRendered(w, r)
			return
		}
		page = rendered{verdict, body, respond.Tag(body)}
		s.mu.Lock()
		if len(s.documents) >= maxDocuments {
			clear(s.documents)
		}
		s.documents[canonical] = page
		s.mu.Unlock()
	}
	respondHTML(w, r, page.body, http.Header{
		"Cache-Control":           {api.CacheControl(verdict, s.source.Now())},
		"Content-Language":        {texts.Lang()},
		"Content-Location":        {canonical},
		"Content-Security-Policy": {s.policy.widget(origin)},
		// Pages that isolate themselves embed only what asks for the same.
		"Cross-Origin-Embedder-Policy": {"require-corp"},
		"Etag":                         {page.tag},
	})
}

// canonical returns the canonical address of a page. If its origin is that of the
// request, each origin has a page of its own.
func (s *Site) canonical(origin, address string) string {
	if s.source.PublicURL != "" {
		return address
	}
	return origin + address
}

// landing serves the page with the embedded widget, the snippet and, if there
// is a history, the last days. Its parameters are lang and theme, which is that
// of the widget for sites that embed this address. Without lang, the browser's
// languages lead to the address of one of them, so that each address has one
// answer. A frame, of a site that embeds any page's address, gets the widget.
func (s *Site) landing(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	texts, theme := params(query)
	vary := "Sec-Fetch-Dest"
	wanted := texts
	if !query.Has("lang") {
		vary = "Accept-Language, " + vary
		wanted = locale.Negotiate(r.Header.Get("Accept-Language"))
	}
	redirect := ""
	if isFrame(r) {
		redirect = widgetAddress(wanted, theme)
	} else if wanted != texts {
		redirect = landingAddress(wanted, theme)
	}
	if redirect != "" {
		w.Header().Set("Vary", vary)
		w.Header().Set("Content-Security-Policy", s.policy.landing)
		respond.Redirect(w, redirect)
		return
	}
	history, cacheControl := s.history(r.Context(), texts)
	body, err := render(r.Context(), landing(texts, theme, s.source.Origin(r), s.bundle, history))
	if err != nil {
		respondNotRendered(w, r)
		return
	}
	header := http.Header{
		"Cache-Control":           {cacheControl},
		"Content-Language":        {texts.Lang()},
		"Content-Security-Policy": {s.policy.landing},
		// No other site needs to load it; links to it work all the same.
		"Cross-Origin-Resource-Policy": {"same-origin"},
		"Vary":                         {vary},
	}
	// Without a certain origin no cache may take the page of one host for another's.
	if origin := s.source.CertainOrigin(r); origin != "" {
		header.Set("Content-Location", s.canonical(origin, landingAddress(texts, theme)))
	}
	s.source.OwnOrigin(header)
	respondHTML(w, r, body, header)
}

// isFrame reports whether a browser loads a page into another one. Browsers that
// don't say so, such as Safari before 16.4, show the landing page there.
func isFrame(r *http.Request) bool {
	return slices.Contains([]string{"iframe", "frame", "embed", "object"}, r.Header.Get("Sec-Fetch-Dest"))
}

// history returns the landing page's section about the last days, and the
// Cache-Control of a page with it.
func (s *Site) history(ctx context.Context, texts *locale.Catalogue) (templ.Component, string) {
	if s.source.History == nil {
		return templ.NopComponent, "public, max-age=300"
	}
	h, err := s.source.History.Read(ctx, s.source.Verdict().Service, historyDays, s.source.Now())
	if err != nil {
		slog.WarnContext(ctx, "reading the history failed", "error", err)
		return historyUnavailable(texts), "public, max-age=5"
	}
	return historySection(texts, newLandingHistory(h)), "public, max-age=60"
}

func render(ctx context.Context, page templ.Component) ([]byte, error) {
	var b bytes.Buffer
	err := page.Render(ctx, &b)
	return b.Bytes(), err
}

func respondNotRendered(w http.ResponseWriter, r *http.Request) {
	respond.Error(w, r, http.StatusInternalServerError, "The page couldn't be rendered.")
}

func respondHTML(w http.ResponseWriter, r *http.Request, body []byte, header http.Header) {
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Access-Control-Allow-Origin", "*")
	header.Set("Access-Control-Expose-Headers", "ETag")
	respond.Body{Header: header, Bytes: body}.Serve(w, r)
}

// params returns the language and the theme of an address. Values that aren't
// valid count as absent.
func params(query url.Values) (texts *locale.Catalogue, theme string) {
	if value := query.Get("theme"); value == "light" || value == "dark" {
		theme = value
	}
	return locale.For(query.Get("lang")), theme
}

// widgetAddress is the canonical address of the widget in a language and a theme.
func widgetAddress(texts *locale.Catalogue, theme string) string {
	return canonicalAddress("/widget", texts, theme)
}

// messagesAddress is the canonical address of the page of messages.
func messagesAddress(texts *locale.Catalogue, theme string) string {
	return canonicalAddress("/widget/messages", texts, theme)
}

// landingAddress is the canonical address of the landing page in a language, for
// a widget in a theme.
func landingAddress(texts *locale.Catalogue, theme string) string {
	return canonicalAddress("/", texts, theme)
}

func canonicalAddress(path string, texts *locale.Catalogue, theme string) string {
	query := url.Values{}
	if texts != locale.For("") {
		query.Set("lang", texts.Lang())
	}
	if theme != "" {
		query.Set("theme", theme)
	}
	if len(query) == 0 {
		return path
	}
	return path + "?" + query.Encode()
}
