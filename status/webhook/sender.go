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
	// longer than TimeLimit, so an attempt that was interrupted is over by then.
	retryAfter = 50 * time.Second
	// maxPerRound is how many changes a round posts at most. At the edge each of
	// them costs three of the 50 requests that a run may make.
	maxPerRound = 8
	// markAttempts is how often markSent tries.
	markAttempts = 3

	userAgent = "BackupCheck/1.0"
)

// TimeLimit is the time limit for a post. The Doer applies it, since code at the
// edge must not use Go's timers.
const TimeLimit = 10 * time.Second

// Queue has the changes that are to be posted. *history.Store implements it.
type Queue interface {
	// Due returns the changes that have not been sent and are recent enough,
	// oldest first.
	Due(ctx context.Context, service string, now time.Time) ([]history.Post, error)
	// Claim starts an attempt. It returns false if another attempt started less
	// than retryAfter ago, or the change has been sent.
	Claim(ctx context.Context, p history.Post, now time.Time, retryAfter time.Duration) (bool, error)
	// MarkSent removes a change from the queue.
	MarkSent(ctx context.Context, p history.Post, now time.Time) error
}

// Doer is the part of http.Client that Sender needs. It must not follow
// redirects, and must apply TimeLimit.
type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

// Sender posts the changes that are due. Several Senders may share a queue; each
// change is posted by one of them and retried until the receiver accepts it. If
// the response is lost, or the program ends before it marks the change as sent,
// the receiver gets the change again, with the same webhook-id.
type Sender struct {
	Doer  Doer
	Queue Queue
	// URL is the receiver's; see CheckURL. It is secret: chat programs accept
	// every post to it.
	URL string
	// Secret is the signing key: "whsec_" and base64, or else its own bytes. If
	// it is empty, the key is the URL.
	Secret  string
	Service string
	// Verdict returns the current verdict, without blocking. It has the incident
	// behind a change.
	Verdict func() status.Verdict
	// Now is the clock; time.Now if nil.
	Now func() time.Time
	// RetryAfter is the minimum interval between two attempts; 50 s if zero.
	RetryAfter time.Duration

	// accepted has the ids of changes that the receiver has accepted and that
	// are not marked as sent yet.
	accepted sync.Map
}

// Send posts the changes that are due, oldest first. It stops at the first one
// that fails or that another Sender is posting, so that the receiver gets them
// in order. Its errors contain neither the URL nor the secret nor the
// receiver's response.
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
	for _, p := range posts[:min(len(posts), maxPerRound)] {
		wait := s.RetryAfter
		if wait == 0 {
			wait = retryAfter
		}
		claimed, err := s.Queue.Claim(ctx, p, s.now(), wait)
		if err != nil {
			return fmt.Errorf("claiming a change to post: %w", err)
		}
		if !claimed {
			return nil
		}
		id := messageID(p)
		if _, accepted := s.accepted.Load(id); !accepted {
			if err := s.post(ctx, key, id, p); err != nil {
				return fmt.Errorf("posting the change of %s to the webhook: %w", p.At.UTC().Format(time.RFC3339), err)
			}
			s.accepted.Store(id, nil)
		}
		// Mark the change even if the program is about to end.
		if err := s.markSent(context.WithoutCancel(ctx), p); err != nil {
			return fmt.Errorf("marking a change as sent to the webhook: %w", err)
		}
		s.accepted.Delete(id)
	}
	return nil
}

func (s *Sender) markSent(ctx context.Context, p history.Post) (err error) {
	for range markAttempts {
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
		return errURL // err contains the URL
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
	res.Body.Close() // only the status code matters
	if res.StatusCode < 200 || res.StatusCode > 299 {
		return fmt.Errorf("the receiver answers %d", res.StatusCode)
	}
	return nil
}

// reason returns an error for a failed request that doesn't contain the URL, as
// err may.
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
