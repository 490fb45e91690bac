package apple

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"backupcheck/status"
)

// The test data of this file is invented, in the format of the recorded feeds.

var now = time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC)

func ms(t time.Time) string { return fmt.Sprint(t.UnixMilli()) }

// event formats an event as Apple does, with some members replaced by name,
// value pairs of raw JSON.
func event(kind, state string, replace ...string) string {
	members := []string{
		"messageId", `"2000001"`,
		"statusType", fmt.Sprintf("%q", kind),
		"eventStatus", fmt.Sprintf("%q", state),
		"message", `"Users may be unable to make backups."`,
		"usersAffected", `"Some users are affected"`,
		"datePosted", `"09/01/2026 04:00 PDT"`,
		"startDate", `"09/01/2026 03:30 PDT"`,
		"endDate", `null`,
		"epochStartDate", ms(now.Add(-90 * time.Minute)),
		"epochEndDate", `null`,
		"affectedServices", `null`,
	}
	for i := 0; i < len(replace); i += 2 {
		found := false
		for j := 0; j < len(members); j += 2 {
			if members[j] == replace[i] {
				members[j+1], found = replace[i+1], true
			}
		}
		if !found {
			members = append(members, replace[i], replace[i+1])
		}
	}
	var b strings.Builder
	for j := 0; j < len(members); j += 2 {
		fmt.Fprintf(&b, ",%q:%s", members[j], members[j+1])
	}
	return "{" + b.String()[1:] + "}"
}

func service(name string, events ...string) string {
	return fmt.Sprintf(`{"serviceName":%q,"redirectUrl":null,"events":[%s]}`, name, strings.Join(events, ","))
}

func feed(services ...string) string {
	return `{"drpost":false,"drMessage":null,"services":[` + strings.Join(services, ",") + `]}`
}

// backup is a feed in which iCloud Backup has these events.
func backup(events ...string) string {
	return feed(service("App Store"), service("iCloud Backup", events...), service("Photos"))
}

func verdict(t *testing.T, body string) status.Verdict {
	t.Helper()
	return verdictFor(t, body, status.ServiceName, now)
}

func verdictFor(t *testing.T, body, name string, at time.Time) status.Verdict {
	t.Helper()
	f, err := ParseFeed([]byte(body))
	if err != nil {
		t.Fatalf("ParseFeed: %v", err)
	}
	return status.Decide(NewReport(f, name, at), at)
}

