package history_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"backupcheck/status"
	"backupcheck/status/history"
)

// minutes formats the minutes of each day, such as
// "1 degraded 60 not watched 1380". The first number is the day of the month.
func minutes(days []history.Day) (lines []string) {
	for _, day := range days {
		line := fmt.Sprint(day.Date.Day())
		for _, level := range []status.Level{status.Operational, status.Maintenance, status.Unknown, status.Degraded, status.Outage} {
			if n, ok := day.Minutes[level]; ok {
				line += fmt.Sprintf(" %v %d", level, n)
			}
		}
		if day.NotWatched != 0 {
			line += fmt.Sprintf(" not watched %d", day.NotWatched)
		}
		lines = append(lines, line)
	}
	return lines
}

func TestDays(t *testing.T) {
	watched := func(times ...string) (spans []history.Span) {
		for i := 0; i < len(times); i += 2 {
			spans = append(spans, history.Span{From: clock(times[i]), To: clock(times[i+1])})
		}
		return spans
	}
	change := func(at string, level, rest status.Level) history.Change {
		return history.Change{At: clock(at), Level: level, Rest: rest}
	}
	stored := func(i status.Incident, worst status.Level, seen ...string) history.Incident {
		h := history.Incident{Incident: i, Worst: worst, FirstSeenAt: clock(seen[0])}
		if len(seen) > 1 {
			h.LastSeenAt = clock(seen[1])
		}
		return h
	}
	operational := []history.Change{change("00:00", status.Operational, status.Operational)}
	tests := []struct {
		name string
		to   string
		history.History
		want []string
	}{
		{"not watched", "+1 06:00", history.History{}, []string{"1 not watched 1440", "2 not watched 360"}},
		{"midnight itself", "+1 00:00:30", history.History{}, []string{"1 not watched 1440", "2"}},
		{"watched with gaps", "+1 01:00", history.History{
			Watched: watched("00:00", "10:00", "12:00", "+1 00:30"), Changes: operational,
		}, []string{"1 operational 1320 not watched 120", "2 operational 30 not watched 30"}},
		{"seconds are cut", "00:10", history.History{
			Watched: watched("00:00:59", "00:05:59", "00:07:10", "00:07:50"), Changes: operational,
		}, []string{"1 operational 5 not watched 5"}},
		{"no row before", "10:00", history.History{
			Watched: watched("00:00", "10:00"),
			Changes: []history.Change{change("08:00", status.Operational, status.Operational)},
		}, []string{"1 operational 120 not watched 480"}},
		{"levels without an incident", "10:00", history.History{
			Watched: watched("00:00", "10:00"),
			Changes: []history.Change{operational[0], change("01:00", status.Unknown, status.Unknown), change("02:00", status.Outage, status.Degraded), change("03:00", status.Operational, status.Operational)},
		}, []string{"1 operational 480 unknown 60 degraded 60"}},
		{"over midnight", "+1 10:00", history.History{
			Watched: watched("00:00", "+1 10:00"), Changes: operational,
			Incidents: []history.Incident{stored(incident("1", "Issue", "resolved", "23:00", "+1 02:00", ""), status.Degraded, "23:30")},
		}, []string{"1 operational 1380 degraded 60", "2 operational 480 degraded 120"}},
		{"read later, not watched at the time", "+1 10:00", history.History{
			Watched: watched("+1 09:00", "+1 10:00"), Changes: []history.Change{change("+1 09:00", status.Operational, status.Operational)},
			Incidents: []history.Incident{stored(incident("1", "Outage", "resolved", "23:00", "+1 02:00", ""), status.Outage, "+1 09:00")},
		}, []string{"1 outage 60 not watched 1380", "2 operational 60 outage 120 not watched 420"}},
		{"ongoing, up to the newest reading", "10:00", history.History{
			Watched: watched("00:00", "09:00"), Changes: operational,
			Incidents: []history.Incident{stored(incident("1", "Issue", "ongoing", "08:00", "", ""), status.Outage, "08:30")},
		}, []string{"1 operational 480 outage 60 not watched 60"}},
		{"ongoing, no longer watched", "10:00", history.History{
			Incidents: []history.Incident{stored(incident("1", "Issue", "ongoing", "08:00", "", ""), status.Outage, "08:30")},
		}, []string{"1 not watched 600"}},
		{"removed", "10:00", history.History{
			Watched: watched("00:00", "10:00"), Changes: operational,
			Incidents: []history.Incident{stored(incident("1", "Issue", "ongoing", "08:00", "", ""), status.Degraded, "08:30", "09:15")},
		}, []string{"1 operational 525 degraded 75"}},
		{"over without an end", "10:00", history.History{
			Watched: watched("00:00", "10:00"), Changes: operational,
			Incidents: []history.Incident{
				stored(incident("1", "Issue", "resolved", "08:00", "", ""), status.Degraded, "08:30", "09:15"),
				stored(incident("2", "Outage", "resolved", "04:00", "", ""), status.Outage, "08:30"),
			},
		}, []string{"1 operational 525 degraded 75"}},
		{"maintenance past its planned end, and upcoming maintenance", "10:00", history.History{
			Watched: watched("00:00", "10:00"), Changes: operational,
			Incidents: []history.Incident{
				stored(incident("1", "Maintenance", "ongoing", "08:00", "08:30", ""), status.Maintenance, "07:00"),
				stored(incident("2", "Maintenance", "upcoming", "07:00", "09:30", ""), status.Operational, "06:00"),
				stored(incident("3", "Maintenance", "upcoming", "05:00", "06:30", ""), status.Maintenance, "04:00", "07:00"), // postponed, then cancelled
			},
		}, []string{"1 operational 480 maintenance 120"}},
		{"without a start", "10:00", history.History{
			Watched: watched("00:00", "10:00"), Changes: operational,
			Incidents: []history.Incident{stored(incident("1", "Issue", "ongoing", "", "", ""), status.Degraded, "09:00")},
		}, []string{"1 operational 540 degraded 60"}},
		{"the worst counts", "10:00", history.History{
			Watched: watched("00:00", "10:00"),
			Changes: []history.Change{operational[0], change("04:00", status.Unknown, status.Unknown)},
			Incidents: []history.Incident{
				stored(incident("1", "Issue", "resolved", "01:00", "05:00", ""), status.Degraded, "01:00"),
				stored(incident("2", "Outage", "resolved", "02:00", "03:00", ""), status.Outage, "02:00"),
				stored(incident("3", "Maintenance", "completed", "04:30", "06:00", ""), status.Maintenance, "05:00"),
			},
		}, []string{"1 operational 60 unknown 300 degraded 180 outage 60"}},
		{"unknown state", "10:00", history.History{
			Watched: watched("00:00", "10:00"), Changes: operational,
			Incidents: []history.Incident{stored(incident("1", "Issue", "monitored", "01:00", "05:00", ""), status.Unknown, "01:00")},
		}, []string{"1 operational 600"}},
		{"from before the first day to after the last", "10:00", history.History{
			Watched: watched("00:00", "10:00"), Changes: operational,
			Incidents: []history.Incident{stored(status.Incident{State: "resolved", StartedAt: clock("00:00").AddDate(0, -1, 0), EndedAt: clock("+9 00:00")}, status.Outage, "00:00")},
		}, []string{"1 outage 600"}},
		{"an end before its start", "10:00", history.History{
			Watched: watched("00:00", "10:00"), Changes: operational,
			Incidents: []history.Incident{stored(incident("1", "Outage", "resolved", "05:00", "01:00", ""), status.Outage, "05:00")},
		}, []string{"1 operational 600"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.From, tt.To = clock("00:00"), clock(tt.to)
			same(t, "days", minutes(tt.Days()), tt.want)
		})
	}
}

