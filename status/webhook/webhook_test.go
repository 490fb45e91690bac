package webhook_test

import (
	"database/sql"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"backupcheck/status"
	"backupcheck/status/history"
	"backupcheck/status/webhook"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// env is the simulated Apple, the database and the clock of a test.
type env struct {
	t     *testing.T
	db    *sql.DB
	store *history.Store

	mu     sync.Mutex // protects all fields below
	now    time.Time
	report status.Report
}

func newEnv(t *testing.T, file string) *env {
	t.Helper()
	db, err := history.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return &env{t: t, db: db, store: history.NewStore(db), now: noon}
}

// fileIn returns the path of a database that can be opened more than once.
func fileIn(t *testing.T) string { return filepath.Join(t.TempDir(), "history.db") }

func (s *env) clock() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

func (s *env) pass(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = s.now.Add(d)
}

func (s *env) verdict() status.Verdict {
	s.mu.Lock()
	defer s.mu.Unlock()
	return status.Decide(s.report, s.now)
}

// reads advances the clock by a minute and stores a reading in which iCloud
// Backup has these incidents.
func (s *env) reads(incidents ...status.Incident) {
	s.readsRow(status.Row{Name: status.ServiceName, Incidents: incidents})
}

func (s *env) readsRow(row status.Row) {
	s.t.Helper()
	s.pass(time.Minute)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.report = status.Report{CheckedAt: s.now, Service: row}
	if err := s.store.Record(s.t.Context(), s.report); err != nil {
		s.t.Fatal(err)
	}
}

func ongoing(kind string) status.Incident {
	return status.Incident{ID: "2000004700", Type: kind, State: status.StateOngoing, StartedAt: noon.Add(-time.Hour)}
}

func resolved(kind string) status.Incident {
	i := ongoing(kind)
	i.State, i.EndedAt = status.StateResolved, noon
	return i
}

// sender posts from this database to the receiver.
func (s *env) sender(r *receiver) *webhook.Sender {
	return &webhook.Sender{
		Doer: webhook.Client(false), Queue: s.store, URL: r.url, Secret: "s3cret", Service: status.ServiceName,
		Verdict: s.verdict, Now: s.clock,
	}
}

// post is what a receiver gets.
type post struct {
	Text      string
	Service   string
	Level     string
	Previous  string
	Down      bool
	ChangedAt string `json:"changed_at"`
	Summary   string
	Incident  *struct {
		ID, Type, State, URL string
		StartedAt            string `json:"started_at"`
	}
	Source string

	header http.Header
	raw    []byte
}

// receiver accepts posts on loopback. Its responses are those of the list, in
// order, and then that of respond; 204 if that is nil.
type receiver struct {
	url string

	mu        sync.Mutex // protects all fields below
	responses []http.HandlerFunc
	respond   func(post) http.HandlerFunc
	posts     []post
}

// The path makes the URL a secret.
const secretPath = "/services/T00/B00/p4ss?token=t0ken"

func newReceiver(t *testing.T, responses ...http.HandlerFunc) *receiver {
	t.Helper()
	r := &receiver{responses: responses}
	server := httptest.NewServer(r)
	t.Cleanup(server.Close)
	r.url = server.URL + secretPath
	return r
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	raw, _ := io.ReadAll(req.Body)
	p := post{header: req.Header, raw: raw}
	if req.Method == http.MethodPost && json.Unmarshal(raw, &p) != nil {
		p.Text = "no JSON: " + string(raw)
	}
	r.mu.Lock()
	r.posts = append(r.posts, p)
	response := code(http.StatusNoContent)
	if r.respond != nil {
		response = r.respond(p)
	}
	if len(r.responses) > 0 {
		response, r.responses = r.responses[0], r.responses[1:]
	}
	r.mu.Unlock()
	response(w, req)
}

// got returns the posts received since the last call.
func (r *receiver) got() []post {
	r.mu.Lock()
	defer r.mu.Unlock()
	posts := r.posts
	r.posts = nil
	return posts
}

// levels returns the changes of level in the posts.
func levels(posts []post) (words []string) {
	for _, p := range posts {
		words = append(words, p.Previous+" to "+p.Level)
	}
	return words
}

// code responds with a status, and a body that contains the secret URL.
func code(status int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(status)
		if status != http.StatusNoContent {
			io.WriteString(w, "no such token: "+r.URL.String())
		}
	}
}
