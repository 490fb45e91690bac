package history_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"backupcheck/status"
	"backupcheck/status/history"
)

// All texts and times of Apple's are preserved.
func TestIncidentsRoundTripThroughTheStore(t *testing.T) {
	first := status.Incident{
		ID: `2000004700'; DROP TABLE incident; --`, Type: "Iss\"ue", State: "ongoing",
		Message: "<script>&\u2028 \\ ' 停電 🍎 {\"a\": [1]}", UsersAffected: "Some users are affected",
		StartedAt: clock("10:00:07"), EndedAt: clock("14:00"), PostedAt: clock("11:00"),
		AffectedServices: []string{"iCloud Backup", "写真, \"Photos\""},
	}
	second := incident("2", "Issue", "resolved", "11:00", "11:30", "")
	second.StartedAt = second.StartedAt.Add(300 * time.Millisecond)
	b := history.NewStore(open(t, ":memory:"))
	r := reading("12:00", first, second)
	r.CheckedAt = r.CheckedAt.Add(700 * time.Millisecond).In(time.FixedZone("", 3600))
	r.Related = append(r.Related, r.Service, status.Row{Name: "Photos", Incidents: []status.Incident{incident("3", "Issue", "ongoing", "11:00", "", "")}})
	record(t, b, r)

	second.StartedAt = clock("11:00")
	want := []history.Incident{
		{Incident: second, Worst: status.Degraded, FirstSeenAt: clock("12:00")},
		{Incident: first, Worst: status.Degraded, FirstSeenAt: clock("12:00")},
	}
	if h := read(t, b, 1, clock("12:00:30")); !reflect.DeepEqual(h.Incidents, want) {
		t.Errorf("incidents\n%+v\nwant\n%+v", h.Incidents, want)
	}
	photos, err := b.Read(t.Context(), "Photos", 1, clock("12:01"))
	if err != nil || len(photos.Incidents) != 0 || photos.Changes[0].Level != status.Operational {
		t.Errorf("a second row of a service counts: %+v, %v", photos, err)
	}
}

func TestEachServiceHasItsOwnHistory(t *testing.T) {
	b := history.NewStore(open(t, ":memory:"))
	r := reading("12:00", incident("1", "Issue", "ongoing", "11:00", "", "11:30"))
	r.Related = []status.Row{{Name: "Photos", Incidents: []status.Incident{incident("1", "Outage", "resolved", "11:00", "11:50", "11:55")}}}
	record(t, b, r)
	r.CheckedAt = clock("12:01")
	r.Related = append(r.Related, status.Row{Name: "Find My"})
	record(t, b, r)
	for service, want := range map[string]string{
		"iCloud Backup": "[1 degraded 60] [12:00 degraded/operational]",
		"Photos":        "[1 operational 1 outage 50] [12:00 operational/operational]",
		"Find My":       "[1] [12:01 operational/operational]", // not watched before
		"Siri":          "[1] []",
	} {
		h, err := b.Read(t.Context(), service, 1, clock("12:01"))
		if err != nil {
			t.Fatal(err)
		}
		got := minutes(h.Days())
		got[0], _, _ = strings.Cut(got[0], " not watched")
		if service == "iCloud Backup" {
			got[0] = strings.Replace(got[0], "61", "60", 1) // 12:00 to 12:01 is the incident's, too
		}
		if line := fmt.Sprint(got, levels(h.Changes)); line != want {
			t.Errorf("%s: %s, want %s", service, line, want)
		}
	}
}

func TestEmptyReportIsNotStored(t *testing.T) {
	db := open(t, ":memory:")
	record(t, history.NewStore(db), status.Unread("iCloud Backup"))
	if got := dump(t, db); got != "" {
		t.Errorf("stored: %s", got)
	}
	if latest, err := history.NewStore(db).State(t.Context()); err != nil || !latest.RecordedAt.IsZero() {
		t.Errorf("latest %v, %v", latest, err)
	}
}

