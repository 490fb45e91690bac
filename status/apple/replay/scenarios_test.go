package replay_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"backupcheck/status"
	"backupcheck/status/apple/replay"
)

// feed has Apple's format, parsed independently of how the package writes it.
type feed struct {
	DRPost   *bool
	Services []struct {
		ServiceName string
		RedirectURL *string
		Events      []event
	}
}

type event struct {
	MessageID, StatusType, EventStatus, Message, DatePosted, StartDate string
	UsersAffected, EndDate                                             *string
	EpochStartDate                                                     int64
	EpochEndDate                                                       *int64
	AffectedServices                                                   []string
}

func readFeed(t *testing.T, s *replay.Server) (feed, string) {
	t.Helper()
	_, body := get(t, s, feedPath)
	var f feed
	if err := json.Unmarshal([]byte(body), &f); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	return f, body
}

// events returns a row's events, and whether the feed lists the row.
func (f feed) events(name string) ([]event, bool) {
	for _, s := range f.Services {
		if s.ServiceName == name {
			return s.Events, true
		}
	}
	return nil, false
}

func TestEventsOfEachScenario(t *testing.T) {
	const backup = "iCloud Backup"
	// Each row's events as "type/state start end", counted in minutes.
	for name, want := range map[string]map[string]string{
		"fine":           {},
		"issue":          {backup: "Issue/ongoing -70 null", "Photos": "Issue/ongoing -70 null"},
		"performance":    {backup: "Performance/ongoing -70 null"},
		"outage":         {backup: "Outage/ongoing -70 null", "Photos": "Issue/ongoing -70 null", "iCloud Drive": "Issue/ongoing -70 null"},
		"maintenance":    {backup: "Maintenance/ongoing -30 120"},
		"upcoming":       {backup: "Maintenance/upcoming 1440 1560"},
		"recovered":      {backup: "Issue/resolved -130 -40"},
		"sign-in":        {"iCloud Account & Sign In": "Outage/ongoing -25 null"},
		"storage":        {"iCloud Storage Upgrades": "Issue/ongoing -45 null"},
		"unlisted":       {},
		"page-disagrees": {},
	} {
		t.Run(name, func(t *testing.T) {
			s := replay.New(replay.Options{Now: func() time.Time { return winter }})
			must(t, s.Show(name))
			f, _ := readFeed(t, s)

			got, ids := map[string]string{}, map[string]bool{}
			for _, row := range f.Services {
				if row.Events == nil {
					t.Errorf("%s has no list of events", row.ServiceName)
				}
				for _, e := range row.Events {
					if row.ServiceName == "iCloud Mail" && e.EventStatus == "resolved" {
						continue // the resolved incident of every scenario
					}
					end := "null"
					if e.EpochEndDate != nil {
						end = fmt.Sprint(minutesFrom(winter, *e.EpochEndDate))
					}
					if (e.EpochEndDate == nil) != (e.EndDate == nil) {
						t.Error("one end is null, the other is not")
					}
					got[row.ServiceName] = fmt.Sprintf("%s/%s %d %s", e.StatusType, e.EventStatus, minutesFrom(winter, e.EpochStartDate), end)
					ids[e.MessageID] = true
					if e.Message == "" || e.UsersAffected == nil || e.DatePosted == "" {
						t.Errorf("%s: %+v lacks something", row.ServiceName, e)
					}
					if len(want) > 1 && len(e.AffectedServices) != len(want) {
						t.Errorf("%s affects %q, want all %d rows", row.ServiceName, e.AffectedServices, len(want))
					}
				}
			}
			if !maps.Equal(got, want) {
				t.Errorf("got  %v\nwant %v", got, want)
			}
			if len(ids) > 1 {
				t.Errorf("more than one messageId: %v", ids)
			}
			if _, listed := f.events(backup); listed == (name == "unlisted") {
				t.Errorf("row listed: %v", listed)
			}
		})
	}
	if got := len(stateOf(t, replay.New(replay.Options{})).Scenarios); got != 11 {
		t.Errorf("%d scenarios, but 11 are tested", got)
	}
}

func minutesFrom(now time.Time, epoch int64) int {
	return int(time.UnixMilli(epoch).Sub(now.Truncate(time.Minute)).Minutes())
}

func TestRelatedRowsAreListedOnceInOrder(t *testing.T) {
	f, _ := readFeed(t, replay.New(replay.Options{}))
	var names []string
	for _, s := range f.Services {
		names = append(names, s.ServiceName)
	}
	for _, want := range append(status.RelatedNames(), status.ServiceName) {
		if !slices.Contains(names, want) {
			t.Errorf("no row %q", want)
		}
	}
	if !slices.IsSortedFunc(names, func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) }) {
		t.Errorf("not in order: %q", names)
	}
	slices.Sort(names)
	if n := len(names); len(slices.Compact(names)) != n || n < 18 {
		t.Errorf("%d rows, or one of them twice: %q", n, names)
	}
}

