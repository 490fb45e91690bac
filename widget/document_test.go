package widget_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"backupcheck/status"
)

func TestDocumentShowsTheVerdict(t *testing.T) {
	for _, s := range states() {
		t.Run(s.name, func(t *testing.T) {
			doc, _ := widgetOf(t, s.verdict)
			if got := textOf(doc.Find("h1")); got != s.title || doc.Find("h1").Length() != 1 {
				t.Errorf("title %q, want %q", got, s.title)
			}
			if got := textOf(doc.Find("title")); got != "iCloud Backup: is it Apple or my iPhone?" {
				t.Errorf("the title of the document is %q", got)
			}
			section := doc.Find("[data-level]")
			if level, _ := section.Attr("data-level"); level != s.level || section.Length() != 1 {
				t.Errorf("data-level %q, want %q", level, s.level)
			}
			if got := doc.Find("ul:not(.symptoms) > li").Length() > 0; got != s.waits {
				t.Errorf("advice to wait: %v", got)
			}
		})
	}
}

// A wrong "no problem" is the worst bug, so no other state may use its wording,
// and only degraded and outage may blame Apple.
func TestEachWordingAppearsOnlyInItsStates(t *testing.T) {
	// The words must appear under the titles in yes, and not under any other.
	tests := []struct {
		words string
		yes   []string
	}{
		{"Apple reports no problem", []string{fineTitle}},
		{"the cause is probably in the iPhone", []string{fineTitle}},
		{"It’s Apple, not your iPhone", []string{appleTitle}},
		{"There is nothing to fix on your iPhone now", []string{appleTitle}},
		{"We couldn’t read Apple’s status", []string{unknownTitle}},
		{"we can’t tell whether it is Apple or your iPhone", []string{unknownTitle}},
		{"Open Apple’s System Status", []string{unknownTitle}},
		{"Source: Apple ·", []string{fineTitle, recoveredTitle, appleTitle, maintenanceTitle}},
		{"The steps, the safest first", []string{fineTitle, recoveredTitle, maintenanceTitle, unknownTitle}},
	}
	for _, s := range states() {
		doc, _ := widgetOf(t, s.verdict)
		doc.Find("script").Remove() // has the words for later
		all := textOf(doc.Selection)
		for _, tt := range tests {
			if got, want := strings.Contains(all, tt.words), slices.Contains(tt.yes, s.title); got != want {
				t.Errorf("%s: %q is shown: %v", s.name, tt.words, got)
			}
		}
	}
}

func TestDocumentShowsTheDetails(t *testing.T) {
	tests := []struct {
		state string
		shows []string // in the first section
		never []string
	}{
		{"operational", []string{"Checked 22 Nov 2026, 06:00", "Times are in UTC."}, []string{"may have changed", "announced"}},
		{"operational and stale", []string{"Checked 22 Nov 2026, 06:00", "We couldn’t read anything newer, so this may have changed."}, nil},
		{"recovered", []string{"until 22 Nov 2026, 05:20. Try Back Up Now first."}, nil},
		{"upcoming maintenance", []string{"announced maintenance of iCloud Backup from 23 Nov 2026, 06:00 to 23 Nov 2026, 08:00."}, nil},
		{"upcoming maintenance, undated", []string{"announced maintenance of iCloud Backup."}, nil},
		{"maintenance", []string{"planned from 22 Nov 2026, 05:30 to 22 Nov 2026, 08:00."}, nil},
		{"maintenance, undated", []string{"This maintenance is planned."}, nil},
		{"degraded", []string{"a problem with iCloud Backup since 22 Nov 2026, 04:50.", "What Apple says", "Backups may fail.",
			"Who is affected: Some users are affected", "Also affected: Photos, iCloud Drive"}, []string{"until"}},
		{"degraded, undated", []string{"a problem with iCloud Backup. Most"}, nil},
		{"degraded, maintenance announced", []string{"since 22 Nov 2026, 04:50.", "announced maintenance of iCloud Backup from"}, nil},
		{"outage", []string{"an outage of iCloud Backup since 22 Nov 2026, 03:00."}, []string{"04:50"}},
		{"outage, undated", []string{"an outage of iCloud Backup. Most"}, nil},
		{"page shows an outage, data none", []string{"Apple’s page and Apple’s data disagree", "an outage of iCloud Backup. Most"}, []string{"What Apple says"}},
		{"page shows a problem, data none", []string{"Apple’s page and Apple’s data disagree"}, nil},
		{"data has an outage, page shows none", []string{"Apple’s page and Apple’s data disagree", "since 22 Nov 2026, 03:00."}, nil},
		{"nothing read", nil, []string{"Checked", "When we last could", "may have changed"}},
		{"too old, was operational", []string{"When we last could, at 22 Nov 2026, 06:00, Apple reported no problem."}, nil},
		{"too old, was maintenance", []string{"When we last could, at 22 Nov 2026, 06:00, Apple was doing maintenance."}, nil},
		{"too old, was degraded", []string{"When we last could, at 22 Nov 2026, 06:00, Apple reported a problem."}, []string{"What Apple says"}},
		{"too old, was an outage", []string{"When we last could, at 22 Nov 2026, 06:00, Apple reported an outage."}, nil},
		// What couldn't be read or understood isn't shown as checked.
		{"row missing", []string{"at 22 Nov 2026, 05:59, Apple reported no problem."}, []string{"Checked"}},
		{"event not understood", nil, []string{"Checked", "When we last could"}},
	}
	for _, tt := range tests {
		t.Run(tt.state, func(t *testing.T) {
			doc, _ := widgetOf(t, find(t, tt.state))
			verdict := textOf(doc.Find("section[data-level]"))
			for _, words := range tt.shows {
				if !strings.Contains(verdict, words) {
					t.Errorf("no %q in %q", words, verdict)
				}
			}
			for _, words := range tt.never {
				if strings.Contains(verdict, words) {
					t.Errorf("%q in %q", words, verdict)
				}
			}
		})
	}
}

