package history_test

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"backupcheck/status"
	"backupcheck/status/history"
)

func TestLatestReadingIsOneRowForEachSource(t *testing.T) {
	db := open(t, ":memory:")
	store := history.NewStore(db)
	if _, err := store.LoadReading(t.Context(), "a"); !errors.Is(err, status.ErrNoReport) {
		t.Errorf("an empty database: %v", err)
	}
	first, second := busy(clock("00:01")), busy(clock("00:02"))
	second.Related[0].Name = `"'; DROP TABLE reading; --`
	second.RetryAt, second.LastGood = clock("00:09"), &status.Known{Level: status.Outage, CheckedAt: clock("00:01")}
	var before, after int
	for i, saved := range []struct {
		source string
		report status.Report
	}{{"a", first}, {"b", first}, {"a", second}} {
		db.QueryRow(`SELECT total_changes()`).Scan(&before)
		if err := store.SaveReading(t.Context(), saved.source, saved.report); err != nil {
			t.Fatal(err)
		}
		if db.QueryRow(`SELECT total_changes()`).Scan(&after); after != before+1 {
			t.Errorf("%d: %d rows written", i, after-before)
		}
	}
	for source, want := range map[string]status.Report{"a": second, "b": first} {
		if got, err := store.LoadReading(t.Context(), source); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v\n got %+v\nwant %+v", source, err, got, want)
		}
	}
	var rows int
	if db.QueryRow(`SELECT count(*) FROM reading`).Scan(&rows); rows != 2 {
		t.Errorf("%d rows", rows)
	}
}

// The next reading overwrites what can't be understood, and the log has the reason.
func TestReadingThatCannotBeLoadedIsAnError(t *testing.T) {
	db := open(t, ":memory:")
	store := history.NewStore(db)
	if err := store.SaveReading(t.Context(), "a", busy(clock("00:01").Add(time.Second))); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(`UPDATE reading SET report = substr(report, 1, 100)`); err != nil {
		t.Fatal(err)
	}
	if report, err := store.LoadReading(t.Context(), "a"); !errors.Is(err, status.ErrNoReport) || err == status.ErrNoReport || !report.CheckedAt.IsZero() {
		t.Errorf("a reading that is cut off: %+v, %v", report, err)
	}
	if _, err := db.Exec(`DROP TABLE reading`); err != nil {
		t.Fatal(err)
	}
	if _, err := store.LoadReading(t.Context(), "a"); err != status.ErrNoReport {
		t.Errorf("no table: %v", err)
	}
	if err := store.SaveReading(t.Context(), "a", status.Report{}); err == nil {
		t.Error("stored without a table")
	}
}
