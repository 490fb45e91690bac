package status

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"
)

const (
	// RefreshEvery is how often Apple is asked at most.
	RefreshEvery = 60 * time.Second
	// leaseFor is how long a refresh that was begun keeps others from
	// beginning one. It is longer than the time limit of a reading.
	leaseFor = 10 * time.Second
	// maxPatience is how long a Source that asks for time gets it at most: well
	// before TooOldAfter it is asked again, whatever it said.
	maxPatience = 30 * time.Minute
	// complainEvery is how often at most it is logged that readings still fail.
	complainEvery = 10 * time.Minute
)

// Source reads Apple's status. Read gives up by itself after its own time
// limit, and returns an error when nothing can be said of the service at all.
type Source interface {
	Read(ctx context.Context) (Report, error)
}

// Cache shares readings with other monitors near by, so that not each of them
// asks Apple. Load returns ErrNoReport when there is none.
type Cache interface {
	Load(ctx context.Context) (Report, error)
	Save(ctx context.Context, report Report) error
}

// ErrNoReport is what a Cache returns when it holds no reading.
var ErrNoReport = errors.New("status: no reading is stored")

// Monitor holds the latest reading and tells when a new one is due. It has no
// timers of its own: its callers ask Claim before they ask for the Verdict,
// and run Refresh where work may outlive a request.
type Monitor struct {
	source  Source
	cache   Cache
	service string
	now     func() time.Time
	every   time.Duration
	log     *slog.Logger

	mu         sync.Mutex // protects all fields below
	report     Report
	nextRead   time.Time     // no reading is due before
	pause      time.Duration // nextRead was that far away when it was set
	failures   int           // readings that failed one after another
	complained time.Time     // when the latest of them was logged
	// A refresh holds a lease, not a lock: one that dies with its request is
	// followed by another as soon as its lease is over.
	lease      int // number of the newest lease
	leaseEnd   time.Time
	leaseEnded chan struct{} // closed when the newest lease's refresh has ended
}

// Options are a Monitor's ports. Only Source is required.
type Options struct {
	Source  Source
	Cache   Cache            // nil: readings aren't shared
	Service string           // name of the row, for a verdict before the first reading; ServiceName if empty
	Now     func() time.Time // time.Now if nil
	Every   time.Duration    // RefreshEvery if zero
	Log     *slog.Logger     // slog.Default if nil
}

