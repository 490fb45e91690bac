package history_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"backupcheck/status"
	"backupcheck/status/apple"
	"backupcheck/status/apple/fixtures"
	"backupcheck/status/history"
)

// inJapanese is the name of iCloud Backup's row in the recorded feeds.
const inJapanese = "iCloudバックアップ"

// recordings returns the content of a recorded file.
func recordings(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(fixtures.Dir(t, "apple/"+path))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func report(t *testing.T, feed []byte, at time.Time) status.Report {
	t.Helper()
	f, err := apple.ParseFeed(feed)
	if err != nil {
		t.Fatal(err)
	}
	return apple.NewReport(f, inJapanese, at)
}

// fourYears are the 107 states that iCloud Backup's row had from May 2019 to
// December 2023, with the times of their readings.
func fourYears(t *testing.T) (states []struct {
	Fetched time.Time
	Service json.RawMessage
}) {
	t.Helper()
	if err := json.Unmarshal(recordings(t, "derived/icloud-backup-service-states-ja_JP.json"), &states); err != nil {
		t.Fatal(err)
	}
	if len(states) < 100 {
		t.Fatalf("only %d states", len(states))
	}
	return states
}

// expectedIncidents returns for each incident of four years its start and end, by
// the copy that was posted last, and the worst of its types. It is computed from
// the recorded JSON, without the project's code.
func expectedIncidents(t *testing.T) []string {
	t.Helper()
	type fact struct {
		posted     string // all in one zone, the year first: the order of texts is that of times
		start, end int64  // ms
		worst      int
	}
	found := map[string]fact{}
	for _, state := range fourYears(t) {
		var service struct {
			Events []struct {
				MessageID, StatusType, EventStatus, DatePosted string
				EpochStartDate, EpochEndDate                   int64
			}
		}
		if err := json.Unmarshal(state.Service, &service); err != nil {
			t.Fatal(err)
		}
		for _, e := range service.Events {
			f := found[e.MessageID]
			f.worst = max(f.worst, map[string]int{"": 0, "Performance": 1, "Issue": 1, "Outage": 2}[e.StatusType])
			if e.DatePosted > f.posted {
				f.posted, f.start, f.end = e.DatePosted, e.EpochStartDate, e.EpochEndDate
			}
			found[e.MessageID] = f
		}
	}
	var lines []string
	for id, f := range found {
		lines = append(lines, fmt.Sprintf("%s %s to %s %s", id, time.UnixMilli(f.start).UTC().Format(time.RFC3339),
			time.UnixMilli(f.end).UTC().Format(time.RFC3339), []string{"", "degraded", "outage"}[f.worst]))
	}
	slices.Sort(lines)
	return lines
}

func TestRecordingsOfFourYears(t *testing.T) {
	b := history.NewStore(open(t, ":memory:"))
	found := map[string]string{} // each incident as it was last returned
	differing := 0
	for _, state := range fourYears(t) {
		// Twice, as if it were imported twice.
		for range 2 {
			record(t, b, report(t, []byte(`{"services":[`+string(state.Service)+`]}`), state.Fetched))
		}
		h, err := b.Read(t.Context(), inJapanese, history.MaxDays, state.Fetched)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range h.Incidents {
			found[i.ID] = fmt.Sprintf("%s %s to %s %v", i.ID, i.StartedAt.Format(time.RFC3339), i.EndedAt.Format(time.RFC3339), i.Worst)
			if i.EndedAt.IsZero() != (i.State == "ongoing") {
				t.Errorf("%s is %s and ended at %v", i.ID, i.State, i.EndedAt)
			}
		}
		if level := h.Changes[len(h.Changes)-1].Level; level.String() != levelBy(t, state.Service) {
			differing++
		}
	}
	want := expectedIncidents(t)
	same(t, "incidents", slices.Sorted(maps.Values(found)), want)
	// The three older copies of the pair that flaps on 20 October 2019, and two
	// readings that lack an incident less than 15 minutes after it was listed.
	if differing != 5 {
		t.Errorf("%d readings in which the level differs from the row, want 5", differing)
	}
}

// levelBy is the level of a row, computed from its JSON without the project's
// code.
func levelBy(t *testing.T, service []byte) string {
	t.Helper()
	var row struct {
		Events []struct{ StatusType, EventStatus string }
	}
	if err := json.Unmarshal(service, &row); err != nil {
		t.Fatal(err)
	}
	level := "operational"
	for _, e := range row.Events {
		switch {
		case e.EventStatus != "ongoing" || level == "outage":
		case e.StatusType == "Outage":
			level = "outage"
		default:
			level = "degraded"
		}
	}
	return level
}

// The incident that disappeared from the feed and returned three times within
// two hours was ongoing all the time.
func TestRecordedIncidentThatDisappearedAndReturned(t *testing.T) {
	b := history.NewStore(open(t, ":memory:"))
	for _, state := range fourYears(t) {
		if state.Fetched.Year() != 2021 || state.Fetched.UTC().Month() != time.July {
			continue
		}
		record(t, b, report(t, []byte(`{"services":[`+string(state.Service)+`]}`), state.Fetched))
	}
	h, err := b.Read(t.Context(), inJapanese, 5, time.Date(2021, 7, 25, 9, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	if len(h.Incidents) != 1 || h.Incidents[0].ID != "2000000769" || !h.Incidents[0].LastSeenAt.IsZero() {
		t.Fatalf("incidents %+v", h.Incidents)
	}
	if got := h.Days()[1].Minutes[status.Degraded]; got != 223 {
		t.Errorf("degraded for %d minutes, want 223: 13:33 to 17:16", got)
	}
}

func TestRecordedFlap(t *testing.T) {
	var newer, older []byte
	err := fs.WalkDir(os.DirFS(fixtures.Dir(t, "apple")), "feed/ja_JP", func(path string, _ fs.DirEntry, err error) error {
		switch {
		case strings.Contains(path, "flap-newer"):
			newer = recordings(t, path)
		case strings.Contains(path, "flap-older"):
			older = recordings(t, path)
		}
		return err
	})
	if newer == nil || older == nil {
		recordings(t, fmt.Sprintf("feed/ja_JP, with the pair that flaps (%v)", err))
	}
	at := time.Date(2019, 10, 19, 22, 30, 20, 0, time.UTC)
	db := open(t, ":memory:")
	b := history.NewStore(db)
	record(t, b, report(t, newer, at))
	before := dump(t, db)
	record(t, b, report(t, older, at.Add(12*time.Second)))
	ignoreWatched := func(s string) string { s, _, _ = strings.Cut(s, "watched"); return s }
	expect(t, "after the older copy", ignoreWatched(dump(t, db)), ignoreWatched(before))
	h, err := b.Read(t.Context(), inJapanese, 2, at)
	if err != nil || len(h.Changes) != 1 || h.Changes[0].Level != status.Operational || h.Incidents[0].State != "resolved" || h.Incidents[0].ID != "2000411" {
		t.Errorf("%+v, %v", h, err)
	}
}