// minuteByMinute is a simple implementation of Days: it checks each minute
// separately.
func minuteByMinute(h history.History) []history.Day {
	covers := func(from, to, at time.Time) bool {
		return !at.Before(from.Truncate(time.Minute)) && at.Before(to.Truncate(time.Minute))
	}
	var newest time.Time
	for _, w := range h.Watched {
		newest = w.To
	}
	var days []history.Day
	for date := h.From; !date.After(h.To); date = date.AddDate(0, 0, 1) {
		day := history.Day{Date: date, Minutes: map[status.Level]int{}}
		for at := date; at.Before(date.AddDate(0, 0, 1)) && at.Before(h.To.Truncate(time.Minute)); at = at.Add(time.Minute) {
			var found []status.Level
			for _, i := range h.Incidents {
				from, to := i.StartedAt, i.EndedAt
				if from.IsZero() {
					from = i.FirstSeenAt
				}
				switch {
				case i.State == "ongoing" && i.LastSeenAt.IsZero():
					to = newest
				case i.State == "ongoing" || i.State == "monitored" || i.EndedAt.IsZero():
					to = i.LastSeenAt
				}
				if covers(from, to, at) && i.State != "upcoming" && i.Worst != status.Operational && i.Worst != status.Unknown {
					found = append(found, i.Worst)
				}
			}
			for _, w := range h.Watched {
				for j := len(h.Changes) - 1; j >= 0 && covers(w.From, w.To, at); j-- {
					if !at.Before(h.Changes[j].At.Truncate(time.Minute)) {
						found = append(found, h.Changes[j].Rest)
						break
					}
				}
			}
			if len(found) == 0 {
				day.NotWatched++
				continue
			}
			worst := found[0]
			for _, level := range found {
				worst = status.Worse(worst, level)
			}
			day.Minutes[worst]++
		}
		days = append(days, day)
	}
	return days
}