// NewMonitor returns a Monitor that has read nothing yet.
func NewMonitor(o Options) *Monitor {
	if o.Service == "" {
		o.Service = ServiceName
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Every == 0 {
		o.Every = RefreshEvery
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	return &Monitor{source: o.Source, cache: o.Cache, service: o.Service, now: o.Now, every: o.Every, log: o.Log,
		report: Unread(o.Service)}
}

// Verdict decides from the reading that is held. It never waits.
func (m *Monitor) Verdict() Verdict {
	m.mu.Lock()
	defer m.mu.Unlock()
	return Decide(m.report, m.now())
}

// Report is the reading that is held; one without a CheckedAt if nothing was
// read yet.
func (m *Monitor) Report() Report {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.report
}

// Turn is what a caller owes before it asks for the Verdict.
type Turn struct {
	Lease int // not zero: run Refresh with it, beside the request
	// Wait is not zero when what is held is too old to answer with and a
	// refresh is under way: the lease of that refresh, for Settled.
	Wait int
	// Next is the earliest time at which another Claim can give a lease.
	Next time.Time
}

// Claim tells whether a reading is due, and gives the lease for it to exactly
// one caller at a time.
func (m *Monitor) Claim() Turn {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.now()
	var turn Turn
	if !within(now, m.nextRead, m.pause) && !within(now, m.leaseEnd, leaseFor) {
		if !m.leaseEnd.IsZero() {
			close(m.leaseEnded) // that refresh died; who waits for it gets what is known
		}
		m.lease++
		m.leaseEnd = now.Add(leaseFor)
		m.leaseEnded = make(chan struct{})
		turn.Lease = m.lease
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

// Settled reports whether there is nothing left to wait for in the refresh
// that holds a lease: it has ended, another has taken over, or the store had
// something to answer with while Apple is still being read.
func (m *Monitor) Settled(lease int) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.lease != lease || m.leaseEnd.IsZero() || m.fresh(m.now())
}

// fresh reports whether what is held is young enough to answer with. Call it
// with mu held.
func (m *Monitor) fresh(now time.Time) bool {
	return !m.report.CheckedAt.IsZero() && now.Sub(m.report.CheckedAt) <= StaleAfter
}

// within reports whether now is before end, and no further from it than the
// span: a clock that was set back must not put a refresh off for hours.
func within(now, end time.Time, span time.Duration) bool {
	return now.Before(end) && end.Sub(now) <= span
}

// Refresh takes a reading from the store, if that is young enough, or else
// from Apple. What goes wrong is logged, and what was known stays.
func (m *Monitor) Refresh(ctx context.Context, lease int) {
	began, pause := m.now(), m.every
	defer func() { m.end(lease, began, pause) }()
	if m.cache != nil {
		report, err := m.cache.Load(ctx)
		switch {
		case err == nil:
			m.adopt(report)
			if within(m.now(), report.CheckedAt.Add(m.every), m.every) {
				return
			}
		case !errors.Is(err, ErrNoReport):
			m.log.Warn("loading the shared reading failed", "error", err)
		}
	}
	report, err := m.source.Read(ctx)
	if err != nil {
		var busy interface{ RetryAfter() time.Duration }
		if errors.As(err, &busy) {
			pause = max(pause, min(busy.RetryAfter(), maxPatience))
		}
		m.failed(err)
		return
	}
	m.worked()
	report = m.adopt(report)
	if m.cache != nil {
		if err := m.cache.Save(ctx, report); err != nil {
			m.log.Warn("sharing the reading failed", "error", err)
		}
	}
}

// failed logs a reading that failed: the first one at once, and those that
// follow it from time to time.
func (m *Monitor) failed(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.failures++
	if now := m.now(); m.failures == 1 || !within(now, m.complained.Add(complainEvery), complainEvery) {
		m.complained = now
		m.log.Warn("reading Apple's status failed", "error", err, "failures", m.failures)
	}
}

// worked logs that readings work again.
func (m *Monitor) worked() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.failures > 0 {
		m.log.Info("reading Apple's status works again", "failures", m.failures)
	}
	m.failures = 0
}

// adopt makes a newer reading the held one, and returns it with what is known
// from earlier ones.
func (m *Monitor) adopt(report Report) Report {
	m.mu.Lock()
	defer m.mu.Unlock()
	if report.CheckedAt.Before(m.report.CheckedAt) && m.report.CheckedAt.Sub(m.now()) <= 0 {
		return m.report
	}
	if !m.report.CheckedAt.IsZero() {
		report = report.since(m.report)
	}
	if was, is := m.report.Service.Level(), report.Service.Level(); m.report.CheckedAt.IsZero() || was != is {
		m.log.Info("level", "service", report.Service.Name, "level", is.String(), "was", was.String(), "reason", Decide(report, m.now()).Summary)
	}
	m.report = report
	return report
}

// end gives the lease back. A reading that came from the store counts from
// when it was taken, so that its next one is due when everybody's is.
func (m *Monitor) end(lease int, began time.Time, pause time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if lease != m.lease {
		return // another refresh has taken over
	}
	m.nextRead, m.pause = began.Add(pause), pause
	if next := m.report.CheckedAt.Add(m.every); pause == m.every && within(m.now(), next, m.every) {
		m.nextRead = next
	}
	m.leaseEnd = time.Time{}
	close(m.leaseEnded)
}

// Freshen does for a caller with threads what Claim asks for: it begins a
// refresh when one is due and waits for it only if what is held is too old to
// answer with, or until ctx ends.
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
