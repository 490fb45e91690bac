package status

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"
)

// event returns a copy of incident 7 that was posted a time after noon; zero: it
// isn't known when.
func event(state string, posted time.Duration) Incident {
	i := Incident{ID: "7", Type: "Outage", State: state, StartedAt: noon.Add(-2 * time.Hour)}
	if posted != 0 {
		i.PostedAt = noon.Add(posted)
	}
	if i.Ended() {
		i.EndedAt = noon.Add(-30 * time.Minute)
	}
	return i
}

// lacking is a copy of the data without the incident.
var lacking = Incident{}

// Each minute a reading lists a copy of an incident, or lacks it.
func TestIncidentEndsByItsStateOrByBeingAbsentForLong(t *testing.T) {
	const o, r = StateOngoing, StateResolved
	minutes := func(n int, list ...Incident) (all []Incident) {
		for i := range n {
			all = append(all, list[i%len(list)])
		}
		return all
	}
	untrue := func(i Incident) Incident { i.PostedAt = noon.AddDate(1, 0, 0); return i }
	ancient := func(i Incident) Incident { i.PostedAt = noon.AddDate(-1, 0, 0); return i }
	unnamed := func(i Incident) Incident { i.ID = ""; return i }
	for name, tt := range map[string]struct {
		copies []Incident
		levels string // of each reading: a letter
	}{
		"copies that lack it":                {minutes(9, event(o, -50*time.Minute), lacking), "ooooooooo"},
		"the first copy lacks it":            {minutes(6, lacking, event(o, -50*time.Minute), lacking), ".ooooo"},
		"lacked for less than 15 minutes":    {append(minutes(1, event(o, -50*time.Minute)), append(minutes(15, lacking), event(o, -50*time.Minute))...), "ooooooooooooooooo"},
		"lacked for 15 minutes":              {append(minutes(1, event(o, -50*time.Minute)), minutes(18, lacking)...), "oooooooooooooooo..."},
		"ends by its own state":              {[]Incident{event(o, -50*time.Minute), event(r, -9*time.Minute), lacking, lacking}, "orrr"},
		"an older copy after the end":        {minutes(8, event(r, -9*time.Minute), event(o, -50*time.Minute)), "rrrrrrrr"},
		"only the older copy for long":       {append(minutes(1, event(r, -9*time.Minute)), minutes(17, event(o, -50*time.Minute))...), "rrrrrrrrrrrrrrrroo"},
		"reopened":                           {[]Incident{event(r, -9*time.Minute), event(o, -time.Minute), event(r, -9*time.Minute), lacking}, "rooo"},
		"no time of posting":                 {[]Incident{event(o, 0), event(r, 0)}, "or"},
		"no time of posting, copies in turn": {minutes(4, event(o, 0), event(r, 0)), "oror"}, // nothing says which is older
		"resolved, posted in the future":     {[]Incident{untrue(event(r, 0)), event(o, -time.Minute), event(o, -time.Minute)}, "roo"},
		"ongoing, posted in the future":      {[]Incident{untrue(event(o, 0)), event(r, -time.Minute), event(r, -time.Minute)}, "orr"},
		"resolved, posted long ago":          {[]Incident{event(o, -50*time.Minute), ancient(event(r, 0))}, "or"},
		"ongoing, posted long ago":           {[]Incident{event(r, -50*time.Minute), ancient(event(o, 0))}, "ro"},
		"without an ID":                      {minutes(5, unnamed(event(o, -50*time.Minute)), lacking), "ooooo"},
		"without an ID, resolved":            {[]Incident{unnamed(event(o, -50*time.Minute)), unnamed(event(r, -time.Minute)), lacking}, "orr"},
	} {
		for how, through := range map[string]func(Report) Report{
			"": func(r Report) Report { return r },
			" (through the cache)": func(r Report) (shared Report) {
				text, err := json.Marshal(r)
				if err == nil {
					err = json.Unmarshal(text, &shared)
				}
				if err != nil {
					t.Fatal(err)
				}
				return shared
			},
		} {
			var got strings.Builder
			var report Report
			for minute, c := range tt.copies {
				next := reading()
				next.CheckedAt = noon.Add(time.Duration(minute) * time.Minute)
				if !c.SameContent(lacking) {
					next.Service.Incidents = []Incident{c.WithPlausibleTimes(next.CheckedAt)}
				}
				if minute > 0 {
					next = next.After(report)
				}
				report = through(next)
				switch v := Decide(report, report.CheckedAt); {
				case v.Level == Outage:
					got.WriteByte('o')
				case v.Recovered:
					got.WriteByte('r')
				default:
					got.WriteByte('.')
				}
				if n := len(report.Service.Incidents); n > 1 {
					t.Errorf("%s%s: %d incidents", name, how, n)
				}
			}
			if got.String() != tt.levels {
				t.Errorf("%s%s: %s, want %s", name, how, got.String(), tt.levels)
			}
		}
	}
}

