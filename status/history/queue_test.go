package history_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"backupcheck/status"
	"backupcheck/status/history"
)

func due(t *testing.T, b *history.Store, now string) (lines []string) {
	t.Helper()
	posts, err := b.Due(t.Context(), "iCloud Backup", clock(now))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range posts {
		lines = append(lines, fmt.Sprintf("%s %s: %v, was %v", p.Service, formatTime(p.At), p.Level, p.Previous))
	}
	return lines
}

func TestDueReturnsLevelChangesOfOneDay(t *testing.T) {
	b := history.NewStore(open(t, ":memory:"))
	outage := incident("1", "Outage", "ongoing", "11:00", "", "")
	record(t, b, reading("12:00"))
	same(t, "after the first level", due(t, b, "12:00"), nil)
	r := reading("12:01", outage)
	r.Related[0].Incidents = []status.Incident{outage}
	record(t, b, r,
		withLight(reading("12:02", outage), status.Outage), // only the rest changes
		reading("12:03", outage),
		unreadable(reading("12:04")),
		reading("12:05", incident("1", "Outage", "resolved", "11:00", "12:04", "")))
	all := []string{"iCloud Backup 12:01: outage, was operational", "iCloud Backup 12:04: unknown, was outage", "iCloud Backup 12:05: operational, was unknown"}
	same(t, "after the changes", due(t, b, "12:05"), all)
	same(t, "a day later", due(t, b, "+1 12:01"), all)
	same(t, "a day and a minute later", due(t, b, "+1 12:02"), all[1:])
}

func TestChangeIsClaimedByOneSenderAndSentOnce(t *testing.T) {
	file := file(t)
	one, other := history.NewStore(open(t, file)), history.NewStore(open(t, file))
	record(t, one, reading("12:00"), reading("12:01", incident("1", "Outage", "ongoing", "11:00", "", "")))
	posts, err := other.Due(t.Context(), "iCloud Backup", clock("12:01"))
	if err != nil || len(posts) != 1 {
		t.Fatalf("due %v, %v", posts, err)
	}
	claim := func(b *history.Store, now time.Time) bool {
		claimed, err := b.Claim(t.Context(), posts[0], now, 50*time.Second)
		if err != nil {
			t.Error(err)
		}
		return claimed
	}
	for attempt := range 5 { // each a minute after the one that failed
		now := clock("12:01").Add(time.Duration(attempt) * time.Minute)
		var claimed atomic.Int32
		var all sync.WaitGroup
		for i := range 8 {
			all.Go(func() {
				if claim([]*history.Store{one, other}[i%2], now) {
					claimed.Add(1)
				}
			})
		}
		all.Wait()
		if n := claimed.Load(); n != 1 {
			t.Errorf("attempt %d is claimed %d times", attempt, n)
		}
		if claim(other, now.Add(49*time.Second)) {
			t.Error("claimed again within 50 s")
		}
	}
	if err := one.MarkSent(t.Context(), posts[0], clock("12:06")); err != nil {
		t.Fatal(err)
	}
	same(t, "due once sent", due(t, other, "12:07"), nil)
	if claim(other, clock("13:00")) {
		t.Error("claimed after it was sent")
	}
	// The same reading is stored again: the change is still marked as sent.
	record(t, other, reading("12:01", incident("1", "Outage", "ongoing", "11:00", "", "")))
	same(t, "due after the same reading", due(t, one, "12:07"), nil)
}
