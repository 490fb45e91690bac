package status

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// apple is a source whose reports are set by the test.
type apple struct {
	mu     sync.Mutex
	now    time.Time
	report Report
	err    error
	reads  int
	block  chan struct{} // if set, Read waits until it is closed
}

func (a *apple) Read(context.Context) (Report, error) {
	a.mu.Lock()
	a.reads++
	report, err, block := a.report, a.err, a.block
	report.CheckedAt = a.now
	a.mu.Unlock()
	if block != nil {
		<-block
	}
	return report, err
}

func (a *apple) clock() time.Time {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.now
}

func (a *apple) pass(d time.Duration) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.now = a.now.Add(d)
}

func (a *apple) reports(incidents ...Incident) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.report, a.err = reading(incidents...), nil
}

func watch(cache Cache) (*apple, *Monitor) {
	a := &apple{now: noon, report: reading()}
	return a, NewMonitor(Options{Source: a, Cache: cache, Now: a.clock, Log: slog.New(slog.DiscardHandler)})
}

// request does what a request does, and reports whether it led to a reading.
func request(t *testing.T, m *Monitor) (Verdict, bool) {
	t.Helper()
	turn := m.Claim()
	if turn.Lease != 0 {
		m.Refresh(t.Context(), turn.Lease)
	}
	return m.Verdict(), turn.Lease != 0
}

func TestAppleIsReadAtMostOnceAMinute(t *testing.T) {
	a, m := watch(nil)
	for range 600 {
		request(t, m)
		a.pass(time.Second)
	}
	if a.reads != 10 {
		t.Errorf("%d readings in 10 minutes", a.reads)
	}
}

func TestAppleIsNotReadWithoutRequests(t *testing.T) {
	a, m := watch(nil)
	request(t, m)
	a.pass(time.Hour)
	if m.Verdict(); a.reads != 1 {
		t.Errorf("%d readings", a.reads)
	}
}

func TestRequestsWaitOnlyWithoutAReadingYoungerThanFiveMinutes(t *testing.T) {
	a, m := watch(nil)
	turn := m.Claim()
	if turn.Lease == 0 || turn.Wait != turn.Lease {
		t.Fatalf("with nothing read: %+v", turn)
	}
	if second := m.Claim(); second.Lease != 0 || second.Wait != turn.Lease || m.Settled(second.Wait) {
		t.Errorf("the second request of a cold start: %+v", second)
	}
	m.Refresh(t.Context(), turn.Lease)
	for _, step := range []struct {
		pass  time.Duration
		due   bool
		waits bool
	}{{30 * time.Second, false, false}, {31 * time.Second, true, false}, {3 * time.Minute, true, false}, {2 * time.Minute, true, true}} {
		a.pass(step.pass)
		a.err = errors.New("403")
		turn := m.Claim()
		if due := turn.Lease != 0; due != step.due || (turn.Wait != 0) != step.waits {
			t.Errorf("%v later: %+v", step.pass, turn)
		}
		if turn.Lease != 0 {
			m.Refresh(t.Context(), turn.Lease)
		}
	}
	// The reading has just failed: there is nothing to wait for.
	if turn := m.Claim(); turn.Wait != 0 || turn.Lease != 0 {
		t.Errorf("after a failed reading: %+v", turn)
	}
}

func TestFailedReadingPreservesTheLastReport(t *testing.T) {
	a, m := watch(nil)
	a.reports(ongoing("Issue"))
	request(t, m)
	a.err = errors.New("403")
	for _, step := range []struct {
		pass  time.Duration
		level Level
		stale bool
	}{{time.Minute, Degraded, false}, {5 * time.Minute, Degraded, true}, {110 * time.Minute, Degraded, true}, {10 * time.Minute, Unknown, true}} {
		a.pass(step.pass)
		v, _ := request(t, m)
		if v.Level != step.level || v.Stale != step.stale {
			t.Errorf("at %v: %v, stale %v", a.now, v.Level, v.Stale)
		}
	}
	if v := m.Verdict(); v.LastKnown == nil || v.LastKnown.Level != Degraded || !v.LastKnown.CheckedAt.Equal(noon) {
		t.Errorf("last known %+v", v.LastKnown)
	}
	a.reports()
	a.pass(time.Minute)
	if v, _ := request(t, m); v.Level != Operational || v.Stale {
		t.Errorf("after the fault: %v, stale %v", v.Level, v.Stale)
	}
}

