package apple

import (
	"os"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/tidwall/gjson"

	"backupcheck/status"
	"backupcheck/status/apple/fixtures"
)

// addSeeds adds generated feeds and, if available, recorded ones.
func addSeeds(f *testing.F) {
	for _, body := range []string{
		backup(), backup(event("Outage", "ongoing")), backup(event("Maintenance", "upcoming")), feed(),
		"jsonCallback(" + backup(event("", "resolved")) + ");\n", "\ufeff{}", `{"services":[{"serviceName":"iCloud Backup","events":{}}]}`,
		`{"services":[{"serviceName":"iCloud Backup","serviceName":7,"events":[],"events":[{"eventStatus":"ongoing"}]}]}`,
	} {
		f.Add([]byte(body))
	}
	if _, found := fixtures.Find(f, "apple/feed"); found {
		for _, path := range recordedFeeds(f) {
			if data, err := os.ReadFile(path); err == nil && len(data) < 20_000 {
				f.Add(data)
			}
		}
	}
}

// FuzzFeed checks the most important property: for any feed, iCloud Backup is
// operational only if the feed is JSON that lists a row of
// that name with a readable list of events, none of which is ongoing or not
// understood. The check doesn't use the parser.
func FuzzFeed(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		feed, err := ParseFeed(data)
		if err != nil {
			return
		}
		report := NewReport(feed, status.ServiceName, now)
		v := status.Decide(report, now)
		for _, i := range v.Incidents {
			for _, text := range append([]string{i.ID, i.Type, i.State, i.Message, i.UsersAffected}, i.AffectedServices...) {
				if strings.ContainsFunc(text, unicode.IsControl) || len([]rune(text)) > maxText+1 {
					t.Errorf("unclean text %q", text)
				}
			}
		}
		if v.Level == status.Operational && !listsHealthyRow(string(data)) {
			t.Errorf("operational by %q", data)
		}
	})
}

// listsHealthyRow looks independently for a row that may be operational.
func listsHealthyRow(data string) bool {
	document := gjson.Parse(data[strings.IndexByte(data, '{') : strings.LastIndexByte(data, '}')+1])
	rows := document.Get("services").Array()
	if !document.Get("services").Exists() {
		rows = []gjson.Result{document}
	}
	healthy := false
	for _, row := range rows {
		if !strings.EqualFold(name(row.Get("serviceName").String()), status.ServiceName) {
			continue
		}
		if !row.Get("events").IsArray() {
			return false
		}
		healthy = true
	}
	return healthy
}

func FuzzPage(f *testing.F) {
	for _, html := range []string{
		rendered(row("iCloud Backup", "light-outage")), rendered(row("iCloud Backup", "light-available")),
		`<html lang="en-US"><script src="/support/systemstatus/data/system_status_en_US.js"></script>`,
		`<script>x="https:\/\/www.apple.com/support/systemstatus/data/system_status_de_DE.js"</script>`, "<table><tr><svg><p>",
		`<script src="/support/systemstatus/data/system&lowbar;status_en_US.js"></script>`,
		`<section class=section-lights><div class="light&#45;container"><div class=light-image><div class=light-outage></div></div><i class=light-name>iCloud Backup</i></div></section>`,
	} {
		f.Add([]byte(html))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		page, err := ParsePage(data, pageURL)
		if err != nil {
			return
		}
		// A page that isn't parsed has nothing to find. (No address of Apple's is
		// percent-encoded.)
		if parsed, err := parseHTML(data, pageURL); err == nil && !strings.Contains(string(data), "%") && !reflect.DeepEqual(page, parsed) {
			t.Errorf("%+v, parsed it is %+v", page, parsed)
		}
		if u := page.FeedURL; u != nil && (u.Scheme != "https" || u.Host != "www.apple.com" || !strings.HasPrefix(u.Path, dataPath) || u.User != nil) {
			t.Errorf("feed at %v", u)
		}
		if page.Light(status.ServiceName) != status.Unknown && !strings.Contains(string(data), "light-") {
			t.Error("a light without a class")
		}
	})
}

// FuzzDecide puts hostile values into one event and checks the verdict
// against the rules.
func FuzzDecide(f *testing.F) {
	f.Add("Issue", "ongoing", int64(1788263100000), int64(0), "", int64(0))
	f.Add("Outage", "resolved", int64(1), int64(1788263100000), "light-outage", int64(3600))
	f.Add("Maintenance", "upcoming", int64(-1), int64(1<<62), "light-available", int64(-100))
	f.Add("", "", int64(0), int64(0), "x", int64(10_000))
	f.Fuzz(func(t *testing.T, kind, state string, start, end int64, light string, age int64) {
		incident := status.Incident{ID: "1", Type: kind, State: state, StartedAt: time.UnixMilli(start), EndedAt: time.UnixMilli(end)}
		report := status.Report{CheckedAt: now, Service: status.Row{Name: "iCloud Backup", Incidents: []status.Incident{incident}, Light: lightLevels[light]}}
		at := now.Add(time.Duration(age%1_000_000) * time.Second)
		v := status.Decide(report, at)
		over := state == "resolved" || state == "completed" || state == "upcoming"
		old := at.Sub(now) > status.TooOldAfter
		switch {
		case old && v.Level != status.Unknown:
			t.Errorf("a reading of %v ago gives %v", at.Sub(now), v.Level)
		case v.Level == status.Operational && (!over || report.Service.Light.Down()):
			t.Errorf("state %q with light %q is operational", state, light)
		case v.Level.Down() && over && !report.Service.Light.Down():
			t.Errorf("state %q with light %q is down", state, light)
		case v.Recovered && (v.Level != status.Operational || state != "resolved"):
			t.Errorf("state %q is recovered", state)
		case v.Level == status.Unknown && old && (v.LastKnown == nil) != (report.Service.Level() == status.Unknown):
			t.Errorf("last known %v", v.LastKnown)
		case v.Summary == "":
			t.Error("no summary")
		}
	})
}

// FuzzTimes parses the times of feeds and headers.
func FuzzTimes(f *testing.F) {
	f.Add("08/18/2026 13:01 PDT", 1788263100000.0)
	f.Add("2021/02/04 12:19 JST", -1.0)
	f.Add("Wed, 21 Oct 2099 07:28:00 GMT", 1e300)
	f.Add("99999999999999999999", 32503680000000.0)
	f.Add("-5", 1788263100.0)
	f.Fuzz(func(t *testing.T, text string, epoch float64) {
		for _, at := range []time.Time{postedAt(text), fromEpoch(epoch)} {
			if !at.IsZero() && (at.Year() < 2000 || at.Year() > 2100 || at.Location() != time.UTC) {
				t.Errorf("%q, %v: %v", text, epoch, at)
			}
		}
		// The duration may be anything; status.Monitor limits it.
		if after := retryAfter(text, now); after < 0 && strings.Trim(text, "0123456789") == "" {
			t.Errorf("%q gives %v", text, after)
		}
	})
}
