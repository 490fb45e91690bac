package history

import (
	"cmp"
	"slices"
	"time"

	"backupcheck/status"
)

const minutesOfDay = 24 * 60

// Days returns each day from From to To, oldest first. The level of a minute is
// the worst of the incidents at that time, by Apple's own times, and of the
// rest that readings showed. Apple often posts incidents late, so they count
// even in time that was not watched; all other such time is not known.
//
// Times are truncated to minutes, so the minutes of a past day add up to 1440.
func (h History) Days() []Day {
	first, last := minute(h.From), minute(h.To)
	var days []Day
	bounds := []int64{last}
	for date := h.From; !date.After(h.To); date = date.AddDate(0, 0, 1) {
		days = append(days, Day{Date: date, Minutes: map[status.Level]int{}})
		bounds = append(bounds, minute(date))
	}
	impacts, watched, changes := h.impacts(), h.watchedIntervals(), h.Changes
	for _, e := range impacts {
		bounds = append(bounds, e.at)
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
	current := map[status.Level]int{} // number of incidents with an impact
	for i, at := range bounds[:len(bounds)-1] {
		for len(changes) > 0 && minute(changes[0].At) <= at {
			rest, restKnown = changes[0].Rest, true
			changes = changes[1:]
		}
		for len(watched) > 0 && watched[0].to <= at {
			watched = watched[1:]
		}
		for len(impacts) > 0 && impacts[0].at <= at {
			current[impacts[0].level] += impacts[0].change
			impacts = impacts[1:]
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
		for impact, n := range current {
			if n > 0 {
				level, known = status.Worse(level, impact), true
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

// interval is a range of minutes.
type interval struct{ from, to int64 }

// impact is the minute in which an incident begins (change 1) or ceases (-1) to
// give its service a level.
type impact struct {
	at     int64
	level  status.Level
	change int
}

// impacts returns the impacts of the incidents, by time.
func (h History) impacts() (impacts []impact) {
	var newest time.Time
	if n := len(h.Watched); n > 0 {
		newest = h.Watched[n-1].To
	}
	for _, i := range h.Incidents {
		if from, to := minute(i.begin()), minute(i.end(newest)); hasImpact(i.Worst) && from < to {
			impacts = append(impacts, impact{from, i.Worst, 1}, impact{to, i.Worst, -1})
		}
	}
	slices.SortFunc(impacts, func(a, b impact) int { return cmp.Compare(a.at, b.at) })
	return impacts
}

// watchedIntervals returns the watched time, without spans of less than a
// minute.
func (h History) watchedIntervals() (spans []interval) {
	for _, w := range h.Watched {
		if from, to := minute(w.From), minute(w.To); from < to {
			spans = append(spans, interval{from, to})
		}
	}
	return spans
}

// begin returns the time from which an incident counts: Apple's time of its
// start, if known.
func (i Incident) begin() time.Time {
	if i.StartedAt.IsZero() {
		return i.FirstSeenAt
	}
	return i.StartedAt
}

// end returns the time up to which an incident counts. An ongoing one counts up
// to the newest reading: the end of maintenance that isn't completed is only
// planned. The time is zero if the incident is upcoming or its end is unknown.
func (i Incident) end(newest time.Time) time.Time {
	switch {
	case i.State == status.StateUpcoming:
		return time.Time{}
	case i.State == status.StateOngoing && i.LastSeenAt.IsZero():
		return newest
	case i.Ended() && !i.EndedAt.IsZero():
		return i.EndedAt
	}
	return i.LastSeenAt
}

// hasImpact reports whether an incident of this worst level affected its
// service in a known way.
func hasImpact(worst status.Level) bool { return worst == status.Maintenance || worst.Down() }

// minute returns the number of a time's minute since 1970; 0 for a zero time.
func minute(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix() / 60
}