// busy is an error with a retry time.
type busy time.Duration

func (b busy) Error() string             { return "come back later" }
func (b busy) RetryAfter() time.Duration { return time.Duration(b) }

func TestRetryAfterOfTheSourceIsHonoured(t *testing.T) {
	for retryAfter, want := range map[time.Duration]time.Duration{
		-time.Hour:       time.Minute, // never earlier than usual
		0:                time.Minute,
		time.Second:      time.Minute,
		5 * time.Minute:  5 * time.Minute,
		24 * time.Hour:   30 * time.Minute, // never so late that the level becomes unknown
		math.MaxInt64:    30 * time.Minute,
		30 * time.Minute: 30 * time.Minute,
	} {
		a, m := watch(nil)
		a.err = fmt.Errorf("reading: %w", errors.Join(errors.New("no page"), busy(retryAfter)))
		request(t, m)
		a.reports()
		a.pass(want - time.Second)
		if _, read := request(t, m); read {
			t.Errorf("retry after %v: read again after %v", retryAfter, want-time.Second)
		}
		a.pass(time.Second)
		if v, read := request(t, m); !read || v.Level != Operational {
			t.Errorf("retry after %v: not read again after %v, %v", retryAfter, want, v.Level)
		}
		// Afterwards the interval is as usual.
		a.pass(time.Minute)
		if _, read := request(t, m); !read {
			t.Errorf("retry after %v: the retry time applies twice", retryAfter)
		}
	}
}

func TestClockSetBackDoesNotExtendRetryAfter(t *testing.T) {
	a, m := watch(nil)
	a.err = busy(20 * time.Minute)
	request(t, m)
	a.reports()
	a.pass(-24 * time.Hour)
	if _, read := request(t, m); !read {
		t.Error("nothing is read for a day")
	}
}

func TestContinuedFailuresAreLoggedRepeatedly(t *testing.T) {
	a, m := watch(nil)
	var logged bytes.Buffer
	m.log = slog.New(slog.NewTextHandler(&logged, nil))
	lines := func() string {
		text := logged.String()
		logged.Reset()
		return text
	}
	request(t, m)
	if text := lines(); !strings.Contains(text, "was=unknown") || !strings.Contains(text, `reason="Apple reports no problem with iCloud Backup."`) {
		t.Errorf("the first level: %s", text)
	}
	a.err = errors.New("answers 403")
	for range 60 {
		a.pass(time.Minute)
		request(t, m)
	}
	if text := lines(); strings.Count(text, `error="answers 403"`) != 6 || strings.Count(text, "\n") != 6 {
		t.Errorf("an hour of failures: %s", text)
	}
	a.reports(Incident{Type: "Outage", State: StateOngoing})
	a.pass(time.Minute)
	request(t, m)
	if text := lines(); !strings.Contains(text, "works again\" failures=60") || !strings.Contains(text, "now=outage was=operational") {
		t.Errorf("after the failures: %s", text)
	}
	a.err = errors.New("answers 500")
	a.pass(time.Minute)
	request(t, m)
	if text := lines(); !strings.Contains(text, "answers 500") {
		t.Errorf("the next failure isn't logged immediately: %s", text)
	}
}

