package history_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"backupcheck/status"
	"backupcheck/status/history"
)

// clock parses a time such as "12:00", "12:00:30" or "+1 12:00" (a day later);
// "" is the zero time.
func clock(s string) time.Time {
	if s == "" {
		return time.Time{}
	}
	days := 0
	if rest, ok := strings.CutPrefix(s, "+"); ok {
		number, rest, _ := strings.Cut(rest, " ")
		if _, err := fmt.Sscan(number, &days); err != nil {
			panic(err)
		}
		s = rest
	}
	for _, layout := range []string{"15:04", "15:04:05"} {
		if t, err := time.Parse(layout, s); err == nil {
			return time.Date(2026, 3, 1+days, t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
		}
	}
	panic("no time: " + s)
}

// formatTime formats a time as clock parses it.
func formatTime(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	s := strings.TrimSuffix(t.Format("15:04:05"), ":00")
	if days := int(t.Sub(clock("00:00")).Hours()) / 24; days > 0 {
		s = fmt.Sprintf("+%d %s", days, s)
	}
	return s
}

func incident(id, kind, state, start, end, posted string) status.Incident {
	return status.Incident{ID: id, Type: kind, State: state, Message: "m", StartedAt: clock(start), EndedAt: clock(end), PostedAt: clock(posted)}
}

// reading is a report in which iCloud Backup has these incidents, and Photos none.
func reading(at string, incidents ...status.Incident) status.Report {
	return status.Report{
		CheckedAt: clock(at),
		Service:   status.Row{Name: "iCloud Backup", Incidents: incidents},
		Related:   []status.Row{{Name: "Photos"}},
	}
}

func unreadable(report status.Report) status.Report {
	report.Service.Gap = "One of Apple's events for iCloud Backup can't be read."
	return report
}

func withLight(report status.Report, light status.Level) status.Report {
	report.Service.Light = light
	return report
}

// incidentLines formats the incidents of a service: ID, type, state, worst level, its
// times, when it was seen first and last.
func incidentLines(incidents []history.Incident) (lines []string) {
	for _, i := range incidents {
		lines = append(lines, fmt.Sprintf("%s %s %s %v %s to %s, seen %s to %s", i.ID, i.Type, i.State, i.Worst,
			formatTime(i.StartedAt), formatTime(i.EndedAt), formatTime(i.FirstSeenAt), formatTime(i.LastSeenAt)))
	}
	return lines
}

func levels(changes []history.Change) (lines []string) {
	for _, c := range changes {
		lines = append(lines, fmt.Sprintf("%s %v/%v", formatTime(c.At), c.Level, c.Rest))
	}
	return lines
}

func spans(watched []history.Span) (lines []string) {
	for _, w := range watched {
		lines = append(lines, formatTime(w.From)+" to "+formatTime(w.To))
	}
	return lines
}

// open opens the database in a file; ":memory:" for none.
func open(t testing.TB, file string) *sql.DB {
	t.Helper()
	db, err := history.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func file(t testing.TB) string { return filepath.Join(t.TempDir(), "history.db") }

func record(t testing.TB, b *history.Store, reports ...status.Report) {
	t.Helper()
	for _, report := range reports {
		if err := b.Record(context.Background(), report); err != nil {
			t.Fatalf("the reading at %v: %v", report.CheckedAt, err)
		}
	}
}

func read(t testing.TB, b *history.Store, days int, now time.Time) history.History {
	t.Helper()
	h, err := b.Read(t.Context(), "iCloud Backup", days, now)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// dump returns all rows, a line for each row.
func dump(t testing.TB, db *sql.DB) string {
	t.Helper()
	var b strings.Builder
	for _, query := range []string{
		`SELECT 'incident', service, id, type, state, worst, message, users, affected,
			started_at, ended_at, posted_at, first_seen_at, last_seen_at, read_at FROM incident ORDER BY service, id`,
		`SELECT 'change', service, at, level, rest, tried_at, sent_at FROM change ORDER BY service, at`,
		`SELECT 'watched', began_at, ended_at FROM watched ORDER BY began_at`,
	} {
		rows, err := db.Query(query)
		if err != nil {
			t.Fatal(err)
		}
		columns, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		values, places := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			places[i] = &values[i]
		}
		for rows.Next() {
			if err := rows.Scan(places...); err != nil {
				t.Fatal(err)
			}
			fmt.Fprintln(&b, values...)
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		rows.Close()
	}
	return b.String()
}

// scenario is a series of readings and the expected history.
type scenario struct {
	name      string
	readings  []status.Report
	incidents []string
	levels    []string
	watched   []string
}

var scenarios = []scenario{
	{
		"no problem",
		[]status.Report{reading("12:00"), reading("12:01"), reading("12:02")},
		nil,
		[]string{"12:00 operational/operational"},
		[]string{"12:00 to 12:02"},
	}, {
		"from start to end",
		[]status.Report{
			reading("12:00"),
			reading("12:01", incident("1", "Issue", "ongoing", "11:00", "", "12:00")),
			reading("12:02", incident("1", "Issue", "ongoing", "11:00", "", "12:00")),
			reading("12:03", incident("1", "Issue", "resolved", "11:00", "12:01", "12:02")),
		},
		[]string{"1 Issue resolved degraded 11:00 to 12:01, seen 12:01 to -"},
		[]string{"12:00 operational/operational", "12:01 degraded/operational", "12:03 operational/operational"},
		[]string{"12:00 to 12:03"},
	}, {
		"the start moves, Issue and Outage swap, the type is blanked",
		[]status.Report{
			reading("12:00", incident("1", "Issue", "ongoing", "11:00", "", "11:50")),
			reading("12:01", incident("1", "Outage", "ongoing", "10:30", "", "12:01")),
			reading("12:02", incident("1", "Issue", "ongoing", "10:40", "", "12:02")),
			reading("12:03", incident("1", "", "resolved", "10:40", "12:00", "12:03")),
		},
		[]string{"1 Issue resolved outage 10:40 to 12:00, seen 12:00 to -"},
		[]string{"12:00 degraded/operational", "12:01 outage/operational", "12:02 degraded/operational", "12:03 operational/operational"},
		[]string{"12:00 to 12:03"},
	}, {
		"reopened under its ID",
		[]status.Report{
			reading("12:00", incident("1", "Issue", "resolved", "10:00", "11:00", "11:10")),
			reading("12:01", incident("1", "Issue", "ongoing", "10:00", "", "12:00")),
			reading("12:02", incident("1", "Issue", "resolved", "10:00", "12:01", "12:02")),
		},
		[]string{"1 Issue resolved degraded 10:00 to 12:01, seen 12:00 to -"},
		[]string{"12:00 operational/operational", "12:01 degraded/operational", "12:02 operational/operational"},
		[]string{"12:00 to 12:02"},
	}, {
		"first seen when it was over, each type",
		[]status.Report{reading("12:00",
			incident("1", "Issue", "resolved", "06:00", "07:00", ""),
			incident("2", "Outage", "resolved", "05:00", "06:00", ""),
			incident("3", "Performance", "resolved", "04:00", "05:00", ""),
			incident("4", "Maintenance", "completed", "03:00", "04:00", ""),
			incident("5", "", "resolved", "02:00", "03:00", ""),
			incident("6", "Meteorite", "resolved", "01:00", "02:00", ""),
			incident("7", "", "completed", "00:00", "01:00", ""),
		)},
		[]string{
			"1 Issue resolved degraded 06:00 to 07:00, seen 12:00 to -",
			"2 Outage resolved outage 05:00 to 06:00, seen 12:00 to -",
			"3 Performance resolved degraded 04:00 to 05:00, seen 12:00 to -",
			"4 Maintenance completed maintenance 03:00 to 04:00, seen 12:00 to -",
			"5  resolved degraded 02:00 to 03:00, seen 12:00 to -",
			"6 Meteorite resolved degraded 01:00 to 02:00, seen 12:00 to -",
			"7  completed maintenance 00:00 to 01:00, seen 12:00 to -",
		},
		[]string{"12:00 operational/operational"},
		[]string{"12:00 to 12:00"},
	}, {
		"caches disagree: the older copy is read after the newer one",
		[]status.Report{
			reading("12:00:20", incident("1", "Performance", "resolved", "10:00", "11:50", "11:59")),
			reading("12:00:32", incident("1", "Performance", "ongoing", "10:00", "", "11:31")),
			reading("12:00:43", incident("1", "Performance", "resolved", "10:00", "11:50", "11:59")),
			reading("12:00:53", incident("1", "Performance", "ongoing", "10:00", "", "11:31")),
		},
		[]string{"1 Performance resolved degraded 10:00 to 11:50, seen 12:00:20 to -"},
		[]string{"12:00:20 operational/operational"},
		[]string{"12:00:20 to 12:00:53"},
	}, {
		"an older copy has a worse level",
		[]status.Report{
			reading("12:00", incident("1", "Issue", "resolved", "10:00", "11:50", "11:59")),
			reading("12:01", incident("1", "Outage", "ongoing", "10:00", "", "11:31")),
		},
		[]string{"1 Issue resolved outage 10:00 to 11:50, seen 12:00 to -"},
		[]string{"12:00 operational/operational"},
		[]string{"12:00 to 12:01"},
	}, {
		"without a time of posting the later reading counts",
		[]status.Report{
			reading("12:00", incident("1", "Issue", "resolved", "10:00", "11:50", "11:59")),
			reading("12:01", incident("1", "Outage", "ongoing", "10:00", "", "")),
			reading("12:02", incident("1", "Outage", "resolved", "10:00", "12:01", "11:00")),
		},
		[]string{"1 Outage resolved outage 10:00 to 12:01, seen 12:00 to -"},
		[]string{"12:00 operational/operational", "12:01 outage/operational", "12:02 operational/operational"},
		[]string{"12:00 to 12:02"},
	}, {
		"posted in the future, which doesn't block later readings",
		[]status.Report{
			reading("12:00", incident("1", "Issue", "ongoing", "10:00", "", "+2 12:00")),
			reading("12:01", incident("1", "Issue", "resolved", "10:00", "11:50", "12:01")),
			reading("12:02", incident("2", "Issue", "ongoing", "12:00", "", "12:30"), incident("1", "Issue", "resolved", "10:00", "11:50", "12:01")),
			reading("13:00", incident("2", "Issue", "resolved", "12:00", "12:15", "12:20"), incident("1", "Issue", "resolved", "10:00", "11:50", "12:01")),
		},
		[]string{"2 Issue resolved degraded 12:00 to 12:15, seen 12:02 to -", "1 Issue resolved degraded 10:00 to 11:50, seen 12:00 to -"},
		[]string{"12:00 degraded/operational", "12:01 operational/operational", "12:02 degraded/operational", "13:00 operational/operational"},
		[]string{"12:00 to 12:02", "13:00 to 13:00"},
	}, {
		"removed while it is ongoing",
		[]status.Report{
			reading("12:00", incident("1", "Issue", "ongoing", "11:00", "", "11:30")),
			reading("12:01", incident("1", "Issue", "ongoing", "11:00", "", "11:30")),
			reading("12:02"),
			reading("12:07"),
			reading("12:12"),
			reading("12:15:59"),
			reading("12:16"),
		},
		[]string{"1 Issue ongoing degraded 11:00 to -, seen 12:00 to 12:01"},
		[]string{"12:00 degraded/operational", "12:16 operational/operational"},
		[]string{"12:00 to 12:16"},
	}, {
		"removed, back, removed and back",
		[]status.Report{
			reading("12:00", incident("1", "Issue", "ongoing", "11:00", "", "11:30")),
			reading("12:01"),
			reading("12:02", incident("1", "Issue", "ongoing", "11:00", "", "11:30")),
			reading("12:03"),
			reading("12:04", incident("1", "Issue", "ongoing", "11:00", "", "11:30")),
		},
		[]string{"1 Issue ongoing degraded 11:00 to -, seen 12:00 to -"},
		[]string{"12:00 degraded/operational"},
		[]string{"12:00 to 12:04"},
	}, {
		"not removed: its row can't be read",
		[]status.Report{
			reading("12:00", incident("1", "Issue", "ongoing", "11:00", "", "11:30")),
			unreadable(reading("12:01")),
			reading("12:02", incident("1", "Issue", "ongoing", "11:00", "", "11:30")),
		},
		[]string{"1 Issue ongoing degraded 11:00 to -, seen 12:00 to -"},
		[]string{"12:00 degraded/operational", "12:01 unknown/unknown", "12:02 degraded/operational"},
		[]string{"12:00 to 12:02"},
	}, {
		"not removed: its row can no longer be read",
		[]status.Report{
			reading("12:00", incident("1", "Issue", "ongoing", "11:00", "", "11:30")),
			unreadable(reading("12:01")),
		},
		[]string{"1 Issue ongoing degraded 11:00 to -, seen 12:00 to -"},
		[]string{"12:00 degraded/operational", "12:01 unknown/unknown"},
		[]string{"12:00 to 12:01"},
	}, {
		"not removed: an older reading doesn't list it",
		[]status.Report{
			reading("12:00", incident("1", "Issue", "ongoing", "11:00", "", "11:30")),
			reading("12:04", incident("1", "Issue", "ongoing", "11:00", "", "11:30")),
			reading("12:02"),
		},
		[]string{"1 Issue ongoing degraded 11:00 to -, seen 12:00 to -"},
		[]string{"12:00 degraded/operational"},
		[]string{"12:00 to 12:04"},
	}, {
		"over without an end",
		[]status.Report{
			reading("12:00", incident("1", "Issue", "ongoing", "11:00", "", "11:30")),
			reading("12:01", incident("1", "Issue", "ongoing", "11:00", "", "11:30")),
			reading("12:02", incident("1", "Issue", "resolved", "11:00", "", "12:02")),
			reading("12:03", incident("1", "Issue", "resolved", "11:00", "", "12:03")),
		},
		[]string{"1 Issue resolved degraded 11:00 to -, seen 12:00 to 12:01"},
		[]string{"12:00 degraded/operational", "12:02 operational/operational"},
		[]string{"12:00 to 12:03"},
	}, {
		"maintenance, announced, in progress, completed",
		[]status.Report{
			reading("12:00", incident("1", "Maintenance", "upcoming", "12:01", "12:30", "11:00")),
			reading("12:01", incident("1", "Maintenance", "ongoing", "12:01", "12:30", "12:01")),
			reading("12:40", incident("1", "Maintenance", "ongoing", "12:01", "12:30", "12:01")),
			reading("12:41", incident("1", "Maintenance", "completed", "12:01", "12:41", "12:41")),
		},
		[]string{"1 Maintenance completed maintenance 12:01 to 12:41, seen 12:00 to -"},
		[]string{"12:00 operational/operational", "12:01 maintenance/operational", "12:41 operational/operational"},
		[]string{"12:00 to 12:01", "12:40 to 12:41"},
	}, {
		"maintenance, announced and cancelled",
		[]status.Report{
			reading("12:00", incident("1", "Maintenance", "upcoming", "12:10", "12:30", "11:00")),
			reading("12:11"),
		},
		[]string{"1 Maintenance upcoming operational 12:10 to 12:30, seen 12:00 to 12:00"},
		[]string{"12:00 operational/operational"},
		[]string{"12:00 to 12:00", "12:11 to 12:11"},
	}, {
		"an unknown state",
		[]status.Report{
			reading("12:00", incident("1", "Issue", "ongoing", "11:00", "", "11:30")),
			reading("12:01", incident("1", "Issue", "monitored", "11:00", "", "12:00")),
			reading("12:02", incident("1", "Issue", "resolved", "11:00", "12:00", "12:01")),
		},
		[]string{"1 Issue resolved degraded 11:00 to 12:00, seen 12:00 to -"},
		[]string{"12:00 degraded/operational", "12:01 unknown/unknown", "12:02 operational/operational"},
		[]string{"12:00 to 12:02"},
	}, {
		"ongoing, though it is to start later",
		[]status.Report{
			reading("12:00", incident("1", "Outage", "ongoing", "13:00", "", "11:30")),
			reading("13:00", incident("1", "Outage", "ongoing", "13:00", "", "11:30")),
		},
		[]string{"1 Outage ongoing outage 13:00 to -, seen 12:00 to -"},
		[]string{"12:00 outage/outage", "13:00 outage/operational"},
		[]string{"12:00 to 12:00", "13:00 to 13:00"},
	}, {
		"without an ID: identified by its start, or else not stored",
		[]status.Report{
			reading("12:00", incident("", "Issue", "ongoing", "11:00", "", "")),
			reading("12:01", incident("", "Issue", "ongoing", "11:00", "", ""), incident("", "Outage", "ongoing", "", "", "")),
			reading("12:02", incident("", "Issue", "resolved", "11:00", "12:01", "")),
		},
		[]string{fmt.Sprintf("start-%d Issue resolved degraded 11:00 to 12:01, seen 12:00 to -", clock("11:00").Unix())},
		[]string{"12:00 degraded/operational", "12:01 outage/outage", "12:02 operational/operational"},
		[]string{"12:00 to 12:02"},
	}, {
		"one incident twice in a list, in any order",
		[]status.Report{
			reading("12:00", incident("1", "Issue", "ongoing", "11:00", "", ""), incident("1", "Outage", "ongoing", "11:00", "", "")),
			reading("12:01", incident("1", "Outage", "ongoing", "11:00", "", ""), incident("1", "Issue", "ongoing", "11:00", "", "")),
		},
		[]string{"1 Outage ongoing outage 11:00 to -, seen 12:00 to -"},
		[]string{"12:00 outage/operational"},
		[]string{"12:00 to 12:01"},
	}, {
		"one incident twice in a list, ongoing and resolved: it is ongoing, and the other counts for the worst level",
		[]status.Report{
			reading("12:00", incident("1", "Issue", "ongoing", "11:00", "", ""), incident("1", "Outage", "resolved", "11:00", "11:30", "")),
		},
		[]string{"1 Issue ongoing outage 11:00 to -, seen 12:00 to -"},
		[]string{"12:00 degraded/operational"},
		[]string{"12:00 to 12:00"},
	}, {
		"another reading of the same second",
		[]status.Report{reading("12:00"), reading("12:00", incident("1", "Outage", "ongoing", "11:00", "", ""))},
		nil,
		[]string{"12:00 operational/operational"},
		[]string{"12:00 to 12:00"},
	}, {
		"the page's light, beside an incident and alone",
		[]status.Report{
			withLight(reading("12:00", incident("1", "Issue", "ongoing", "11:00", "", "11:30")), status.Operational),
			withLight(reading("12:01", incident("1", "Issue", "ongoing", "11:00", "", "11:30")), status.Outage),
			withLight(reading("12:02", incident("1", "Issue", "resolved", "11:00", "12:00", "12:02")), status.Degraded),
			reading("12:03", incident("1", "Issue", "resolved", "11:00", "12:00", "12:02")),
		},
		[]string{"1 Issue resolved degraded 11:00 to 12:00, seen 12:00 to -"},
		[]string{"12:00 degraded/operational", "12:01 outage/outage", "12:02 degraded/degraded", "12:03 operational/operational"},
		[]string{"12:00 to 12:03"},
	}, {
		"watched with gaps: five minutes are close enough",
		[]status.Report{reading("12:00"), reading("12:05"), reading("12:10:01"), reading("12:11")},
		nil,
		[]string{"12:00 operational/operational"},
		[]string{"12:00 to 12:05", "12:10:01 to 12:11"},
	}, {
		"older readings stored late add incidents only",
		[]status.Report{
			reading("12:10", incident("1", "Issue", "resolved", "11:00", "11:30", "11:31")),
			reading("12:05", incident("1", "Issue", "ongoing", "11:00", "", ""), incident("2", "Outage", "ongoing", "12:00", "", "12:04")),
			reading("12:07", incident("1", "Outage", "ongoing", "11:00", "", "11:20"), incident("2", "Outage", "ongoing", "12:00", "", "12:04")),
			reading("12:06", incident("1", "Issue", "resolved", "11:00", "11:40", "11:45")),
			reading("12:11", incident("1", "Issue", "resolved", "11:00", "11:40", "11:45")),
		},
		[]string{"2 Outage ongoing outage 12:00 to -, seen 12:05 to 12:07", "1 Issue resolved outage 11:00 to 11:40, seen 12:05 to -"},
		[]string{"12:10 operational/operational", "12:11 outage/operational"}, // listed until 12:07
		[]string{"12:10 to 12:11"},
	}, {
		"a reading stored late doesn't replace what newer ones confirm",
		[]status.Report{
			reading("12:00", incident("1", "Issue", "resolved", "11:00", "11:30", "")),
			reading("12:04", incident("1", "Issue", "resolved", "11:00", "11:30", "")),
			reading("12:02", incident("1", "Issue", "ongoing", "11:00", "", "")),
		},
		[]string{"1 Issue resolved degraded 11:00 to 11:30, seen 12:00 to -"},
		[]string{"12:00 operational/operational"},
		[]string{"12:00 to 12:04"},
	}, {
		"over midnight, when old rows are pruned",
		[]status.Report{
			reading("23:58", incident("1", "Issue", "ongoing", "23:00", "", "23:30")),
			reading("+1 00:01", incident("1", "Issue", "ongoing", "23:00", "", "23:30")),
			reading("+1 00:02", incident("1", "Issue", "resolved", "23:00", "+1 00:01", "+1 00:02")),
		},
		[]string{"1 Issue resolved degraded 23:00 to +1 00:01, seen 23:58 to -"},
		[]string{"23:58 degraded/operational", "+1 00:02 operational/operational"},
		[]string{"23:58 to +1 00:02"},
	},
}

// newest is the time of a scenario's newest reading.
func (s scenario) newest() (newest time.Time) {
	for _, r := range s.readings {
		if r.CheckedAt.After(newest) {
			newest = r.CheckedAt
		}
	}
	return newest
}

func TestScenarios(t *testing.T) {
	for _, s := range scenarios {
		t.Run(s.name, func(t *testing.T) {
			b := history.NewStore(open(t, ":memory:"))
			record(t, b, s.readings...)
			h := read(t, b, 3, s.newest())
			same(t, "incidents", incidentLines(h.Incidents), s.incidents)
			same(t, "levels", levels(h.Changes), s.levels)
			same(t, "watched", spans(h.Watched), s.watched)
		})
	}
}

func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	if g, w := strings.Join(got, "\n\t"), strings.Join(want, "\n\t"); g != w {
		t.Errorf("%s:\n\t%s\nwant\n\t%s", what, g, w)
	}
}
