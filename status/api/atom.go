package api

import (
	"bytes"
	"encoding/xml"
	"net/http"
	"strings"
	"time"
	"unicode"

	"backupcheck/status"
	"backupcheck/status/respond"
)

// Atom answers with the incidents of the verdict's service as an Atom feed
// (RFC 4287): an entry for each, updated as the incident changes. When the
// level isn't known only the subtitle says so; there is no entry that Apple
// has no incident for.
func Atom(verdict func() status.Verdict) http.Handler {
	return respond.ReadOnly(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		cacheable("application/atom+xml; charset=utf-8", "/feed.atom", atomFeed(verdict())).Serve(w, r)
	}))
}

// atomFeed writes the feed. It depends on what Apple reports and not on when
// it was read, so that a reader who has it gets 304 until something changes.
func atomFeed(v status.Verdict) []byte {
	var entries atom
	updated := v.CheckedAt.UTC().Truncate(24 * time.Hour) // without incidents nothing better is known
	if v.CheckedAt.IsZero() {
		updated = unknownTime
	}
	seen := map[string]bool{}
	for _, i := range v.Incidents {
		// In the verdict's order the first of two with one id is the one that
		// matters more; a feed can hold only one.
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
	feed.WriteString(`<link rel="self" type="application/atom+xml" href="/feed.atom"/>` + "\n")
	feed.source()
	feed.Write(entries.Bytes())
	feed.WriteString("</feed>\n")
	return feed.Bytes()
}

// atom is a part of a feed that is being written.
type atom struct{ bytes.Buffer }

func (a *atom) entry(service, id string, i status.Incident) {
	a.WriteString("<entry>\n")
	a.text("id", id)
	a.text("title", entryTitle(service, i))
	a.text("updated", stamp(updatedAt(i)))
	// What is announced has a start in the future, and readers of feeds hide
	// what is published there.
	if !i.StartedAt.IsZero() && i.State != status.StateUpcoming {
		a.text("published", stamp(i.StartedAt))
	}
	a.source()
	if content := entryContent(service, i); content != "" {
		a.text("content", content)
	}
	a.WriteString("</entry>\n")
}

// source is the link to the page where people can check for themselves.
func (a *atom) source() {
	a.WriteString(`<link rel="alternate" type="text/html" href="` + status.SourceURL + `"/>` + "\n")
}

// text writes an element with a text from anywhere in it. Marks that turn the
// direction of the text around them are dropped; EscapeText replaces what XML
// can't hold.
func (a *atom) text(name, text string) {
	a.WriteString("<" + name + ">")
	_ = xml.EscapeText(a, []byte(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, text))) // a buffer takes everything
	a.WriteString("</" + name + ">\n")
}
