package status

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"
)

const (
	// RefreshEvery is the minimum interval between two readings.
	RefreshEvery = 60 * time.Second
	// leaseFor is how long a refresh prevents another one from starting. It is
	// longer than the time limit of a reading.
	leaseFor = 10 * time.Second
	// maxRetryAfter limits the pause that a Source can ask for. It is well
	// below TooOldAfter.
	maxRetryAfter = 30 * time.Minute
	// logFailureEvery is the minimum interval between two log messages about
	// consecutive failed readings.
	logFailureEvery = 10 * time.Minute
	// reserveAttempts is how often Refresh tries to reserve a reading. Reserve takes
	// a moment while another monitor has the reservation, so that this takes longer
	// than a reading.
	reserveAttempts = 10
	// MaxSkew is how far the clocks of two programs may differ.
	MaxSkew = time.Minute
)

// Source reads Apple's status. Read has a time limit of its own, and returns
// an error if the reading says nothing about the service. An error with a
// method RetryAfter() time.Duration sets the pause before the next reading.
type Source interface {
	Read(ctx context.Context) (Report, error)
}

// Cache shares readings between monitors, to reduce the requests to Apple.
// Load returns ErrNoReport if the cache is empty.
type Cache interface {
	Load(ctx context.Context) (Report, error)
	Save(ctx context.Context, report Report) error
	// Reserve prevents other monitors from reading Apple until a time. If another one
	// has reserved the next reading, Reserve changes nothing and returns the time
	// until which it has. It may fail to see a reservation that is made at the same
	// time, if that is rare.
	Reserve(ctx context.Context, until time.Time) (time.Time, error)
}

// ErrNoReport is the error of an empty Cache.
var ErrNoReport = errors.New("status: no reading is stored")

// Monitor holds the latest reading and schedules the next one. It has no
// timers: callers call Claim before Verdict, and run Refresh where work may
// outlive a request.
type Monitor struct {
	source  Source
	cache   Cache
	store   Store
	words   Translator
	service string
	now     func() time.Time
	elapsed func() time.Duration
	every   time.Duration
	log     *slog.Logger

	mu            sync.Mutex // protects all fields below
	report        Report
	reportedAt    time.Duration // elapsed at report.CheckedAt
	nextRead      time.Time     // no reading is due before
	pause         time.Duration // from when nextRead was set until nextRead
	failures      int           // consecutive failed readings
	failureLogged time.Time     // when the latest of them was logged
	// A refresh holds a lease and not a lock: if it is killed with its request,
	// another can start once the lease has expired.
	lease      int // number of the newest lease
	leaseEnd   time.Time
	leaseEnded chan struct{} // closed when the newest lease's refresh has ended
	leaseOfRun bool          // the newest lease is that of a Run
}

// Options are a Monitor's dependencies. Only Source is required.
type Options struct {
	Source  Source
	Cache   Cache            // nil: readings aren't shared
	Store   Store            // nil: each monitor, or each Cache, has readings of its own
	Words   Translator       // nil: Apple's words aren't read in other languages
	Service string           // name of the row, for a verdict before the first reading; ServiceName if empty
	Now     func() time.Time // time.Now if nil
	// Elapsed returns the time since some moment in the past. Unlike Now it never
	// runs backwards. The runtime's monotonic clock if nil.
	Elapsed func() time.Duration
	Every   time.Duration // RefreshEvery if zero
	Log     *slog.Logger  // slog.Default if nil
}

