package webhook

import (
	"context"
	"strconv"
	"time"
)

// unreadEvery is how often the receiver is told that Apple can't be read.
const unreadEvery = 24 * time.Hour

// SendUnread posts that Apple's status can't be read since a time, at most once a
// day. A post that fails is tried again.
func (s *Sender) SendUnread(ctx context.Context, since time.Time) error {
	if err := s.Check(); err != nil {
		return err
	}
	now := s.now()
	claimed, err := s.Queue.ClaimNotice(ctx, eventReading, now, unreadEvery, max(s.retryAfter(), unreadEvery/96))
	if err != nil || !claimed {
		return err
	}
	id := messageID(eventReading, strconv.FormatInt(since.Unix(), 10)+" "+strconv.FormatInt(int64(now.Sub(since)/unreadEvery), 10))
	if _, err := s.post(ctx, id, s.form().unreadPayload(s.Service, since, s.Verdict())); err != nil {
		return err
	}
	return s.Queue.MarkNoticeSent(context.WithoutCancel(ctx), eventReading, s.now())
}
