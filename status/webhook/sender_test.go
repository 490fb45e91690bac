package webhook_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"backupcheck/status"
	"backupcheck/status/webhook"
)

func TestNothingIsToldBeforeAChange(t *testing.T) {
	s, r := newEnv(t, ":memory:"), newReceiver(t)
	sender := s.sender(r)
	for range 3 {
		s.says(ongoing("Issue")) // the first level ever read is no change
		if err := sender.Send(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if got := r.got(); len(got) != 0 {
		t.Errorf("told %v", levels(got))
	}
}

func TestEveryChangeIsToldOnce(t *testing.T) {
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
		s.says(step.incident)
		for range 2 {
			if err := sender.Send(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if got := levels(r.got()); !slices.Equal(got, step.want) {
			t.Errorf("after %s %s: told %v, want %v", step.incident.State, step.incident.Type, got, step.want)
		}
	}
}

func TestFailedPostIsTriedAgainTheNextMinuteUntilItIsTaken(t *testing.T) {
	s, r := newEnv(t, ":memory:"), newReceiver(t, code(500), code(429), code(404))
	sender := s.sender(r)
	s.says()
	s.says(ongoing("Issue"))
	var ids, times []string
	for minute := range 6 {
		for range 3 { // a minute has several rounds when several senders share it
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

func TestOrderIsKeptWhenTheFirstOneFails(t *testing.T) {
	s, r := newEnv(t, ":memory:"), newReceiver(t, code(503), code(503))
	sender := s.sender(r)
	for _, incident := range []status.Incident{resolved(""), ongoing("Issue"), ongoing("Outage"), resolved("Outage")} {
		s.says(incident)
	}
	first, all := "operational to degraded", []string{"operational to degraded", "degraded to outage", "outage to operational"}
	for _, want := range [][]string{{first}, {first}, all, nil} {
		sender.Send(t.Context())
		if got := levels(r.got()); !slices.Equal(got, want) {
			t.Errorf("told %v, want %v", got, want)
		}
		s.pass(time.Minute)
	}
}

// The change that another sender is posting has to arrive before later ones.
func TestSenderDoesNotOvertakeAnother(t *testing.T) {
	s, r := newEnv(t, ":memory:"), newReceiver(t)
	for _, incident := range []status.Incident{resolved(""), ongoing("Issue"), ongoing("Outage")} {
		s.says(incident)
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
		t.Errorf("told %v", got)
	}
}

func TestSendersOfOneDatabaseTellEachChangeOnceAndInOrder(t *testing.T) {
	file := fileIn(t)
	s, r := newEnv(t, file), newReceiver(t)
	senders := []*webhook.Sender{s.sender(r), s.sender(r)}
	for range 2 { // each with a connection of its own, as processes have
		other := s.sender(r)
		other.Queue = newEnv(t, file).store
		senders = append(senders, other)
	}
	var want []string
	s.says()
	for range 5 {
		for _, kind := range []string{"Issue", "Outage"} {
			s.says(ongoing(kind))
		}
		s.says(resolved("Outage"))
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
		// Who found the first one taken left the rest to the next minute.
		s.pass(time.Minute)
		if err := senders[0].Send(t.Context()); err != nil {
			t.Error(err)
		}
	}
	if got := levels(r.got()); !slices.Equal(got, want) {
		t.Errorf("told %v\nwant %v", got, want)
	}
}

func TestChangeIsToldAcrossARestart(t *testing.T) {
	file := fileIn(t)
	r := newReceiver(t, code(200), code(500))
	before := newEnv(t, file)
	before.says()
	before.says(ongoing("Issue"))
	if err := before.sender(r).Send(t.Context()); err != nil {
		t.Fatal(err)
	}
	before.says(ongoing("Outage"))
	if err := before.sender(r).Send(t.Context()); err == nil {
		t.Fatal("500 is taken for a success")
	}
	before.db.Close()
	r.got()

	after := newEnv(t, file)
	after.now = before.clock().Add(time.Minute)
	if err := after.sender(r).Send(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := levels(r.got()); !slices.Equal(got, []string{"degraded to outage"}) {
		t.Errorf("told %v", got)
	}
}

func TestChangeIsGivenUpAfter24Hours(t *testing.T) {
	for _, test := range []struct {
		after time.Duration
		want  int
	}{{24 * time.Hour, 1}, {24*time.Hour + time.Second, 0}} {
		s, r := newEnv(t, ":memory:"), newReceiver(t)
		s.says()
		s.says(ongoing("Issue"))
		s.pass(test.after)
		if err := s.sender(r).Send(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := r.got(); len(got) != test.want {
			t.Errorf("after %v: %d posts, want %d", test.after, len(got), test.want)
		}
	}
}

func TestRoundIsBounded(t *testing.T) {
	s, r := newEnv(t, ":memory:"), newReceiver(t)
	s.says()
	for range 6 {
		s.says(ongoing("Issue"))
		s.says(resolved("Issue"))
	}
	for _, want := range []int{8, 4, 0} {
		if err := s.sender(r).Send(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := r.got(); len(got) != want {
			t.Errorf("%d posts in a round, want %d", len(got), want)
		}
	}
}

func TestTimeBetweenTriesCanBeChosen(t *testing.T) {
	s, r := newEnv(t, ":memory:"), newReceiver(t, code(500), code(500))
	sender := s.sender(r)
	sender.RetryAfter = 2 * time.Second
	s.says()
	s.says(ongoing("Issue"))
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