func TestLevelRules(t *testing.T) {
	ended := []string{"epochEndDate", ms(now.Add(-2 * time.Hour))}
	longAgo := []string{"epochStartDate", ms(now.Add(-57 * 24 * time.Hour)), "epochEndDate", ms(now.Add(-56 * 24 * time.Hour))}
	planned := []string{"epochEndDate", ms(now.Add(time.Hour))}
	for _, test := range []struct {
		rule string
		body string
		want status.Level
	}{
		{"1: no events is healthy", backup(), status.Operational},
		{"1: resolved events that are still listed are no outage", backup(event("Outage", "resolved", longAgo...)), status.Operational},
		{"1: upcoming maintenance is listed ahead", backup(event("Maintenance", "upcoming", "epochStartDate", ms(now.Add(time.Hour)))), status.Operational},
		{"1: completed maintenance is over", backup(event("Maintenance", "completed", ended...)), status.Operational},
		{"1: one ongoing event among old ones counts", backup(event("Issue", "resolved", longAgo...), event("Issue", "ongoing", "messageId", `"2"`)), status.Degraded},
		{"2: another service's event does not count", feed(service("iCloud Backup"), service("Photos", event("Outage", "ongoing"))), status.Operational},
		{"2: severity is that of the service's own event", feed(service("iCloud Backup", event("Issue", "ongoing")), service("Photos", event("Outage", "ongoing"))), status.Degraded},
		{"3: an Issue is down", backup(event("Issue", "ongoing")), status.Degraded},
		{"3: Performance is down", backup(event("Performance", "ongoing")), status.Degraded},
		{"3: an Outage is an outage", backup(event("Outage", "ongoing")), status.Outage},
		{"3: the worst ongoing event wins", backup(event("Maintenance", "ongoing"), event("Outage", "ongoing", "messageId", `"2"`), event("Issue", "ongoing", "messageId", `"3"`)), status.Outage},
		{"4: maintenance under way has a planned end", backup(event("Maintenance", "ongoing", planned...)), status.Maintenance},
		{"4: the state decides even after the planned end", backup(event("Maintenance", "ongoing", ended...)), status.Maintenance},
		{"4: an ongoing problem with an end is still ongoing", backup(event("Issue", "ongoing", ended...)), status.Degraded},
		{"6: an event reopened under its id is ongoing", backup(event("Issue", "ongoing", "datePosted", `"09/01/2026 04:50 PDT"`)), status.Degraded},
		{"7: of two copies in one row the one posted later counts", backup(event("Issue", "ongoing", "datePosted", `"09/01/2026 04:01 PDT"`), event("Issue", "resolved", "datePosted", `"09/01/2026 04:29 PDT"`)), status.Operational},
		{"7: copies posted at the same time both count", backup(event("Issue", "ongoing"), event("Issue", "resolved")), status.Degraded},
		{"9: an unknown type that is ongoing is at least an Issue", backup(event("Meltdown", "ongoing")), status.Degraded},
		{"9: an empty type that is ongoing is at least an Issue", backup(event("", "ongoing")), status.Degraded},
		{"9: an unknown type that is over has no effect", backup(event("Meltdown", "resolved", ended...)), status.Operational},
		{"9: an unknown state is not understood", backup(event("Issue", "investigating")), status.Unknown},
		{"9: an unknown state does not hide a known problem", backup(event("Issue", "investigating"), event("Outage", "ongoing", "messageId", `"2"`)), status.Outage},
		{"9: an unknown state elsewhere does not matter", feed(service("iCloud Backup"), service("Photos", event("Issue", "investigating"))), status.Operational},
		{"10: a missing row is unknown", feed(service("App Store")), status.Unknown},
		{"10: a renamed row is unknown", feed(service("iCloud Backups")), status.Unknown},
		{"10: an empty list of services is unknown", feed(), status.Unknown},
		{"shape: names with spaces at the end", feed(service("iCloud Backup ")), status.Operational},
		{"shape: events that are no list", `{"services":[{"serviceName":"iCloud Backup","events":"none"}]}`, status.Unknown},
		{"shape: events that are missing", `{"services":[{"serviceName":"iCloud Backup"}]}`, status.Unknown},
		{"shape: events that are null", `{"services":[{"serviceName":"iCloud Backup","events":null}]}`, status.Unknown},
		{"shape: an event that is no object", `{"services":[{"serviceName":"iCloud Backup","events":[7]}]}`, status.Unknown},
		{"shape: a row that is listed twice counts twice", feed(service("iCloud Backup"), service("iCloud Backup", event("Outage", "ongoing"))), status.Outage},
		{"shape: services that are no objects are skipped", `{"services":[1,"x",null,[],{"serviceName":"iCloud Backup","events":[]}]}`, status.Operational},
		{"shape: the words' case does not matter", backup(event("OUTAGE", "Ongoing")), status.Outage},
	} {
		t.Run("rule "+test.rule, func(t *testing.T) {
			if got := verdict(t, test.body); got.Level != test.want {
				t.Errorf("level %v, want %v (%s)", got.Level, test.want, got.Summary)
			}
		})
	}
}

func TestRule5EpochsCountNotDateStrings(t *testing.T) {
	v := verdict(t, backup(event("Issue", "resolved",
		"endDate", `null`, "epochEndDate", ms(now.Add(-40*time.Minute)),
		"startDate", `"01/01/2020 00:00 PST"`)))
	if !v.Recovered {
		t.Error("an end that only the epoch has isn't read")
	}
	if got := v.Incidents[0].StartedAt; !got.Equal(now.Add(-90 * time.Minute)) {
		t.Errorf("started at %v, want the epoch's time", got)
	}
	for raw, want := range map[string]time.Time{
		"1788263100000":   time.UnixMilli(1788263100000),
		"1788263100":      time.Unix(1788263100, 0), // seconds by mistake
		`"1788263100000"`: time.UnixMilli(1788263100000),
		"-1":              {},
		"32503680000000":  {}, // the year 3000
		"1e999":           {},
		"true":            {},
		"[]":              {},
	} {
		f, err := ParseFeed([]byte(backup(event("Issue", "ongoing", "epochStartDate", raw))))
		if err != nil {
			t.Errorf("epoch %s: %v", raw, err)
			continue
		}
		row, _ := f.row("iCloud Backup", now)
		if got := row.Incidents[0].StartedAt; !got.Equal(want) {
			t.Errorf("epoch %s is %v, want %v", raw, got, want)
		}
		if row.Level() != status.Degraded {
			t.Errorf("epoch %s changes the level to %v", raw, row.Level())
		}
	}
}

