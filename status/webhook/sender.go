// Package webhook posts each change of a service's level to one receiver, as
// JSON that chat programs show and other programs read, signed in the form of
// Standard Webhooks (https://www.standardwebhooks.com).
package webhook

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"

	"backupcheck/status"
	"backupcheck/status/history"
)

const (
	// retryAfter is a little less than the minute between two rounds, and
	// longer than TimeLimit: by then a try that died tells nobody any more.
	retryAfter = 50 * time.Second
	// perRound is how many changes a round posts at most. At the edge each of
	// them costs three of the 50 requests that a run may make.
	perRound = 8
	// tellings is how often the queue is told of a change that was taken.
	tellings = 3

	userAgent = "BackupCheck/1.0"
)

// TimeLimit is the longest that the receiver's answer is waited for. The Doer
// applies it: what runs at the edge must not use Go's timers.
const TimeLimit = 10 * time.Second

// Queue holds the changes that are still to be posted. *history.Store is one.
type Queue interface {
	// Due returns the changes that the receiver hasn't taken and that are
	// young enough to be told, the oldest first.
	Due(ctx context.Context, service string, now time.Time) ([]history.Post, error)
	// Claim begins a try, and reports whether it is the caller's: false if
	// another one began less than retryAfter ago, or has come through.
	Claim(ctx context.Context, p history.Post, now time.Time, retryAfter time.Duration) (bool, error)
	// Told takes a change off the queue.
	MarkSent(ctx context.Context, p history.Post, now time.Time) error
}

// Doer is the part of http.Client that posting needs. It does not follow
// redirects and gives up after TimeLimit.
type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

// Sender posts what is due. Several may share a queue: each change goes out
// from one of them, and again only while no try has come through. A receiver
// that must not act twice even when its answer was lost on the way, or when the
// sender died before it could note it, compares webhook-id: that stays the same.
type Sender struct {
	Doer  Doer
	Queue Queue
	// URL is where to post; see CheckURL. It is a secret, as chat programs
	// take a post from whoever knows it.
	URL string
	// Secret signs the posts: "whsec_" and base64, or else its own bytes. If it
	// is empty the URL signs them.
	Secret  string
	Service string
	// Verdict tells of the incident behind a change. It never waits.
	Verdict func() status.Verdict
	// Now is the clock; time.Now if nil.
	Now func() time.Time
	// RetryAfter is how soon a try that failed may be followed by another; 50 s
	// if zero.
	RetryAfter time.Duration

	// taken holds the ids of changes that the receiver took and the queue
	// doesn't know of yet.
	taken sync.Map
}

// Send is one round: it posts the changes that are due, the oldest first, and
// stops at the first one that fails or that another sender is posting, so that
// the receiver hears of them in order. No error holds the URL, the secret or
// what the receiver answers.
func (s *Sender) Send(ctx context.Context) error {
	if err := CheckURL(s.URL); err != nil {
		return err
	}
	key, err := signingKey(s.Secret, s.URL)
	if err != nil {
		return err
	}
	posts, err := s.Queue.Due(ctx, s.Service, s.now())
	if err != nil {
		return fmt.Errorf("looking for changes to post: %w", err)
	}
	for _, p := range posts[:min(len(posts), perRound)] {
		wait := s.RetryAfter
		if wait == 0 {
			wait = retryAfter
		}
		mine, err := s.Queue.Claim(ctx, p, s.now(), wait)
		if err != nil {
			return fmt.Errorf("claiming a change to post: %w", err)
		}
		if !mine {
			return nil
		}
		id := messageID(p)
		if _, taken := s.taken.Load(id); !taken {
			if err := s.post(ctx, key, id, p); err != nil {
				return fmt.Errorf("posting the change of %s to the webhook: %w", p.At.UTC().Format(time.RFC3339), err)
			}
			s.taken.Store(id, nil)
		}
		// What the receiver took is noted even if the program is to end.
		if err := s.told(context.WithoutCancel(ctx), p); err != nil {
			return fmt.Errorf("noting that the webhook's receiver took a change: %w", err)
		}
		s.taken.Delete(id)
	}
	return nil
}

func (s *Sender) told(ctx context.Context, p history.Post) (err error) {
	for range tellings {
		if err = s.Queue.MarkSent(ctx, p, s.now()); err == nil {
			return nil
		}
	}
	return err
}

func (s *Sender) post(ctx context.Context, key []byte, id string, p history.Post) error {
	body := payload(p, s.Verdict())
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.URL, bytes.NewReader(body))
	if err != nil {
		return errURL // that error would hold the URL
	}
	timestamp := strconv.FormatInt(s.now().Unix(), 10)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", userAgent)
	req.Header.Set("webhook-id", id)
	req.Header.Set("webhook-timestamp", timestamp)
	req.Header.Set("webhook-signature", signature(key, id, timestamp, body))
	res, err := s.Doer.Do(req)
	if err != nil {
		return reason(err)
	}
	// The answer's status says it all; its body is not read.
	res.Body.Close()
	if res.StatusCode < 200 || res.StatusCode > 299 {
		return fmt.Errorf("the receiver answers %d", res.StatusCode)
	}
	return nil
}

// reason says why there is no answer, in words of its own: those of the error
// may hold the URL.
func reason(err error) error {
	var limited interface{ Timeout() bool }
	switch {
	case errors.Is(err, errAddress):
		return errAddress
	case errors.Is(err, context.Canceled):
		return context.Canceled
	case errors.As(err, &limited) && limited.Timeout():
		return errors.New("the receiver didn't answer in time")
	default:
		return errors.New("the receiver couldn't be reached")
	}
}

func (s *Sender) now() time.Time {
	if s.Now == nil {
		return time.Now()
	}
	return s.Now()
}