// A time of posting that was in the future is not trusted once it has passed.
func TestTimeOfPostingThatComesToPass(t *testing.T) {
	early := event(StateResolved, time.Hour)
	report := reading(early.WithPlausibleTimes(noon))
	for minute := range 90 {
		next := reading(early.WithPlausibleTimes(noon.Add(time.Duration(minute) * time.Minute)))
		next.CheckedAt = noon.Add(time.Duration(minute) * time.Minute)
		report = next.After(report)
	}
	next := reading(event(StateOngoing, 50*time.Minute))
	next.CheckedAt = report.CheckedAt.Add(time.Minute)
	if is := next.After(report); is.Service.Level() != Outage {
		t.Errorf("reopened: %v", is.Service.Level())
	}
}

// Made-up incidents must not pile up.
func TestRowsHaveALimitedNumberOfIncidents(t *testing.T) {
	var report Report
	for minute := range 20 {
		next := reading()
		next.CheckedAt = noon.Add(time.Duration(minute) * time.Minute)
		for n := range MaxRowIncidents {
			i := event(StateResolved, -time.Minute)
			i.ID = fmt.Sprint(minute, "-", n)
			next.Service.Incidents = append(next.Service.Incidents, i)
		}
		if minute == 10 {
			next.Service.Incidents[7].State = StateOngoing
		}
		report = next.After(report)
	}
	if n := len(report.Service.Incidents); n != MaxRowIncidents || report.Service.Level() != Outage {
		t.Errorf("%d incidents, %v", n, report.Service.Level())
	}
}

func TestRelatedRowsRetainIncidents(t *testing.T) {
	row := func(incidents ...Incident) Report {
		return Report{CheckedAt: noon, Related: []Row{{Name: "Photos", Incidents: incidents}}}
	}
	is := row().After(row(event(StateOngoing, -time.Minute)))
	if v := Decide(is, noon); v.Related[0].Level != Outage {
		t.Errorf("%v", v.Related[0].Level)
	}
}

// What is retained of a reading of long ago would say nothing about now.
func TestNothingIsRetainedOfAReadingTooOld(t *testing.T) {
	next := reading()
	next.CheckedAt = noon.Add(TooOldAfter + time.Second)
	if is := next.After(reading(event(StateOngoing, -time.Minute))); len(is.Service.Incidents) != 0 {
		t.Errorf("%+v", is.Service.Incidents)
	}
}

func TestPlausibleTimes(t *testing.T) {
	day := 24 * time.Hour
	for name, tt := range map[string]struct {
		state               string
		start, end, posted  time.Duration // after the reading
		started, ended, had bool          // what remains
	}{
		"all is well":                   {StateResolved, -3 * time.Hour, -time.Hour, -time.Minute, true, true, true},
		"posted in this minute":         {StateOngoing, -3 * time.Hour, -time.Hour, 59 * time.Second, true, true, true},
		"posted in the future":          {StateOngoing, -3 * time.Hour, -time.Hour, 2 * time.Minute, true, true, false},
		"posted a year before":          {StateOngoing, -3 * time.Hour, -time.Hour, -365 * day, true, true, false},
		"announced a month before":      {StateOngoing, -3 * time.Hour, time.Hour, -30 * day, true, true, true},
		"begins in the future":          {StateOngoing, time.Hour, 2 * time.Hour, -time.Minute, false, true, true},
		"is announced":                  {StateUpcoming, time.Hour, 2 * time.Hour, -time.Minute, true, true, true},
		"ends in the future":            {StateResolved, -3 * time.Hour, time.Hour, -time.Minute, true, false, true},
		"completed in the future":       {StateCompleted, -3 * time.Hour, 365 * day, -time.Minute, true, false, true},
		"maintenance ends later":        {StateOngoing, -3 * time.Hour, time.Hour, -time.Minute, true, true, true},
		"an unknown state, in a minute": {"paused", time.Hour, time.Hour, -time.Minute, true, true, true},
	} {
		i := Incident{State: tt.state, StartedAt: noon.Add(tt.start), EndedAt: noon.Add(tt.end), PostedAt: noon.Add(tt.posted)}.WithPlausibleTimes(noon)
		if !i.StartedAt.IsZero() != tt.started || !i.EndedAt.IsZero() != tt.ended || !i.PostedAt.IsZero() != tt.had {
			t.Errorf("%s: %+v", name, i)
		}
	}
}

// pretend is a computer whose clock can be set while time passes.
type pretend struct {
	*apple
	passed time.Duration
}

func (p *pretend) pass(d time.Duration) {
	p.apple.pass(d)
	p.passed += d
}

