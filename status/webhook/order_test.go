package webhook_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"backupcheck/status"
)

// refuses has the receiver answer posts of this level with a status, and all
// others with 204.
func (r *receiver) refuses(level status.Level, status int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.respond = func(p post) http.HandlerFunc {
		if p.Level == level.String() {
			return code(status)
		}
		return code(http.StatusNoContent)
	}
}

// A receiver that refuses one change gets the later ones in the same round.
func TestRefusedPostDoesNotHoldUpLaterOnes(t *testing.T) {
	for _, test := range []struct {
		status  int
		retried bool // the operator can mend it
	}{
		{400, false}, {402, false}, {405, false}, {406, false}, {409, false}, {410, false}, {411, false}, {413, false},
		{414, false}, {415, false}, {418, false}, {422, false}, {426, false}, {431, false}, {451, false}, {499, false},
		{401, true}, {403, true}, {404, true},
	} {
		s, r := newEnv(t, ":memory:"), newReceiver(t)
		r.refuses(status.Degraded, test.status)
		sender := s.sender(r)
		s.reads()
		s.reads(ongoing("Issue"))
		s.reads(ongoing("Outage"))
		s.reads(resolved("Outage"))
		err := sender.Send(t.Context())
		if err == nil || strings.Contains(err.Error(), "giving up") == test.retried {
			t.Errorf("%d: %v", test.status, err)
		}
		if got, want := levels(r.got()), []string{"operational to degraded", "degraded to outage", "outage to operational"}; !slices.Equal(got, want) {
			t.Errorf("%d: posted %v, want %v", test.status, got, want)
		}
		again := 0
		for range 120 {
			s.pass(time.Minute)
			sender.Send(t.Context())
			again += len(r.got())
		}
		if (again > 0) != test.retried {
			t.Errorf("%d: %d more posts", test.status, again)
		}
		queued, err := s.store.Posts(t.Context(), status.ServiceName, s.clock())
		want := map[bool][2]int{true: {1, 0}, false: {0, 1}}[test.retried]
		if err != nil || [2]int{queued.Pending, queued.GaveUp} != want || queued.Answer != test.status {
			t.Errorf("%d: %+v, %v", test.status, queued, err)
		}
	}
}

// One change that always fails holds up later ones for a few minutes only.
func TestFailingPostHoldsUpLaterOnesForMinutesOnly(t *testing.T) {
	for _, status := range []int{301, 408, 425, 429, 500, 503} {
		s, r := newEnv(t, ":memory:"), newReceiver(t)
		r.respond = func(p post) http.HandlerFunc {
			if p.Level == "degraded" {
				return code(status)
			}
			return code(http.StatusNoContent)
		}
		sender := s.sender(r)
		s.reads()
		s.reads(ongoing("Issue"))
		changed := s.clock()
		s.reads(ongoing("Outage"))
		var arrived time.Duration
		for range 20 {
			sender.Send(t.Context())
			if got := levels(r.got()); slices.Contains(got, "degraded to outage") {
				arrived = s.clock().Sub(changed)
				break
			}
			s.pass(time.Minute)
		}
		if arrived < 4*time.Minute || arrived > 7*time.Minute {
			t.Errorf("%d: the later change is posted after %v", status, arrived)
		}
		// The next change isn't held up any more.
		s.reads(resolved("Outage"))
		sender.Send(t.Context())
		if got := levels(r.got()); !slices.Contains(got, "outage to operational") {
			t.Errorf("%d: posted %v", status, got)
		}
		// What arrives at last says that it is late.
		r.mu.Lock()
		r.respond = nil
		r.mu.Unlock()
		s.pass(time.Hour)
		if err := sender.Send(t.Context()); err != nil {
			t.Errorf("%d: %v", status, err)
		}
		if got := r.got(); len(got) == 0 {
			t.Errorf("%d: the older change isn't posted", status)
		} else if len(got) != 1 || got[0].Level != "degraded" || !strings.HasSuffix(got[0].Text, " Later changes were posted before this one.") {
			t.Errorf("%d: posted %v: %q", status, levels(got), got[0].Text)
		}
	}
}

