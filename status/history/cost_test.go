package history_test

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"
	"time"

	"backupcheck/status"
	"backupcheck/status/history"
)

// busy is a reading of all rows on a bad day, with ongoing and resolved incidents
// and upcoming maintenance.
func busy(at time.Time) status.Report {
	r := status.Unread("iCloud Backup")
	r.CheckedAt = at
	rows := []*status.Row{&r.Service}
	for i := range r.Related {
		rows = append(rows, &r.Related[i])
	}
	for i, row := range rows {
		row.Gap = ""
		switch {
		case i < 5:
			row.Incidents = []status.Incident{
				incident("1", "Issue", "ongoing", "00:00", "", "00:00"),
				incident("2", "Issue", "resolved", "00:00", "00:01", "00:00"),
			}
		case i < 7:
			row.Incidents = []status.Incident{incident("3", "Issue", "resolved", "00:00", "00:01", "00:00"), incident("4", "Maintenance", "upcoming", "+9 00:00", "+9 01:00", "00:00")}
		}
	}
	return r
}

// The free plan allows 50 statements in one run of the cron, and 100,000 rows
// written a day.
func TestUnchangedReadingWritesOneRow(t *testing.T) {
	written := func(db *sql.DB) (n int) {
		if err := db.QueryRow(`SELECT total_changes()`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	db := open(t, ":memory:") // one connection, which counts the changes
	b := history.NewStore(db)
	at := clock("00:01")
	before := written(db)
	record(t, b, busy(at))
	t.Logf("the first reading writes %d rows", written(db)-before)
	for range 60 {
		at, before = at.Add(time.Minute), written(db)
		record(t, b, busy(at))
		if n := written(db) - before; n != 1 {
			t.Fatalf("%d rows written at %v", n, at)
		}
	}
	before = written(db)
	for range 24 * 60 {
		at = at.Add(time.Minute)
		record(t, b, busy(at))
	}
	if n := written(db) - before; n != 1440 {
		t.Errorf("%d rows written in a day", n)
	}
}

func TestUnchangedReadingRunsFourStatementsWithoutTableScans(t *testing.T) {
	db, d1, hook := writers(t)
	b := history.NewStore(d1)
	record(t, b, busy(clock("00:01")))
	var statements []string
	hook.before = func(statement string) error {
		statements = append(statements, statement)
		return nil
	}
	record(t, b, busy(clock("00:02")))
	if len(statements) != 4 {
		t.Errorf("%d statements: %q", len(statements), statements)
	}
	statements = nil
	outage := busy(clock("00:03"))
	outage.Service.Incidents[0].Type = "Outage"
	record(t, b, outage)
	if len(statements) != 5 {
		t.Errorf("with a change %d statements: %q", len(statements), statements)
	}
	seeks := 0
	for _, statement := range statements {
		rows, err := db.Query("EXPLAIN QUERY PLAN "+statement, make([]any, strings.Count(statement, "?"))...)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			var id, parent, unused int
			var step string
			if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
				t.Fatal(err)
			}
			// json_each is the reading, and only the newest row of watched is read.
			// The index has only those that are open or were listed a short time ago.
			indexed := strings.Contains(step, "incident_open") || strings.Contains(step, "incident_absent") || strings.Contains(step, "PRIMARY KEY")
			if !indexed && (strings.HasPrefix(step, "SCAN i") || strings.HasPrefix(step, "SCAN c ") || step == "SCAN c") {
				t.Errorf("%s in %s", step, statement)
			}
			if indexed {
				seeks++
			}
		}
		rows.Close()
	}
	if seeks < 4 {
		t.Errorf("only %d steps use an index", seeks)
	}
}

// At the edge nearly all of the time is spent in D1; this measures the rest.
func BenchmarkRecord(b *testing.B) {
	store := history.NewStore(open(b, ":memory:"))
	at := clock("00:01")
	for b.Loop() {
		at = at.Add(time.Minute)
		record(b, store, busy(at))
	}
}

func BenchmarkRead(b *testing.B) {
	store := history.NewStore(open(b, ":memory:"))
	at := clock("00:01")
	for n := range 200 {
		at = at.Add(7 * time.Hour)
		r := busy(at)
		r.Service.Incidents = []status.Incident{{ID: fmt.Sprint(n), Type: "Issue", State: "resolved", StartedAt: at, EndedAt: at.Add(time.Hour)}}
		record(b, store, r)
	}
	for b.Loop() {
		h, err := store.Read(b.Context(), "iCloud Backup", 90, at)
		if err != nil {
			b.Fatal(err)
		}
		h.Days()
	}
}
