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

// unknownTime stands where Atom wants a time and none is known.
var unknownTime = time.Unix(0, 0).UTC()

// urlNamespace is the namespace of names that are URLs (RFC 4122, appendix C).
var urlNamespace = []byte{0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8}

func feedID(service string) string { return uuid(status.SourceURL + "#" + service) }

// entryID names an incident by Apple's own id, so that its entry stays the
// same through all changes and on every host. An incident without one is
// known by its start.
func entryID(service string, i status.Incident) string {
	id := i.ID
	if id == "" {
		id = stamp(i.StartedAt)
	}
	return uuid(status.SourceURL + "#" + service + "/" + id)
}

// uuid is a version 5 UUID of a URL, as a URN.
func uuid(url string) string {
	sum := sha1.Sum(append(slices.Clone(urlNamespace), url...))
	sum[6] = sum[6]&0x0f | 0x50
	sum[8] = sum[8]&0x3f | 0x80
	h := hex.EncodeToString(sum[:16])
	return "urn:uuid:" + h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

// updatedAt is when an incident changed last: the latest time that is known of
// it, which is that of Apple's post as a rule. What is only planned counts if
// there is nothing else. The time of the reading never does: an incident that
// hasn't changed is an entry that hasn't changed.
func updatedAt(i status.Incident) time.Time {
	at := i.PostedAt
	switch i.State {
	case status.StateResolved, status.StateCompleted:
		at = latest(latest(at, i.StartedAt), i.EndedAt)
	case status.StateUpcoming:
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

// kinds are the types of incidents, as they begin a title.
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
		kind = kinds["Maintenance"] // Apple blanks types, and only maintenance is ever completed
	case !ok:
		kind = i.Type + " with "
	}
	title := kind + service
	if i.State != "" {
		title += ": " + i.State
	}
	return title
}

// entryContent is what Apple says of an incident, and its times.
func entryContent(service string, i status.Incident) string {
	var told []string
	for _, sentence := range []string{i.Message, i.UsersAffected} {
		if sentence = strings.TrimSpace(sentence); sentence != "" {
			told = append(told, closed(sentence))
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
			told = append(told, moment.planned+spoken(moment.at))
		default:
			told = append(told, moment.happened+spoken(moment.at))
		}
	}
	others := slices.DeleteFunc(slices.Clone(i.AffectedServices), func(name string) bool { return name == service || name == "" })
	if len(others) > 0 {
		told = append(told, closed("Also affected: "+strings.Join(others, ", ")))
	}
	return strings.Join(told, " ")
}

// closed is a text with an end that keeps it apart from the next.
func closed(text string) string {
	if last, _ := utf8.DecodeLastRuneInString(text); strings.ContainsRune(".!?…。！？", last) {
		return text
	}
	return text + "."
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// spoken is a time for people anywhere.
func spoken(t time.Time) string { return t.UTC().Format("2 January 2006, 15:04") + " UTC." }