// NewMonitor returns a Monitor without a reading.
func NewMonitor(o Options) *Monitor {
	if o.Service == "" {
		o.Service = ServiceName
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Elapsed == nil {
		start := time.Now()
		o.Elapsed = func() time.Duration { return time.Since(start) }
	}
	if o.Every == 0 {
		o.Every = RefreshEvery
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	return &Monitor{source: o.Source, cache: o.Cache, store: o.Store, words: o.Words, service: o.Service, now: o.Now, elapsed: o.Elapsed, every: o.Every, log: o.Log,
		report: Unread(o.Service)}
}

// Verdict returns the verdict on the latest reading. It never blocks on a
// reading.
func (m *Monitor) Verdict() Verdict {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.correctTime()
	return Decide(m.report, now.Add(m.age(now)-now.Sub(m.report.CheckedAt)))
}

// age returns the age of the latest reading: by the clock or by the time that
// has elapsed, whichever is more. A clock that is set, and a computer that was
// suspended, must not make a reading younger. The caller must hold mu.
func (m *Monitor) age(now time.Time) time.Duration {
	return max(now.Sub(m.report.CheckedAt), m.elapsed()-m.reportedAt)
}

// correctTime returns the time. If the latest reading is of the future, since the
// clock was ahead or has been set back, it corrects the reading's time by the
// time that has elapsed. The caller must hold mu.
func (m *Monitor) correctTime() time.Time {
	now := m.now()
	if at := m.report.CheckedAt; at.After(now) {
		m.report.CheckedAt = now.Add(-max(m.elapsed()-m.reportedAt, 0))
		if at.Sub(now) > MaxSkew {
			m.log.Warn("the clock was set back: the latest reading was of the future", "reading", at, "corrected", m.report.CheckedAt)
		}
	}
	return now
}

// Report returns the latest reading. CheckedAt is zero before the first one.
func (m *Monitor) Report() Report {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.correctTime()
	return m.report
}

// Turn is what a caller has to do before it calls Verdict.
type Turn struct {
	Lease int // if not zero, run Refresh with it, concurrently with the request
	// Wait is the lease of the refresh to wait for, by Settled. It is zero if
	// the latest reading is fresh enough to respond with, or no refresh runs.
	Wait int
	// Next is the earliest time at which Claim can return another lease.
	Next time.Time
}

// Claim returns a lease if a reading is due and no other caller has one.
func (m *Monitor) Claim() Turn {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.correctTime()
	var turn Turn
	if !within(now, m.nextRead, m.pause) && !within(now, m.leaseEnd, leaseFor) {
		turn.Lease = m.newLease(now, false)
	}
	turn.Next = m.nextRead
	if within(now, m.leaseEnd, leaseFor) {
		turn.Next = m.leaseEnd
		if !m.fresh(now) {
			turn.Wait = m.lease
		}
	}
	return turn
}

// newLease starts a lease. If another refresh holds one, it was killed or a Run
// takes its place. The caller must hold mu.
func (m *Monitor) newLease(now time.Time, run bool) int {
	if !m.leaseEnd.IsZero() {
		close(m.leaseEnded) // callers stop waiting for it
	}
	m.lease++
	m.leaseEnd, m.leaseOfRun = now.Add(leaseFor), run
	m.leaseEnded = make(chan struct{})
	return m.lease
}

// Settled reports whether waiting for the refresh with this lease is over: it
// or the one that has replaced it has ended, or the cache had a fresh reading.
func (m *Monitor) Settled(lease int) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return lease > m.lease || m.leaseEnd.IsZero() || m.fresh(m.correctTime())
}

// fresh reports whether the latest reading is fresh enough to respond with.
// The caller must hold mu.
func (m *Monitor) fresh(now time.Time) bool {
	return !m.report.CheckedAt.IsZero() && m.age(now) <= StaleAfter
}

// within reports whether now is in the span that ends at end. If the clock was
// set back, now is before that span, and a refresh must not be delayed by hours.
func within(now, end time.Time, span time.Duration) bool {
	return now.Before(end) && end.Sub(now) <= span
}

// Refresh loads the reading from the cache or the store if that is recent enough,
// or else reads Apple. It logs errors and then leaves the latest reading unchanged.
func (m *Monitor) Refresh(ctx context.Context, lease int) {
	began, pause := m.now(), m.every
	defer func() { m.release(lease, began, pause) }()
	looked := false // in the store
	if m.cache != nil {
		if m.store != nil && m.Report().CheckedAt.IsZero() {
			// The first request is waiting, and a reservation takes a moment.
			looked = true
			if recent, _ := m.loadShared(ctx); recent {
				return
			}
			if m.loadStored(ctx) {
				m.share(ctx, m.Report(), began)
				return
			}
			if !m.renew(lease) {
				return
			}
		}
		due, reserved := m.reserve(ctx)
		if !reserved.IsZero() {
			began = m.now()
			pause = reserved.Sub(began)
		}
		if !due || !m.renew(lease) {
			return
		}
		began = m.now()
	}
	if m.store != nil && !looked {
		if m.loadStored(ctx) {
			m.share(ctx, m.Report(), began)
			return
		}
		if !m.renew(lease) {
			return
		}
		began = m.now()
	}
	report, asked, err := m.read(ctx)
	if err != nil {
		if asked > pause {
			began, pause = m.now(), asked
		}
		if m.cache != nil {
			m.cache.Reserve(ctx, began.Add(pause)) // no other monitor tries again before
		}
		return
	}
	m.share(ctx, report, began)
}

// read reads Apple and adopts the reading, or logs the error. If Apple asks for
// more time than usual, read returns how much, and records it in the latest reading.
func (m *Monitor) read(ctx context.Context) (report Report, asked time.Duration, err error) {
	translated := m.translate(ctx)
	report, err = m.source.Read(ctx)
	translated()
	if err == nil {
		m.logRecovery()
		if asked = min(report.RetryAfter, maxRetryAfter); asked > m.every {
			report.RetryAt = report.CheckedAt.Add(asked)
		}
		return m.adopt(report), asked, nil
	}
	m.logFailure(err)
	var busy interface{ RetryAfter() time.Duration }
	if errors.As(err, &busy) {
		asked = min(busy.RetryAfter(), maxRetryAfter)
	}
	if asked > m.every {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.report.RetryAt = m.now().Add(asked)
	}
	return report, asked, err
}

// share saves a reading in the cache, for a refresh that began at a time. After
// its lease the reading may be older than one that another monitor shares.
func (m *Monitor) share(ctx context.Context, report Report, began time.Time) {
	if m.cache == nil || !within(m.now(), began.Add(leaseFor), leaseFor) {
		return
	}
	if err := m.cache.Save(ctx, report); err != nil {
		m.log.Warn("sharing the reading failed", "error", err)
	}
}

// reserve adopts the shared reading, and reports whether this monitor is to read
// Apple: that reading is old, and no other monitor is about to read. If another
// one was asked to wait, reserve returns until when.
func (m *Monitor) reserve(ctx context.Context) (due bool, reserved time.Time) {
	for range reserveAttempts {
		recent, err := m.loadShared(ctx)
		if recent || err != nil {
			return !recent, time.Time{}
		}
		reserved, err = m.cache.Reserve(ctx, m.now().Add(min(leaseFor, m.every)))
		if err != nil {
			m.log.Warn("reserving the reading failed", "error", err)
		}
		now := m.now()
		if err != nil || !within(now, reserved, maxRetryAfter) {
			return true, time.Time{}
		}
		if reserved.Sub(now) > leaseFor {
			break // it isn't reading, but waits
		}
	}
	return false, reserved
}

// renew starts a lease anew, unless another refresh has replaced this one.
func (m *Monitor) renew(lease int) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if lease == m.lease {
		m.leaseEnd = m.now().Add(leaseFor)
	}
	return lease == m.lease
}

