package apple

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/tidwall/gjson"

	"backupcheck/status"
)

// Limits on what is read of a feed, well above anything that Apple publishes:
// it lists about eighty services with a few events each.
const (
	maxDepth    = 64     // of nested brackets and braces; Apple's feed has five levels
	maxServices = 1000   // with a name
	maxEvents   = 20_000 // of one service; of more than status.MaxRowIncidents the worst are used
	maxAffected = 100    // services of one event
)

// Feed is Apple's data on all services.
type Feed struct {
	services  []feedService
	truncated bool // there are more than maxServices
}

type feedService struct {
	name   string
	events gjson.Result
}

// ParseFeed parses a feed. The public feed is JSON and the developers' feed is
// JSON in a callback, and both have had stray characters around them, so only
// the text from the first brace to the last is parsed.
//
// A document that isn't JSON, is nested too deeply or has no services is an
// error. A feed in the format that Apple used until about 2013 (a dashboard of
// names) results in a Feed without services, since its events don't name them.
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
		feed := Feed{services: make([]feedService, 0, 96)} // Apple lists about eighty
		services.ForEach(func(_, service gjson.Result) bool {
			feed.truncated = len(feed.services) == maxServices
			if !feed.truncated {
				feed.add(service)
			}
			return !feed.truncated
		})
		return feed, nil
	case services.Exists():
		return Feed{}, fmt.Errorf("the feed's services are no list but %s", excerpt([]byte(services.Raw)))
	case field(root, "serviceName").Type == gjson.String: // a single service
		var feed Feed
		feed.add(root)
		return feed, nil
	case field(root, "dashboard").IsObject():
		return Feed{}, nil
	}
	return Feed{}, errors.New("the feed has no services")
}

// add adds a service, if it is an object with a name. Here and below the last of
// several members with one name counts, as in browsers.
func (f *Feed) add(object gjson.Result) {
	if !object.IsObject() {
		return
	}
	var serviceName, events gjson.Result
	object.ForEach(func(key, v gjson.Result) bool {
		switch key.Str {
		case "serviceName":
			serviceName = v
		case "events":
			events = v
		}
		return true
	})
	if serviceName.Type == gjson.String {
		f.services = append(f.services, feedService{name(serviceName.Str), events})
	}
}

// Lists reports whether the feed has the service.
func (f Feed) Lists(service string) bool { return len(f.named(service)) > 0 }

// named returns the services with a name; Apple has each once.
func (f Feed) named(service string) (services []feedService) {
	wanted := name(service)
	for _, s := range f.services {
		if strings.EqualFold(s.name, wanted) {
			services = append(services, s)
		}
	}
	return services
}

// row returns the row of a service at the time of the reading, and what was left
// out. If Apple lists the service twice, the row has the events of both.
func (f Feed) row(service string, at time.Time) (row status.Row, cut []string) {
	row.Name = service
	services := f.named(service)
	switch {
	case len(services) > 0:
	case f.truncated:
		row.Gap = fmt.Sprintf("Apple lists more than %d services.", maxServices)
	default:
		row.Gap = "Apple's data doesn't list " + service + "."
	}
	events := 0
	for _, s := range services {
		if !s.events.IsArray() {
			row.Gap = "Apple's list of events for " + service + " can't be read."
			continue
		}
		s.events.ForEach(func(_, event gjson.Result) bool {
			switch events++; {
			case events > maxEvents:
				return false
			case !event.IsObject():
				row.Gap = "One of Apple's events for " + service + " can't be read."
			default:
				i := incident(event)
				row.Incidents = append(row.Incidents, i.WithPlausibleTimes(at))
				if len(row.Incidents) > 2*status.MaxRowIncidents {
					row = row.Limited()
				}
				if len(i.AffectedServices) == maxAffected {
					cut = append(cut, fmt.Sprintf("names of affected services after the first %d", maxAffected))
				}
				if utf8.RuneCountInString(i.Message) > maxText {
					cut = append(cut, fmt.Sprintf("a message after %d characters", maxText))
				}
			}
			return true
		})
	}
	row.Incidents = newestCopies(row.Incidents)
	row = row.Limited()
	if events > status.MaxRowIncidents {
		row.Gap = fmt.Sprintf("Apple lists more than %d events for %s.", status.MaxRowIncidents, service)
		cut = append(cut, fmt.Sprintf("events of %s: %d are too many", service, events))
	}
	return row, cut
}

// incident parses one event. No member is required: those that are missing or of
// an unexpected type are left empty, and an empty state makes the service's level
// unknown.
func incident(event gjson.Result) status.Incident {
	var last [len(members)]gjson.Result
	event.ForEach(func(key, v gjson.Result) bool {
		for n := range members {
			if members[n].name == key.Str {
				last[n] = v
			}
		}
		return true
	})
	var i status.Incident
	for n, v := range last {
		if v.Exists() {
			members[n].set(&i, v)
		}
	}
	return i
}

// members are the members of an event that are read, with their parsers.
var members = [...]struct {
	name string
	set  func(*status.Incident, gjson.Result)
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

// affected returns the names of an incident's services, each once, and
// maxAffected at most.
func affected(list gjson.Result) (names []string) {
	if !list.IsArray() {
		return nil
	}
	list.ForEach(func(_, service gjson.Result) bool {
		if n := name(text(service)); n != "" && !slices.Contains(names, n) {
			names = append(names, n)
		}
		return len(names) < maxAffected
	})
	return names
}

// types are the known values of statusType.
var types = []string{"Issue", "Outage", "Performance", "Maintenance"}

// canonical returns s as the list spells it, regardless of case, or else s.
func canonical(list []string, s string) string {
	for _, w := range list {
		if strings.EqualFold(w, s) {
			return w
		}
	}
	return s
}

// newestCopies removes the older of two copies of an event. Copies with equal or
// unknown times of posting all remain, so the worst of them counts.
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

// field returns the last member of an object with a name. Unlike gjson.Get it takes a plain name
// and not a path, and returns nothing for a value that isn't an object.
func field(object gjson.Result, name string) (value gjson.Result) {
	if !object.IsObject() {
		return value
	}
	object.ForEach(func(key, v gjson.Result) bool {
		if key.Str == name {
			value = v
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

// scalar returns a string or, as it is written, a number.
func scalar(v gjson.Result) string {
	if v.Type == gjson.Number {
		return truncate(v.Raw, 64)
	}
	return truncate(text(v), 64)
}

// number also accepts numbers in quotes.
func number(v gjson.Result) float64 {
	if v.Type == gjson.Number || v.Type == gjson.String {
		return v.Float()
	}
	return 0
}

// depth returns the nesting of brackets and braces outside of strings. It must
// be checked before any recursive parser runs.
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

// stringEnd returns the index of a string's closing quotation mark, or the
// length of the data. The string begins at i, after its quotation mark.
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

// excerpt returns the start of data for an error message, quoted.
func excerpt(data []byte) string {
	if len(bytes.TrimSpace(data)) == 0 {
		return "an empty document"
	}
	return fmt.Sprintf("%q…", truncate(oneLine(string(data[:min(len(data), 160)])), 60))
}
