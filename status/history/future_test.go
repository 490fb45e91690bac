package history_test

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"backupcheck/status/history"
)

func TestReadingOfTheFutureIsRefused(t *testing.T) {
	b := history.NewStore(open(t, ":memory:"))
	b.Now = func() time.Time { return clock("12:00") }
	if err := b.Record(t.Context(), reading("12:06")); !errors.Is(err, history.ErrFuture) {
		t.Errorf("error %v", err)
	}
	record(t, b, reading("12:00"))
}

// Whatever is stored of the future, history and webhook go on at once, and after
// an hour nothing is left of it: no time that comes later counts as watched, and
// no change is posted that wasn't.
func TestHistoryGoesOnWhateverIsStoredOfTheFuture(t *testing.T) {
	for name, span := range map[string][2]string{
		"begins now and ends tomorrow":  {"12:00", "+1 12:00"},
		"began yesterday":               {"00:10", "+3 12:00"},
		"begins and ends soon":          {"12:20", "12:40"},
		"begins in an hour":             {"13:00", "15:00"},
		"begins tomorrow":               {"+1 00:00", "+1 10:00"},
		"begins after a month, for now": {"+30 00:00", "+31 00:00"},
	} {
		t.Run(name, func(t *testing.T) {
			db := open(t, ":memory:")
			b := history.NewStore(db)
			var log strings.Builder
			b.Log = slog.New(slog.NewTextHandler(&log, nil))
			now := clock("12:00")
			b.Now = func() time.Time { return now }
			record(t, b, reading("11:59"), reading("12:00"))
			for _, statement := range []string{
				fmt.Sprintf(`DELETE FROM watched WHERE began_at > %d`, clock(span[0]).Unix()),
				fmt.Sprintf(`INSERT OR REPLACE INTO watched VALUES (%d, %d)`, clock(span[0]).Unix(), clock(span[1]).Unix()),
				fmt.Sprintf(`INSERT OR REPLACE INTO change (service, at, level, rest) VALUES ('iCloud Backup', %d, 'outage', 'operational')`, max(clock(span[0]).Unix(), clock("12:15").Unix())),
				fmt.Sprintf(`INSERT OR REPLACE INTO change (service, at, level, rest) VALUES ('iCloud Backup', %d, 'degraded', 'operational')`, clock(span[1]).Unix()),
			} {
				if _, err := db.Exec(statement); err != nil {
					t.Fatal(err)
				}
			}
			if state, err := b.State(t.Context()); err != nil || state.FutureUntil.IsZero() || state.RecordedAt.After(now) {
				t.Errorf("the state is %+v, %v", state, err)
			}
			issue := incident("1", "Issue", "ongoing", "12:10", "", "12:10")
			for minute := 1; minute <= 80; minute++ {
				now = clock("12:00").Add(time.Duration(minute) * time.Minute)
				r := reading("12:00")
				if minute >= 10 {
					r = reading("12:00", issue)
				}
				r.CheckedAt = now
				record(t, b, r)
				state, err := b.State(t.Context())
				if err != nil || !state.RecordedAt.Equal(now) {
					t.Fatalf("at %v the state is %+v, %v", now, state, err)
				}
				posts, want := due(t, b, formatTime(now)), []string{}
				if minute >= 10 {
					want = []string{"iCloud Backup 12:10: degraded, was operational"}
				}
				same(t, "to post at "+formatTime(now), posts, want)
			}
			if state, err := b.State(t.Context()); err != nil || !state.FutureUntil.IsZero() {
				t.Errorf("after more than an hour the state is %+v, %v", state, err)
			}
			h := read(t, b, 60, clock("+35 00:00"))
			for _, watched := range h.Watched {
				if watched.To.After(now) {
					t.Errorf("watched %v", watched)
				}
			}
			if last := h.Watched[len(h.Watched)-1]; last.From.After(clock("12:01")) {
				t.Errorf("watched %v", h.Watched)
			}
			if n := strings.Count(log.String(), "of the future"); n < 1 || n > 3 {
				t.Errorf("%d lines in the log:\n%s", n, &log)
			}
		})
	}
}

// A clock that is behind for some minutes loses no level.
func TestClockThatIsBehindForAWhileDeletesNothing(t *testing.T) {
	db := open(t, ":memory:")
	b := history.NewStore(db)
	now := clock("+5 12:01")
	b.Now = func() time.Time { return now }
	record(t, b, reading("12:00"), reading("+5 12:00"), reading("+5 12:01", incident("1", "Outage", "ongoing", "+5 11:00", "", "+5 11:30")))
	for minute := range 10 {
		now = clock("+2 12:00").Add(time.Duration(minute) * time.Minute)
		r := reading("12:00")
		r.CheckedAt = now
		record(t, b, r)
	}
	now = clock("+5 12:12")
	record(t, b, reading("+5 12:12", incident("1", "Outage", "ongoing", "+5 11:00", "", "+5 11:30")))
	h := read(t, b, 10, now)
	same(t, "levels", levels(h.Changes), []string{"12:00 operational/operational", "+5 12:01 outage/operational"})
	same(t, "watched", spans(h.Watched), []string{"12:00 to 12:00", "+2 12:00 to +2 12:09", "+5 12:00 to +5 12:01", "+5 12:12 to +5 12:12"})
}