func TestMissingRowIsUnknownImmediately(t *testing.T) {
	a, m := watch(nil)
	request(t, m)
	a.pass(time.Minute)
	a.report = Report{Service: Row{Name: ServiceName, Gap: "not listed"}}
	v, _ := request(t, m)
	if v.Level != Unknown || v.LastKnown == nil || v.LastKnown.Level != Operational || v.Stale {
		t.Errorf("%+v", v)
	}
	a.pass(time.Minute)
	if v, _ := request(t, m); v.LastKnown == nil || !v.LastKnown.CheckedAt.Equal(noon) {
		t.Errorf("a minute later: last known %+v", v.LastKnown)
	}
}

func TestAbandonedRefreshDoesNotBlockTheNext(t *testing.T) {
	a, m := watch(nil)
	abandoned := m.Claim() // its request was then cancelled
	a.pass(9 * time.Second)
	if turn := m.Claim(); turn.Lease != 0 {
		t.Error("two refreshes at once")
	}
	a.pass(2 * time.Second)
	turn := m.Claim()
	if turn.Lease == 0 {
		t.Fatal("an abandoned refresh blocks the next")
	}
	m.Refresh(t.Context(), turn.Lease)
	if v := m.Verdict(); v.Level != Operational || !m.Settled(abandoned.Lease) || !m.Settled(turn.Lease) {
		t.Errorf("%v", v.Level)
	}
	// The abandoned one returns late: only its reading counts.
	m.Refresh(t.Context(), abandoned.Lease)
	if turn := m.Claim(); turn.Lease != 0 || turn.Wait != 0 {
		t.Errorf("after the late return: %+v", turn)
	}
}

func TestClockSetBackDoesNotStopReading(t *testing.T) {
	a, m := watch(nil)
	request(t, m)
	a.pass(-48 * time.Hour)
	a.reports(ongoing("Outage"))
	if v, read := request(t, m); !read || v.Level != Outage {
		t.Errorf("read %v, %v", read, v.Level)
	}
}

func TestOlderCopyDoesNotReplaceANewerOne(t *testing.T) {
	copyOf := func(state string, posted time.Duration) Incident {
		i := Incident{ID: "7", Type: "Performance", State: state, PostedAt: noon.Add(posted)}
		if state == StateResolved {
			i.EndedAt = noon.Add(-30 * time.Minute)
		}
		return i
	}
	a, m := watch(nil)
	for _, step := range []struct {
		what string
		copy Incident
		want Level
	}{
		{"first seen", copyOf(StateOngoing, -60*time.Minute), Degraded},
		{"resolved", copyOf(StateResolved, -10*time.Minute), Operational},
		{"the older copy again", copyOf(StateOngoing, -60*time.Minute), Operational},
		{"and again", copyOf(StateOngoing, -60*time.Minute), Operational},
		{"reopened, posted later", copyOf(StateOngoing, -5*time.Minute), Degraded},
		{"the older resolved copy", copyOf(StateResolved, -10*time.Minute), Degraded},
		{"resolved again", copyOf(StateResolved, -1*time.Minute), Operational},
		{"without a time of posting", Incident{ID: "7", Type: "Issue", State: StateOngoing}, Degraded},
	} {
		a.reports(step.copy)
		if v, read := request(t, m); !read || v.Level != step.want {
			t.Errorf("%s: read %v, %v, want %v", step.what, read, v.Level, step.want)
		}
		a.pass(time.Minute)
	}
}

// memoryCache is a Cache that monitors share.
type memoryCache struct {
	mu     sync.Mutex
	report *Report
	err    error
	saves  int
	// The reservation, and the clock that it is checked by; none if now is nil.
	now   func() time.Time
	owner *cacheOf
	until time.Time
}

// cacheOf is a memoryCache as one monitor sees it.
type cacheOf struct {
	*memoryCache
	looks int // that found another monitor's reservation
}

func (c *cacheOf) Reserve(_ context.Context, until time.Time) (time.Time, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.owner != nil && c.owner != c && c.now().Before(c.until) {
		c.looks++
		return c.until, nil
	}
	c.owner, c.until = c, until
	return time.Time{}, c.err
}

