package status

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"testing"
	"time"
)

// memoryStore is a Store that all monitors share.
type memoryStore struct {
	report       *Report
	err          error
	loads, saves int
}

func (s *memoryStore) Load(context.Context) (Report, error) {
	s.loads++
	if s.err == nil && s.report == nil {
		return Report{}, ErrNoReport
	} else if s.err != nil {
		return Report{}, s.err
	}
	return *s.report, nil
}

func (s *memoryStore) Save(_ context.Context, report Report) error {
	if s.err != nil {
		return s.err
	}
	s.report, s.saves = &report, s.saves+1
	return nil
}

// dataCentre is the monitors of some isolates with what they load from the store.
type dataCentre struct {
	cache    *memoryCache // nil: nothing is stored
	isolates []*Monitor
	store    *memoryStore
	loads    int
}

func (d *dataCentre) Load(ctx context.Context) (Report, error) {
	d.loads++
	return d.store.Load(ctx)
}

func (d *dataCentre) Save(ctx context.Context, report Report) error { return d.store.Save(ctx, report) }

// isolate returns the monitor of a new isolate of the data centre.
func (d *dataCentre) isolate(a *apple) *Monitor {
	options := Options{Source: a, Store: d, Now: a.clock, Log: slog.New(slog.DiscardHandler)}
	if d.cache != nil {
		options.Cache = &cacheOf{memoryCache: d.cache}
	}
	return NewMonitor(options)
}

// dataCentres returns n data centres with some isolates each. The last one has
// no cache.
func dataCentres(n, isolates int) (*apple, *memoryStore, []*dataCentre) {
	a, store := &apple{now: noon, report: reading()}, &memoryStore{}
	all := make([]*dataCentre, n)
	for i := range all {
		all[i] = &dataCentre{store: store}
		if i < n-1 {
			all[i].cache = &memoryCache{now: a.clock}
		}
		for range isolates {
			all[i].isolates = append(all[i].isolates, all[i].isolate(a))
		}
	}
	return a, store, all
}

// While the cron lives, Apple is asked once a minute in all. When it is dead, each
// data centre asks once a minute, and each isolate where nothing is cached.
func TestAppleIsReadOnceAMinuteForAllDataCentres(t *testing.T) {
	const isolates = 4
	a, store, all := dataCentres(4, isolates)
	oldest := time.Duration(0)
	// minutes lets minutes pass, and returns how often Apple and the store were read
	// in each minute of each data centre, at most.
	minutes := func(n int, cron bool, late time.Duration) (reads, loads int) {
		reads = -a.reads
		for range n {
			for _, d := range all {
				d.loads = 0
			}
			at := rand.N(late + time.Second).Truncate(time.Second)
			for second := range 60 {
				if cron && time.Duration(second)*time.Second == at {
					// Each run is in another isolate, and most in a new one.
					d := all[rand.N(len(all))]
					m := d.isolates[0]
					if rand.N(3) > 0 {
						m = d.isolate(a)
					}
					m.Run(t.Context())
					d.loads--
				}
				for _, d := range all {
					for _, m := range d.isolates {
						v, _ := request(t, m)
						if v.CheckedAt.IsZero() || v.Stale {
							t.Fatalf("at %v: the verdict is of %v", a.now, v.CheckedAt)
						}
						oldest = max(oldest, a.clock().Sub(v.CheckedAt))
					}
				}
				a.pass(time.Second)
			}
			for i, d := range all {
				n := d.loads
				if i == len(all)-1 {
					n /= isolates
				}
				loads = max(loads, n)
			}
		}
		return reads + a.reads, loads
	}
	all[0].isolates[0].Run(t.Context())
	a.pass(time.Minute)
	minutes(10, true, 0)

	oldest = 0
	if reads, loads := minutes(60, true, 0); reads != 60 || loads > 1 || oldest > 71*time.Second {
		t.Errorf("with a punctual cron, in an hour: Apple is read %d times, the store %d times in one minute; the oldest reading in use is %v old", reads, loads, oldest)
	}
	if reads, loads := minutes(60, true, 14*time.Second); reads != 60 || loads > 2 || oldest > 2*time.Minute+11*time.Second {
		t.Errorf("with a cron that is late by turns, in an hour: Apple is read %d times, the store %d times in one minute; the oldest reading in use is %v old", reads, loads, oldest)
	}
	minutes(5, false, 0) // the cron has died
	want := 60 * (len(all) - 1 + isolates)
	if reads, loads := minutes(60, false, 0); reads > want || reads < want*3/4 || loads > 2 || oldest > 200*time.Second {
		t.Errorf("without a cron, in an hour: Apple is read %d times, want %d; the store %d times in one minute; the oldest reading in use is %v old", reads, want, loads, oldest)
	}
	a.reports(ongoing("Outage"))
	minutes(2, true, 0) // it is back
	if reads, _ := minutes(60, true, 0); reads != 60 {
		t.Errorf("with the cron again, in an hour: Apple is read %d times", reads)
	}
	for i, d := range all {
		for _, m := range d.isolates {
			if v := m.Verdict(); v.Level != Outage {
				t.Errorf("data centre %d: %v", i, v.Level)
			}
		}
	}
	if store.saves < 180 {
		t.Errorf("stored %d times", store.saves)
	}
}

