// Package widget offers what people see: the widget's document, which support
// pages embed, and a landing page that shows it and how to embed it. With the
// status endpoint it makes the whole site.
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
	"strings"
	"sync"
	"time"

	"github.com/a-h/templ"

	"backupcheck/status"
	"backupcheck/status/api"
	"backupcheck/status/respond"
)

// Site is the whole product as an http.Handler, the same at the edge and
// natively. Its only I/O is that of the source's history.
type Site struct {
	source api.Source
	bundle Bundle
	policy policies
	routes map[string]http.Handler

	mu        sync.Mutex
	documents map[string]kept // by canonical address, of which there are few
}

// kept is the widget's document as it was made of a verdict. Rendering costs
// more than all the rest of an answer, and a verdict stays for a minute.
type kept struct {
	verdict status.Verdict
	body    []byte
	tag     string
}

// policies are the values of Content-Security-Policy.
type policies struct{ widget, landing string }

// NewSite returns the site for what source tells. Static files are not part of
// it: at the edge the platform serves them. Embedders are what Embedders
// returns; without any, every page may embed the widget.
func NewSite(source api.Source, bundle Bundle, embedders ...string) *Site {
	ancestors := "*"
	if len(embedders) > 0 {
		ancestors = strings.Join(embedders, " ")
	}
	s := &Site{source: source, bundle: bundle, documents: map[string]kept{}}
	const common = "default-src 'none'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; "
	s.policy = policies{
		widget:  common + "script-src 'self' 'wasm-unsafe-eval' " + hashSource(bundle.Inline["times.js"]) + "; connect-src 'self'; style-src " + hashSource(bundle.Inline["widget.css"]) + "; frame-ancestors " + ancestors,
		landing: common + "script-src 'self'; frame-src 'self'; img-src 'self'; style-src " + hashSource(bundle.Inline["site.css"]) + "; frame-ancestors 'none'",
	}
	if s.source.Now == nil {
		s.source.Now = time.Now
	}
	s.routes = api.Routes(source)
	s.routes["/"] = respond.ReadOnly(http.HandlerFunc(s.landing))
	s.routes["/widget"] = respond.ReadOnly(http.HandlerFunc(s.widget))
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

// widget serves the document that pages embed. Its parameters are lang and
// theme. The canonical address tells caches which requests have the same answer.
func (s *Site) widget(w http.ResponseWriter, r *http.Request) {
	texts, theme := wishes(r.URL.Query())
	canonical := address(texts, theme)
	verdict := s.source.Verdict()
	s.mu.Lock()
	page := s.documents[canonical]
	s.mu.Unlock()
	if page.body == nil || !reflect.DeepEqual(page.verdict, verdict) {
		body, err := render(r.Context(), document(newView(verdict, texts), s.bundle, theme))
		if err != nil {
			unrendered(w, r)
			return
		}
		page = kept{verdict, body, respond.Tag(body)}
		s.mu.Lock()
		s.documents[canonical] = page
		s.mu.Unlock()
	}
	html(w, r, page.body, http.Header{
		"Cache-Control":           {"public, max-age=30, stale-while-revalidate=60"},
		"Content-Location":        {canonical},
		"Content-Security-Policy": {s.policy.widget},
		"Etag":                    {page.tag},
	})
}

// landing shows the widget as it stands on a page, the snippet, and how the
// last days were where that is kept.
func (s *Site) landing(w http.ResponseWriter, r *http.Request) {
	history, cacheControl := s.history(r.Context())
	body, err := render(r.Context(), landing(origin(r), s.bundle, history))
	if err != nil {
		unrendered(w, r)
		return
	}
	html(w, r, body, http.Header{
		"Cache-Control":           {cacheControl},
		"Content-Security-Policy": {s.policy.landing},
		// No other site has a use for it, and its address leads here all the same.
		"Cross-Origin-Resource-Policy": {"same-origin"},
	})
}

// history is the landing page's part about the past, and how long the page may
// be kept with it.
func (s *Site) history(ctx context.Context) (templ.Component, string) {
	if s.source.History == nil {
		return templ.NopComponent, "public, max-age=300"
	}
	h, err := s.source.History.Read(ctx, s.source.Verdict().Service, pastDays, s.source.Now())
	if err != nil {
		slog.WarnContext(ctx, "reading the history failed", "error", err)
		return unread(), "public, max-age=5"
	}
	return lately(newPast(h)), "public, max-age=60"
}

func render(ctx context.Context, page templ.Component) ([]byte, error) {
	var b bytes.Buffer
	err := page.Render(ctx, &b)
	return b.Bytes(), err
}

func unrendered(w http.ResponseWriter, r *http.Request) {
	respond.Error(w, r, http.StatusInternalServerError, "The page couldn't be made.")
}

func html(w http.ResponseWriter, r *http.Request, body []byte, header http.Header) {
	header.Set("Content-Type", "text/html; charset=utf-8")
	respond.Body{Header: header, Bytes: body}.Serve(w, r)
}

// origin is where the request says that it was sent.
func origin(r *http.Request) string {
	u := url.URL{Scheme: r.URL.Scheme, Host: r.URL.Host}
	if u.Host == "" { // natively a request's URL is only a path
		u.Scheme, u.Host = "http", r.Host
		if r.TLS != nil {
			u.Scheme = "https"
		}
	}
	return u.String()
}