func (s *memoryCache) Reserve(context.Context, time.Time) (time.Time, error) {
	return time.Time{}, s.err
}

func (s *memoryCache) Load(context.Context) (Report, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err != nil {
		return Report{}, s.err
	}
	if s.report == nil {
		return Report{}, ErrNoReport
	}
	return *s.report, nil
}

func (s *memoryCache) Save(_ context.Context, report Report) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err != nil {
		return s.err
	}
	s.report, s.saves = &report, s.saves+1
	return nil
}

func TestMonitorsShareReadings(t *testing.T) {
	cache := &memoryCache{}
	a, first := watch(cache)
	a.reports(ongoing("Issue"))
	request(t, first)
	a.pass(30 * time.Second)
	second := NewMonitor(Options{Source: a, Cache: cache, Now: a.clock, Log: slog.New(slog.DiscardHandler)})
	if v, _ := request(t, second); v.Level != Degraded || a.reads != 1 {
		t.Errorf("%v after %d readings", v.Level, a.reads)
	}
	a.pass(31 * time.Second)
	request(t, second)
	request(t, first)
	if a.reads != 2 || cache.saves != 2 {
		t.Errorf("%d readings, %d saved, after a minute", a.reads, cache.saves)
	}
}

func TestCachedReadingIsUsedWhenAppleFails(t *testing.T) {
	cache := &memoryCache{}
	a, first := watch(cache)
	request(t, first)
	a.pass(time.Hour)
	a.err = errors.New("503")
	second := NewMonitor(Options{Source: a, Cache: cache, Now: a.clock, Log: slog.New(slog.DiscardHandler)})
	if v, _ := request(t, second); v.Level != Operational || !v.Stale {
		t.Errorf("%v, stale %v", v.Level, v.Stale)
	}
}

func TestRequestsDontWaitForAppleWhenTheCacheHasAReading(t *testing.T) {
	cache := &memoryCache{}
	a, first := watch(cache)
	request(t, first)
	a.pass(2 * time.Minute) // too old to be the newest, recent enough to use
	a.block = make(chan struct{})
	second := NewMonitor(Options{Source: a, Cache: cache, Now: a.clock, Log: slog.New(slog.DiscardHandler)})
	turn := second.Claim()
	if turn.Wait == 0 || second.Settled(turn.Wait) {
		t.Fatalf("with nothing read: %+v", turn)
	}
	ended := make(chan struct{})
	go func() {
		second.Refresh(t.Context(), turn.Lease)
		close(ended)
	}()
	for deadline := time.Now().Add(5 * time.Second); !second.Settled(turn.Wait); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the request waits for Apple")
		}
	}
	if v := second.Verdict(); v.Level != Operational || !v.CheckedAt.Equal(noon) {
		t.Errorf("%v of %v", v.Level, v.CheckedAt)
	}
	close(a.block)
	<-ended
	if v := second.Verdict(); !v.CheckedAt.Equal(a.clock()) {
		t.Errorf("Apple's reading, of %v", v.CheckedAt)
	}
}

func TestReadingWorksWithABrokenCache(t *testing.T) {
	a, m := watch(&memoryCache{err: errors.New("cache down")})
	a.reports(ongoing("Outage"))
	if v, _ := request(t, m); v.Level != Outage {
		t.Errorf("%v", v.Level)
	}
}

func TestFreshenSharesOneReading(t *testing.T) {
	a, m := watch(nil)
	a.block = make(chan struct{})
	var waiting sync.WaitGroup
	var wrong atomic.Int32
	for range 50 {
		waiting.Go(func() {
			m.Freshen(t.Context())
			if m.Verdict().Level != Operational {
				wrong.Add(1)
			}
		})
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	m.Freshen(cancelled) // returns although nothing was read
	close(a.block)
	waiting.Wait()
	if wrong.Load() != 0 || a.reads != 1 {
		t.Errorf("%d wrong verdicts, %d readings", wrong.Load(), a.reads)
	}
}
