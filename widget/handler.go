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
	"slices"
	"time"

	"github.com/a-h/templ"

	"backupcheck/status/api"
)

// Site is the whole product as an http.Handler, the same at the edge and
// natively. Its only I/O is that of the source's history.
type Site struct {
	source api.Source
	bundle Bundle
	policy policies
	routes map[string]http.Handler
}

// policies are the values of Content-Security-Policy.
type policies struct{ widget, landing string }

// NewSite returns the site for what source tells. Static files are not part of
// it: at the edge the platform serves them.
func NewSite(source api.Source, bundle Bundle) *Site {
	s := &Site{source: source, bundle: bundle}
	const common = "default-src 'none'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; "
	s.policy = policies{
		widget:  common + "script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; style-src " + hashSource(bundle.Styles["widget.css"]) + "; frame-ancestors *",
		landing: common + "script-src 'self'; frame-src 'self'; img-src 'self'; style-src " + hashSource(bundle.Styles["site.css"]) + "; frame-ancestors 'none'",
	}
	if s.source.Now == nil {
		s.source.Now = time.Now
	}
	s.routes = api.Routes(source)
	s.routes["/"] = api.Methods(http.HandlerFunc(s.landing))
	s.routes["/widget"] = api.Methods(http.HandlerFunc(s.widget))
	s.routes["/oembed"] = api.Methods(http.HandlerFunc(s.oembed))
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
	api.Sentence(w, r, http.StatusNotFound, "There is nothing at this address. The status is at /api/status, the widget at /widget.")
}

// widget serves the document that pages embed. Its parameters are lang and
// theme. The canonical address tells caches which requests have the same answer.
func (s *Site) widget(w http.ResponseWriter, r *http.Request) {
	texts, theme := wishes(r.URL.Query())
	s.html(w, r, document(newView(s.source.Verdict(), texts), s.bundle, theme), http.Header{
		"Cache-Control":                {"public, max-age=30, stale-while-revalidate=60"},
		"Content-Location":             {address(texts, theme)},
		"Content-Security-Policy":      {s.policy.widget},
		"Cross-Origin-Resource-Policy": {"cross-origin"},
	})
}

// landing shows the widget as it stands on a page, the snippet, and how the
// last days were where that is kept.
func (s *Site) landing(w http.ResponseWriter, r *http.Request) {
	history, cacheControl := s.history(r.Context())
	s.html(w, r, landing(origin(r), s.bundle, history), http.Header{
		"Cache-Control":           {cacheControl},
		"Content-Security-Policy": {s.policy.landing},
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

func (s *Site) html(w http.ResponseWriter, r *http.Request, page templ.Component, header http.Header) {
	var b bytes.Buffer
	if err := page.Render(r.Context(), &b); err != nil {
		api.Sentence(w, r, http.StatusInternalServerError, "The page couldn't be made.")
		return
	}
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Referrer-Policy", "no-referrer")
	api.Answer{Header: header, Body: b.Bytes()}.Serve(w, r)
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
