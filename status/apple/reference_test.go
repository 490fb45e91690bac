package apple

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"backupcheck/status"
)

// reference reads a feed with the standard library's parser, which takes the last
// of several members with one name, as browsers do. It returns the states and
// types of iCloud Backup's events, or false if the document can't be understood.
func reference(data []byte) (events []string, understood bool) {
	first, last := bytes.IndexByte(data, '{'), bytes.LastIndexByte(data, '}')
	if first < 0 || last < first || !json.Valid(data[first:last+1]) {
		return nil, false
	}
	var document map[string]any
	if json.Unmarshal(data[first:last+1], &document) != nil {
		return nil, false
	}
	services, isList := document["services"].([]any)
	if _, exists := document["services"]; !exists {
		services, isList = []any{document}, true
	}
	if !isList {
		return nil, false
	}
	for _, s := range services {
		s, _ := s.(map[string]any)
		if n, _ := s["serviceName"].(string); !sameName(n, status.ServiceName) {
			continue
		}
		list, isList := s["events"].([]any)
		if !isList {
			return nil, false
		}
		understood = true
		for _, e := range list {
			e, isObject := e.(map[string]any)
			if !isObject {
				return nil, false
			}
			state, _ := e["eventStatus"].(string)
			kind, _ := e["statusType"].(string)
			events = append(events, plainText(kind)+" "+strings.ToLower(plainText(state)))
		}
	}
	slices.Sort(events)
	return events, understood
}

// compareWithReference checks that a feed is understood as the standard parser
// does, or not at all.
func compareWithReference(t *testing.T, data []byte) {
	t.Helper()
	want, understood := reference(data)
	f, err := ParseFeed(data)
	if err != nil {
		if understood && !bytes.Contains(data, []byte(strings.Repeat("[", maxDepth/2))) {
			t.Errorf("not understood: %v\n%s", err, data)
		}
		return
	}
	r, _ := f.row(status.ServiceName, now)
	if !understood {
		if r.Gap == "" {
			t.Errorf("understood as %+v\n%s", r, data)
		}
		return
	}
	if r.Gap != "" {
		if !strings.Contains(r.Gap, "more than") {
			t.Errorf("not understood: %s\n%s", r.Gap, data)
		}
		return
	}
	// Older copies are dropped; what remains is the standard parser's.
	var got []string
	level := status.Operational
	for _, i := range r.Incidents {
		got = append(got, i.Type+" "+i.State)
		level = status.Worse(level, i.Level())
	}
	slices.Sort(got)
	dated := bytes.Count(data, []byte(`datePosted`)) > 1
	if !dated && !slices.EqualFunc(got, want, strings.EqualFold) {
		t.Errorf("got %q, want %q\n%s", got, want, data)
	}
}

// mutate returns a feed with some changes, such as a faulty or hostile writer
// makes: members doubled, renamed, escaped and of other types, and bytes lost.
func mutate(random *rand.Rand, feed string) string {
	members := []string{
		`"events":[]`, `"events":null`, `"events":[{"eventStatus":"ongoing","statusType":"Outage"}]`, `"eventStatus":"resolved"`, `"eventStatus":"ongoing"`,
		`"eventStatus":7`, `"statusType":"Outage"`, `"serviceName":"iCloud Backup"`, `"serviceName":"Photos"`, `"serviceName":null`,
		`"services":[]`, `"services":{}`, `"\u0065vents":[]`, `"event\u0053tatus":"resolved"`, `"Events":[]`, `"a":{"events":[],"eventStatus":"ongoing"}`, `"":""`,
	}
	values := []string{`1`, `-0`, `01`, `1.`, `1e5`, `.5`, `"\ud800"`, `"\x"`, `"` + "\x01" + `"`, `tru`, `true`, `[1,]`, `{"a":1,}`, `{'a':1}`, `[`, `]`, `}`, `//`, "\ufeff", `NaN`, `"a" "b"`}
	for range 1 + random.IntN(3) {
		at := random.IntN(len(feed) + 1)
		switch random.IntN(6) {
		case 0: // a member at the start of an object
			if n := strings.IndexByte(feed[at:], '{'); n >= 0 {
				feed = feed[:at+n+1] + members[random.IntN(len(members))] + "," + feed[at+n+1:]
			}
		case 1, 2: // a member at the end of an object
			if n := strings.IndexByte(feed[at:], '}'); n >= 0 {
				feed = feed[:at+n] + "," + members[random.IntN(len(members))] + feed[at+n:]
			}
		case 3: // another value
			if n := strings.IndexByte(feed[at:], ':'); n >= 0 {
				feed = feed[:at+n+1] + values[random.IntN(len(values))] + "," + feed[at+n+1:]
			}
		case 4: // bytes lost
			feed = feed[:at] + feed[min(at+1+random.IntN(20), len(feed)):]
		case 5: // a byte flipped
			if at < len(feed) {
				feed = feed[:at] + string(rune(random.IntN(128))) + feed[at+1:]
			}
		}
	}
	return feed
}

