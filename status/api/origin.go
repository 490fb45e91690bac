package api

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
)

// CheckPublicURL returns an error unless a text is an origin, such as
// https://status.example.
func CheckPublicURL(text string) error {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil ||
		u.Path != "" && u.Path != "/" || u.RawQuery != "" || u.Fragment != "" {
		return errors.New("the public URL needs the form https://status.example, without a path")
	}
	return nil
}

// Origin returns the origin for absolute addresses in the response to a request:
// the public one, or else the one that the request was sent to by its own account.
func (s Source) Origin(r *http.Request) string {
	if s.PublicURL != "" {
		return strings.TrimSuffix(s.PublicURL, "/")
	}
	u := url.URL{Scheme: r.URL.Scheme, Host: r.URL.Host}
	if u.Host == "" { // natively a request's URL is only a path
		u.Scheme, u.Host = "http", r.Host
		if r.TLS != nil {
			u.Scheme = "https"
		}
	}
	return u.String()
}

// CertainOrigin returns Origin if no visitor can choose it, or else "".
func (s Source) CertainOrigin(r *http.Request) string {
	if s.PublicURL == "" && !s.RoutedByHost {
		return ""
	}
	return s.Origin(r)
}

// OwnOrigin changes the headers of a response that contains Origin. Unless that is
// the public one, any visitor can choose it, so no cache may give the response to
// another visitor.
func (s Source) OwnOrigin(header http.Header) {
	if s.PublicURL != "" {
		return
	}
	vary := "Host, X-Forwarded-Host, X-Forwarded-Proto"
	if other := header.Get("Vary"); other != "" {
		vary = other + ", " + vary
	}
	header.Set("Vary", vary)
	header.Set("Cache-Control", strings.Replace(header.Get("Cache-Control"), "public", "private", 1))
}
