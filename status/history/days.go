package history

import (
	"slices"
	"time"

	"backupcheck/status"
)

const minutesOfDay = 24 * 60

// Days tells each day from From to To, oldest first. The level of a moment is
// the worst of what incidents make of it, by Apple's own times, and of what
// readings showed besides. Apple may tell of an incident later, so that it
// counts even where nobody watched; all else that nobody watched is not known.
//
// Every time is cut to its minute, so that the minutes of a past day come to
// 1440.
func (h History) Days() []Day {
	first, last := minute(h.From), minute(h.To)
	var days []Day
	bounds := []int64{last}
	for date := h.From; !date.After(h.To); date = date.AddDate(0, 0, 1) {
		days = append(days, Day{Date: date, Minutes: map[status.Level]int{}})
		bounds = append(bounds, minute(date))
	}
	effects, watched, changes := h.effects(), h.minutesWatched(), h.Changes
	for _, e := range effects {
		bounds = append(bounds, e.from, e.to)
	}
	for _, w := range watched {
		bounds = append(bounds, w.from, w.to)
	}
	for _, c := range changes {
		bounds = append(bounds, minute(c.At))
	}
	slices.Sort(bounds)
	bounds = slices.Compact(bounds)

	rest, restKnown := status.Unknown, false
	for i, at := range bounds[:len(bounds)-1] {
		for len(changes) > 0 && minute(changes[0].At) <= at {
			rest, restKnown = changes[0].Rest, true
			changes = changes[1:]
		}
		for len(watched) > 0 && watched[0].to <= at {
			watched = watched[1:]
		}
		next := bounds[i+1]
		if at < first || next > last {
			continue
		}
		known := restKnown && len(watched) > 0 && watched[0].from <= at
		level := status.Operational
		if known {
			level = rest
		}
		for _, e := range effects {
			if e.from <= at && at < e.to {
				level, known = status.Worse(level, e.level), true
			}
		}
		day := &days[(at-first)/minutesOfDay]
		if known {
			day.Minutes[level] += int(next - at)
		} else {
			day.NotWatched += int(next - at)
		}
	}
	return days
}

// effect is what an incident makes of its service from one minute to another.
type effect struct {
	from, to int64
	level    status.Level
}

func (h History) effects() (effects []effect) {
	var newest time.Time
	if n := len(h.Watched); n > 0 {
		newest = h.Watched[n-1].To
	}
	for _, i := range h.Incidents {
		if from, to := minute(i.begin()), minute(i.end(newest)); tells(i.Worst) && from < to {
			effects = append(effects, effect{from, to, i.Worst})
		}
	}
	return effects
}

// minutesWatched are the times that were watched, without those of less than
// a minute.
func (h History) minutesWatched() (spans []effect) {
	for _, w := range h.Watched {
		if from, to := minute(w.From), minute(w.To); from < to {
			spans = append(spans, effect{from: from, to: to})
		}
	}
	return spans
}

// begin is the time from which an incident counts: Apple's, if it tells one.
func (i Incident) begin() time.Time {
	if i.StartedAt.IsZero() {
		return i.FirstSeenAt
	}
	return i.StartedAt
}

// end is the time up to which an incident counts: while it goes on, up to the
// newest reading. The end that maintenance has before it is completed is
// planned, and is no end. Zero if the incident has had no effect, or none that
// has a known end.
func (i Incident) end(newest time.Time) time.Time {
	switch {
	case i.State == status.StateUpcoming:
		return time.Time{}
	case i.State == status.StateOngoing && i.LastSeenAt.IsZero():
		return newest
	case over(i.Incident) && !i.EndedAt.IsZero():
		return i.EndedAt
	}
	return i.LastSeenAt
}

// tells reports whether an incident of this worst level says what was wrong.
func tells(worst status.Level) bool { return worst == status.Maintenance || worst.Down() }

// minute numbers a time's minute.
func minute(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix() / 60
}
