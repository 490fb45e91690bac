package status

import (
	"context"
	"errors"
	"time"
)

const (
	// runEarly is how long before a reading is due a Run takes it: the runs start
	// late by turns, and none may skip its minute because the one before was late.
	runEarly = 15 * time.Second
	// storeLag is how long after a reading the next one is expected in the store,
	// in addition to the interval: the time that a Run takes and may be late.
	storeLag = 10 * time.Second
	// storedFor is how long a stored reading is used. After that the Runs have
	// stopped, and each Cache has readings of its own.
	storedFor = 150 * time.Second
)

// Store shares the readings of Run with the monitors of all Caches. It is durable
// and slower than a Cache. Load returns ErrNoReport if the store is empty, and an
// error that wraps it if there is something that can't be understood.
type Store interface {
	Load(ctx context.Context) (Report, error)
	Save(ctx context.Context, report Report) error
}

// scaled returns a time of the constants above, which are for the usual interval,
// for a shorter one.
func (m *Monitor) scaled(d time.Duration) time.Duration {
	return time.Duration(float64(d) * min(1, m.every.Seconds()/RefreshEvery.Seconds()))
}

// Run reads Apple if a reading is due, for a caller that runs once a minute, and
// saves it in the store. Readings that other monitors took don't count for it. With
// a store it must run in one place at a time; without one it is a Claim with a
// Refresh.
func (m *Monitor) Run(ctx context.Context) {
	lease := m.claimRun()
	switch {
	case lease == 0:
	case m.store == nil:
		m.Refresh(ctx, lease)
	default:
		m.run(ctx, lease)
	}
}

// claimRun returns a lease for a Run, or zero. A refresh that only looks for the
// reading of a Run gives way to it.
func (m *Monitor) claimRun() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.correctTime()
	due, held := !within(now, m.report.RetryAt, maxRetryAfter), m.leaseOfRun
	if m.store == nil {
		held = true
		early := m.scaled(runEarly)
		if m.pause > m.every {
			early = 0 // Apple has asked for this pause
		}
		due = !within(now, m.nextRead.Add(-early), m.pause)
	}
	if !due || held && within(now, m.leaseEnd, leaseFor) {
		return 0
	}
	return m.newLease(now, true)
}

func (m *Monitor) run(ctx context.Context, lease int) {
	began, pause := m.now(), m.every
	defer func() { m.release(lease, began, pause) }()
	stored, err := m.load(ctx)
	recent := false
	if err == nil {
		if stored, ok := m.trust(stored); ok {
			m.adopt(stored)
			now := m.now()
			if now.Before(stored.CheckedAt.Add(m.every-m.scaled(runEarly))) || within(now, stored.RetryAt, maxRetryAfter) {
				return
			}
			recent = now.Before(m.storedUntil(stored))
		}
	}
	if !recent && m.cache != nil {
		// The cache's reading is used while Apple can't be read, and says what an older
		// copy of Apple's data lacks.
		m.loadShared(ctx)
	}
	if !m.renew(lease) {
		return
	}
	began = m.now()
	report, asked, failed := m.read(ctx)
	if failed != nil {
		if asked <= m.every {
			return // the next Run tries again
		}
		began, pause = m.now(), asked
		report = m.Report() // with the time that Apple asked for
	}
	// A store that was just unavailable would only take time.
	if err == nil || errors.Is(err, ErrNoReport) {
		if err := m.store.Save(ctx, report); err != nil {
			m.log.Warn("storing the reading for all monitors failed", "error", err)
		}
	}
	m.share(ctx, report, began)
}

// load returns the reading of the store, and logs errors.
func (m *Monitor) load(ctx context.Context) (Report, error) {
	report, err := m.store.Load(ctx)
	if err != nil && err != ErrNoReport { // one that wraps ErrNoReport says more
		m.log.Warn("loading the stored reading failed", "error", err)
	}
	return report, err
}

// loadStored adopts the reading of the store, and reports whether it is recent
// enough to need none of Apple.
func (m *Monitor) loadStored(ctx context.Context) bool {
	report, err := m.load(ctx)
	if err != nil {
		return false
	}
	report, ok := m.trust(report)
	if !ok {
		return false
	}
	report.LoadedAt = m.now()
	m.adopt(report)
	return m.now().Before(m.storedUntil(report))
}

// storedUntil returns until when a stored reading is used.
func (m *Monitor) storedUntil(report Report) time.Time {
	slack := m.scaled(storedFor - RefreshEvery)
	return latest(report.CheckedAt.Add(m.every), report.RetryAt).Add(slack)
}

// lookAfter returns when a monitor looks for the reading after this one: when the
// store should have it, and then once in an interval.
func (m *Monitor) lookAfter(report Report, now time.Time) time.Time {
	next := report.CheckedAt.Add(m.every + m.scaled(storeLag))
	if loaded := report.LoadedAt; !loaded.Before(next) && !loaded.After(now) {
		next = loaded.Add(m.every)
		if until := m.storedUntil(report); until.Before(next) {
			next = until
		}
	}
	return next
}
