package history_test

import (
	"testing"
	"time"

	"backupcheck/status"
	"backupcheck/status/history"
)

// FuzzHistory stores any readings of any incidents in any order of time, in real
// SQLite. No reading is rejected, and the history is consistent: a day has at
// most 1,440 minutes, changes and watched times are in order, and it has no
// incident that wasn't read.
func FuzzHistory(f *testing.F) {
	f.Add([]byte{0, 0, 1, 1, 1, 2, 2, 60, 3})
	f.Add([]byte{200, 7, 100, 6, 1, 255, 0, 0})
	f.Add([]byte("a longer scenario, with many readings, of which some are late"))
	states := []string{"ongoing", "resolved", "completed", "upcoming", "", "'; DROP TABLE incident; --"}
	kinds := []string{"Issue", "Outage", "Performance", "Maintenance", "\x00"}
	begin := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, scenario []byte) {
		if len(scenario) > 120 { // some 30 readings
			return
		}
		b := history.NewStore(open(t, ":memory:"))
		now, last := begin, begin
		next := func() int {
			if len(scenario) == 0 {
				return 0
			}
			n := scenario[0]
			scenario = scenario[1:]
			return int(n)
		}
		ids := map[string]bool{}
		for len(scenario) > 0 {
			now = now.Add(time.Duration(next()-64) * 4 * time.Minute) // sometimes back
			var incidents []status.Incident
			for n := next(); n%4 > 0; n >>= 2 {
				variant, when := next(), next()
				i := status.Incident{ID: string(rune('a' + n%3)), Type: kinds[variant%len(kinds)], State: states[variant/8%len(states)], Message: "m"}
				if when%5 > 0 {
					i.StartedAt = now.Add(time.Duration(when-128) * 10 * time.Minute)
				}
				if when%3 > 0 {
					i.EndedAt = i.StartedAt.Add(time.Duration(variant-64) * time.Hour)
				}
				ids[i.ID] = true
				incidents = append(incidents, i)
			}
			report := status.Report{CheckedAt: now, Service: status.Row{Name: "iCloud Backup", Incidents: incidents}}
			if err := b.Record(t.Context(), report); err != nil {
				t.Fatal(err)
			}
			if now.After(last) {
				last = now
			}
		}
		h, err := b.Read(t.Context(), "iCloud Backup", 30, last.Add(time.Minute))
		if err != nil {
			t.Fatal(err)
		}
		for n, day := range h.Days() {
			sum := day.NotWatched
			for level, minutes := range day.Minutes {
				if minutes < 0 {
					t.Fatalf("day %d has %d minutes of %v", n, minutes, level)
				}
				sum += minutes
			}
			if day.NotWatched < 0 || sum > 24*60 {
				t.Fatalf("day %d has %d minutes, %d not watched", n, sum, day.NotWatched)
			}
		}
		for i := 1; i < len(h.Changes); i++ {
			if !h.Changes[i].At.After(h.Changes[i-1].At) {
				t.Fatalf("changes out of order: %v", h.Changes)
			}
		}
		for i, span := range h.Watched {
			if span.To.Before(span.From) || i > 0 && !span.From.After(h.Watched[i-1].To) {
				t.Fatalf("watched times overlap: %v", h.Watched)
			}
		}
		for _, i := range h.Incidents {
			if !ids[i.ID] {
				t.Fatalf("an incident %q that wasn't read", i.ID)
			}
		}
		if err := b.Prune(t.Context(), last); err != nil {
			t.Fatal(err)
		}
	})
}
