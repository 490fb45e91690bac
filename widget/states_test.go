package widget_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"backupcheck/status"
	"backupcheck/status/api"
	"backupcheck/widget"
	"backupcheck/widget/assets"
)

var six = time.Date(2026, 11, 22, 6, 0, 0, 0, time.UTC)

// state is a state that the widget distinguishes.
type state struct {
	name    string
	verdict status.Verdict
	level   string // of data-level
	title   string
	waits   bool // advice to wait is shown instead of the steps
}

const (
	fineTitle        = "Apple reports no problem with iCloud Backup"
	recoveredTitle   = "Apple had a problem, and it is over"
	appleTitle       = "It’s Apple, not your iPhone"
	maintenanceTitle = "Apple is working on iCloud Backup"
	unknownTitle     = "We couldn’t read Apple’s status right now"
)

// states are all states that the document distinguishes. The verdicts are from
// status.Decide, so each of them is possible.
func states() []state {
	issue := status.Incident{ID: "1", Type: "Issue", State: status.StateOngoing, Message: "Backups may fail.", UsersAffected: "Some users are affected",
		StartedAt: six.Add(-70 * time.Minute), AffectedServices: []string{status.ServiceName, "Photos", "iCloud Drive"}}
	outage := status.Incident{ID: "2", Type: "Outage", State: status.StateOngoing, StartedAt: six.Add(-3 * time.Hour)}
	work := status.Incident{ID: "3", Type: "Maintenance", State: status.StateOngoing, StartedAt: six.Add(-30 * time.Minute), EndedAt: six.Add(2 * time.Hour)}
	coming := status.Incident{ID: "4", Type: "Maintenance", State: status.StateUpcoming, StartedAt: six.Add(24 * time.Hour), EndedAt: six.Add(26 * time.Hour)}
	over := status.Incident{ID: "5", Type: "Issue", State: status.StateResolved, StartedAt: six.Add(-130 * time.Minute), EndedAt: six.Add(-40 * time.Minute)}
	undated := func(i status.Incident) status.Incident {
		i.StartedAt, i.EndedAt = time.Time{}, time.Time{}
		return i
	}
	after := func(age time.Duration, incidents ...status.Incident) status.Verdict {
		return status.Decide(reading(incidents...), six.Add(age))
	}
	light := func(level status.Level, incidents ...status.Incident) status.Verdict {
		report := reading(incidents...)
		report.Service.Light = level
		return status.Decide(report, six)
	}
	missing := reading()
	missing.Service.Gap = "Apple's data doesn't list iCloud Backup."
	missing.LastGood = &status.Known{Level: status.Operational, CheckedAt: six.Add(-time.Minute)}
	return []state{
		{"operational", after(0), "operational", fineTitle, false},
		{"operational and stale", after(10 * time.Minute), "operational", fineTitle, false},
		{"recovered", after(0, over), "operational", recoveredTitle, false},
		{"recovered long ago", after(0, status.Incident{State: status.StateResolved, EndedAt: six.Add(-25 * time.Hour)}), "operational", fineTitle, false},
		{"upcoming maintenance", after(0, coming), "operational", fineTitle, false},
		{"upcoming maintenance, undated", after(0, undated(coming)), "operational", fineTitle, false},
		{"maintenance", after(0, work), "maintenance", maintenanceTitle, false},
		{"maintenance, undated", after(0, undated(work)), "maintenance", maintenanceTitle, false},
		{"degraded", after(0, issue, over), "degraded", appleTitle, true},
		{"degraded, undated", after(0, undated(issue)), "degraded", appleTitle, true},
		{"degraded and stale", after(time.Hour, issue), "degraded", appleTitle, true},
		{"degraded, maintenance announced", after(0, issue, coming), "degraded", appleTitle, true},
		{"outage", after(0, issue, outage), "outage", appleTitle, true},
		{"outage, undated", after(0, undated(outage)), "outage", appleTitle, true},
		{"page shows an outage, data none", light(status.Outage), "outage", appleTitle, true},
		{"page shows a problem, data none", light(status.Degraded), "degraded", appleTitle, true},
		{"data has an outage, page shows none", light(status.Operational, outage), "outage", appleTitle, true},
		{"nothing read", status.NewMonitor(status.Options{}).Verdict(), "unknown", unknownTitle, false},
		{"too old, was operational", after(3 * time.Hour), "unknown", unknownTitle, false},
		{"too old, was maintenance", after(3*time.Hour, work), "unknown", unknownTitle, false},
		{"too old, was degraded", after(3*time.Hour, issue), "unknown", unknownTitle, false},
		{"too old, was an outage", after(3*time.Hour, outage), "unknown", unknownTitle, false},
		{"row missing", status.Decide(missing, six), "unknown", unknownTitle, false},
		{"event not understood", after(0, status.Incident{ID: "6", State: "investigating"}), "unknown", unknownTitle, false},
	}
}