func TestReadReturnsThePeriodItCovers(t *testing.T) {
	b := history.NewStore(open(t, ":memory:"))
	record(t, b, reading("12:00"), reading("12:04", incident("1", "Issue", "ongoing", "11:00", "", "")))
	for _, tt := range []struct {
		now      string
		days     int
		from, to string
	}{
		{"12:04", 1, "00:00", "12:04"},
		{"12:09", 1, "00:00", "12:04"},          // the newest reading is fresh
		{"12:09:01", 1, "00:00", "12:09:01"},    // stale: the rest is not watched
		{"12:03", 1, "00:00", "12:03"},          // now is before it
		{"+2 00:01", 2, "+1 00:00", "+2 00:01"}, // today counts as a day
		{"12:04", 0, "00:00", "12:04"},
	} {
		h := read(t, b, tt.days, clock(tt.now))
		if !h.From.Equal(clock(tt.from)) || !h.To.Equal(clock(tt.to)) {
			t.Errorf("%d days at %s: %v to %v", tt.days, tt.now, h.From, h.To)
		}
	}
	if h := read(t, b, 5000, clock("12:00")); len(h.Days()) != history.MaxDays {
		t.Errorf("%d days", len(h.Days()))
	}
	// The day of the newest reading is the last one, even just after midnight.
	record(t, b, reading("23:59"))
	if h := read(t, b, 1, clock("+1 00:02")); !h.To.Equal(clock("23:59")) || !h.From.Equal(clock("00:00")) {
		t.Errorf("after midnight: %v to %v", h.From, h.To)
	}
}

// The watched time is written last, so without any the first reading is
// incomplete: a response from it would contradict the next one.
func TestFirstReadingIsReturnedOnceComplete(t *testing.T) {
	db := open(t, ":memory:")
	b := history.NewStore(db)
	record(t, b, reading("12:00", incident("1", "Issue", "ongoing", "11:00", "", "")))
	if _, err := db.Exec(`DELETE FROM watched`); err != nil {
		t.Fatal(err)
	}
	if h := read(t, b, 1, clock("12:01")); len(h.Changes) != 0 || len(h.Incidents) != 0 || !h.To.Equal(clock("12:01")) {
		t.Errorf("incomplete: %+v", h)
	}
	record(t, b, reading("12:00", incident("1", "Issue", "ongoing", "11:00", "", "")))
	if h := read(t, b, 1, clock("12:01")); len(h.Changes) != 1 || len(h.Incidents) != 1 || !h.To.Equal(clock("12:00")) {
		t.Errorf("complete: %+v", h)
	}
}

func TestReadReturnsWhatOverlapsThePeriod(t *testing.T) {
	b := history.NewStore(open(t, ":memory:"))
	record(t, b,
		reading("10:00", incident("dropped", "Issue", "ongoing", "09:00", "", "")),
		reading("12:00", incident("over", "Issue", "resolved", "08:00", "11:00", ""), incident("long", "Issue", "ongoing", "09:00", "", "")),
		reading("+2 12:00",
			incident("long", "Issue", "ongoing", "09:00", "", ""),
			incident("midnight", "Issue", "resolved", "+1 23:00", "+2 01:00", ""),
			incident("to come", "Maintenance", "upcoming", "+3 09:00", "+3 10:00", "")),
	)
	h := read(t, b, 1, clock("+2 12:01"))
	same(t, "incidents", incidentLines(h.Incidents), []string{
		"midnight Issue resolved degraded +1 23:00 to +2 01:00, seen +2 12:00 to -",
		"long Issue ongoing degraded 09:00 to -, seen 12:00 to -",
	})
	// The level and the span before From reach into it.
	same(t, "levels", levels(h.Changes), []string{"10:00 degraded/operational"})
	same(t, "watched", spans(h.Watched), []string{"+2 12:00 to +2 12:00"})
}