// randomHistory returns a random history of up to four days.
func randomHistory(random *rand.Rand) history.History {
	within := func() time.Time { return clock("00:00").Add(time.Duration(random.IntN(4*86400)-43200) * time.Second) }
	sorted := func(n int) []time.Time {
		times := make([]time.Time, n)
		for i := range times {
			times[i] = within()
		}
		slices.SortFunc(times, time.Time.Compare)
		return times
	}
	level := func() status.Level { return status.Level(random.IntN(int(status.Outage) + 1)) }
	h := history.History{From: clock("00:00"), To: clock("00:00").Add(time.Duration(random.IntN(3*86400)) * time.Second)}
	times := sorted(2 * random.IntN(6))
	for i := 0; i < len(times); i += 2 {
		h.Watched = append(h.Watched, history.Span{From: times[i], To: times[i+1]})
	}
	for _, at := range sorted(random.IntN(6)) {
		h.Changes = append(h.Changes, history.Change{At: at, Level: level(), Rest: level()})
	}
	for range random.IntN(5) {
		times := sorted(3)
		i := history.Incident{Worst: level(), FirstSeenAt: times[1]}
		i.State = []string{"ongoing", "upcoming", "resolved", "completed", "monitored"}[random.IntN(5)]
		if random.IntN(5) > 0 {
			i.StartedAt = times[0]
		}
		if random.IntN(3) > 0 {
			i.EndedAt = times[2]
		}
		if random.IntN(3) == 0 {
			i.LastSeenAt = times[2]
		}
		h.Incidents = append(h.Incidents, i)
	}
	return h
}

func TestDaysMatchAMinuteByMinuteCount(t *testing.T) {
	for seed := range uint64(400) {
		h := randomHistory(rand.New(rand.NewPCG(seed, 0)))
		got, want := minutes(h.Days()), minutes(minuteByMinute(h))
		if !slices.Equal(got, want) {
			t.Fatalf("history %d: %+v\ndays\n%s\nwant\n%s", seed, h, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

// For any readings, the minutes of each past day add up to the day, and no
// minute is operational that was not watched.
func TestDaysOfAnyReadingsAddUp(t *testing.T) {
	for seed := range uint64(60) {
		random := rand.New(rand.NewPCG(seed, 1))
		b := history.NewStore(open(t, ":memory:"))
		now := clock("00:00")
		watched := 0 // maximum of watched minutes
		for range 60 {
			step := time.Duration(random.IntN(400)) * time.Second
			if random.IntN(12) == 0 {
				step = time.Duration(random.IntN(10*3600)) * time.Second
			} else if step > 0 {
				watched += int(step.Minutes()) + 1
			}
			now = now.Add(step)
			r := reading("00:00")
			r.CheckedAt = now
			for range random.IntN(3) {
				start := now.Add(-time.Duration(random.IntN(7200)) * time.Second)
				i := status.Incident{ID: fmt.Sprint(random.IntN(4)), StartedAt: start}
				i.Type = []string{"Issue", "Outage", "Performance", "Maintenance", ""}[random.IntN(5)]
				i.State = []string{"ongoing", "upcoming", "resolved", "completed", "monitored"}[random.IntN(5)]
				if random.IntN(2) == 0 {
					i.EndedAt = start.Add(time.Duration(random.IntN(7200)) * time.Second)
				}
				if random.IntN(2) == 0 {
					i.PostedAt = now.Add(-time.Duration(random.IntN(7200)) * time.Second)
				}
				r.Service.Incidents = append(r.Service.Incidents, i)
			}
			if random.IntN(10) == 0 {
				r = unreadable(r)
			}
			record(t, b, r)
		}
		h := read(t, b, 10, now)
		operational := 0
		for i, day := range h.Days() {
			sum := day.NotWatched
			for _, n := range day.Minutes {
				sum += n
			}
			want := 1440
			if i == 9 {
				want = int(h.To.Sub(day.Date) / time.Minute)
			}
			if sum != want {
				t.Errorf("seed %d: %v has %d minutes, want %d", seed, day.Date, sum, want)
			}
			operational += day.Minutes[status.Operational]
		}
		if operational > watched {
			t.Errorf("seed %d: operational for %d minutes, watched for %d at most", seed, operational, watched)
		}
		if got, want := minutes(h.Days()), minutes(minuteByMinute(h)); !slices.Equal(got, want) {
			t.Errorf("seed %d: days %v, want %v", seed, got, want)
		}
	}
}

func BenchmarkDays(b *testing.B) {
	h := history.History{From: clock("00:00"), To: clock("+399 12:00")}
	for at := h.From; at.Before(h.To); at = at.Add(8 * time.Hour) {
		h.Watched = append(h.Watched, history.Span{From: at, To: at.Add(8*time.Hour - 6*time.Minute)})
		h.Changes = append(h.Changes, history.Change{At: at, Level: status.Operational, Rest: status.Operational})
	}
	for at := h.From; at.Before(h.To); at = at.Add(10 * 24 * time.Hour) {
		h.Incidents = append(h.Incidents, history.Incident{Worst: status.Degraded, Incident: status.Incident{State: "resolved", StartedAt: at, EndedAt: at.Add(99 * time.Minute)}})
	}
	for b.Loop() {
		h.Days()
	}
}
