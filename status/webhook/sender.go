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
	"slices"
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
	// maxRetryAfter limits the pauses between attempts, which grow.
	maxRetryAfter = 30 * time.Minute
	// holdFor is how long a change that fails holds up later ones.
	holdFor = 5 * time.Minute
	// maxPerRound is how many changes a round posts at most. At the edge each of
	// them costs three of the 50 requests that a run may make.
	maxPerRound = 8
	// maxFailures is after how many of them a round ends. At the edge a run may
	// take 25 s, and a failed post TimeLimit.
	maxFailures = 2
	// markAttempts is how often markSent tries.
	markAttempts = 3

	// noAnswer is history.Post.Answer of an attempt without an answer.
	noAnswer = -1

	userAgent = "BackupCheck/1.0"
)

// TimeLimit is the time limit for a post. The Doer applies it, since code at the
// edge must not use Go's timers.
const TimeLimit = 10 * time.Second

// Queue has the changes that are to be posted. *history.Store implements it.
type Queue interface {
	// Due returns the changes that are to be posted, oldest first, and those that
	// have expired after an attempt.
	Due(ctx context.Context, service string, now time.Time) ([]history.Post, error)
	// Claim starts an attempt. It returns false if another attempt started less
	// than retryAfter ago, or the change has been sent or given up.
	Claim(ctx context.Context, p history.Post, now time.Time, retryAfter time.Duration) (bool, error)
	// MarkSent removes a change from the queue.
	MarkSent(ctx context.Context, p history.Post, now time.Time) error
	// MarkFailed stores the answer of an attempt that failed.
	MarkFailed(ctx context.Context, p history.Post, answer int) error
	// GiveUp removes a change that was not sent from the queue.
	GiveUp(ctx context.Context, p history.Post, answer int, now time.Time) error
	// ClaimNotice and MarkNoticeSent are Claim and MarkSent for what is no change.
	ClaimNotice(ctx context.Context, kind string, now time.Time, every, retryAfter time.Duration) (bool, error)
	MarkNoticeSent(ctx context.Context, kind string, now time.Time) error
}

// Doer is the part of http.Client that Sender needs. It must not follow
// redirects, and must apply TimeLimit.
type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

