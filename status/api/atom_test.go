package api_test

import (
	"encoding/xml"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed/atom"

	"backupcheck/status"
)

// readFeed requests the feed, checks that its XML is well-formed and that it has
// what Atom requires, and parses it with a library.
func readFeed(t *testing.T, v status.Verdict) (*atom.Feed, string) {
	t.Helper()
	res, body := request(t, sourceOf(v), "GET", "/feed.atom", nil)
	if res.StatusCode != 200 {
		t.Fatalf("%d %s", res.StatusCode, body)
	}
	for decoder := xml.NewDecoder(strings.NewReader(body)); ; {
		if _, err := decoder.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatalf("not well-formed: %v\n%s", err, body)
		}
	}
	feed, err := (&atom.Parser{}).Parse(strings.NewReader(body))
	if err != nil {
		t.Fatalf("%v\n%s", err, body)
	}
	seen := map[string]bool{}
	id := func(id string) {
		if !urn.MatchString(id) || seen[id] {
			t.Errorf("id %q is invalid or not unique", id)
		}
		seen[id] = true
	}
	id(feed.ID)
	if feed.Title == "" || feed.UpdatedParsed == nil || len(feed.Authors) != 1 {
		t.Errorf("the feed lacks a title, an update or an author:\n%s", body)
	}
	for _, entry := range feed.Entries {
		id(entry.ID)
		if entry.Title == "" || entry.UpdatedParsed == nil || entry.UpdatedParsed.After(*feed.UpdatedParsed) {
			t.Errorf("an entry lacks a title or an update, or is newer than the feed:\n%s", body)
		}
		if len(entry.Links) != 1 || entry.Links[0].Rel != "alternate" || !strings.HasPrefix(entry.Links[0].Href, status.SourceURL) || seen[entry.Links[0].Href] {
			t.Errorf("links %v", entry.Links[0])
		}
		seen[entry.Links[0].Href] = true // each has its own
	}
	return feed, body
}

