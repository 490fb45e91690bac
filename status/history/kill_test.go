package history_test

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"backupcheck/status"
	"backupcheck/status/history"
)

// childFile, if set, makes this program record readings into the file that it
// names until it is killed.
const childFile = "BACKUPCHECK_TEST_CHILD_FILE"

func TestMain(m *testing.M) {
	if file := os.Getenv(childFile); file != "" {
		recordUntilKilled(file)
	}
	if file := os.Getenv(childReads); file != "" {
		lines, err := levelsIn(file)
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		fmt.Println(strings.Join(lines, "\n"))
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// minuteReading is the reading of a minute, of three services with incidents
// that start, change, disappear and end frequently.
func minuteReading(minute int) status.Report {
	r := reading("00:00")
	r.CheckedAt = r.CheckedAt.Add(time.Duration(minute) * time.Minute)
	r.Related = append(r.Related, status.Row{Name: "Find My"})
	for s, row := range []*status.Row{&r.Service, &r.Related[0], &r.Related[1]} {
		for n := max(0, minute/4-3); n <= minute/4; n++ {
			age := minute - 4*n + s
			if age == 5 {
				continue // not listed for one minute
			}
			begin := clock("00:00").Add(time.Duration(4*n) * time.Minute)
			i := status.Incident{ID: fmt.Sprint(n), Type: []string{"Issue", "Outage"}[age/3%2], State: "ongoing", StartedAt: begin, PostedAt: r.CheckedAt}
			if age > 8 {
				i.State, i.EndedAt, i.PostedAt = "resolved", begin.Add(8*time.Minute), begin.Add(9*time.Minute)
			}
			row.Incidents = append(row.Incidents, i)
		}
	}
	return r
}

func minuteOf(t time.Time) int { return int(t.Sub(clock("00:00")) / time.Minute) }

// afterAll is a clock for readings that take no time.
func afterAll() time.Time { return clock("00:00").AddDate(10, 0, 0) }

func storeAfterAll(db *sql.DB) *history.Store {
	b := history.NewStore(db)
	b.Now = afterAll
	return b
}

// recordUntilKilled continues where the last one was killed, and prints each
// minute once it is stored.
func recordUntilKilled(file string) {
	db, err := history.Open(context.Background(), file)
	if err != nil {
		panic(err)
	}
	b := storeAfterAll(db)
	latest, err := b.State(context.Background())
	if err != nil {
		panic(err)
	}
	next := 0
	if !latest.RecordedAt.IsZero() {
		next = minuteOf(latest.RecordedAt) + 1
	}
	for ; ; next++ {
		if err := b.Record(context.Background(), minuteReading(next)); err != nil {
			panic(err)
		}
		fmt.Println(next)
	}
}

// A program that is killed while it writes loses nothing that it acknowledged,
// and the next one continues as if it had not been interrupted.
func TestKilledDuringWrites(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: kills programs for many seconds")
	}
	path := file(t)
	random := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 0))
	const rounds = 24
	acknowledged, between := -1, 0
	for round := range rounds {
		cmd := exec.CommandContext(t.Context(), os.Args[0])
		cmd.Env = append(os.Environ(), childFile+"="+path)
		var stderr strings.Builder
		cmd.Stderr = &stderr
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		// The delay starts at the first acknowledged reading, so that the child is
		// writing by then even on a slow machine.
		lines := bufio.NewScanner(out)
		for first := true; lines.Scan(); first = false {
			if _, err := fmt.Sscan(lines.Text(), &acknowledged); err != nil {
				t.Fatalf("%q: %s", lines.Text(), stderr.String())
			}
			if first {
				time.AfterFunc(time.Duration(random.IntN(150_000))*time.Microsecond, func() { cmd.Process.Kill() })
			}
		}
		if err := cmd.Wait(); err == nil || stderr.Len() > 0 {
			t.Fatalf("the child exited by itself: %v %s", err, stderr.String())
		}

		db := open(t, path)
		var integrity string
		if err := db.QueryRow(`PRAGMA integrity_check`).Scan(&integrity); err != nil || integrity != "ok" {
			t.Fatalf("round %d: integrity %q, %v", round, integrity, err)
		}
		state, err := storeAfterAll(db).State(t.Context())
		latest := state.RecordedAt
		if err != nil || minuteOf(latest) < acknowledged {
			t.Fatalf("round %d: minute %d was acknowledged, the newest stored is %v, %v", round, acknowledged, latest, err)
		}
		// There are rows later than the newest reading if the program was
		// killed between two statements of the one after it.
		var later int
		if err := db.QueryRow(`SELECT (SELECT count(*) FROM incident WHERE read_at > ?1) + (SELECT count(*) FROM change WHERE at > ?1)`, latest.Unix()).Scan(&later); err != nil {
			t.Fatal(err)
		}
		between += min(later, 1)
		db.Close()
	}

	db, undisturbed := open(t, path), open(t, ":memory:")
	state, err := storeAfterAll(db).State(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	latest := state.RecordedAt
	next := minuteOf(latest) + 1
	record(t, storeAfterAll(db), minuteReading(next))
	for minute := range next + 1 {
		record(t, storeAfterAll(undisturbed), minuteReading(minute))
	}
	if got, want := dump(t, db), dump(t, undisturbed); got != want {
		t.Errorf("after %d kills\n%s\nundisturbed\n%s", rounds, got, want)
	}
	if between == 0 {
		t.Error("no kill was during a reading")
	}
	t.Logf("%d readings over %d kills, %d of them between two statements of a reading", next+1, rounds, between)
}