// After a failure of the receiver the changes arrive in order, however long it
// took.
func TestOrderIsKeptWhenTheReceiverIsBack(t *testing.T) {
	for _, down := range []int{1, 6, -6, 7, -7, 8, 9, -9, 20, -20, 45, -45, 61, 200, -200, 601, -601} {
		another := down > 0 // change once it is back
		down = max(down, -down)
		s, r := newEnv(t, ":memory:"), newReceiver(t)
		r.respond = func(post) http.HandlerFunc { return code(503) }
		sender := s.sender(r)
		s.reads()
		s.reads(ongoing("Issue"))
		for range down {
			sender.Send(t.Context())
			s.pass(time.Minute)
		}
		s.reads(ongoing("Outage"))
		sender.Send(t.Context())
		r.mu.Lock()
		r.respond = nil
		r.mu.Unlock()
		r.got()
		want := []string{"operational to degraded", "degraded to outage"}
		if another {
			s.reads(resolved("Outage"))
			want = append(want, "outage to operational")
		}
		for range 60 {
			sender.Send(t.Context())
			s.pass(time.Minute)
		}
		if got := levels(r.got()); !slices.Equal(got, want) {
			t.Errorf("down for %d minutes, another change %v: posted %v, want %v", down, another, got, want)
		}
	}
}

// A receiver that is down gets few requests, and what was not posted in a day
// is reported.
func TestReceiverThatIsDownForADay(t *testing.T) {
	s, r := newEnv(t, ":memory:"), newReceiver(t)
	r.respond = func(post) http.HandlerFunc { return code(500) }
	sender := s.sender(r)
	s.reads()
	for range 3 {
		s.reads(ongoing("Issue"))
		s.reads(resolved("Issue"))
	}
	posts, gaveUp := 0, 0
	for range 25 * 60 {
		err := sender.Send(t.Context())
		if err != nil {
			gaveUp += strings.Count(err.Error(), "giving up the change of 2026-11-22T12:")
		}
		n := len(r.got())
		if posts += n; n > 2 {
			t.Fatalf("%d posts in one round", n)
		}
		s.pass(time.Minute)
	}
	if posts > 6*100 || posts < 6*20 {
		t.Errorf("%d posts of 6 changes in a day", posts)
	}
	queued, err := s.store.Posts(t.Context(), status.ServiceName, s.clock())
	if err != nil || gaveUp != 6 || queued.Pending != 0 || queued.GaveUp != 6 || queued.Answer != 500 {
		t.Errorf("given up %d; %+v, %v", gaveUp, queued, err)
	}
	s.pass(8 * 24 * time.Hour)
	if queued, err = s.store.Posts(t.Context(), status.ServiceName, s.clock()); err != nil || queued.GaveUp != 0 || queued.Answer != 0 {
		t.Errorf("a week later: %+v, %v", queued, err)
	}
}

func TestQueueReportsAnAnswerThatIsMissing(t *testing.T) {
	s, r := newEnv(t, ":memory:"), newReceiver(t)
	r.respond = func(post) http.HandlerFunc {
		return func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }
	}
	s.reads()
	s.reads(ongoing("Issue"))
	if queued, err := s.store.Posts(t.Context(), status.ServiceName, s.clock()); err != nil || queued.Pending != 1 || queued.Answer != 0 {
		t.Errorf("before: %+v, %v", queued, err)
	}
	s.sender(r).Send(t.Context())
	if queued, err := s.store.Posts(t.Context(), status.ServiceName, s.clock()); err != nil || queued.Pending != 1 || queued.Answer >= 0 {
		t.Errorf("after: %+v, %v", queued, err)
	}
}
