package api

import (
	"crypto/sha1"
	"encoding/hex"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"backupcheck/status"
)

// unknownTime is written where Atom requires a time and none is known.
var unknownTime = time.Unix(0, 0).UTC()

// urlNamespace is the namespace of names that are URLs (RFC 4122, appendix C).
var urlNamespace = []byte{0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8}

func feedID(service string) string { return uuid(status.SourceURL + "#" + service) }

// entryID returns the id of an incident's entry, derived from Apple's own id, so
// that it is the same through all changes and on every host. For an incident
// without an id it is derived from its start.
func entryID(service string, i status.Incident) string {
	id := i.ID
	if id == "" {
		id = stamp(i.StartedAt)
	}
	return uuid(status.SourceURL + "#" + service + "/" + id)
}

// uuid returns the version 5 UUID of a URL, as a URN.
func uuid(url string) string {
	sum := sha1.Sum(append(slices.Clone(urlNamespace), url...))
	sum[6] = sum[6]&0x0f | 0x50
	sum[8] = sum[8]&0x3f | 0x80
	h := hex.EncodeToString(sum[:16])
	return "urn:uuid:" + h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

// updatedAt returns when an incident changed last: the latest of its known
// times, usually that of Apple's post. Planned times count only if there is no
// other. The time of the reading never counts, since it doesn't change the entry.
func updatedAt(i status.Incident) time.Time {
	at := i.PostedAt
	switch {
	case i.Ended():
		at = latest(latest(at, i.StartedAt), i.EndedAt)
	case i.State == status.StateUpcoming:
		if at.IsZero() {
			at = i.StartedAt
		}
	default:
		at = latest(at, i.StartedAt)
	}
	if at.IsZero() {
		return unknownTime
	}
	return at
}

// kinds are the starts of titles, by an incident's type.
var kinds = map[string]string{
	"":            "Problem with ",
	"Issue":       "Issue with ",
	"Outage":      "Outage of ",
	"Performance": "Performance problem of ",
	"Maintenance": "Maintenance of ",
}

func entryTitle(service string, i status.Incident) string {
	kind, ok := kinds[i.Type]
	switch {
	case i.Type == "" && i.State == status.StateCompleted:
		kind = kinds["Maintenance"] // Apple removes types, and only maintenance is completed
	case !ok:
		kind = i.Type + " with "
	}
	title := kind + service
	if i.State != "" {
		title += ": " + i.State
	}
	return title
}

// entryContent returns Apple's text on an incident, and its times.
func entryContent(service string, i status.Incident) string {
	var sentences []string
	for _, text := range []string{i.Message, i.UsersAffected} {
		if text = strings.TrimSpace(text); text != "" {
			sentences = append(sentences, withPeriod(text))
		}
	}
	planned := i.Type == "Maintenance" && i.State != status.StateCompleted
	for _, moment := range []struct {
		at                time.Time
		happened, planned string
	}{
		{i.StartedAt, "Started ", "Planned from "},
		{i.EndedAt, "Ended ", "Planned until "},
	} {
		switch {
		case moment.at.IsZero():
		case planned:
			sentences = append(sentences, moment.planned+readable(moment.at))
		default:
			sentences = append(sentences, moment.happened+readable(moment.at))
		}
	}
	others := slices.DeleteFunc(slices.Clone(i.AffectedServices), func(name string) bool { return name == service || name == "" })
	if len(others) > 0 {
		sentences = append(sentences, withPeriod("Also affected: "+strings.Join(others, ", ")))
	}
	return strings.Join(sentences, " ")
}

// withPeriod adds a period to a text, unless it ends in punctuation.
func withPeriod(text string) string {
	if last, _ := utf8.DecodeLastRuneInString(text); strings.ContainsRune(".!?…。！？", last) {
		return text
	}
	return text + "."
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// readable formats a time for people.
func readable(t time.Time) string { return t.UTC().Format("2 January 2006, 15:04") + " UTC." }