func TestRule5DateStringsOfEveryLocale(t *testing.T) {
	for s, want := range map[string]string{
		"08/18/2026 13:01 PDT": "2026-08-18T20:01:00Z",
		"12/18/2012 18:37 PST": "2012-12-19T02:37:00Z",
		"2021/02/04 12:19 JST": "2021-02-04T03:19:00Z",
		"21.03.2022 18:45 GMT": "2022-03-21T18:45:00Z",
		"2022/12/08 20:10 UTC": "2022-12-08T20:10:00Z",
		"08/18/2026 13:01 XYZ": "",
		"08/18/2026":           "",
		"yesterday":            "",
		"":                     "",
	} {
		got := ""
		if at := postedAt(s); !at.IsZero() {
			got = at.Format(time.RFC3339)
		}
		if got != want {
			t.Errorf("postedAt(%q) = %q, want %q", s, got, want)
		}
	}
}

func TestRule8AffectedServicesMayHoldAnything(t *testing.T) {
	f, err := ParseFeed([]byte(backup(event("Issue", "ongoing",
		"affectedServices", `[null,"iCloud Backup","iCloud Backup",7,"Bookmarks &amp; Tabs "," ",{}]`))))
	if err != nil {
		t.Fatal(err)
	}
	row, _ := f.row("iCloud Backup", now)
	if got, want := strings.Join(row.Incidents[0].AffectedServices, "|"), "iCloud Backup|Bookmarks & Tabs"; got != want {
		t.Errorf("affected services %q, want %q", got, want)
	}
}

func TestRule10LocalisedNames(t *testing.T) {
	for _, name := range []string{"iCloudバックアップ", "Резервное копирование в iCloud"} {
		if v := verdictFor(t, feed(service(name)), name, now); v.Level != status.Operational || v.Service != name {
			t.Errorf("%s: %v of %s", name, v.Level, v.Service)
		}
	}
	escaped := feed(service("iCloud Account &amp;amp; Sign In", event("Issue", "ongoing")), service("iCloud Backup"))
	if v := verdict(t, escaped); v.Related[0].Level != status.Degraded {
		t.Errorf("an escaped ampersand hides the sign-in row: %v", v.Related[0])
	}
}

func TestRule11IncidentFirstSeenResolvedIsReported(t *testing.T) {
	v := verdict(t, backup(event("Issue", "resolved", "epochEndDate", ms(now.Add(-time.Hour)))))
	if v.Level != status.Operational || !v.Recovered || len(v.Incidents) != 1 {
		t.Errorf("%v recovered=%v incidents=%d", v.Level, v.Recovered, len(v.Incidents))
	}
	if strings.Contains(v.Summary, "fine") || !strings.HasPrefix(v.Summary, "Apple reports") {
		t.Errorf("summary claims more than Apple does: %q", v.Summary)
	}
}

