package webhook_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"backupcheck/status"
	"backupcheck/status/history"
	"backupcheck/status/webhook"
)

func TestRedirectIsAFailureAndNotFollowed(t *testing.T) {
	elsewhere := newReceiver(t)
	for _, status := range []int{301, 302, 303, 307, 308} {
		s, r := newEnv(t, ":memory:"), newReceiver(t, func(w http.ResponseWriter, req *http.Request) {
			http.Redirect(w, req, elsewhere.url, status)
		})
		s.says()
		s.says(ongoing("Issue"))
		if err := s.sender(r).Send(t.Context()); err == nil {
			t.Errorf("%d is taken for a success", status)
		}
	}
	if got := elsewhere.got(); len(got) != 0 {
		t.Errorf("%d redirects were followed", len(got))
	}
}

func TestReceiverThatHangs(t *testing.T) {
	release := make(chan struct{})
	s, r := newEnv(t, ":memory:"), newReceiver(t,
		func(http.ResponseWriter, *http.Request) { <-release },
		func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(200)
			w.(http.Flusher).Flush() // what it says is known, although it never ends
			<-release
		})
	t.Cleanup(func() { close(release) })
	s.says()
	s.says(ongoing("Issue"))
	sender := s.sender(r)
	client := webhook.Client()
	client.Timeout = 200 * time.Millisecond
	sender.Doer = client
	if err := sender.Send(t.Context()); err == nil || !strings.Contains(err.Error(), "in time") {
		t.Errorf("no answer: %v", err)
	}
	s.pass(time.Minute)
	if err := sender.Send(t.Context()); err != nil {
		t.Errorf("an answer without an end: %v", err)
	}
}

// queue fails on request.
type queue struct {
	*history.Store
	due, claim error
	told       int // calls of Told that are still to fail
}

var errDatabase = errors.New("database is locked")

func (q *queue) Due(ctx context.Context, service string, now time.Time) ([]history.Post, error) {
	if q.due != nil {
		return nil, q.due
	}
	return q.Store.Due(ctx, service, now)
}

func (q *queue) Claim(ctx context.Context, p history.Post, now time.Time, retryAfter time.Duration) (bool, error) {
	if q.claim != nil {
		return false, q.claim
	}
	return q.Store.Claim(ctx, p, now, retryAfter)
}

func (q *queue) MarkSent(ctx context.Context, p history.Post, now time.Time) error {
	if q.told > 0 {
		q.told--
		return errDatabase
	}
	return q.Store.MarkSent(ctx, p, now)
}

func TestDatabaseThatFailsLeadsToNoSecondPost(t *testing.T) {
	for _, test := range []struct {
		what  string
		queue queue
		fails bool
		posts int
	}{
		{"reading", queue{due: errDatabase}, true, 0},
		{"claiming", queue{claim: errDatabase}, true, 0},
		{"noting, twice", queue{told: 2}, false, 1},
		{"noting, for some minutes", queue{told: 7}, true, 1},
	} {
		s, r := newEnv(t, ":memory:"), newReceiver(t)
		s.says()
		s.says(ongoing("Issue"))
		sender := s.sender(r)
		test.queue.Store = s.store
		sender.Queue = &test.queue
		err := sender.Send(t.Context())
		if (err != nil) != test.fails || test.fails && !errors.Is(err, errDatabase) {
			t.Errorf("%s: %v", test.what, err)
		}
		for range 4 {
			s.pass(time.Minute)
			err = sender.Send(t.Context())
		}
		if test.posts == 0 {
			continue
		}
		if got := r.got(); len(got) != test.posts || err != nil {
			t.Errorf("%s: %d posts, and at last %v", test.what, len(got), err)
		}
		if due, err := s.store.Due(t.Context(), status.ServiceName, s.clock()); len(due) != 0 || err != nil {
			t.Errorf("%s: still due are %v, %v", test.what, due, err)
		}
	}
}

// doer is a function that does.
type doer func(*http.Request) (*http.Response, error)

func (d doer) Do(req *http.Request) (*http.Response, error) { return d(req) }