func TestFeedIsReadAsTheStandardParserDoes(t *testing.T) {
	bases := []string{
		feed(service("App Store", event("Outage", "ongoing")), service("iCloud Backup", event("Issue", "resolved", "datePosted", "null"))),
		`{"services":[{"serviceName":"iCloud Backup","events":[{"messageId":"1","statusType":"Outage","eventStatus":"ongoing"}]}]}`,
		`{"serviceName":"iCloud Backup","events":[{"messageId":"1","statusType":"Issue","eventStatus":"completed"}]}`,
		feed(service("iCloud Backup")),
	}
	random := rand.New(rand.NewPCG(1, 2))
	understood, ongoing := 0, 0
	const feeds = 20_000
	for n := range feeds {
		data := mutate(random, bases[n%len(bases)])
		compareWithReference(t, []byte(data))
		if events, ok := reference([]byte(data)); ok {
			understood++
			if strings.Contains(fmt.Sprint(events), "ongoing") {
				ongoing++
			}
		}
		if t.Failed() {
			return
		}
	}
	if understood < feeds/5 || understood > feeds*4/5 || ongoing < feeds/50 {
		t.Errorf("%d of %d feeds are understood, %d with ongoing events: the mutations prove little", understood, feeds, ongoing)
	}
}

func FuzzFeedAsTheStandardParser(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, data []byte) { compareWithReference(t, data) })
}

// Too much of anything is cut, and then the level is right or unknown.
func TestFeedsOfFiveMegabytes(t *testing.T) {
	fill := func(s string) string { return strings.Repeat(s+",", MaxBytes/(len(s)+1)-200) + s }
	outage := event("Outage", "ongoing")
	names := ""
	{
		var all []byte
		for n := 0; len(all) < MaxBytes-2000; n++ {
			all = fmt.Appendf(all, "\"n%d\",", n)
		}
		names = string(all[:len(all)-1])
	}
	for name, body := range map[string]string{
		"empty objects as services": feed(service("iCloud Backup", outage), fill(`{}`)),
		"services":                  feed(service("iCloud Backup", outage), fill(`{"serviceName":"x","events":[]}`)),
		"services before":           feed(fill(`{"serviceName":"x","events":[]}`), service("iCloud Backup", outage)),
		"empty objects as events":   feed(service("iCloud Backup", fill(`{}`))),
		"events":                    feed(service("iCloud Backup", outage, fill(event("Issue", "resolved")))),
		"events before":             feed(service("iCloud Backup", fill(event("Issue", "resolved")), outage)),
		"ended events":              feed(service("iCloud Backup", fill(event("Issue", "resolved")))),
		"names":                     feed(service("iCloud Backup", event("Outage", "ongoing", "affectedServices", "["+names+"]"))),
		"message":                   feed(service("iCloud Backup", event("Outage", "ongoing", "message", `"`+strings.Repeat("a <b> ", 850_000)+`"`))),
		"service name":              feed(service(strings.Repeat("&amp;", 900_000)), service("iCloud Backup", outage)),
		"members":                   feed(service("iCloud Backup", `{`+fill(`"eventStatus":"resolved"`)+`,"eventStatus":"ongoing","statusType":"Outage"}`)),
		"brackets":                  feed(service("iCloud Backup", outage), strings.Repeat("[", 1_000_000)+strings.Repeat("]", 1_000_000)),
	} {
		if len(body) > MaxBytes {
			t.Errorf("%s: %d bytes", name, len(body))
		}
		f, err := ParseFeed([]byte(body))
		if err != nil {
			if name != "brackets" {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		report := NewReport(f, status.ServiceName, now)
		if l := report.Service.Level(); l != status.Outage && l != status.Unknown {
			t.Errorf("%s: %v", name, l)
		}
		text, err := json.Marshal(report)
		if err != nil || len(text) > 200_000 {
			t.Errorf("%s: a reading of %d bytes, %v", name, len(text), err)
		}
		if cut := len(report.Truncated) > 0; cut != (name != "members" && name != "service name" && name != "empty objects as services") {
			t.Errorf("%s: cut %q", name, report.Truncated)
		}
	}
}