func find(t *testing.T, name string) status.Verdict {
	t.Helper()
	for _, s := range states() {
		if s.name == name {
			return s.verdict
		}
	}
	t.Fatalf("no state %q", name)
	return status.Verdict{}
}

func TestDocumentLinksToAppleInANewTab(t *testing.T) {
	for _, s := range states() {
		doc, _ := widgetOf(t, s.verdict)
		source := doc.Find(`section a[href="https://www.apple.com/support/systemstatus/"]`)
		// The document is in an iframe: without a target Apple's page would be
		// opened inside it, which Apple's policy forbids.
		if source.Length() != 1 || source.AttrOr("target", "") != "_blank" || source.AttrOr("rel", "") != "noopener" {
			t.Errorf("%s: %d links to Apple's page, target %q, rel %q", s.name, source.Length(), source.AttrOr("target", ""), source.AttrOr("rel", ""))
		}
		doc.Find("a:not([data-symptom])").Each(func(_ int, a *goquery.Selection) {
			href := a.AttrOr("href", "")
			if href == "/widget/messages" || href == "/widget/messages#all-steps" {
				return // in the same frame, which shows it as well
			}
			if !strings.HasPrefix(href, "https://www.apple.com/") && !strings.HasPrefix(href, "https://support.apple.com/1") || textOf(a) == "" {
				t.Errorf("%s: a link %q to %q", s.name, textOf(a), href)
			}
		})
	}
}

// The script converts times to the reader's zone by their datetime; without
// script the text is in UTC.
func TestTimesAreShownInUTC(t *testing.T) {
	want := map[string]string{
		"2026-11-22T04:50:00Z": "22 Nov 2026, 04:50", "2026-11-22T06:00:00Z": "22 Nov 2026, 06:00",
	}
	v := find(t, "degraded")
	zone := time.FixedZone("PST", -8*3600)
	v.CheckedAt, v.Incidents[0].StartedAt = v.CheckedAt.In(zone), v.Incidents[0].StartedAt.In(zone)
	doc, _ := widgetOf(t, v)
	doc.Find("time").Each(func(_ int, element *goquery.Selection) {
		at := element.AttrOr("datetime", "")
		if want[at] == "" || textOf(element) != want[at] {
			t.Errorf("%q is shown as %q", at, textOf(element))
		}
		// Only the time of the reading is relative; the start of a problem isn't.
		if ago := element.AttrOr("data-form", "") == "ago"; ago != (at == "2026-11-22T06:00:00Z") {
			t.Errorf("%q may be shown as a relative time: %v", at, ago)
		}
		delete(want, at)
	})
	if len(want) > 0 {
		t.Errorf("not shown: %v", want)
	}
}

// The state is shown by icon and text, never by colour alone. The icon is hidden
// from screen readers, since the text says the same.
func TestIconsAreHiddenFromScreenReaders(t *testing.T) {
	drawn := map[string]string{} // by title
	for _, s := range states() {
		doc, _ := widgetOf(t, s.verdict)
		icon := doc.Find("header svg")
		if icon.Length() != 1 || icon.AttrOr("aria-hidden", "") != "true" {
			t.Errorf("%s: %d icons, aria-hidden %q", s.name, icon.Length(), icon.AttrOr("aria-hidden", ""))
		}
		path := icon.Find("path").AttrOr("d", "")
		if drawn[s.title] == "" {
			drawn[s.title] = path
		} else if drawn[s.title] != path {
			t.Errorf("%s: another icon for %q", s.name, s.title)
		}
	}
	if drawn[fineTitle] == drawn[appleTitle] || drawn[fineTitle] == drawn[unknownTitle] || drawn[appleTitle] == drawn[unknownTitle] {
		t.Errorf("fine, Apple's fault and unknown look alike: %v", drawn)
	}
}