// reading is a reading of Apple with all related rows fine.
func reading(incidents ...status.Incident) status.Report {
	report := status.Report{CheckedAt: six, Service: status.Row{Name: status.ServiceName, Incidents: incidents}}
	for _, name := range status.RelatedNames() {
		report.Related = append(report.Related, status.Row{Name: name})
	}
	return report
}

// with is the reading with one related row changed: "unread", or the type of an
// ongoing event.
func with(report status.Report, name, kind string) status.Report {
	for i := range report.Related {
		row := &report.Related[i]
		switch {
		case row.Name != name:
		case kind == "unread":
			row.Gap = "Apple's data doesn't list " + name + "."
		default:
			row.Incidents = []status.Incident{{Type: kind, State: status.StateOngoing}}
		}
	}
	return report
}

// sources is a bundle of the unminified sources, which are larger than the build
// output.
func sources(t testing.TB) widget.Bundle {
	t.Helper()
	read := func(name string) string {
		data, err := assets.FS.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	return widget.Bundle{
		Inline: map[string]string{"widget.css": read("widget.css"), "site.css": read("widget.css") + read("site.css"), "times.js": read("times.js"), "first.js": read("first.js"), "fold.js": read("fold.js")},
		Files:  map[string]string{"widget.js": "/assets/widget-0123456789ab.js", "watch.js": "/assets/watch-0123456789ab.js", "sequence.js": "/assets/sequence-0123456789ab.js", "site.js": "/assets/site-0123456789ab.js"},
	}
}

// get sends a GET request to a site with a fixed verdict.
func get(t *testing.T, v status.Verdict, target string) *httptest.ResponseRecorder {
	t.Helper()
	return send(t, v, httptest.NewRequest("GET", target, nil))
}

func send(t *testing.T, v status.Verdict, r *http.Request) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	newSite(t, func() status.Verdict { return v }).ServeHTTP(w, r)
	return w
}

func newSite(t *testing.T, verdict func() status.Verdict) http.Handler {
	t.Helper()
	now := func() time.Time { return verdict().CheckedAt.Add(time.Minute) }
	return widget.NewSite(api.Source{Verdict: verdict, Now: now}, sources(t))
}

// widgetOf is the widget's document, parsed, and its source.
func widgetOf(t *testing.T, v status.Verdict) (*goquery.Document, string) {
	t.Helper()
	w := get(t, v, "/widget")
	if w.Code != 200 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	return parse(t, w.Body.String()), w.Body.String()
}

// allStepsOf returns the page of all steps.
func allStepsOf(t *testing.T, v status.Verdict) (*goquery.Document, string) {
	t.Helper()
	source := get(t, v, "/widget/messages").Body.String()
	return parse(t, source), source
}

func parse(t *testing.T, source string) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(source))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// textOf is the text of a part of a document, with single spaces.
func textOf(s interface{ Text() string }) string {
	return strings.Join(strings.Fields(s.Text()), " ")
}

func TestStatesHaveUniqueNames(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range states() {
		if seen[s.name] || s.verdict.Level.String() != s.level {
			t.Errorf("%s is not unique, or is %v", s.name, s.verdict.Level)
		}
		seen[s.name] = true
	}
}