func TestWhatWasTakenIsNotedEvenIfTheProgramIsToEnd(t *testing.T) {
	s, r := newEnv(t, ":memory:"), newReceiver(t)
	s.says()
	s.says(ongoing("Issue"))
	ctx, end := context.WithCancel(t.Context())
	sender := s.sender(r)
	sender.Doer = doer(func(req *http.Request) (*http.Response, error) {
		defer end()
		return webhook.Client().Do(req)
	})
	if err := sender.Send(ctx); err != nil {
		t.Error(err)
	}
	s.pass(time.Minute)
	if err := s.sender(r).Send(t.Context()); err != nil {
		t.Error(err)
	}
	if got := r.got(); len(got) != 1 {
		t.Errorf("%d posts", len(got))
	}
}

func TestNothingIsPostedToAnAddressThatIsRefused(t *testing.T) {
	s, r := newEnv(t, ":memory:"), newReceiver(t)
	s.says()
	s.says(ongoing("Issue"))
	sender := s.sender(r)
	sender.URL = "http://example.com" + secretPath
	sender.Doer = doer(func(req *http.Request) (*http.Response, error) {
		t.Errorf("posted to %s", req.URL)
		return nil, errors.New("refused")
	})
	if err := sender.Send(t.Context()); err == nil {
		t.Error("no error")
	}
	// Once the address is right, there is no try to wait for.
	if err := s.sender(r).Send(t.Context()); err != nil || len(r.got()) != 1 {
		t.Errorf("with the right address: %v", err)
	}
}

func TestNoErrorTellsASecret(t *testing.T) {
	secrets := []string{"p4ss", "t0ken", "s3cret", "services", "T00", "c2VjcmV0"}
	answers := func(answer http.HandlerFunc) func(*webhook.Sender, *receiver) {
		return func(_ *webhook.Sender, r *receiver) { r.answers = []http.HandlerFunc{answer} }
	}
	for what, arrange := range map[string]func(*webhook.Sender, *receiver){
		"500":      answers(code(500)),
		"404":      answers(code(404)),
		"redirect": answers(func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.String(), http.StatusFound) }),
		"a connection that ends": answers(func(w http.ResponseWriter, _ *http.Request) {
			panic(http.ErrAbortHandler)
		}),
		"nobody there": func(s *webhook.Sender, _ *receiver) { s.URL = "http://127.0.0.1:1" + secretPath },
		"no such host": func(s *webhook.Sender, _ *receiver) { s.URL = "https://receiver.invalid" + secretPath },
		"a doer's own words": func(s *webhook.Sender, _ *receiver) {
			s.Doer = doer(func(req *http.Request) (*http.Response, error) {
				return nil, errors.New("fetching " + req.URL.String() + ": TypeError")
			})
		},
		"a name that leads to a private address": func(s *webhook.Sender, _ *receiver) {
			s.Doer = doer(func(req *http.Request) (*http.Response, error) {
				req.URL.Scheme, req.URL.Host = "https", "localhost"
				return webhook.Client().Do(req)
			})
		},
		"http":                    func(s *webhook.Sender, _ *receiver) { s.URL = "http://example.com" + secretPath },
		"an address that is none": func(s *webhook.Sender, _ *receiver) { s.URL = "https://exa mple.com\x00" + secretPath },
		"a password":              func(s *webhook.Sender, _ *receiver) { s.URL = "https://p4ss:t0ken@example.com/services" },
		"a secret that is none":   func(s *webhook.Sender, _ *receiver) { s.Secret = "whsec_s3cret!" },
	} {
		s, r := newEnv(t, ":memory:"), newReceiver(t)
		s.says()
		s.says(ongoing("Issue"))
		sender := s.sender(r)
		arrange(sender, r)
		err := sender.Send(t.Context())
		if err == nil {
			t.Errorf("%s: no error", what)
			continue
		}
		for _, secret := range secrets {
			if strings.Contains(err.Error(), secret) {
				t.Errorf("%s: %q is in %q", what, secret, err)
			}
		}
	}
}
