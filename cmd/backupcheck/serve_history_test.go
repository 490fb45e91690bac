package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"backupcheck/status/history"
)

// received is a webhook's receiver.
type received struct {
	mu    sync.Mutex
	posts []string
}

func (r *received) ServeHTTP(_ http.ResponseWriter, req *http.Request) {
	body, _ := io.ReadAll(req.Body)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.posts = append(r.posts, string(body)+req.Header.Get("webhook-signature"))
}

func (r *received) all() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.posts
}

func TestServePostsChangesToTheWebhook(t *testing.T) {
	var receiver received
	site := httptest.NewServer(&receiver)
	defer site.Close()
	t.Setenv("WEBHOOK_URL", site.URL+"/hidden-path")
	t.Setenv("WEBHOOK_SECRET", "hidden-secret")
	apple, origin := playedNow(t, "fine")
	s := start(t, "serve", "-addr", "127.0.0.1:0", "-origin", origin, "-refresh", "50ms")
	s.recorded(t)
	// Times in the history are whole seconds.
	time.Sleep(1100 * time.Millisecond)
	if err := apple.Show("outage"); err != nil {
		t.Fatal(err)
	}
	for late := time.Now().Add(patience); len(receiver.all()) == 0; time.Sleep(time.Millisecond) {
		if time.Now().After(late) {
			t.Fatalf("nothing is posted: %s", s.err)
		}
	}
	readings(t, apple, 5)
	posts := receiver.all()
	if len(posts) != 1 || !strings.Contains(posts[0], `"level":"outage","previous":"operational"`) || !strings.Contains(posts[0], "v1,") {
		t.Errorf("posted %q", posts)
	}
	if s.stop(t) != 0 || strings.Contains(s.err.String()+s.out.String(), "hidden") {
		t.Errorf("told: %s%s", s.out, s.err)
	}
}

// A post that is out must be noted as told, or the next start would repeat it.
func TestServeStopsWhenTheMinutesWorkIsDone(t *testing.T) {
	arrived, release := make(chan struct{}, 1), make(chan struct{})
	site := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		arrived <- struct{}{}
		<-release
	}))
	defer site.Close()
	t.Setenv("WEBHOOK_URL", site.URL)
	t.Setenv("WEBHOOK_SECRET", "")
	apple, origin := playedNow(t, "fine")
	file := filepath.Join(t.TempDir(), "x.db")
	s := start(t, "serve", "-addr", "127.0.0.1:0", "-origin", origin, "-refresh", "50ms", "-db", file)
	s.recorded(t)
	time.Sleep(1100 * time.Millisecond)
	if err := apple.Show("outage"); err != nil {
		t.Fatal(err)
	}
	<-arrived
	s.cancel()
	select {
	case <-s.ended:
		t.Error("it ends while a post is out")
	case <-time.After(200 * time.Millisecond):
	}
	close(release)
	if code := s.stop(t); code != 0 {
		t.Errorf("exit %d: %s", code, s.err)
	}
	db, err := history.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var told int
	if err := db.QueryRow("SELECT count(*) FROM change WHERE service = 'iCloud Backup' AND level = 'outage' AND told_at > 0").Scan(&told); err != nil || told != 1 {
		t.Errorf("%d changes are noted as told (%v)", told, err)
	}
}

func TestWebhookThatCannotBeIsWrongUsage(t *testing.T) {
	for _, env := range [][2]string{
		{"http://example.com/hidden", ""}, {"https://10.0.0.1/hidden", ""}, {"hidden", ""}, {"https://hidden:hidden@example.com/", ""},
		{"https://example.com/hidden", "whsec_hidden!"},
	} {
		t.Setenv("WEBHOOK_URL", env[0])
		t.Setenv("WEBHOOK_SECRET", env[1])
		r := call(t, "", "serve", "-addr", "127.0.0.1:0")
		if r.code != exitUsage || r.out != "" || !strings.Contains(r.err, "WEBHOOK_") || strings.Contains(r.err, "hidden") {
			t.Errorf("%s: %+v", env[0], r)
		}
		checkSentence(t, r.err)
	}
}

// program is serve in a process of its own.
type program struct {
	*exec.Cmd
	url string
}

