package api

import (
	"bytes"
	"encoding/xml"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode"

	"backupcheck/status"
	"backupcheck/status/respond"
)

// Atom serves the incidents of the verdict's service as an Atom feed (RFC 4287),
// with one entry each, which is updated as the incident changes. An unknown
// level is only in the subtitle, as it is no incident of Apple's.
func Atom(s Source) http.Handler {
	return respond.ReadOnly(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := s.Verdict()
		// The feed contains its origin, and caches of the Worker are shared by all hosts.
		address := s.Origin(r) + "/feed.atom"
		response := s.verdictResponse("application/atom+xml; charset=utf-8", address, v, atomFeed(v, address))
		s.OwnOrigin(response.Header)
		response.Serve(w, r)
	}))
}

// atomFeed returns the feed with this address. It depends on Apple's report and not on the time of
// the reading, so that clients get 304 until something changes.
func atomFeed(v status.Verdict, address string) []byte {
	var entries atom
	updated := v.CheckedAt.UTC().Truncate(24 * time.Hour) // without incidents there is no better time
	if v.CheckedAt.IsZero() {
		updated = unknownTime
	}
	seen := map[string]bool{}
	for _, i := range v.Incidents {
		// Entry ids are unique. Of two incidents with the same id, the first one
		// in the verdict's order matters more.
		id := entryID(v.Service, i)
		if seen[id] {
			continue
		}
		if at := updatedAt(i); len(seen) == 0 || at.After(updated) {
			updated = at
		}
		seen[id] = true
		entries.entry(v.Service, id, i)
	}
	var feed atom
	feed.WriteString(`<?xml version="1.0" encoding="utf-8"?>` + "\n" + `<feed xmlns="http://www.w3.org/2005/Atom">` + "\n")
	feed.text("id", feedID(v.Service))
	feed.text("title", v.Service+": Apple's System Status")
	feed.text("subtitle", v.Summary)
	feed.text("updated", stamp(updated))
	feed.WriteString("<author><name>Backup Check</name></author>\n")
	feed.link("self", "application/atom+xml", address)
	feed.link("alternate", "text/html", status.SourceURL)
	feed.Write(entries.Bytes())
	feed.WriteString("</feed>\n")
	return feed.Bytes()
}

// atom is a buffer for a part of a feed.
type atom struct{ bytes.Buffer }

func (a *atom) entry(service, id string, i status.Incident) {
	a.WriteString("<entry>\n")
	a.text("id", id)
	a.text("title", entryTitle(service, i))
	a.text("updated", stamp(updatedAt(i)))
	// Upcoming incidents start in the future, and feed readers hide entries that
	// are published in the future.
	if !i.StartedAt.IsZero() && i.State != status.StateUpcoming {
		a.text("published", stamp(i.StartedAt))
	}
	// Some readers tell entries apart by their links.
	address := status.SourceURL
	if key := i.Key(); key != "" {
		address += "#" + url.PathEscape(key)
	}
	a.link("alternate", "text/html", address)
	if content := entryContent(service, i); content != "" {
		a.text("content", content)
	}
	a.WriteString("</entry>\n")
}

func (a *atom) link(rel, contentType, href string) {
	a.WriteString(`<link rel="` + rel + `" type="` + contentType + `" href="`)
	_ = xml.EscapeText(a, []byte(href)) // a buffer returns no error
	a.WriteString(`"/>` + "\n")
}

// text writes an element with untrusted text. It drops characters that change
// the direction of text; EscapeText replaces those that are invalid in XML.
func (a *atom) text(name, text string) {
	a.WriteString("<" + name + ">")
	_ = xml.EscapeText(a, []byte(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, text))) // a buffer returns no error
	a.WriteString("</" + name + ">\n")
}
