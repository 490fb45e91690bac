package webhook_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"backupcheck/status"
	"backupcheck/status/webhook"
)

func TestNothingIsPostedBeforeAChange(t *testing.T) {
	s, r := newEnv(t, ":memory:"), newReceiver(t)
	sender := s.sender(r)
	for range 3 {
		s.reads(ongoing("Issue")) // the first level is no change
		if err := sender.Send(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if got := r.got(); len(got) != 0 {
		t.Errorf("posted %v", levels(got))
	}
}

func TestEachChangeIsPostedOnce(t *testing.T) {
	s, r := newEnv(t, ":memory:"), newReceiver(t, code(200), code(202), code(204))
	sender := s.sender(r)
	for _, step := range []struct {
		incident status.Incident
		want     []string
	}{
		{resolved(""), nil},
		{ongoing("Issue"), []string{"operational to degraded"}},
		{ongoing("Performance"), nil},
		{ongoing("Outage"), []string{"degraded to outage"}},
		{ongoing("Outage"), nil},
		{resolved("Outage"), []string{"outage to operational"}},
		{ongoing("Maintenance"), []string{"operational to maintenance"}},
	} {
		s.reads(step.incident)
		for range 2 {
			if err := sender.Send(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if got := levels(r.got()); !slices.Equal(got, step.want) {
			t.Errorf("after %s %s: posted %v, want %v", step.incident.State, step.incident.Type, got, step.want)
		}
	}
}

func TestFailedPostIsRetriedEachMinuteUntilAccepted(t *testing.T) {
	s, r := newEnv(t, ":memory:"), newReceiver(t, code(500), code(429), code(404))
	sender := s.sender(r)
	s.reads()
	s.reads(ongoing("Issue"))
	var ids, times []string
	for minute := range 6 {
		for range 3 { // several senders may run within a minute
			err := sender.Send(t.Context())
			if got := r.got(); len(got) > 0 {
				ids = append(ids, got[0].header.Get("webhook-id"))
				times = append(times, got[0].header.Get("webhook-timestamp"))
				if (err == nil) != (len(ids) == 4) {
					t.Errorf("try %d: %v", len(ids), err)
				}
			} else if err != nil {
				t.Errorf("minute %d, without a try: %v", minute, err)
			}
			s.pass(time.Second)
		}
		s.pass(57 * time.Second)
	}
	if len(ids) != 4 {
		t.Errorf("%d tries, want three that fail and one that doesn't", len(ids))
	}
	if same := slices.Compact(ids); len(same) != 1 || same[0] == "" {
		t.Errorf("one change has the ids %v", same)
	}
	if times = slices.Compact(times); len(times) != 4 {
		t.Errorf("the times of the tries are %v", times)
	}
}

func TestPostsStayInOrderWhenTheFirstFails(t *testing.T) {
	s, r := newEnv(t, ":memory:"), newReceiver(t, code(503), code(503))
	sender := s.sender(r)
	for _, incident := range []status.Incident{resolved(""), ongoing("Issue"), ongoing("Outage"), resolved("Outage")} {
		s.reads(incident)
	}
	first, all := "operational to degraded", []string{"operational to degraded", "degraded to outage", "outage to operational"}
	for _, want := range [][]string{{first}, {first}, all, nil} {
		sender.Send(t.Context())
		if got := levels(r.got()); !slices.Equal(got, want) {
			t.Errorf("posted %v, want %v", got, want)
		}
		s.pass(time.Minute)
	}
}

// The change that another sender is posting has to arrive before later ones.
func TestSenderDoesNotOvertakeAnother(t *testing.T) {
	s, r := newEnv(t, ":memory:"), newReceiver(t)
	for _, incident := range []status.Incident{resolved(""), ongoing("Issue"), ongoing("Outage")} {
		s.reads(incident)
	}
	due, err := s.store.Due(t.Context(), status.ServiceName, s.clock())
	if err != nil || len(due) != 2 {
		t.Fatal(due, err)
	}
	if mine, err := s.store.Claim(t.Context(), due[0], s.clock(), time.Minute); !mine || err != nil {
		t.Fatal(mine, err)
	}
	if err := s.sender(r).Send(t.Context()); err != nil {
		t.Error(err)
	}
	if got := levels(r.got()); got != nil {
		t.Errorf("posted %v", got)
	}
}

func TestConcurrentSendersPostEachChangeOnceAndInOrder(t *testing.T) {
	file := fileIn(t)
	s, r := newEnv(t, file), newReceiver(t)
	senders := []*webhook.Sender{s.sender(r), s.sender(r)}
	for range 2 { // each with its own connection, as separate processes have
		other := s.sender(r)
		other.Queue = newEnv(t, file).store
		senders = append(senders, other)
	}
	var want []string
	s.reads()
	for range 5 {
		for _, kind := range []string{"Issue", "Outage"} {
			s.reads(ongoing(kind))
		}
		s.reads(resolved("Outage"))
		want = append(want, "operational to degraded", "degraded to outage", "outage to operational")
		var all sync.WaitGroup
		for _, sender := range senders {
			all.Go(func() {
				if err := sender.Send(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		// A sender that found the first change claimed left the rest to the next run.
		s.pass(time.Minute)
		if err := senders[0].Send(t.Context()); err != nil {
			t.Error(err)
		}
	}
	if got := levels(r.got()); !slices.Equal(got, want) {
		t.Errorf("posted %v\nwant %v", got, want)
	}
}

func TestFailedChangeIsPostedAfterARestart(t *testing.T) {
	file := fileIn(t)
	r := newReceiver(t, code(200), code(500))
	before := newEnv(t, file)
	before.reads()
	before.reads(ongoing("Issue"))
	if err := before.sender(r).Send(t.Context()); err != nil {
		t.Fatal(err)
	}
	before.reads(ongoing("Outage"))
	if err := before.sender(r).Send(t.Context()); err == nil {
		t.Fatal("500 counts as a success")
	}
	before.db.Close()
	r.got()

	after := newEnv(t, file)
	after.now = before.clock().Add(time.Minute)
	if err := after.sender(r).Send(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := levels(r.got()); !slices.Equal(got, []string{"degraded to outage"}) {
		t.Errorf("posted %v", got)
	}
}

func TestChangeIsDroppedAfter24Hours(t *testing.T) {
	for _, test := range []struct {
		after time.Duration
		want  int
	}{{24 * time.Hour, 1}, {24*time.Hour + time.Second, 0}} {
		s, r := newEnv(t, ":memory:"), newReceiver(t)
		s.reads()
		s.reads(ongoing("Issue"))
		s.pass(test.after)
		if err := s.sender(r).Send(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := r.got(); len(got) != test.want {
			t.Errorf("after %v: %d posts, want %d", test.after, len(got), test.want)
		}
	}
}

func TestPostsPerRunAreLimited(t *testing.T) {
	s, r := newEnv(t, ":memory:"), newReceiver(t)
	s.reads()
	for range 6 {
		s.reads(ongoing("Issue"))
		s.reads(resolved("Issue"))
	}
	for _, want := range []int{8, 4, 0} {
		if err := s.sender(r).Send(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := r.got(); len(got) != want {
			t.Errorf("%d posts in a run, want %d", len(got), want)
		}
	}
}

func TestRetryAfterIsConfigurable(t *testing.T) {
	s, r := newEnv(t, ":memory:"), newReceiver(t, code(500), code(500))
	sender := s.sender(r)
	sender.RetryAfter = 2 * time.Second
	s.reads()
	s.reads(ongoing("Issue"))
	tries := 0
	for range 8 {
		sender.Send(t.Context())
		tries += len(r.got())
		s.pass(time.Second)
	}
	if tries != 3 {
		t.Errorf("%d tries, want two that fail and one that doesn't", tries)
	}
}
