package status

import (
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"
)

// monitors returns monitors that share a cache, as the isolates of a data centre
// do.
func monitors(n int) (*apple, []*Monitor, *memoryCache) {
	a := &apple{now: noon, report: reading()}
	cache := &memoryCache{now: a.clock}
	all := make([]*Monitor, n)
	for i := range all {
		all[i] = NewMonitor(Options{Source: a, Cache: &cacheOf{memoryCache: cache}, Now: a.clock, Log: slog.New(slog.DiscardHandler)})
	}
	return a, all, cache
}

// requestAll has all monitors take a request at the same time.
func requestAll(t *testing.T, all []*Monitor) {
	var group sync.WaitGroup
	for _, m := range all {
		group.Go(func() { request(t, m) })
	}
	group.Wait()
}

func TestMonitorsThatFallDueTogetherReadOnce(t *testing.T) {
	a, all, _ := monitors(20)
	for minute := range 10 {
		block := make(chan struct{})
		a.mu.Lock()
		a.block = block
		a.mu.Unlock()
		time.AfterFunc(20*time.Millisecond, func() { close(block) }) // a reading takes a moment
		requestAll(t, all)
		if a.reads != minute+1 {
			t.Fatalf("%d readings in minute %d", a.reads, minute)
		}
		a.pass(time.Minute)
	}
}

func TestMonitorsThatFailTogetherReadOnceAMinute(t *testing.T) {
	a, all, _ := monitors(20)
	a.err = errors.New("403")
	for range 10 * 6 {
		requestAll(t, all)
		a.pass(10 * time.Second)
	}
	if a.reads > 10 {
		t.Errorf("%d readings in 10 minutes", a.reads)
	}
	a.reports(ongoing("Issue"))
	a.pass(time.Minute)
	requestAll(t, all)
	a.pass(10 * time.Second)
	requestAll(t, all)
	for i, m := range all {
		if v := m.Verdict(); v.Level != Degraded {
			t.Fatalf("monitor %d after the failures: %v", i, v.Level)
		}
	}
}

// What Apple asks one monitor, all of them honour.
func TestMonitorsShareThePauseThatAppleAsksFor(t *testing.T) {
	for what, asks := range map[string]func(*apple){
		"and fails": func(a *apple) { a.err = busy(10 * time.Minute) },
		"and is read": func(a *apple) {
			a.reports()
			a.report.RetryAfter = 10 * time.Minute
		},
	} {
		a, all, _ := monitors(5)
		asks(a)
		for range 60 {
			requestAll(t, all)
			a.pass(10 * time.Second)
		}
		if a.reads != 1 {
			t.Errorf("%s: %d readings in 10 minutes", what, a.reads)
		}
		a.reports(ongoing("Outage"))
		requestAll(t, all)
		if a.reads != 2 {
			t.Errorf("%s: %d readings after 10 minutes", what, a.reads)
		}
	}
}

func TestReadingThatAsksForTimeGetsIt(t *testing.T) {
	for asked, want := range map[time.Duration]time.Duration{
		time.Second: time.Minute, 5 * time.Minute: 5 * time.Minute, 24 * time.Hour: 30 * time.Minute,
	} {
		a, m := watch(nil)
		a.report.RetryAfter = asked
		request(t, m)
		a.reports()
		a.pass(want - time.Second)
		if _, read := request(t, m); read {
			t.Errorf("asked for %v: read again after %v", asked, want-time.Second)
		}
		a.pass(time.Second)
		if _, read := request(t, m); !read {
			t.Errorf("asked for %v: not read again after %v", asked, want)
		}
		a.pass(time.Minute)
		if _, read := request(t, m); !read {
			t.Errorf("asked for %v: the time was given twice", asked)
		}
	}
}

// A monitor that reserves a reading and is killed holds up the others for seconds.
func TestReservationOfADeadMonitorExpires(t *testing.T) {
	a, all, cache := monitors(2)
	dead := &cacheOf{memoryCache: cache}
	dead.Reserve(t.Context(), noon.Add(leaseFor))
	if request(t, all[0]); a.reads != 0 {
		t.Errorf("%d readings although another monitor reads", a.reads)
	}
	a.pass(leaseFor)
	if v, _ := request(t, all[0]); a.reads != 1 || v.Level != Operational {
		t.Errorf("%d readings, %v", a.reads, v.Level)
	}
	// Nor does one whose clock is ahead.
	cache.owner, cache.until = dead, a.clock().Add(48*time.Hour)
	a.pass(time.Minute)
	if request(t, all[1]); a.reads != 2 {
		t.Errorf("%d readings after a reservation of the far future", a.reads)
	}
}

// A reading that took longer than its lease isn't shared: another monitor may
// have read since.
func TestLateReadingIsNotShared(t *testing.T) {
	a, all, cache := monitors(2)
	a.block = make(chan struct{})
	slow := all[0].Claim()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		all[0].Refresh(t.Context(), slow.Lease)
	}()
	for {
		a.mu.Lock()
		reading := a.reads == 1
		a.mu.Unlock()
		if reading {
			break
		}
		time.Sleep(time.Millisecond)
	}
	a.pass(leaseFor + time.Second)
	block := a.block
	a.mu.Lock()
	a.block = nil
	a.mu.Unlock()
	a.reports(ongoing("Outage"))
	request(t, all[1])
	close(block)
	<-ended
	if shared := cache.report.Service.Level(); cache.saves != 1 || shared != Outage {
		t.Errorf("%d saved, the last %v", cache.saves, shared)
	}
}
