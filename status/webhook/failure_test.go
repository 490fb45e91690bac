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
		s.reads()
		s.reads(ongoing("Issue"))
		if err := s.sender(r).Send(t.Context()); err == nil {
			t.Errorf("%d counts as a success", status)
		}
	}
	if got := elsewhere.got(); len(got) != 0 {
		t.Errorf("%d redirects were followed", len(got))
	}
}

func TestHangingReceiver(t *testing.T) {
	release := make(chan struct{})
	s, r := newEnv(t, ":memory:"), newReceiver(t,
		func(http.ResponseWriter, *http.Request) { <-release },
		func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(200)
			w.(http.Flusher).Flush() // the status is known, although the body never ends
			<-release
		})
	t.Cleanup(func() { close(release) })
	s.reads()
	s.reads(ongoing("Issue"))
	sender := s.sender(r)
	client := webhook.Client(false)
	client.Timeout = 200 * time.Millisecond
	sender.Doer = client
	if err := sender.Send(t.Context()); err == nil || !strings.Contains(err.Error(), "in time") {
		t.Errorf("no response: %v", err)
	}
	s.pass(time.Minute)
	if err := sender.Send(t.Context()); err != nil {
		t.Errorf("a response without an end: %v", err)
	}
}

// queue fails on request.
type queue struct {
	*history.Store
	due, claim error
	markSent   int // calls of MarkSent that are still to fail
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
	if q.markSent > 0 {
		q.markSent--
		return errDatabase
	}
	return q.Store.MarkSent(ctx, p, now)
}

func TestDatabaseFailureCausesNoSecondPost(t *testing.T) {
	for _, test := range []struct {
		what  string
		queue queue
		fails bool
		posts int
	}{
		{"reading", queue{due: errDatabase}, true, 0},
		{"claiming", queue{claim: errDatabase}, true, 0},
		{"marking as sent, twice", queue{markSent: 2}, false, 1},
		{"marking as sent, for some minutes", queue{markSent: 7}, true, 1},
	} {
		s, r := newEnv(t, ":memory:"), newReceiver(t)
		s.reads()
		s.reads(ongoing("Issue"))
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
			t.Errorf("%s: %d posts, finally %v", test.what, len(got), err)
		}
		if due, err := s.store.Due(t.Context(), status.ServiceName, s.clock()); len(due) != 0 || err != nil {
			t.Errorf("%s: still due are %v, %v", test.what, due, err)
		}
	}
}

// doer is a webhook.Doer that calls a function.
type doer func(*http.Request) (*http.Response, error)

func (d doer) Do(req *http.Request) (*http.Response, error) { return d(req) }

func TestAcceptedPostIsMarkedSentEvenIfCancelled(t *testing.T) {
	s, r := newEnv(t, ":memory:"), newReceiver(t)
	s.reads()
	s.reads(ongoing("Issue"))
	ctx, cancel := context.WithCancel(t.Context())
	sender := s.sender(r)
	sender.Doer = doer(func(req *http.Request) (*http.Response, error) {
		defer cancel()
		return webhook.Client(false).Do(req)
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

func TestNothingIsPostedToARejectedURL(t *testing.T) {
	s, r := newEnv(t, ":memory:"), newReceiver(t)
	s.reads()
	s.reads(ongoing("Issue"))
	sender := s.sender(r)
	sender.URL = "http://example.com" + secretPath
	sender.Doer = doer(func(req *http.Request) (*http.Response, error) {
		t.Errorf("posted to %s", req.URL)
		return nil, errors.New("refused")
	})
	if err := sender.Send(t.Context()); err == nil {
		t.Error("no error")
	}
	// With the right URL there is no retry to wait for.
	if err := s.sender(r).Send(t.Context()); err != nil || len(r.got()) != 1 {
		t.Errorf("with the right URL: %v", err)
	}
}

func TestErrorsContainNoSecrets(t *testing.T) {
	secrets := []string{"p4ss", "t0ken", "s3cret", "services", "T00", "c2VjcmV0"}
	responds := func(response http.HandlerFunc) func(*webhook.Sender, *receiver) {
		return func(_ *webhook.Sender, r *receiver) { r.responses = []http.HandlerFunc{response} }
	}
	for what, arrange := range map[string]func(*webhook.Sender, *receiver){
		"500":      responds(code(500)),
		"404":      responds(code(404)),
		"redirect": responds(func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.String(), http.StatusFound) }),
		"a connection that is closed": responds(func(w http.ResponseWriter, _ *http.Request) {
			panic(http.ErrAbortHandler)
		}),
		"connection refused": func(s *webhook.Sender, _ *receiver) { s.URL = "http://127.0.0.1:1" + secretPath },
		"no such host":       func(s *webhook.Sender, _ *receiver) { s.URL = "https://receiver.invalid" + secretPath },
		"an error of the client": func(s *webhook.Sender, _ *receiver) {
			s.Doer = doer(func(req *http.Request) (*http.Response, error) {
				return nil, errors.New("fetching " + req.URL.String() + ": TypeError")
			})
		},
		"a name that resolves to a private address": func(s *webhook.Sender, _ *receiver) {
			s.Doer = doer(func(req *http.Request) (*http.Response, error) {
				req.URL.Scheme, req.URL.Host = "https", "localhost"
				return webhook.Client(false).Do(req)
			})
		},
		"http":              func(s *webhook.Sender, _ *receiver) { s.URL = "http://example.com" + secretPath },
		"an invalid URL":    func(s *webhook.Sender, _ *receiver) { s.URL = "https://exa mple.com\x00" + secretPath },
		"a password":        func(s *webhook.Sender, _ *receiver) { s.URL = "https://p4ss:t0ken@example.com/services" },
		"an invalid secret": func(s *webhook.Sender, _ *receiver) { s.Secret = "whsec_s3cret!" },
	} {
		s, r := newEnv(t, ":memory:"), newReceiver(t)
		s.reads()
		s.reads(ongoing("Issue"))
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