func TestOldRowsArePruned(t *testing.T) {
	db := open(t, ":memory:")
	b := history.NewStore(db)
	b.Now = func() time.Time { return clock("+401 00:00") }
	record(t, b,
		reading("10:00", incident("over", "Issue", "resolved", "08:00", "09:00", ""), incident("dropped", "Issue", "ongoing", "09:00", "", "")),
		reading("10:01", incident("open", "Issue", "ongoing", "10:00", "", "")),
		reading("10:02", incident("open", "Issue", "ongoing", "10:00", "", ""), incident("x", "Outage", "ongoing", "", "", "")),
		reading("+10 10:00", incident("open", "Issue", "ongoing", "10:00", "", ""), incident("y", "Issue", "resolved", "+10 09:00", "+10 09:30", "")),
	)
	// After a long time nothing is deleted at once: the clock may be wrong.
	record(t, b, reading("+400 09:00", incident("open", "Issue", "ongoing", "10:00", "", "")))
	before := dump(t, db)
	record(t, b, reading("+401 00:00", incident("open", "Issue", "ongoing", "10:00", "", "")))
	after := dump(t, db)
	for _, gone := range []string{"over", "dropped", " x ", fmt.Sprint("change iCloud Backup ", clock("10:00").Unix()), fmt.Sprint("watched ", clock("10:00").Unix())} {
		if !strings.Contains(before, gone) || strings.Contains(after, gone) {
			t.Errorf("%q is to be pruned:\n%s\nis now\n%s", gone, before, after)
		}
	}
	h := read(t, b, history.MaxDays, clock("+401 00:00"))
	same(t, "incidents", incidentLines(h.Incidents), []string{
		"y Issue resolved degraded +10 09:00 to +10 09:30, seen +10 10:00 to -",
		"open Issue ongoing degraded 10:00 to -, seen 10:01 to -",
	})
	// The level at the beginning is older than Retention.
	same(t, "levels", levels(h.Changes), []string{"10:02 outage/operational", "+10 10:00 degraded/operational"})
	photos, err := b.Read(t.Context(), "Photos", history.MaxDays, clock("+401 00:00"))
	if err != nil {
		t.Fatal(err)
	}
	same(t, "levels of Photos", levels(photos.Changes), []string{"10:00 operational/operational"})
	same(t, "watched", spans(photos.Watched), []string{"+10 10:00 to +10 10:00", "+400 09:00 to +400 09:00", "+401 00:00 to +401 00:00"})
}

func TestReadReturnsDatabaseErrors(t *testing.T) {
	db := open(t, ":memory:")
	b := history.NewStore(db)
	record(t, b, reading("12:00", incident("1", "Issue", "ongoing", "11:00", "", "")))
	for _, broken := range []string{`UPDATE incident SET worst = 'fine'`, `UPDATE change SET level = 'fine'`, `DROP TABLE watched`} {
		if _, err := db.Exec(broken); err != nil {
			t.Fatal(err)
		}
		_, err := b.Read(t.Context(), "iCloud Backup", 1, clock("12:00"))
		if err == nil || !strings.HasPrefix(err.Error(), "history: reading ") {
			t.Errorf("after %s: %v", broken, err)
		}
	}
}