func TestStoredReadingIsUsedFor150Seconds(t *testing.T) {
	for name, tt := range map[string]struct {
		age  time.Duration
		err  error
		used bool
	}{
		"new":              {time.Second, nil, true},
		"at the limit":     {150*time.Second - 1, nil, true},
		"over it":          {150 * time.Second, nil, false},
		"of a fast clock":  {-MaxSkew, nil, true},
		"of the future":    {-MaxSkew - time.Second, nil, false},
		"not there":        {0, ErrNoReport, false},
		"not to be loaded": {0, errors.New("the database didn't answer in time"), false},
	} {
		t.Run(name, func(t *testing.T) {
			a, store, all := dataCentres(2, 2)
			report := reading(ongoing("Outage"))
			report.CheckedAt = noon.Add(-tt.age)
			store.report, store.err = &report, tt.err
			d := all[0]
			v, _ := request(t, d.isolates[0])
			want := noon.Add(-max(tt.age, 0))
			if !tt.used {
				want = noon
			}
			if used := a.reads == 0; used != tt.used || !v.CheckedAt.Equal(want) {
				t.Fatalf("checked at %v, with %d readings of Apple", v.CheckedAt, a.reads)
			}
			// The other isolates of the data centre have it from the cache.
			loads := store.loads
			if other, _ := request(t, d.isolates[1]); other.Level != v.Level || store.loads != loads {
				t.Errorf("another isolate: %v, the store was loaded %d times", other.Level, store.loads)
			}
		})
	}
}

// A run whose clock was ahead must not keep all others from reading Apple.
func TestStoredPauseOfTheFarFutureIsIgnored(t *testing.T) {
	for ahead, used := range map[time.Duration]bool{maxRetryAfter: true, maxRetryAfter + 2*MaxSkew: false, 24 * time.Hour: false} {
		a, store, all := dataCentres(1, 2)
		report := reading()
		report.CheckedAt, report.RetryAt = noon.Add(-4*time.Minute), noon.Add(ahead)
		store.report = &report
		if request(t, all[0].isolates[0]); (a.reads == 0) != used {
			t.Errorf("%v ahead: a request reads Apple %d times", ahead, a.reads)
		}
		a.reads = 0
		if all[0].isolates[1].Run(t.Context()); (a.reads == 0) != used {
			t.Errorf("%v ahead: a run reads Apple %d times", ahead, a.reads)
		}
	}
}

// A reading of Apple that failed doesn't change that of the store.
func TestStoredReadingKeepsItsTime(t *testing.T) {
	a, store, all := dataCentres(1, 1)
	report := reading()
	report.CheckedAt = noon.Add(-140 * time.Second)
	store.report, a.err = &report, errors.New("403")
	m := all[0].isolates[0]
	for range 30 {
		v, _ := request(t, m)
		if age := a.clock().Sub(report.CheckedAt); !v.CheckedAt.Equal(report.CheckedAt) || v.Stale != (age > StaleAfter) {
			t.Fatalf("after %v: checked at %v, stale %v", age, v.CheckedAt, v.Stale)
		}
		a.pass(10 * time.Second)
	}
}

func TestRunIsNotSatisfiedWithAReadingOfOthers(t *testing.T) {
	a, store, all := dataCentres(1, 2)
	m := all[0].isolates[0]
	run := func(m *Monitor, reads, saves int, what string) {
		t.Helper()
		if m.Run(t.Context()); a.reads != reads || store.saves != saves {
			t.Errorf("%s: %d readings, %d saved", what, a.reads, store.saves)
		}
	}
	request(t, m) // reads Apple, since nothing is stored
	run(m, 2, 1, "after a request's reading")
	run(m, 2, 1, "twice at a time")
	run(all[0].isolates[1], 2, 1, "in another isolate at the same time")
	a.pass(46 * time.Second)
	run(m, 3, 2, "after a run that was late")
	a.pass(59 * time.Second)
	run(all[0].isolates[1], 4, 3, "in another isolate")
	a.pass(time.Minute)
	store.err = errors.New("the database didn't answer in time")
	run(m, 5, 3, "without the store")
	store.err, a.err = nil, errors.New("500")
	a.pass(time.Minute)
	run(m, 6, 3, "a failure")
	a.err = nil
	a.pass(46 * time.Second)
	run(m, 7, 4, "after a failure")
	future := a.report
	future.CheckedAt = a.clock().Add(time.Hour)
	store.report = &future
	a.pass(time.Minute)
	run(m, 8, 5, "after a run whose clock was ahead")
}