func TestServiceNameIsConfigurable(t *testing.T) {
	for service, others := range map[string]int{"iCloudバックアップ": 1, "Photos": 0} {
		s := replay.New(replay.Options{Service: service})
		must(t, s.Show("issue"))
		f, _ := readFeed(t, s)
		events, _ := f.events(service)
		if len(events) != 1 || len(events[0].AffectedServices) != 2*others {
			t.Errorf("%s: %+v", service, events)
		}
		if _, listed := f.events(status.ServiceName); listed {
			t.Errorf("%s: the default row is listed as well", service)
		}
	}
}

func TestTimesAreFixedUntilAScenarioIsChosenAgain(t *testing.T) {
	c := &clock{now: winter}
	s := replay.New(replay.Options{Now: c.Now})
	must(t, s.Show("issue"))
	_, before := readFeed(t, s)
	c.pass(10 * time.Minute)
	if _, after := readFeed(t, s); after != before {
		t.Error("the feed changed by itself")
	}
	must(t, s.Show("issue"))
	f, _ := readFeed(t, s)
	events, _ := f.events("iCloud Backup")
	if got := minutesFrom(c.Now(), events[0].EpochStartDate); got != -70 {
		t.Errorf("chosen again it started %d minutes ago", -got)
	}
}

func TestDatesAreInPacificTime(t *testing.T) {
	for _, test := range []struct {
		now           time.Time
		start, posted string
	}{
		{winter, "11/21/2026 20:50 PST", "11/21/2026 22:00 PST"},
		{summer, "07/01/2026 11:20 PDT", "07/01/2026 12:30 PDT"},
		{time.Date(2026, 11, 1, 9, 30, 0, 0, time.UTC), "11/01/2026 01:20 PDT", "11/01/2026 01:30 PST"},
	} {
		s := replay.New(replay.Options{Now: func() time.Time { return test.now }})
		must(t, s.Show("issue"))
		f, body := readFeed(t, s)
		events, _ := f.events("iCloud Backup")
		if e := events[0]; e.StartDate != test.start || e.DatePosted != test.posted {
			t.Errorf("start %s, posted %s; want %s, %s", e.StartDate, e.DatePosted, test.start, test.posted)
		}
		if events[0].EpochStartDate%60_000 != 0 {
			t.Error("a start that isn't a full minute")
		}
		if !strings.Contains(body, `Account & Sign In"`) || strings.HasSuffix(body, "\n") {
			t.Error("not formatted as Apple formats it")
		}
	}
}

func TestLastChosenScenarioIsPostedLatest(t *testing.T) {
	c := &clock{now: winter}
	s := replay.New(replay.Options{Now: c.Now})
	last := event{}
	for _, name := range []string{"issue", "outage", "recovered", "performance", "issue"} {
		must(t, s.Show(name))
		f, _ := readFeed(t, s)
		events, _ := f.events("iCloud Backup")
		if last.MessageID != "" && (events[0].MessageID != last.MessageID || events[0].DatePosted <= last.DatePosted) {
			t.Errorf("%s: %s posted %s after %s posted %s", name, events[0].MessageID, events[0].DatePosted, last.MessageID, last.DatePosted)
		}
		last = events[0]
		c.pass(time.Minute)
	}
}

func TestPageDisagreesOnTheServiceOnly(t *testing.T) {
	s := replay.New(replay.Options{Service: "Back & <up>"})
	must(t, s.Show("page-disagrees"))
	_, page := get(t, s, pagePath)
	if strings.Count(page, "light-outage") != 1 || strings.Count(page, `<div class="light-available">`) != 20 {
		t.Errorf("lights are wrong:\n%s", page)
	}
	_, rest, _ := strings.Cut(page, "light-outage")
	if row, _, _ := strings.Cut(rest, "</tr>"); !strings.Contains(row, "Back &amp; &lt;up&gt;") {
		t.Errorf("another row has the outage: %s", row)
	}
	for _, want := range []string{`lang="en-US"`, `<div id="ssp">`, `class="section-lights"`, `class="light-container"`, `class="light-content light-image"`, `light-name"`} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s", want)
		}
	}
}

// Programs don't take an incident as over only because a reading lacks it.
func TestIncidentsOfEarlierScenariosAreOver(t *testing.T) {
	s := replay.New(replay.Options{})
	for _, step := range []struct {
		scenario string
		want     string // events of the service, then of Photos
	}{
		{"outage", "ongoing / ongoing"},
		{"recovered", "resolved / resolved"},
		{"issue", "ongoing / ongoing"},
		{"maintenance", "ongoing resolved / resolved"},
		{"upcoming", "upcoming completed resolved / resolved"},
		{"fine", "completed completed resolved / resolved"},
		{"outage", "ongoing completed completed / ongoing"},
	} {
		if err := s.Show(step.scenario); err != nil {
			t.Fatal(err)
		}
		f, _ := readFeed(t, s)
		states := func(row string) string {
			var states []string
			events, _ := f.events(row)
			for _, event := range events {
				states = append(states, event.EventStatus)
			}
			return strings.Join(states, " ")
		}
		if got := states(status.ServiceName) + " / " + states("Photos"); got != step.want {
			t.Errorf("%s: %s, want %s", step.scenario, got, step.want)
		}
	}
}