func TestRule14MessagesBecomePlainText(t *testing.T) {
	for raw, want := range map[string]string{
		`"Some <b>users</b> &amp; devices"`:                 "Some users & devices",
		`"<script>alert(1)</script>Slow<style>p{}</style>"`: "Slow",
		`"<img src=x onerror=alert(1)>Gone"`:                "Gone",
		`"One\ntwo\u0000\u001b[31m three\u00a0four"`:        "One two[31m three four",
		`"abc\u202eevil\u2066x"`:                            "abcevilx",
		`"a < b and c > d"`:                                 "a < b and c > d",
		`"&lt;script&gt;"`:                                  "<script>",
		`7`:                                                 "",
		`null`:                                              "",
		`{"a":1}`:                                           "",
		`"` + strings.Repeat("é", 5000) + `"`:               strings.Repeat("é", maxText) + "…",
		`"` + strings.Repeat("<i>", 2000) + `x` + `"`:       "x",
		`"このサービスを利用できなかった可能性があります。"`: "このサービスを利用できなかった可能性があります。",
	} {
		f, err := ParseFeed([]byte(backup(event("Issue", "ongoing", "message", raw))))
		if err != nil {
			t.Errorf("message %.40s: %v", raw, err)
			continue
		}
		row, _ := f.row("iCloud Backup", now)
		if got := row.Incidents[0].Message; got != want {
			t.Errorf("message %.40s becomes %.60q, want %.60q", raw, got, want)
		}
	}
}

func TestFeedMayBeWrappedOrPadded(t *testing.T) {
	valid := backup(event("Outage", "ongoing"))
	webApps := feed(service("iCloud Web Apps (iCloud.com)"), service("iCloud Backup", event("Outage", "ongoing", "message", `"brackets }) ( in [ text"`)))
	for what, body := range map[string]string{
		"bare":                       valid,
		"in a callback":              "jsonCallback(" + valid + ");",
		"callback, newline after it": "jsonCallback(" + valid + ");\n",
		"byte-order mark":            "\ufeff" + valid,
		"brackets in names":          "jsonCallback(" + webApps + ");",
		"white space around":         "\r\n\t " + valid + "\n\n",
	} {
		if v := verdict(t, body); v.Level != status.Outage {
			t.Errorf("%s: %v", what, v.Level)
		}
	}
}

func TestFeedsThatCannotBeRead(t *testing.T) {
	valid := backup()
	for what, body := range map[string]string{
		"empty":                 "",
		"white space":           " \n",
		"text":                  "Service Unavailable",
		"HTML":                  "<!doctype html><title>Error</title>",
		"HTML with a script":    "<html><script>if(a){b()}</script></html>",
		"truncated":             valid[:len(valid)/2],
		"no services":           `{"drpost":false}`,
		"services is a string":  `{"services":"none"}`,
		"services is an object": `{"services":{"iCloud Backup":[]}}`,
		"services is null":      `{"services":null}`,
		"a list":                `[1,2,3]`,
		"braces the wrong way":  `}{`,
		"nested deeply":         `{"services":` + strings.Repeat("[", 1_000_000) + strings.Repeat("]", 1_000_000) + `}`,
		"nested, not closed":    strings.Repeat(`{"a":`, 200_000) + "}",
	} {
		if _, err := ParseFeed([]byte(body)); err == nil {
			t.Errorf("%s: no error", what)
		} else if len(err.Error()) > 200 || strings.ContainsAny(err.Error(), "\n\x1b") {
			t.Errorf("%s: the error is no clear sentence: %q", what, err)
		}
	}
}

func TestFormatOf2012IsUnknown(t *testing.T) {
	body := `{"dashboard":{"iCloud":{"Backup":[]}},"detailedTimeline":[]}`
	if v := verdict(t, body); v.Level != status.Unknown {
		t.Errorf("level %v from an unsupported format", v.Level)
	}
}

func TestFeedOfASingleService(t *testing.T) {
	v := verdictFor(t, service("TestFlight", event("Performance", "ongoing")), "TestFlight", now)
	if v.Level != status.Degraded {
		t.Errorf("level %v", v.Level)
	}
}

func TestTenThousandEvents(t *testing.T) {
	events := make([]string, 10_000)
	for i := range events {
		events[i] = event("Issue", "resolved", "messageId", fmt.Sprintf(`"%d"`, i), "epochEndDate", ms(now.Add(-time.Hour)))
	}
	events[7777] = event("Outage", "ongoing", "messageId", `"last"`)
	v := verdict(t, backup(events...))
	if v.Level != status.Outage || len(v.Incidents) != status.MaxIncidents || v.Incidents[0].ID != "last" {
		t.Errorf("%v, %d incidents, first %q", v.Level, len(v.Incidents), v.Incidents[0].ID)
	}
}
