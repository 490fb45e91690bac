package watch_test

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"backupcheck/status"
	"backupcheck/status/watch"
)

var six = time.Date(2026, 11, 22, 6, 0, 0, 0, time.UTC)

// minute is the source, store and notifier of one run. It lists the calls in
// their order.
type minute struct {
	now                 time.Time
	read, record, send  error
	happened            []string
	recorded            status.Report
	recordEnds, sendEnd error // errors of the context during the calls
	during              func()
	unread              []time.Time // what was posted
}

func (m *minute) clock() time.Time { return m.now }

func (m *minute) Read(context.Context) (status.Report, error) {
	m.happened = append(m.happened, "read")
	if m.during != nil {
		m.during()
	}
	return status.Report{CheckedAt: m.now, Service: status.Row{Name: status.ServiceName}}, m.read
}

func (m *minute) Record(ctx context.Context, report status.Report) error {
	m.happened = append(m.happened, "record")
	m.recorded, m.recordEnds = report, ctx.Err()
	return m.record
}

func (m *minute) Send(ctx context.Context) error {
	m.happened = append(m.happened, "send")
	m.sendEnd = ctx.Err()
	return m.send
}

func (m *minute) SendUnread(_ context.Context, since time.Time) error {
	m.unread = append(m.unread, since)
	return nil
}

func (m *minute) monitor() *status.Monitor {
	return status.NewMonitor(status.Options{Source: m, Now: m.clock, Log: slog.New(slog.DiscardHandler)})
}

func TestAFailedStepDoesNotStopTheOthers(t *testing.T) {
	broken := errors.New("broken by the test")
	tests := []struct {
		name               string
		read, record, send error
		logged             int
	}{
		{"nothing fails", nil, nil, nil, 0},
		{"reading fails", broken, nil, nil, 0},   // the monitor has logged it
		{"the store fails", nil, broken, nil, 1}, // once in ten minutes
		{"the notifier fails", nil, nil, broken, 2},
		{"all fail", broken, broken, broken, 3},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := &minute{now: six, read: tt.read, record: tt.record, send: tt.send}
			var log strings.Builder
			w := &watch.Watch{Monitor: m.monitor(), Store: m, Notifier: m, Log: slog.New(slog.NewTextHandler(&log, nil))}
			for range 2 {
				m.happened = nil
				w.RunOnce(t.Context())
				if got := strings.Join(m.happened, " "); got != "read record send" {
					t.Errorf("happened: %s", got)
				}
				// A reading that failed is not stored again: the latest report says
				// when it was taken.
				want := m.now
				if tt.read != nil {
					want = time.Time{}
				}
				if !m.recorded.CheckedAt.Equal(want) {
					t.Errorf("recorded the reading of %v, want %v", m.recorded.CheckedAt, want)
				}
				m.now = m.now.Add(time.Minute)
			}
			if n := strings.Count(log.String(), broken.Error()); n != tt.logged {
				t.Errorf("%d failures are logged, want %d:\n%s", n, tt.logged, &log)
			}
		})
	}
}

// Two concurrent runs, or a run right after a request that has read, make one
// reading.
func TestRunOnceReadsOnlyWhenAReadingIsDue(t *testing.T) {
	m := &minute{now: six}
	w := &watch.Watch{Monitor: m.monitor(), Store: m, Notifier: m}
	m.during = func() { m.during = nil; w.RunOnce(t.Context()) } // another, in the middle of the reading
	w.RunOnce(t.Context())
	m.now = six.Add(44 * time.Second)
	w.RunOnce(t.Context())
	if got := strings.Join(m.happened, " "); got != "read record send record send record send" {
		t.Errorf("happened: %s", got)
	}
}

// The platform starts the runs up to some seconds late, and each by another time.
// Runs that are 45 to 75 s apart all read, so a change is seen within 75 s.
func TestNoLateRunMakesTheNextOneSkipItsMinute(t *testing.T) {
	for name, late := range map[string]func(minute int) time.Duration{
		"late by turns": func(minute int) time.Duration { return time.Duration(minute%2) * 14 * time.Second },
		"a little":      func(minute int) time.Duration { return time.Duration(1-minute%2) * 900 * time.Millisecond },
		"at random":     func(int) time.Duration { return rand.N(15 * time.Second) },
	} {
		m := &minute{now: six}
		w := &watch.Watch{Monitor: m.monitor(), Store: m}
		last := six
		for minute := range 60 {
			m.now = six.Add(time.Duration(minute)*time.Minute + late(minute))
			w.RunOnce(t.Context())
			if age := m.now.Sub(m.recorded.CheckedAt); age != 0 {
				t.Errorf("%s: the run of minute %d stores a reading that is %v old", name, minute, age)
			}
			if gap := m.recorded.CheckedAt.Sub(last); gap > 75*time.Second {
				t.Errorf("%s: %v between two readings", name, gap)
			}
			last = m.recorded.CheckedAt
		}
	}
}

