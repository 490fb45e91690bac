package history_test

import (
	"errors"
	"strings"
	"testing"

	"backupcheck/status"
	"backupcheck/status/history"
)

// at calls do before each statement that contains a text.
func at(text string, do func() error) func(statement string) error {
	return func(statement string) error {
		if strings.Contains(statement, text) {
			return do()
		}
		return nil
	}
}

// Another writer stores a newer reading before one of the statements that write
// an older one. The data of the newer reading is preserved.
func TestOvertakenReadingDoesNotOverwriteANewerOne(t *testing.T) {
	going := incident("1", "Issue", "ongoing", "11:00", "", "11:30")
	tests := []struct {
		name, statement      string
		before, older, newer status.Report
		incidents, levels    []string
	}{
		{
			"an incident missing from the older reading only", "INSERT INTO incident",
			reading("12:00", going), reading("12:01"), reading("12:02", going),
			[]string{"1 Issue ongoing degraded 11:00 to -, seen 12:00 to -"},
			[]string{"12:00 degraded/operational"},
		}, {
			"a level of the older reading only", "INSERT INTO change",
			reading("12:00"), withLight(reading("12:01"), status.Outage), reading("12:02"),
			nil,
			[]string{"12:00 operational/operational"},
		}, {
			"a level of the newer reading only", "INSERT INTO change",
			reading("12:00"), reading("12:01"), withLight(reading("12:02"), status.Outage),
			nil,
			[]string{"12:00 operational/operational", "12:02 outage/outage"},
		}, {
			"the watched time", "INSERT INTO watched",
			reading("12:00"), reading("12:01"), reading("12:02"),
			nil,
			[]string{"12:00 operational/operational"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			db, d1, hook := writers(t)
			b := history.NewStore(db)
			record(t, b, tt.before)
			overtaken := false
			hook.before = at(tt.statement, func() error {
				overtaken = true
				return b.Record(t.Context(), tt.newer)
			})
			record(t, history.NewStore(d1), tt.older)
			if !overtaken {
				t.Fatalf("no %s", tt.statement)
			}
			h := read(t, b, 1, clock("12:02"))
			same(t, "incidents", incidentLines(h.Incidents), tt.incidents)
			same(t, "levels", levels(h.Changes), tt.levels)
			same(t, "watched", spans(h.Watched), []string{"12:00 to 12:02"})
		})
	}
}

// The newer reading has stored its levels, but was interrupted before its
// watched time.
func TestLevelIsNotStoredBeforeANewerOne(t *testing.T) {
	db, d1, hook := writers(t)
	record(t, history.NewStore(db), reading("12:00"))
	hook.before = at("INSERT INTO watched", func() error { return errBroken })
	if err := history.NewStore(d1).Record(t.Context(), withLight(reading("12:02"), status.Outage)); !errors.Is(err, errBroken) {
		t.Fatal(err)
	}
	record(t, history.NewStore(db), reading("12:01"), withLight(reading("12:03"), status.Outage))
	h := read(t, history.NewStore(db), 1, clock("12:03"))
	same(t, "levels", levels(h.Changes), []string{"12:00 operational/operational", "12:02 outage/outage"})
}

// The rows that an interrupted reading has stored are not overwritten by an older
// reading that is stored after it.
func TestInterruptedReadingIsNotOverwrittenByAnOlderOne(t *testing.T) {
	db, d1, hook := writers(t)
	record(t, history.NewStore(db), reading("12:00", incident("1", "Issue", "ongoing", "11:00", "", "")))
	hook.before = at("INSERT INTO change", func() error { return errBroken })
	over := incident("1", "Issue", "resolved", "11:00", "12:01", "")
	if err := history.NewStore(d1).Record(t.Context(), reading("12:02", over)); !errors.Is(err, errBroken) {
		t.Fatal(err)
	}
	record(t, history.NewStore(db), reading("12:01", incident("1", "Issue", "ongoing", "11:00", "", "")), reading("12:03", over))
	h := read(t, history.NewStore(db), 1, clock("12:03"))
	same(t, "incidents", incidentLines(h.Incidents), []string{"1 Issue resolved degraded 11:00 to 12:01, seen 12:00 to -"})
	same(t, "levels", levels(h.Changes), []string{"12:00 degraded/operational", "12:01 operational/operational"})
}

// An incident that only an interrupted reading listed was last seen in that
// reading.
func TestInterruptedReadingSetsLastSeen(t *testing.T) {
	db, d1, hook := writers(t)
	record(t, history.NewStore(db), reading("12:00"))
	hook.before = at("INSERT INTO change", func() error { return errBroken })
	if err := history.NewStore(d1).Record(t.Context(), reading("12:01", incident("1", "Issue", "ongoing", "11:00", "", ""))); !errors.Is(err, errBroken) {
		t.Fatal(err)
	}
	record(t, history.NewStore(db), reading("12:02"))
	h := read(t, history.NewStore(db), 1, clock("12:02"))
	same(t, "incidents", incidentLines(h.Incidents), []string{"1 Issue ongoing degraded 11:00 to -, seen 12:01 to 12:01"})
}

// A writer that another overtakes in each attempt returns an error and stores
// nothing.
func TestRecordFailsIfAnotherWriterIsAlwaysFaster(t *testing.T) {
	db, d1, hook := writers(t)
	record(t, history.NewStore(db), reading("12:00", incident("1", "Issue", "ongoing", "11:00", "", "")))
	hook.before = at("INSERT INTO incident", func() error {
		_, err := db.Exec(`UPDATE incident SET read_at = read_at - 1`)
		return err
	})
	err := history.NewStore(d1).Record(t.Context(), reading("12:01", incident("1", "Issue", "resolved", "11:00", "11:30", "")))
	if err == nil || !strings.Contains(err.Error(), "another writer was faster") {
		t.Fatalf("error %v", err)
	}
	h := read(t, history.NewStore(db), 1, clock("12:01"))
	same(t, "incidents", incidentLines(h.Incidents), []string{"1 Issue ongoing degraded 11:00 to -, seen 12:00 to -"})
	same(t, "watched", spans(h.Watched), []string{"12:00 to 12:00"})
}
