package apple

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"backupcheck/status"
)

// maxDepth is how deep a feed may be nested; Apple's goes five levels deep.
const maxDepth = 64

// Feed is Apple's data of all services.
type Feed struct {
	services []listed
}

type listed struct {
	name   string
	events gjson.Result
}

// ParseFeed reads a feed. Apple sends bare JSON to people and JSON in a
// callback to developers, and both have come with strays around them, so what
// counts is what stands from the first brace to the last.
//
// A document that isn't JSON, is nested too deeply or has no services is an
// error. A feed of the form that Apple used until about 2013 (a dashboard of
// names) is read as one that lists no service, for its events can't be told
// apart by service.
func ParseFeed(data []byte) (Feed, error) {
	first, last := bytes.IndexByte(data, '{'), bytes.LastIndexByte(data, '}')
	if first < 0 || last < first {
		return Feed{}, fmt.Errorf("the feed holds no JSON object, only %s", excerpt(data))
	}
	data = data[first : last+1]
	if depth(data) > maxDepth {
		return Feed{}, fmt.Errorf("the feed is nested more than %d levels deep", maxDepth)
	}
	if !gjson.ValidBytes(data) {
		return Feed{}, fmt.Errorf("the feed isn't valid JSON: %s", excerpt(data))
	}
	root := gjson.ParseBytes(data)
	services := field(root, "services")
	switch {
	case services.IsArray():
		feed := Feed{make([]listed, 0, 96)} // Apple lists some eighty
		services.ForEach(func(_, service gjson.Result) bool {
			feed.add(service)
			return true
		})
		return feed, nil
	case services.Exists():
		return Feed{}, fmt.Errorf("the feed's services are no list but %s", excerpt([]byte(services.Raw)))
	case field(root, "serviceName").Type == gjson.String: // one service by itself
		var feed Feed
		feed.add(root)
		return feed, nil
	case field(root, "dashboard").IsObject():
		return Feed{}, nil
	}
	return Feed{}, errors.New("the feed has no services")
}

// add adds a service, if it is an object with a name.
func (f *Feed) add(object gjson.Result) {
	if !object.IsObject() {
		return
	}
	var called, events gjson.Result
	object.ForEach(func(key, v gjson.Result) bool {
		switch {
		case key.Str == "serviceName" && !called.Exists():
			called = v
		case key.Str == "events" && !events.Exists():
			events = v
		}
		return !called.Exists() || !events.Exists()
	})
	if called.Type == gjson.String {
		f.services = append(f.services, listed{name(called.Str), events})
	}
}

// Row returns the row of a service, and false if the feed doesn't list it:
// the row then has a gap that says so. Should Apple list a service twice, the
// row holds the events of both.
func (f Feed) Row(service string) (row status.Row, listed bool) {
	row.Name = service
	wanted := name(service)
	for _, s := range f.services {
		if !strings.EqualFold(s.name, wanted) {
			continue
		}
		listed = true
		if !s.events.IsArray() {
			row.Gap = "Apple's list of events for " + service + " can't be read."
			continue
		}
		s.events.ForEach(func(_, event gjson.Result) bool {
			if !event.IsObject() {
				row.Gap = "One of Apple's events for " + service + " can't be read."
				return true
			}
			row.Incidents = append(row.Incidents, incident(event))
			return true
		})
	}
	if !listed {
		row.Gap = "Apple's data doesn't list " + service + "."
	}
	row.Incidents = newestCopies(row.Incidents)
	return row, listed
}

// Names returns the names of the services in Apple's order.
func (f Feed) Names() []string {
	names := make([]string, len(f.services))
	for i, s := range f.services {
		names[i] = s.name
	}
	return names
}

// incident reads one event. No field is required: what is missing, or of a
// type that Apple never used, is left empty, and an empty state makes the
// service's level unknown.
func incident(event gjson.Result) status.Incident {
	var i status.Incident
	var seen [len(reads)]bool // of two members with one name the first one counts
	event.ForEach(func(key, v gjson.Result) bool {
		for n := range reads {
			if reads[n].member == key.Str && !seen[n] {
				seen[n] = true
				reads[n].into(&i, v)
			}
		}
		return true
	})
	return i
}

