package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"backupcheck/status"
	"backupcheck/status/history"
)

// receiver records what a webhook posts.
type receiver struct {
	mu    sync.Mutex
	posts []string
}

func (r *receiver) ServeHTTP(_ http.ResponseWriter, req *http.Request) {
	body, _ := io.ReadAll(req.Body)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.posts = append(r.posts, string(body)+req.Header.Get("webhook-signature"))
}

func (r *receiver) all() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.posts
}

func TestServePostsChangesToTheWebhook(t *testing.T) {
	var posted receiver
	site := httptest.NewServer(&posted)
	defer site.Close()
	t.Setenv("WEBHOOK_URL", site.URL+"/hidden-path")
	t.Setenv("WEBHOOK_SECRET", "hidden-secret")
	apple, origin := simulateApple(t, "fine")
	s := startServe(t, origin, "-refresh", "50ms")
	s.waitForRecord(t)
	// The history has whole seconds.
	time.Sleep(1100 * time.Millisecond)
	if err := apple.Show("outage"); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(patience); len(posted.all()) == 0; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("nothing is posted: %s", s.err)
		}
	}
	waitForReadings(t, apple, 5)
	posts := posted.all()
	if len(posts) != 1 || !strings.Contains(posts[0], `"level":"outage","previous":"operational"`) || !strings.Contains(posts[0], "v1,") {
		t.Errorf("posted %q", posts)
	}
	if s.stop(t) != 0 || strings.Contains(s.err.String()+s.out.String(), "hidden") {
		t.Errorf("exit %d, or secrets in the output: %s%s", s.code, s.out, s.err)
	}
}

// A post in progress must be marked as sent, or the next start would repeat it.
func TestServeCompletesItsWorkBeforeStopping(t *testing.T) {
	arrived, release := make(chan struct{}, 1), make(chan struct{})
	site := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		arrived <- struct{}{}
		<-release
	}))
	defer site.Close()
	t.Setenv("WEBHOOK_URL", site.URL)
	t.Setenv("WEBHOOK_SECRET", "")
	apple, origin := simulateApple(t, "fine")
	file := filepath.Join(t.TempDir(), "x.db")
	s := startServe(t, origin, "-refresh", "50ms", "-db", file)
	s.waitForRecord(t)
	time.Sleep(1100 * time.Millisecond)
	if err := apple.Show("outage"); err != nil {
		t.Fatal(err)
	}
	<-arrived
	s.cancel()
	select {
	case <-s.ended:
		t.Error("it ends during a post")
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
	store := history.NewStore(db)
	now := time.Now()
	stored, err := store.Read(t.Context(), status.ServiceName, 2, now)
	if err != nil {
		t.Fatal(err)
	}
	if last := len(stored.Changes) - 1; last < 1 || stored.Changes[last].Level != status.Outage {
		t.Errorf("changes %v", stored.Changes)
	}
	if unsent, err := store.Due(t.Context(), status.ServiceName, now); err != nil || len(unsent) > 0 {
		t.Errorf("changes that aren't marked as sent: %v (%v)", unsent, err)
	}
}

func TestInvalidWebhookIsWrongUsage(t *testing.T) {
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