// What Apple asks one run, all runs and all data centres honour.
func TestRunsShareThePauseThatAppleAsksFor(t *testing.T) {
	for what, asks := range map[string]func(*apple){
		"and fails": func(a *apple) { a.err = busy(10 * time.Minute) },
		"and is read": func(a *apple) {
			a.reports()
			a.report.RetryAfter = 10 * time.Minute
		},
		"and fails at first": nil,
	} {
		a, _, all := dataCentres(3, 2)
		if asks != nil {
			all[0].isolate(a).Run(t.Context())
			a.pass(time.Minute)
			asks(a)
		} else {
			a.err = busy(10 * time.Minute)
		}
		before := a.reads
		for range 60 {
			if a.clock().Second() == 0 {
				all[rand.N(len(all))].isolate(a).Run(t.Context())
			}
			for _, d := range all {
				requestAll(t, d.isolates[:1])
			}
			a.pass(10 * time.Second)
		}
		if reads := a.reads - before; reads != 1 {
			t.Errorf("%s: %d readings in 10 minutes", what, reads)
		}
		a.reports(ongoing("Outage"))
		all[1].isolate(a).Run(t.Context())
		a.pass(time.Minute + storeLag)
		for i, d := range all {
			if v, _ := request(t, d.isolates[0]); v.Level != Outage || a.reads != before+2 {
				t.Errorf("%s: then data centre %d has %v, %d readings", what, i, v.Level, a.reads-before)
			}
		}
	}
}

// A request that waits for the store holds up no run, and then waits for that.
func TestRunTakesTheLeaseOfARequest(t *testing.T) {
	a, store, all := dataCentres(1, 1)
	m := all[0].isolates[0]
	turn := m.Claim()
	lease := m.claimRun()
	if lease == 0 || m.claimRun() != 0 {
		t.Fatal("no run or two")
	}
	if m.Settled(turn.Wait) {
		t.Error("the request doesn't wait for the run")
	}
	m.Refresh(t.Context(), turn.Lease) // late
	if a.reads != 0 {
		t.Error("two readings at a time")
	}
	m.run(t.Context(), lease)
	if v := m.Verdict(); a.reads != 1 || store.saves != 1 || v.Level != Operational || !m.Settled(turn.Wait) {
		t.Errorf("%d readings, %d saved, %v", a.reads, store.saves, v.Level)
	}
}

// A run in a new isolate that can't read the store uses the cache's reading: it
// answers while Apple can't be read, and says what an older copy lacks.
func TestRunWithoutTheStoreUsesTheCachedReading(t *testing.T) {
	at := func(time time.Time) *memoryStore { return &memoryStore{report: &Report{CheckedAt: time}} }
	for what, store := range map[string]*memoryStore{
		"the store fails":                     {err: errors.New("no answer in time")},
		"the store is empty":                  {},
		"the stored reading is old":           at(noon.Add(-3 * time.Hour)),
		"the stored reading is of the future": at(noon.Add(24 * time.Hour)),
	} {
		t.Run(what, func(t *testing.T) {
			a := &apple{now: noon, report: reading(ongoing("Outage"))}
			d := &dataCentre{cache: &memoryCache{now: a.clock}, store: &memoryStore{}}
			request(t, d.isolate(a))
			d.store = store
			a.pass(time.Minute)

			failing := d.isolate(a)
			a.err = errors.New("refused")
			failing.Run(t.Context())
			if v := failing.Verdict(); v.Level != Outage {
				t.Errorf("while Apple fails: %v", v.Level)
			}

			lacking := d.isolate(a)
			a.err, a.report = nil, reading()
			lacking.Run(t.Context())
			if v := lacking.Verdict(); v.Level != Outage {
				t.Errorf("with a copy that lacks the incident: %v", v.Level)
			}
		})
	}
}

// The first request waits for its reading, so it looks into the store before it
// makes a reservation, which takes a moment. It looks there once.
func TestFirstReadingIsTakenFromTheStoreWithoutAReservation(t *testing.T) {
	for what, test := range map[string]struct {
		age            time.Duration
		read, reserved bool
	}{
		"a recent one": {age: time.Minute},
		"an old one":   {age: 3 * time.Minute, read: true, reserved: true},
	} {
		t.Run(what, func(t *testing.T) {
			a := &apple{now: noon, report: reading()}
			stored := reading(ongoing("Outage"))
			stored.CheckedAt = noon.Add(-test.age)
			d := &dataCentre{cache: &memoryCache{now: a.clock}, store: &memoryStore{report: &stored}}
			m := d.isolate(a)
			if _, read := request(t, m); !read || a.reads > 0 != test.read || (d.cache.owner != nil) != test.reserved || d.loads != 1 {
				t.Errorf("refreshed %v; Apple is read %d times, reserved %v, the store is read %d times", read, a.reads, d.cache.owner != nil, d.loads)
			}
			if v := m.Verdict(); v.Level != Outage || d.cache.report == nil {
				t.Errorf("%v; shared: %v", v.Level, d.cache.report != nil)
			}
		})
	}
}
