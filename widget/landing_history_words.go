package widget

import (
	"strconv"
	"strings"
	"time"

	"backupcheck/status"
	"backupcheck/status/history"
)

// shortDate needs no year: no day is told that is a year old. Its space keeps
// the two parts on one line.
const shortDate = "2\u00a0Jan"

// coverage says how much of the days was watched.
func (p past) coverage() string {
	switch {
	case p.read.IsZero():
		return "None of these days was watched."
	case p.since.IsZero():
		return "Watched " + strconv.Itoa(p.watched) + " of " + strconv.Itoa(p.days) + " days."
	}
	return "Watched " + strconv.Itoa(p.watched) + " of " + strconv.Itoa(p.days) + " days, since " + p.since.Format(shortDate) + "."
}

// calm stands where there is no incident to tell.
func (p past) calm() string {
	switch {
	case p.read.IsZero():
		return "None is known, which says nothing of days that weren’t watched."
	case p.shown:
		return "Apple showed a problem, but listed no incident for it."
	}
	return "Apple reported no problem in the time that was watched."
}

// summary says in words what a row of the strip shows.
func summary(days []history.Day) string {
	var count [len(looks)]int
	for _, d := range days {
		count[d.Status()]++
	}
	var told []string
	for _, l := range worstFirst {
		switch n := count[l]; {
		case n == 1:
			told = append(told, "1 day "+looks[l].day)
		case n > 1:
			told = append(told, strconv.Itoa(n)+" days "+looks[l].day)
		}
	}
	return dates(days[0].Date, days[len(days)-1].Date) + ": " + strings.Join(told, ", ")
}

// tip is what the pointer gets to read at a day of the strip.
func tip(d history.Day) string {
	var told []string
	if l := d.Status(); l == history.Healthy || l == history.Partly {
		told = append(told, "no problem")
	}
	for _, part := range [...]struct {
		words   string
		minutes int
	}{
		{"outage", d.Minutes[status.Outage]},
		{"problem", d.Minutes[status.Degraded]},
		{"maintenance", d.Minutes[status.Maintenance]},
		{"not understood", d.Minutes[status.Unknown]},
		{"not watched", d.NotWatched},
	} {
		if part.minutes > 0 {
			told = append(told, part.words+" "+length(time.Duration(part.minutes)*time.Minute))
		}
	}
	return dates(d.Date, d.Date) + ": " + strings.Join(told, ", ")
}

// when is the time of an incident, as far as Apple tells it.
func when(i history.Incident) sentence {
	began := sentence{{text: "Began "}, {at: i.StartedAt}}
	if i.StartedAt.IsZero() {
		began = sentence{{text: "First seen "}, {at: i.FirstSeenAt}}
	}
	switch {
	case over(i) && i.EndedAt.IsZero():
		return append(began, part{text: ". It is over; Apple tells no end."})
	case over(i) && i.StartedAt.IsZero():
		return append(began, part{text: ", ended "}, part{at: i.EndedAt})
	case over(i):
		return sentence{{at: i.StartedAt}, {text: " – "}, {at: i.EndedAt}}
	case !i.LastSeenAt.IsZero():
		return append(began, part{text: ", last seen "}, part{at: i.LastSeenAt}, part{text: ". Apple took it off its list without an end."})
	}
	return append(began, part{text: ", and not over when Apple was read last."})
}

// duration says how long an incident took, or has taken when Apple was read
// last; nothing if that isn't known.
func duration(i history.Incident, read time.Time) string {
	switch {
	case i.StartedAt.IsZero():
		return ""
	case over(i) && i.EndedAt.After(i.StartedAt):
		return length(i.EndedAt.Sub(i.StartedAt))
	case !over(i) && i.LastSeenAt.IsZero() && read.After(i.StartedAt):
		return length(read.Sub(i.StartedAt)) + " so far"
	}
	return ""
}

func over(i history.Incident) bool {
	return i.State == status.StateResolved || i.State == status.StateCompleted
}

// dates names a day, or days in a row.
func dates(from, to time.Time) string {
	if from.Equal(to) {
		return from.Format(shortDate)
	}
	return from.Format(shortDate) + " – " + to.Format(shortDate)
}

// length says how long something took, in its two largest units.
func length(d time.Duration) string {
	units := [...]struct {
		minutes   int
		one, many string
	}{{24 * 60, "day", "days"}, {60, "h", "h"}, {1, "min", "min"}}
	minutes := int(d / time.Minute)
	var told []string
	for _, unit := range units {
		n := minutes / unit.minutes
		minutes -= n * unit.minutes
		switch {
		case n == 0 || len(told) == 2:
		case n == 1:
			told = append(told, "1\u00a0"+unit.one)
		default:
			told = append(told, strconv.Itoa(n)+"\u00a0"+unit.many)
		}
	}
	if len(told) == 0 {
		return "less than a minute"
	}
	return strings.Join(told, " ")
}

// grouped writes a number with its thousands apart.
func grouped(n int) string {
	digits := strconv.Itoa(n)
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}