// logFailure logs the first failed reading at once, and later ones at most
// every logFailureEvery.
func (m *Monitor) logFailure(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.failures++
	if now := m.now(); m.failures == 1 || !within(now, m.failureLogged.Add(logFailureEvery), logFailureEvery) {
		m.failureLogged = now
		m.log.Warn("reading Apple's status failed", "error", err, "failures", m.failures)
	}
}

// logRecovery logs the first reading that succeeds after failed ones.
func (m *Monitor) logRecovery() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.failures > 0 {
		m.log.Info("reading Apple's status works again", "failures", m.failures)
	}
	m.failures = 0
}

// loadShared adopts the reading of the cache, unless it is of the future, and
// reports whether it is recent enough to need no other. It logs errors; that the
// cache is empty is none.
func (m *Monitor) loadShared(ctx context.Context) (recent bool, err error) {
	report, err := m.cache.Load(ctx)
	if errors.Is(err, ErrNoReport) {
		return false, nil
	} else if err != nil {
		m.log.Warn("loading the shared reading failed", "error", err)
		return false, err
	}
	if report, ok := m.trust(report); ok {
		m.adopt(report)
		now := m.now()
		return now.Before(m.nextAfter(report, now)), nil
	}
	return false, nil
}

// trust reports whether a shared reading is not of the future, and corrects the
// times of one that is only by what clocks may differ.
func (m *Monitor) trust(report Report) (Report, bool) {
	now := m.now()
	if ahead := report.CheckedAt.Sub(now); ahead > MaxSkew {
		m.log.Warn("ignoring a shared reading of the future", "reading", report.CheckedAt, "ahead", ahead)
		return report, false
	} else if ahead > 0 {
		report.CheckedAt = now
	}
	if report.RetryAt.Sub(now) > maxRetryAfter+MaxSkew {
		report.RetryAt = time.Time{}
	}
	return report, true
}