// Sender posts the changes that are due. Several Senders may share a queue; each
// change is posted by one of them and retried until the receiver accepts it,
// refuses it for good, or a day has passed. If the response is lost, or the
// program ends before it marks the change as sent, the receiver gets the change
// again, with the same webhook-id.
type Sender struct {
	Doer  Doer
	Queue Queue
	// URL is the receiver's; see CheckURL. It is secret: chat programs accept
	// every post to it.
	URL string
	// Secret is the signing key: base64, with or without "whsec_" before it, or else
	// its own bytes. If it is empty, the key is the URL.
	Secret string
	// OldSecret, if set, signs as well, so that receivers can change from it to
	// Secret at any time.
	OldSecret string
	// Form is the form of posts: json, slack, discord or teams. If it is empty, the
	// URL's host decides.
	Form string
	// Private allows receivers on private networks and on this machine, by http too.
	// The Doer must allow them as well: see Client.
	Private bool
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

// Send posts the changes that are due, oldest first, and gives up those that have
// expired. Its errors contain neither the URL nor the secret nor the receiver's
// response.
//
// A change that fails holds up later ones for holdFor. Then the receiver learns
// the newest level although an older change is missing. A change that the
// receiver refuses holds up none.
func (s *Sender) Send(ctx context.Context) error {
	if err := s.Check(); err != nil {
		return err
	}
	now := s.now()
	posts, err := s.Queue.Due(ctx, s.Service, now)
	if err != nil {
		return fmt.Errorf("looking for changes to post: %w", err)
	}
	var failures []error
	posts = slices.DeleteFunc(posts, func(p history.Post) bool {
		if p.Expired(now) {
			failures = append(failures, s.giveUp(ctx, p, p.Answer, fmt.Errorf("the webhook hasn't accepted it in %v", history.PostWithin)))
		}
		return p.Expired(now)
	})
	failures = append(failures, s.sendAll(ctx, posts)...)
	if err := errors.Join(failures...); err != nil {
		return s.waiting(ctx, err, now)
	}
	return nil
}

// sendAll posts changes that haven't expired.
func (s *Sender) sendAll(ctx context.Context, posts []history.Post) (failures []error) {
	now, attempts, failed := s.now(), 0, 0
	due := func(p history.Post) bool { return now.Sub(p.TriedAt) >= s.pause(p) }
	if !slices.ContainsFunc(posts, due) {
		return nil
	}
	for _, p := range posts {
		if attempts == maxPerRound {
			break
		}
		// Older changes are tried again before a newer one is posted, so that all
		// arrive in order once the receiver works. After the first failure only
		// those whose turn it is are tried.
		if failed > 0 && !due(p) {
			continue
		}
		holds := !refused(p.Answer) && now.Sub(p.At) <= holdFor
		claimed, err := s.Queue.Claim(ctx, p, s.now(), s.retryAfter())
		switch {
		case err != nil:
			return append(failures, fmt.Errorf("claiming a change to post: %w", err))
		case !claimed && holds: // another Sender is posting it
			return failures
		case !claimed:
			continue
		}
		attempts++
		answer, err := s.send(ctx, p)
		if err == nil {
			continue
		}
		if refused(answer) && !mendable(answer) {
			failures = append(failures, s.giveUp(ctx, p, answer, err))
			continue
		}
		err = fmt.Errorf("posting the change of %s to the webhook: %w", p.At.UTC().Format(time.RFC3339), err)
		failures = append(failures, err, s.Queue.MarkFailed(context.WithoutCancel(ctx), p, answer))
		if refused(answer) {
			continue
		}
		if failed++; holds || failed == maxFailures {
			return failures
		}
	}
	return failures
}

// pause returns the shortest time between two attempts to post a change. It
// grows with the age of the change.
func (s *Sender) pause(p history.Post) time.Duration {
	return max(s.retryAfter(), min(p.TriedAt.Sub(p.At)/4, maxRetryAfter))
}

func (s *Sender) retryAfter() time.Duration {
	if s.RetryAfter == 0 {
		return retryAfter
	}
	return s.RetryAfter
}

// refused reports whether an answer says that the receiver doesn't accept this
// post, and not that it can't take one now.
func refused(answer int) bool {
	switch answer {
	case http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests:
		return false
	}
	return answer >= 400 && answer <= 499
}

// mendable reports whether an operator can make the receiver accept what it has
// refused: by the right address or secret.
func mendable(answer int) bool {
	return answer == http.StatusUnauthorized || answer == http.StatusForbidden || answer == http.StatusNotFound
}

// giveUp marks a change as one that isn't posted any more, and returns an error
// that says why.
func (s *Sender) giveUp(ctx context.Context, p history.Post, answer int, why error) error {
	return errors.Join(fmt.Errorf("giving up the change of %s: %w", p.At.UTC().Format(time.RFC3339), why),
		s.Queue.GiveUp(context.WithoutCancel(ctx), p, answer, s.now()))
}

// send posts a change and marks it as sent. It returns the HTTP status of an
// answer that isn't a success, or -1 if there is no answer.
func (s *Sender) send(ctx context.Context, p history.Post) (answer int, err error) {
	id := messageID("change", strconv.FormatInt(p.At.Unix(), 10)+" "+p.Service)
	if _, accepted := s.accepted.Load(id); !accepted {
		if answer, err := s.post(ctx, id, s.form().payload(p, s.Verdict())); err != nil {
			return answer, err
		}
		s.accepted.Store(id, nil)
	}
	// Mark the change even if the program is about to end.
	if err := s.markSent(context.WithoutCancel(ctx), p); err != nil {
		return noAnswer, fmt.Errorf("marking it as sent: %w", err)
	}
	s.accepted.Delete(id)
	return 0, nil
}

func (s *Sender) markSent(ctx context.Context, p history.Post) (err error) {
	for range markAttempts {
		if err = s.Queue.MarkSent(ctx, p, s.now()); err == nil {
			return nil
		}
	}
	return err
}

func (s *Sender) post(ctx context.Context, id string, body []byte) (answer int, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.URL, bytes.NewReader(body))
	if err != nil {
		return noAnswer, errURL // err contains the URL
	}
	timestamp := strconv.FormatInt(s.now().Unix(), 10)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", userAgent)
	req.Header.Set("webhook-id", id)
	req.Header.Set("webhook-timestamp", timestamp)
	req.Header.Set("webhook-signature", signatures(s.keys(), id, timestamp, body))
	res, err := s.Doer.Do(req)
	if err != nil {
		return noAnswer, reason(err)
	}
	res.Body.Close() // only the status code matters
	if res.StatusCode < 200 || res.StatusCode > 299 {
		return res.StatusCode, fmt.Errorf("the receiver answers %d", res.StatusCode)
	}
	return 0, nil
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