// reads tells what is read of an event, and how.
var reads = [...]struct {
	member string
	into   func(*status.Incident, gjson.Result)
}{
	{"messageId", func(i *status.Incident, v gjson.Result) { i.ID = scalar(v) }},
	{"statusType", func(i *status.Incident, v gjson.Result) { i.Type = canonical(types, text(v)) }},
	{"eventStatus", func(i *status.Incident, v gjson.Result) { i.State = strings.ToLower(text(v)) }},
	{"message", func(i *status.Incident, v gjson.Result) { i.Message = text(v) }},
	{"usersAffected", func(i *status.Incident, v gjson.Result) { i.UsersAffected = text(v) }},
	{"epochStartDate", func(i *status.Incident, v gjson.Result) { i.StartedAt = fromEpoch(number(v)) }},
	{"epochEndDate", func(i *status.Incident, v gjson.Result) { i.EndedAt = fromEpoch(number(v)) }},
	{"datePosted", func(i *status.Incident, v gjson.Result) { i.PostedAt = postedAt(text(v)) }},
	{"affectedServices", func(i *status.Incident, v gjson.Result) { i.AffectedServices = affected(v) }},
}

// affected reads the names of an incident's services, each once.
func affected(list gjson.Result) (names []string) {
	if !list.IsArray() {
		return nil
	}
	list.ForEach(func(_, service gjson.Result) bool {
		if n := name(text(service)); n != "" && !slices.Contains(names, n) {
			names = append(names, n)
		}
		return true
	})
	return names
}

// types are the words of statusType.
var types = []string{"Issue", "Outage", "Performance", "Maintenance"}

// word returns s as the list writes it, whatever its case.
func canonical(list []string, s string) string {
	for _, w := range list {
		if strings.EqualFold(w, s) {
			return w
		}
	}
	return s
}

// newestCopies drops the older of two copies of one event in a row. Copies
// that can't be told apart by their time of posting all stay, so the worst of
// them counts.
func newestCopies(list []status.Incident) []status.Incident {
	if len(list) < 2 {
		return list
	}
	newest := map[string]time.Time{}
	for _, i := range list {
		if i.PostedAt.After(newest[i.ID]) {
			newest[i.ID] = i.PostedAt
		}
	}
	return slices.DeleteFunc(list, func(i status.Incident) bool {
		return i.ID != "" && !i.PostedAt.IsZero() && i.PostedAt.Before(newest[i.ID])
	})
}

// field returns a member of an object. Unlike gjson.Get it takes the name as
// it stands, and returns nothing for a value that isn't an object.
func field(object gjson.Result, name string) (value gjson.Result) {
	if !object.IsObject() {
		return value
	}
	object.ForEach(func(key, v gjson.Result) bool {
		if key.Str == name {
			value = v
			return false
		}
		return true
	})
	return value
}

func text(v gjson.Result) string {
	if v.Type != gjson.String {
		return ""
	}
	return plainText(v.Str)
}

// scalar takes numbers for text, as they are written.
func scalar(v gjson.Result) string {
	if v.Type == gjson.Number {
		return truncate(v.Raw, 64)
	}
	return truncate(text(v), 64)
}

// number takes numbers in quotes, too.
func number(v gjson.Result) float64 {
	if v.Type == gjson.Number || v.Type == gjson.String {
		return v.Float()
	}
	return 0
}

// depth returns how deep brackets and braces are nested outside of strings.
// It comes before any parser that works by recursion.
func depth(data []byte) int {
	deepest, now := 0, 0
	for i := 0; i < len(data); i++ {
		switch data[i] {
		case '"':
			i = stringEnd(data, i+1)
		case '{', '[':
			now++
			deepest = max(deepest, now)
		case '}', ']':
			now--
		}
	}
	return deepest
}

// stringEnd returns where the string ends that begins at i, right after its
// quotation mark: the place of the closing one, or the end of the data.
func stringEnd(data []byte, i int) int {
	for {
		n := bytes.IndexByte(data[i:], '"')
		if n < 0 {
			return len(data)
		}
		end := i + n
		escapes := 0
		for data[end-1-escapes] == '\\' { // up to the quotation mark before i at most
			escapes++
		}
		if escapes%2 == 0 {
			return end
		}
		i = end + 1
	}
}

// sketch describes data for an error message, harmless and short.
func excerpt(data []byte) string {
	if len(bytes.TrimSpace(data)) == 0 {
		return "an empty document"
	}
	return fmt.Sprintf("%q…", truncate(oneLine(string(data[:min(len(data), 160)])), 60))
}