// nextAfter returns when the reading after this one is due.
func (m *Monitor) nextAfter(report Report, now time.Time) time.Time {
	next := report.CheckedAt.Add(m.every)
	if m.store != nil {
		next = m.lookAfter(report, now)
	}
	if at := report.RetryAt; within(now, at, maxRetryAfter) && at.After(next) {
		next = at
	}
	return next
}

// adopt makes a newer reading the latest one, and returns it with the state of
// earlier readings. An older one, which took longer than its lease or was shared
// late, is ignored, except for what monitors tell each other with it.
func (m *Monitor) adopt(report Report) Report {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.correctTime()
	if report.CheckedAt.IsZero() || report.CheckedAt.Before(m.report.CheckedAt) {
		m.report.RetryAt = latest(m.report.RetryAt, report.RetryAt)
		m.report.LoadedAt = latest(m.report.LoadedAt, report.LoadedAt)
		return m.report
	}
	if !m.report.CheckedAt.IsZero() {
		report = report.After(m.report)
	}
	if was, is := m.report.Service.Level(), report.Service.Level(); m.report.CheckedAt.IsZero() || was != is {
		m.log.Info("the level has changed", "service", report.Service.Name, "now", is.String(), "was", was.String(), "reason", Decide(report, now).Summary)
	}
	if len(report.Truncated) > 0 && !slices.Equal(report.Truncated, m.report.Truncated) {
		m.log.Warn("Apple's data was cut", "what", report.Truncated)
	}
	m.report = report
	m.reportedAt = m.elapsed() - max(now.Sub(report.CheckedAt), 0)
	return report
}

func latest(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// release ends a lease and schedules the next reading. A reading from the cache
// counts from the time when it was read, so that all monitors have the same
// schedule.
func (m *Monitor) release(lease int, began time.Time, pause time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if lease != m.lease {
		return // another refresh has replaced this one
	}
	m.nextRead, m.pause = began.Add(pause), pause
	now := m.correctTime()
	if next := m.nextAfter(m.report, now); pause == m.every && now.Before(next) {
		m.nextRead, m.pause = next, next.Sub(now)
	}
	m.leaseEnd = time.Time{}
	close(m.leaseEnded)
}

// Freshen starts a refresh in a goroutine if one is due. It waits for a refresh
// only if the latest reading is too old to respond with, and at most until ctx
// is done.
func (m *Monitor) Freshen(ctx context.Context) {
	turn := m.Claim()
	if turn.Lease != 0 {
		go m.Refresh(context.WithoutCancel(ctx), turn.Lease)
	}
	if turn.Wait == 0 {
		return
	}
	m.mu.Lock()
	ended := m.leaseEnded
	m.mu.Unlock()
	select {
	case <-ended:
	case <-ctx.Done():
	}
}