// spawn starts serve in a process and waits for its address. It runs where
// there is no Go module, so it doesn't compile the engine.
func spawn(t *testing.T, binary, origin, file string) program {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), binary, "serve", "-addr", "127.0.0.1:0", "-refresh", "50ms", "-origin", origin, "-db", file)
	cmd.Dir = filepath.Dir(file)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var told bytes.Buffer
	cmd.Stderr = &told
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line := make([]byte, 200)
	n, err := out.Read(line)
	if url := address.FindString(string(line[:n])); url != "" {
		return program{cmd, url}
	}
	cmd.Process.Kill()
	cmd.Wait()
	t.Fatalf("serve tells no address: %v\n%s", err, &told)
	return program{}
}

func (p program) kill() {
	p.Process.Kill() // as kill -9
	p.Wait()
}

// told is what /api/history told: all of it was kept by then.
type told struct {
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

// ask returns false if the program is gone.
func (p program) ask(ctx context.Context) (h told, ok bool) {
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

// checkNothingIsLost checks that what was told before is still there.
func checkNothingIsLost(t *testing.T, before, now told) {
	t.Helper()
	if len(now.Changes) < len(before.Changes) || now.To.Before(before.To) {
		t.Fatalf("told %+v\n now %+v", before, now)
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

// checkDatabase checks what the database can't refuse by itself.
func checkDatabase(t *testing.T, db *sql.DB) {
	t.Helper()
	for query, want := range map[string]string{
		"PRAGMA integrity_check": "ok",
		// Changes that change nothing, and spans that overlap or don't end
		// after they begin.
		"SELECT count(*) FROM change a JOIN change b ON b.service = a.service AND b.at = (SELECT min(at) FROM change c WHERE c.service = a.service AND c.at > a.at) WHERE b.level = a.level AND b.rest = a.rest": "0",
		"SELECT count(*) FROM watched a JOIN watched b ON b.began_at > a.began_at AND b.began_at <= a.ended_at":                                                                                                  "0",
		"SELECT count(*) FROM watched WHERE ended_at < began_at": "0",
		// It was never off for long.
		"SELECT count(*) FROM watched": "1",
	} {
		var got string
		if err := db.QueryRow(query).Scan(&got); err != nil || got != want {
			t.Errorf("%s: %s, want %s (%v)", query, got, want, err)
		}
	}
}

// The program is killed at any moment while Apple's story goes on, and started
// again. What it told once is there for ever, and in the end the story is told
// once and right.
func TestKilledProgramLosesAndDoublesNothing(t *testing.T) {
	folder := t.TempDir()
	binary, file := filepath.Join(folder, "backupcheck"), filepath.Join(folder, "x.db")
	if _, err := output(t.Context(), ".", "go", "build", "-o", binary, "."); err != nil {
		t.Fatal(err)
	}
	apple, origin := playedNow(t, "fine")
	var last told
	level := func() string {
		if len(last.Changes) == 0 {
			return ""
		}
		return last.Changes[len(last.Changes)-1].Level
	}
	kills := 0
	for _, step := range []struct{ scenario, level string }{
		{"fine", "operational"}, {"issue", "degraded"}, {"outage", "outage"}, {"recovered", "operational"}, {"issue", "degraded"}, {"recovered", "operational"},
	} {
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
			for told, ok := p.ask(t.Context()); ok; told, ok = p.ask(t.Context()) {
				checkNothingIsLost(t, last, told)
				last = told
			}
			<-killed
			kills++
		}
	}
	t.Logf("killed %d times", kills)
	p := spawn(t, binary, origin, file)
	defer p.kill()
	for late := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		h, ok := p.ask(t.Context())
		if !ok || time.Now().After(late) {
			t.Fatalf("the end of the story isn't kept: %+v", last)
		}
		checkNothingIsLost(t, last, h)
		last = h
		if n := len(h.Changes); n > 0 && h.Changes[n-1].Level == "operational" && len(h.Incidents) == 1 && h.Incidents[0].State == "resolved" {
			break
		}
	}
	incident := last.Incidents[0]
	_, body := fetch(t, p.url+"/api/status")
	var now told
	if err := json.Unmarshal([]byte(body), &now); err != nil || len(now.Incidents) != 1 {
		t.Fatalf("%v %s", err, body)
	}
	if is := now.Incidents[0]; incident.ID != is.ID || !incident.StartedAt.Equal(is.StartedAt) || !incident.EndedAt.Equal(is.EndedAt) || incident.WorstLevel != "outage" {
		t.Errorf("kept %+v, Apple tells %+v", incident, is)
	}
	p.kill()
	db, err := history.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	checkDatabase(t, db)
}