// A program whose clock was a day ahead has stored readings of the future.
// History and webhook go on at once, and what it stored doesn't delete or hide
// anything.
func TestHistoryContinuesAfterReadingsOfTheFuture(t *testing.T) {
	for _, ahead := range []time.Duration{20 * time.Minute, 24 * time.Hour, 1000 * 24 * time.Hour} {
		db := open(t, ":memory:")
		b := history.NewStore(db)
		at := func(s string, clockError time.Duration, incidents ...status.Incident) {
			t.Helper()
			b.Now = func() time.Time { return clock(s).Add(clockError) }
			r := reading(s, incidents...)
			r.CheckedAt = b.Now()
			record(t, b, r)
		}
		outage := incident("1", "Outage", "ongoing", "11:00", "", "11:30")
		at("12:00", 0)
		at("12:01", ahead, outage)
		at("12:02", ahead, outage)
		at("12:03", 0, outage)
		at("12:04", 0, incident("1", "Outage", "resolved", "11:00", "12:03", "12:04"))
		at("12:05", 0, outage) // an older copy
		at("12:06", 0)
		h := read(t, b, 1, clock("12:06"))
		same(t, fmt.Sprint(ahead, ": levels"), levels(h.Changes), []string{"12:00 operational/operational", "12:03 outage/operational", "12:04 operational/operational"})
		same(t, fmt.Sprint(ahead, ": watched"), spans(h.Watched), []string{"12:00 to 12:06"})
		same(t, fmt.Sprint(ahead, ": incidents"), incidentLines(h.Incidents), []string{"1 Outage resolved outage 11:00 to 12:03, seen 12:03 to -"})
		var posts []string
		for _, line := range due(t, b, "12:06") {
			if !strings.Contains(line, "+") && line < "iCloud Backup 12:07" {
				posts = append(posts, line)
			}
		}
		same(t, fmt.Sprint(ahead, ": posts"), posts, []string{"iCloud Backup 12:03: outage, was operational", "iCloud Backup 12:04: operational, was outage"})
	}
}

// The cron's program may be a new one each minute, which knows only what is
// stored.
func TestCopiesInTurnGiveOneIncidentAndOneChange(t *testing.T) {
	b := history.NewStore(open(t, ":memory:"))
	outage := incident("1", "Outage", "ongoing", "11:00", "", "11:30")
	ended := incident("1", "Outage", "resolved", "11:00", "12:20", "12:21")
	var readings []status.Report
	for minute := range 60 {
		at := fmt.Sprintf("12:%02d", minute)
		switch {
		case minute%2 == 1:
			readings = append(readings, reading(at))
		case minute < 30:
			readings = append(readings, reading(at, outage))
		case minute%4 == 0:
			readings = append(readings, reading(at, outage)) // an older copy
		default:
			readings = append(readings, reading(at, ended))
		}
	}
	record(t, b, readings...)
	h := read(t, b, 1, clock("12:59"))
	same(t, "levels", levels(h.Changes), []string{"12:00 outage/operational", "12:30 operational/operational"})
	same(t, "incidents", incidentLines(h.Incidents), []string{"1 Outage resolved outage 11:00 to 12:20, seen 12:00 to -"})
}

// The time of posting of a stored copy that was in the future of its reading
// must not outrank later copies.
func TestStoredTimesOfTheFutureOutrankNothing(t *testing.T) {
	b := history.NewStore(open(t, ":memory:"))
	record(t, b,
		reading("12:00", incident("1", "Outage", "resolved", "11:00", "11:50", "+3 12:00")),
		reading("12:01", incident("1", "Outage", "ongoing", "11:00", "", "12:01")),
		reading("12:02", incident("1", "Outage", "ongoing", "11:00", "", "12:01")))
	same(t, "levels", levels(read(t, b, 1, clock("12:02")).Changes), []string{"12:00 operational/operational", "12:01 outage/operational"})
}

// D1 refuses parameters of more than 2 MB.
func TestLargeReadingsAreStoredInParts(t *testing.T) {
	db, d1, _ := writers(t)
	large := reading("12:00")
	for n := range status.MaxRowIncidents {
		i := incident(fmt.Sprint(n), "Issue", "resolved", "11:00", "11:30", "")
		i.Message = strings.Repeat("é", 4000)
		large.Service.Incidents = append(large.Service.Incidents, i)
		large.Related[0].Incidents = append(large.Related[0].Incidents, i)
	}
	record(t, history.NewStore(d1), large)
	if h := read(t, history.NewStore(db), 1, clock("12:00")); len(h.Incidents) != status.MaxRowIncidents {
		t.Errorf("%d incidents", len(h.Incidents))
	}
}