func TestRunOnceReadsWithoutStoreAndNotifier(t *testing.T) {
	m := &minute{now: six}
	monitor := m.monitor()
	(&watch.Watch{Monitor: monitor}).RunOnce(t.Context())
	if got := monitor.Report().CheckedAt; !got.Equal(six) {
		t.Errorf("the reading is of %v", got)
	}
}

func TestCancelledRunStoresTheReadingAndSendsNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	m := &minute{now: six, during: cancel}
	(&watch.Watch{Monitor: m.monitor(), Store: m, Notifier: m}).RunOnce(ctx)
	if got := strings.Join(m.happened, " "); got != "read record" || m.recordEnds != nil || !m.recorded.CheckedAt.Equal(six) {
		t.Errorf("happened: %s; the store's context: %v", got, m.recordEnds)
	}
}

// A change that was posted must also be marked as sent, or it would be posted
// again.
func TestCancellationDoesNotInterruptSending(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	m := &minute{now: six}
	notifier := notifierFunc(func(begun context.Context) error {
		cancel()
		return m.Send(begun)
	})
	(&watch.Watch{Monitor: m.monitor(), Notifier: notifier}).RunOnce(ctx)
	if m.sendEnd != nil {
		t.Errorf("the notifier's context: %v", m.sendEnd)
	}
}

type notifierFunc func(context.Context) error

func (f notifierFunc) Send(ctx context.Context) error { return f(ctx) }

func (f notifierFunc) SendUnread(context.Context, time.Time) error { return nil }

// Once an hour without a reading has passed, operators hear of it: in the log once
// a day, and by the notifier, which posts once a day by itself.
func TestLongTimeWithoutAReadingIsReported(t *testing.T) {
	for name, good := range map[string]int{"after good readings": 3, "from the start": 0} {
		m := &minute{now: six}
		var log strings.Builder
		w := &watch.Watch{Monitor: m.monitor(), Store: m, Notifier: m, Now: m.clock, Log: slog.New(slog.NewTextHandler(&log, nil))}
		since := six
		for n := range 26 * 60 {
			m.read = errors.New("refused")
			if n < good {
				m.read, since = nil, m.now
			}
			w.RunOnce(t.Context())
			if late := m.now.Sub(since) > time.Hour; (len(m.unread) > 0) != late {
				t.Fatalf("%s: at %v it has posted %v", name, m.now, m.unread)
			}
			m.now = m.now.Add(time.Minute)
		}
		if !m.unread[0].Equal(since) {
			t.Errorf("%s: unread since %v, want %v", name, m.unread[0], since)
		}
		if n := strings.Count(log.String(), `level=ERROR msg="Apple's status can't be read" since=2026-11-22T06:0`); n != 2 {
			t.Errorf("%s: %d lines in the log, want 2:\n%s", name, n, &log)
		}
		m.read, m.unread = nil, nil
		w.RunOnce(t.Context())
		if len(m.unread) > 0 {
			t.Errorf("%s: posted after a reading", name)
		}
	}
}

type waiting struct{ error }

func (waiting) Waiting() (int, time.Time) { return 3, six }

func TestQueueThatWaitsIsLoggedWithItsLength(t *testing.T) {
	m := &minute{now: six, send: waiting{errors.New("the receiver answers 500")}}
	var log strings.Builder
	(&watch.Watch{Monitor: m.monitor(), Notifier: m, Now: m.clock, Log: slog.New(slog.NewTextHandler(&log, nil))}).RunOnce(t.Context())
	if !strings.Contains(log.String(), `msg="posting a change failed" error="the receiver answers 500" waiting=3 since=2026-11-22T06:00:00.000Z`) {
		t.Errorf("the log: %s", &log)
	}
}
