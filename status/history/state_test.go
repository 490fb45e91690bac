package history_test

import (
	"testing"

	"backupcheck/status/history"
)

// At the edge each run may be in another isolate, so an isolate that failed must
// not report that for ever.
func TestFailureIsReportedUntilAnyStoreRecords(t *testing.T) {
	path := file(t)
	db := open(t, path)
	failing, working := history.NewStore(db), history.NewStore(open(t, path))
	record(t, failing, reading("12:00"))
	if _, err := db.Exec(`CREATE TRIGGER full BEFORE INSERT ON watched BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`); err != nil {
		t.Fatal(err)
	}
	if err := failing.Record(t.Context(), reading("12:01")); err == nil {
		t.Fatal("it has recorded")
	}
	if state, err := failing.State(t.Context()); err != nil || state.Failure == nil || !state.RecordedAt.Equal(clock("12:00")) {
		t.Errorf("after a failure: %+v, %v", state, err)
	}
	if state, err := working.State(t.Context()); err != nil || state.Failure != nil {
		t.Errorf("of another store: %+v, %v", state, err)
	}
	if _, err := db.Exec(`DROP TRIGGER full`); err != nil {
		t.Fatal(err)
	}
	record(t, working, reading("12:02"))
	if state, err := failing.State(t.Context()); err != nil || state.Failure != nil {
		t.Errorf("after another store has recorded: %+v, %v", state, err)
	}
}