func watchClock(cache Cache, log *slog.Logger) (*pretend, *Monitor) {
	p := &pretend{apple: &apple{now: noon, report: reading()}}
	return p, NewMonitor(Options{Source: p, Cache: cache, Now: p.clock, Elapsed: func() time.Duration { return p.passed }, Log: log})
}

func TestClockThatIsSetMakesNoReadingFresh(t *testing.T) {
	for name, set := range map[string]time.Duration{"back a day": -24 * time.Hour, "back an hour": -time.Hour, "back two minutes": -2 * time.Minute, "ahead a day": 24 * time.Hour, "ahead six minutes": 6 * time.Minute} {
		var logged bytes.Buffer
		p, m := watchClock(nil, slog.New(slog.NewTextHandler(&logged, nil)))
		request(t, m)
		p.err = errBusy
		p.apple.pass(set)
		for minute := range 200 {
			v, _ := request(t, m)
			age := time.Duration(minute) * time.Minute
			if fresh := !v.Stale; fresh && age > StaleAfter {
				t.Errorf("%s: fresh after %v", name, age)
			}
			if v.Level != Unknown && age > TooOldAfter {
				t.Errorf("%s: %v after %v", name, v.Level, age)
			}
			if set < 0 && (v.Stale != (age > StaleAfter) || (v.Level == Unknown) != (age > TooOldAfter)) {
				t.Errorf("%s: %v, stale %v after %v", name, v.Level, v.Stale, age)
			}
			if v.CheckedAt.After(p.clock()) {
				t.Errorf("%s: checked in the future, at %v", name, v.CheckedAt)
			}
			p.pass(time.Minute)
		}
		if corrected := strings.Contains(logged.String(), "the clock was set back"); corrected != (set < -time.Minute) {
			t.Errorf("%s: logged %s", name, logged.String())
		}
		p.reports(event(StateOngoing, 0))
		if v, read := request(t, m); !read || v.Level != Outage || v.Stale {
			t.Errorf("%s: afterwards %v, read %v, stale %v", name, v.Level, read, v.Stale)
		}
	}
}

var errBusy = busy(0)

// While a computer is suspended the time that has elapsed may stand still.
func TestSuspendedComputer(t *testing.T) {
	p, m := watchClock(nil, slog.New(slog.DiscardHandler))
	request(t, m)
	p.err = errBusy
	p.apple.pass(3 * time.Hour)
	if v, _ := request(t, m); v.Level != Unknown {
		t.Errorf("%v", v.Level)
	}
}

func TestSharedReadingOfTheFutureIsRefused(t *testing.T) {
	for ahead, used := range map[time.Duration]bool{-30 * time.Second: true, 30 * time.Second: true, 2 * time.Minute: false, 24 * time.Hour: false} {
		future := reading(event(StateOngoing, -time.Minute))
		future.CheckedAt = noon.Add(ahead)
		cache := &memoryCache{report: &future}
		var logged bytes.Buffer
		p, m := watchClock(cache, slog.New(slog.NewTextHandler(&logged, nil)))
		want := Operational
		if used {
			want = Outage
		}
		v, _ := request(t, m)
		if v.Level != want || (p.reads == 0) != used || v.CheckedAt.After(noon) {
			t.Errorf("%v ahead: %v of %v after %d readings", ahead, v.Level, v.CheckedAt, p.reads)
		}
		if strings.Contains(logged.String(), "of the future") == used {
			t.Errorf("%v ahead: logged %s", ahead, logged.String())
		}
		if !used && !cache.report.CheckedAt.Equal(noon) {
			t.Errorf("%v ahead: the cache retains it", ahead)
		}
	}
}

// A reading that takes longer than its lease is older than the one that the next
// lease has brought.
func TestSlowReadingDoesNotOverwriteANewerOne(t *testing.T) {
	a, m := watch(nil)
	request(t, m)
	a.pass(time.Minute)
	a.reports(event(StateOngoing, -time.Minute))
	a.block = make(chan struct{})
	slow, ended := m.Claim(), make(chan struct{})
	go func() {
		m.Refresh(t.Context(), slow.Lease)
		close(ended)
	}()
	for reads := 0; reads < 2; time.Sleep(time.Millisecond) {
		a.mu.Lock()
		reads = a.reads
		a.mu.Unlock()
	}
	block := a.block
	a.mu.Lock()
	a.block = nil
	a.mu.Unlock()
	a.pass(leaseFor + time.Second)
	a.reports(event(StateResolved, -time.Second))
	if v, read := request(t, m); !read || !v.Recovered {
		t.Fatalf("read %v, %v", read, v.Level)
	}
	close(block)
	<-ended
	if v := m.Verdict(); !v.Recovered {
		t.Errorf("after the slow reading: %v", v.Level)
	}
}
