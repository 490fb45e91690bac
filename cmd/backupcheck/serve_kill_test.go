package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"backupcheck/cmd/backupcheck/internal/toolchain"
	"backupcheck/status/history"
)

// serveProgram is serve in an operating system process.
type serveProgram struct {
	*exec.Cmd
	url string
}

// spawn starts serve in a process and waits for its address. It runs outside of
// the checkout, where it doesn't compile the engine.
func spawn(t *testing.T, binary, origin, file string) serveProgram {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), binary, "serve", "-addr", "127.0.0.1:0", "-refresh", "50ms", "-origin", origin, "-db", file)
	cmd.Dir = filepath.Dir(file)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line := make([]byte, 200)
	n, err := out.Read(line)
	if url := urlPattern.FindString(string(line[:n])); url != "" {
		return serveProgram{cmd, url}
	}
	cmd.Process.Kill()
	cmd.Wait()
	t.Fatalf("serve prints no address: %v\n%s", err, &stderr)
	return serveProgram{}
}

func (p serveProgram) kill() {
	p.Process.Kill() // as kill -9
	p.Wait()
}

// servedHistory is the part of a body of /api/history that must survive a kill.
type servedHistory struct {
	To        time.Time
	Incidents []struct {
		ID, State  string
		WorstLevel string    `json:"worst_level"`
		StartedAt  time.Time `json:"started_at"`
		EndedAt    time.Time `json:"ended_at"`
	}
	Changes []struct {
		At    time.Time
		Level string
	}
}

// history returns the history, or false if the program has ended.
func (p serveProgram) history(ctx context.Context) (h servedHistory, ok bool) {
	req, err := http.NewRequestWithContext(ctx, "GET", p.url+"/api/history?days=2", nil)
	if err != nil {
		return h, false
	}
	req.Close = true
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return h, false
	}
	defer res.Body.Close()
	return h, res.StatusCode == 200 && json.NewDecoder(res.Body).Decode(&h) == nil
}

// checkNothingIsLost checks that a response has everything of an earlier one.
func checkNothingIsLost(t *testing.T, before, now servedHistory) {
	t.Helper()
	// Before the first reading, To is the time of the request.
	if len(now.Changes) < len(before.Changes) || len(before.Changes) > 0 && now.To.Before(before.To) {
		t.Fatalf("before %+v\n   now %+v", before, now)
	}
	for i, change := range before.Changes {
		if now.Changes[i] != change {
			t.Errorf("change %d was %v, is %v", i, change, now.Changes[i])
		}
	}
	for i, incident := range before.Incidents {
		if i >= len(now.Incidents) || now.Incidents[i].ID != incident.ID || incident.WorstLevel == "outage" && now.Incidents[i].WorstLevel != "outage" {
			t.Fatalf("incidents were %v, are %v", before.Incidents, now.Incidents)
		}
	}
}

// checkDatabase checks invariants that aren't constraints of the database.
func checkDatabase(t *testing.T, db *sql.DB) {
	t.Helper()
	for query, want := range map[string]string{
		"PRAGMA integrity_check": "ok",
		// Changes without a change, spans that overlap, spans that end before
		// their start.
		"SELECT count(*) FROM change a JOIN change b ON b.service = a.service AND b.at = (SELECT min(at) FROM change c WHERE c.service = a.service AND c.at > a.at) WHERE b.level = a.level AND b.rest = a.rest": "0",
		"SELECT count(*) FROM watched a JOIN watched b ON b.began_at > a.began_at AND b.began_at <= a.ended_at":                                                                                                  "0",
		"SELECT count(*) FROM watched WHERE ended_at < began_at": "0",
		// The interruptions were short.
		"SELECT count(*) FROM watched": "1",
	} {
		var got string
		if err := db.QueryRow(query).Scan(&got); err != nil || got != want {
			t.Errorf("%s: %s, want %s (%v)", query, got, want, err)
		}
	}
}

// The program is killed at random times during a scenario and started again. It
// must not lose what it has reported, and in the end the history must be complete
// and without duplicates.
func TestKilledProgramLosesAndDuplicatesNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: kills the program for many seconds")
	}
	dir := t.TempDir()
	binary, file := filepath.Join(dir, "backupcheck"), filepath.Join(dir, "x.db")
	if _, err := toolchain.Output(t.Context(), ".", "go", "build", "-o", binary, "."); err != nil {
		t.Fatal(err)
	}
	apple, origin := simulateApple(t, "fine")
	var last servedHistory
	level := func() string {
		if len(last.Changes) == 0 {
			return ""
		}
		return last.Changes[len(last.Changes)-1].Level
	}
	type step struct{ scenario, level string }
	steps := []step{{"fine", "operational"}, {"issue", "degraded"}, {"outage", "outage"}, {"recovered", "operational"}, {"issue", "degraded"}, {"recovered", "operational"}}
	kills := 0
	for _, step := range steps {
		if err := apple.Show(step.scenario); err != nil {
			t.Fatal(err)
		}
		for level() != step.level {
			p := spawn(t, binary, origin, file)
			killed := make(chan struct{})
			time.AfterFunc(rand.N(1200*time.Millisecond), func() {
				p.kill()
				close(killed)
			})
			for h, ok := p.history(t.Context()); ok; h, ok = p.history(t.Context()) {
				checkNothingIsLost(t, last, h)
				last = h
			}
			<-killed
			kills++
		}
	}
	t.Logf("killed %d times", kills)
	p := spawn(t, binary, origin, file)
	defer p.kill()
	for deadline := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		h, ok := p.history(t.Context())
		if !ok || time.Now().After(deadline) {
			t.Fatalf("the end of the scenario isn't stored: %+v", last)
		}
		checkNothingIsLost(t, last, h)
		last = h
		if n := len(h.Changes); n > 0 && h.Changes[n-1].Level == "operational" && len(h.Incidents) == 1 && h.Incidents[0].State == "resolved" {
			break
		}
	}
	incident := last.Incidents[0]
	_, body := fetch(t, p.url+"/api/status")
	var now servedHistory
	if err := json.Unmarshal([]byte(body), &now); err != nil || len(now.Incidents) != 1 {
		t.Fatalf("%v %s", err, body)
	}
	if is := now.Incidents[0]; incident.ID != is.ID || !incident.StartedAt.Equal(is.StartedAt) || !incident.EndedAt.Equal(is.EndedAt) || incident.WorstLevel != "outage" {
		t.Errorf("stored %+v, Apple reports %+v", incident, is)
	}
	p.kill()
	db, err := history.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	checkDatabase(t, db)
}