// urn is a UUID of version 5.
var urn = regexp.MustCompile(`^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)

// reports is the verdict at six for these incidents of iCloud Backup.
func reports(incidents ...status.Incident) status.Verdict {
	return status.Decide(status.Report{CheckedAt: six, Service: status.Row{Name: status.ServiceName, Incidents: incidents}}, six)
}

func TestFeedHasTheCommonHeadersAndMethods(t *testing.T) {
	checkEndpoint(t, sourceOf(troubled()), "/feed.atom", map[string]string{"Content-Type": "application/atom+xml; charset=utf-8", "Content-Location": "https://status.example/feed.atom"})
}

func TestFeedEntryOfEachIncident(t *testing.T) {
	ago := func(d time.Duration) time.Time { return six.Add(-d) }
	tests := []struct {
		name                               string
		incident                           status.Incident
		title, updated, published, content string
	}{
		{"ongoing issue",
			status.Incident{ID: "1", Type: "Issue", State: "ongoing", Message: "Backups may fail.", UsersAffected: "Some users are affected",
				StartedAt: ago(70 * time.Minute), PostedAt: ago(time.Hour), AffectedServices: []string{"iCloud Backup", "Photos", "iCloud Drive"}},
			"Issue with iCloud Backup: ongoing", "2026-11-22T05:00:00Z", "2026-11-22T04:50:00Z",
			"Backups may fail. Some users are affected. Started 22 November 2026, 04:50 UTC. Also affected: Photos, iCloud Drive."},
		{"ongoing outage", status.Incident{ID: "1", Type: "Outage", State: "ongoing", StartedAt: ago(time.Hour)},
			"Outage of iCloud Backup: ongoing", "2026-11-22T05:00:00Z", "2026-11-22T05:00:00Z", "Started 22 November 2026, 05:00 UTC."},
		{"resolved", status.Incident{ID: "1", Type: "Performance", State: "resolved", Message: "Slow", StartedAt: ago(3 * time.Hour), EndedAt: ago(2 * time.Hour), PostedAt: ago(time.Hour)},
			"Performance problem of iCloud Backup: resolved", "2026-11-22T05:00:00Z", "2026-11-22T03:00:00Z",
			"Slow. Started 22 November 2026, 03:00 UTC. Ended 22 November 2026, 04:00 UTC."},
		{"resolved after its post", status.Incident{ID: "1", Type: "Issue", State: "resolved", StartedAt: ago(3 * time.Hour), EndedAt: ago(time.Hour), PostedAt: ago(2 * time.Hour)},
			"Issue with iCloud Backup: resolved", "2026-11-22T05:00:00Z", "2026-11-22T03:00:00Z",
			"Started 22 November 2026, 03:00 UTC. Ended 22 November 2026, 05:00 UTC."},
		{"resolved, type blanked", status.Incident{ID: "1", State: "resolved", EndedAt: ago(time.Hour)},
			"Problem with iCloud Backup: resolved", "2026-11-22T05:00:00Z", "", "Ended 22 November 2026, 05:00 UTC."},
		{"upcoming maintenance", status.Incident{ID: "1", Type: "Maintenance", State: "upcoming", StartedAt: ago(-24 * time.Hour), EndedAt: ago(-26 * time.Hour), PostedAt: ago(time.Hour)},
			"Maintenance of iCloud Backup: upcoming", "2026-11-22T05:00:00Z", "",
			"Planned from 23 November 2026, 06:00 UTC. Planned until 23 November 2026, 08:00 UTC."},
		{"ongoing maintenance, posted before", status.Incident{ID: "1", Type: "Maintenance", State: "ongoing", StartedAt: ago(time.Hour), EndedAt: ago(-time.Hour), PostedAt: ago(48 * time.Hour)},
			"Maintenance of iCloud Backup: ongoing", "2026-11-22T05:00:00Z", "2026-11-22T05:00:00Z",
			"Planned from 22 November 2026, 05:00 UTC. Planned until 22 November 2026, 07:00 UTC."},
		{"completed maintenance, posted before", status.Incident{ID: "1", Type: "Maintenance", State: "completed", StartedAt: ago(3 * time.Hour), EndedAt: ago(time.Hour), PostedAt: ago(48 * time.Hour)},
			"Maintenance of iCloud Backup: completed", "2026-11-22T05:00:00Z", "2026-11-22T03:00:00Z",
			"Started 22 November 2026, 03:00 UTC. Ended 22 November 2026, 05:00 UTC."},
		{"completed, type blanked", status.Incident{ID: "1", State: "completed", StartedAt: ago(time.Hour)},
			"Maintenance of iCloud Backup: completed", "2026-11-22T05:00:00Z", "2026-11-22T05:00:00Z", "Started 22 November 2026, 05:00 UTC."},
		{"unknown type", status.Incident{ID: "1", Type: "Wobble", State: "ongoing", StartedAt: ago(time.Hour)},
			"Wobble with iCloud Backup: ongoing", "2026-11-22T05:00:00Z", "2026-11-22T05:00:00Z", "Started 22 November 2026, 05:00 UTC."},
		{"unknown state", status.Incident{ID: "1", Type: "Issue", State: "investigating", PostedAt: ago(time.Hour)},
			"Issue with iCloud Backup: investigating", "2026-11-22T05:00:00Z", "", ""},
		{"nothing known", status.Incident{}, "Problem with iCloud Backup", "1970-01-01T00:00:00Z", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			feed, body := readFeed(t, reports(tt.incident))
			if len(feed.Entries) != 1 {
				t.Fatalf("%d entries:\n%s", len(feed.Entries), body)
			}
			entry := feed.Entries[0]
			content := ""
			if entry.Content != nil {
				content = entry.Content.Value
			}
			if entry.Title != tt.title || entry.Updated != tt.updated || entry.Published != tt.published || content != tt.content {
				t.Errorf("title %q, updated %q, published %q, content %q", entry.Title, entry.Updated, entry.Published, content)
			}
			if feed.Updated != tt.updated {
				t.Errorf("the feed is updated %q", feed.Updated)
			}
		})
	}
}

// Feed readers identify an entry by its id, and show it again when its updated
// time has increased.
func TestFeedEntryIDIsStableAcrossUpdates(t *testing.T) {
	at := func(minutes int) time.Time { return six.Add(time.Duration(minutes-600) * time.Minute) }
	steps := []struct {
		what     string
		incident status.Incident
		title    string
	}{
		{"posted", status.Incident{Type: "Issue", State: "ongoing", StartedAt: at(0), PostedAt: at(10)}, "Issue with iCloud Backup: ongoing"},
		{"worse", status.Incident{Type: "Outage", State: "ongoing", StartedAt: at(0), PostedAt: at(30)}, "Outage of iCloud Backup: ongoing"},
		{"start moved", status.Incident{Type: "Outage", State: "ongoing", StartedAt: at(-20), PostedAt: at(40)}, "Outage of iCloud Backup: ongoing"},
		{"over", status.Incident{Type: "Outage", State: "resolved", StartedAt: at(-20), EndedAt: at(50), PostedAt: at(60)}, "Outage of iCloud Backup: resolved"},
		{"reopened", status.Incident{Type: "Issue", State: "ongoing", StartedAt: at(-20), PostedAt: at(90)}, "Issue with iCloud Backup: ongoing"},
		{"over again", status.Incident{Type: "Issue", State: "resolved", StartedAt: at(-20), EndedAt: at(110), PostedAt: at(120)}, "Issue with iCloud Backup: resolved"},
	}
	ids, updates := []string{}, []string{}
	for _, step := range steps {
		step.incident.ID = "2000001166"
		feed, body := readFeed(t, reports(step.incident))
		if len(feed.Entries) != 1 || feed.Entries[0].Title != step.title {
			t.Fatalf("%s:\n%s", step.what, body)
		}
		ids, updates = append(ids, feed.Entries[0].ID), append(updates, feed.Entries[0].Updated)
	}
	if len(slices.Compact(ids)) != 1 {
		t.Errorf("ids %v", ids)
	}
	if !slices.IsSorted(updates) || len(slices.Compact(slices.Clone(updates))) != len(steps) {
		t.Errorf("updates %v", updates)
	}
}

// Ids are stored by feed readers for years, so they must never change.
func TestFeedIDsAreVersion5UUIDs(t *testing.T) {
	// By Python: uuid.uuid5(uuid.NAMESPACE_URL, "https://www.apple.com/support/systemstatus/#iCloud Backup…")
	const feedID, byID, byStart = "urn:uuid:5e16b408-2c2b-5de3-922e-b443048a8d28", "urn:uuid:e8424113-be75-5d7a-92df-860fdda32aac", "urn:uuid:fb2c9cc0-7d20-51d4-a730-112e0de819e6"
	feed, _ := readFeed(t, reports(
		status.Incident{ID: "2000004700", Type: "Issue", State: "ongoing", StartedAt: six},
		status.Incident{Type: "Issue", State: "resolved", StartedAt: six.Add(-48 * time.Hour)},
	))
	if feed.ID != feedID || feed.Entries[0].ID != byID || feed.Entries[1].ID != byStart {
		t.Errorf("%s, %s, %s", feed.ID, feed.Entries[0].ID, feed.Entries[1].ID)
	}
}

func TestFeedHasOneEntryPerIncidentID(t *testing.T) {
	feed, _ := readFeed(t, reports(
		status.Incident{ID: "7", Type: "Issue", State: "resolved", EndedAt: six},
		status.Incident{ID: "7", Type: "Outage", State: "ongoing", StartedAt: six.Add(-time.Hour)},
		status.Incident{ID: "8", Type: "Issue", State: "resolved", EndedAt: six.Add(-time.Hour)},
	))
	if len(feed.Entries) != 2 || feed.Entries[0].Title != "Outage of iCloud Backup: ongoing" {
		t.Errorf("%d entries, %q first", len(feed.Entries), feed.Entries[0].Title)
	}
}

// If its bytes changed, every subscriber would download the feed again.
func TestFeedIsUnchangedWhileAppleReportsNoChange(t *testing.T) {
	report := status.Report{CheckedAt: six, Service: status.Row{Name: status.ServiceName}}
	for name, incidents := range map[string][]status.Incident{
		"no incident": nil,
		"resolved":    {{ID: "7", Type: "Issue", State: "resolved", StartedAt: six.Add(-72 * time.Hour), EndedAt: six.Add(-71 * time.Hour)}},
		"upcoming":    {{ID: "7", Type: "Maintenance", State: "upcoming", StartedAt: six.Add(72 * time.Hour)}},
	} {
		report.Service.Incidents = incidents
		_, before := readFeed(t, status.Decide(report, six))
		later := report
		later.CheckedAt = six.Add(7 * time.Hour)
		if _, after := readFeed(t, status.Decide(later, later.CheckedAt)); after != before {
			t.Errorf("%s: after hours\n%s\nwas\n%s", name, after, before)
		}
	}
}

// A feed reader must not alert because this program couldn't read Apple.
func TestFeedHasNoEntriesWhenUnknown(t *testing.T) {
	verdicts := map[string]struct {
		verdict status.Verdict
		updated string
	}{
		"nothing read": {status.NewMonitor(status.Options{}).Verdict(), "1970-01-01T00:00:00Z"},
		"too old":      {status.Decide(status.Report{CheckedAt: six, Service: status.Row{Name: status.ServiceName}}, six.Add(3*time.Hour)), "2026-11-22T00:00:00Z"},
	}
	for name, tt := range verdicts {
		feed, _ := readFeed(t, tt.verdict)
		if len(feed.Entries) != 0 || feed.Subtitle != tt.verdict.Summary || feed.Updated != tt.updated {
			t.Errorf("%s: %d entries, %q, updated %s", name, len(feed.Entries), feed.Subtitle, feed.Updated)
		}
	}
}

func TestFeedLinksToItselfAndTheSource(t *testing.T) {
	feed, body := readFeed(t, troubled())
	links := map[string]string{}
	for _, link := range feed.Links {
		links[link.Rel] = link.Href
	}
	if len(links) != 2 || links["self"] != "https://status.example/feed.atom" || links["alternate"] != status.SourceURL {
		t.Errorf("links %v", links)
	}
	if strings.Contains(body, "127.0.0.1") {
		t.Error("the feed depends on the host")
	}
	// Without a public URL it has the request's, and no cache may give it to others.
	source := sourceOf(troubled())
	source.PublicURL = ""
	res, body := request(t, source, "GET", "/feed.atom", nil)
	if !regexp.MustCompile(`<link rel="self" type="application/atom\+xml" href="http://127\.0\.0\.1:\d+/feed\.atom"/>`).MatchString(body) ||
		!strings.HasPrefix(res.Header.Get("Cache-Control"), "private, max-age=") || !strings.HasPrefix(res.Header.Get("Vary"), "Host") {
		t.Errorf("%v %s", res.Header, body)
	}
}

func TestFeedEscapesAnyText(t *testing.T) {
	tests := []struct{ text, want string }{
		{`<script>alert("x")</script>.`, `<script>alert("x")</script>.`},
		{`]]> --> <![CDATA[ &lt; &amp; &#0; 'x'.`, `]]> --> <![CDATA[ &lt; &amp; &#0; 'x'.`},
		{`</content></entry><entry><title>fake</title></entry>.`, `</content></entry><entry><title>fake</title></entry>.`},
		{`<!DOCTYPE x [<!ENTITY a "b">]>&a;.`, `<!DOCTYPE x [<!ENTITY a "b">]>&a;.`},
		{"null \x00, bell \x07, escape \x1b, not a character \ufffe.", "null \ufffd, bell \ufffd, escape \ufffd, not a character \ufffd."},
		{"broken \xff\xc0 bytes.", "broken \ufffd\ufffd bytes."},
		{"\u202egnp.exe\u202c \u2066isolated\u2069 \u200fmarks\u061c.", "gnp.exe isolated marks."},
		{"Störung, 障害, сбой, 🛠.", "Störung, 障害, сбой, 🛠."},
	}
	for _, tt := range tests {
		v := troubled()
		v.Service, v.Summary = tt.text, tt.text
		v.Incidents = []status.Incident{{ID: tt.text, Type: tt.text, State: tt.text, Message: tt.text, UsersAffected: tt.text, AffectedServices: []string{tt.text, "x" + tt.text}}}
		feed, body := readFeed(t, v)
		if len(feed.Entries) != 1 || feed.Entries[0].Content == nil {
			t.Fatalf("%q:\n%s", tt.text, body)
		}
		entry := feed.Entries[0]
		want := []string{tt.want + ": Apple's System Status", tt.want, tt.want + " with " + tt.want + ": " + tt.want, tt.want + " " + tt.want + " Also affected: x" + tt.want}
		if got := []string{feed.Title, feed.Subtitle, entry.Title, entry.Content.Value}; !slices.Equal(got, want) {
			t.Errorf("%q comes back as\n%q, want\n%q", tt.text, got, want)
		}
	}
}
