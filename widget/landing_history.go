package widget

import (
	"slices"
	"time"

	"backupcheck/status"
	"backupcheck/status/history"
)

const (
	// pastDays is how far back the landing page looks.
	pastDays = 90
	// rowDays is how many days stand in one row of the strip on a phone, where
	// 90 in one row would be too thin to tell apart.
	rowDays = 30
	// pastIncidents is how many incidents are told; Apple has a handful in 90
	// days.
	pastIncidents = 20
)

// looks gives each look its class, its shape in a field of 7 by 40, its words
// in the legend, and how the strip's text ends "a day" or "12 days". Shapes differ by height and by what is cut out of them: they must
// be told apart without colour.
var looks = [...]struct{ class, shape, legend, day string }{
	history.Unwatched:  {"unwatched", "M1 38h5v2H1z", "Not watched, or for less than half of the day", "not watched"},
	history.Unreadable: {"unreadable", "M1 20h5v20H1zm1 1v18h3V21z", "Apple’s data couldn’t be understood", "not understood"},
	history.Healthy:    {"healthy", "M1 30h5v10H1z", "No problem", "without a problem"},
	history.Partly:     {"partly", "M1 30h5v10H1zm1 1v8h3v-8z", "No problem, but watched for only part of the day", "without a problem in the part that was watched"},
	history.Maintained: {"maintained", "M1 18h5v4H1zm0 6h5v4H1zm0 6h5v4H1zm0 6h5v4H1z", "Maintenance", "with maintenance"},
	history.Troubled:   {"troubled", "M1 14h5v26H1z", "Problem", "with a problem"},
	history.Failing:    {"failing", "M1 0h5v5H1zm0 8h5v32H1z", "Outage", "with an outage"},
}

// A day's field in the strip, and a row of them, in the units of shapes.
const (
	dayWidth = 7
	dayBox   = "0 0 7 40"
	rowBox   = "0 0 210 40"
	dayField = "M0 0h7v40H0z" // where the pointer finds the day
)

// worstFirst is the order in which looks are told.
var worstFirst = [...]history.DayStatus{history.Failing, history.Troubled, history.Maintained, history.Healthy, history.Partly, history.Unreadable, history.Unwatched}

// incidentKinds are how an incident looks and what it is called by its worst
// level.
var incidentKinds = map[status.Level]struct {
	look history.DayStatus
	word string
}{
	status.Outage:      {history.Failing, "Outage"},
	status.Degraded:    {history.Troubled, "Problem"},
	status.Maintenance: {history.Maintained, "Maintenance"},
	status.Unknown:     {history.Unreadable, "Event of a kind that isn’t known"},
}

// columns are the numbers of a day, as the table has them.
var columns = [...]struct {
	level status.Level
	head  string
}{
	{status.Operational, "No problem"},
	{status.Maintenance, "Maintenance"},
	{status.Degraded, "Problem"},
	{status.Outage, "Outage"},
	{status.Unknown, "Not understood"},
}

// past is what the landing page tells of the last days.
type past struct {
	service  string
	strip    [][]history.Day     // in rows of rowDays
	read     time.Time           // when Apple was read last; zero if never in these days
	legend   []history.DayStatus // those that are drawn
	numbers  []numbers
	listed   []history.Incident
	unlisted int       // incidents beyond those
	days     int       // all there are
	watched  int       // how many of them were watched for half of their time
	shown    bool      // there was a problem on any day
	since    time.Time // when watching began, if that was in these days
}

// numbers are minutes of one day, or together those of days in a row on which
// nothing happened.
type numbers struct {
	from, to time.Time
	look     history.DayStatus
	minutes  [len(columns)]int
	gap      int // minutes not watched
}

func newPast(h history.History) past {
	days := h.Days()
	p := past{service: h.Service, strip: slices.Collect(slices.Chunk(days, rowDays)), days: len(days)}
	drawn := map[history.DayStatus]bool{}
	for _, d := range slices.Backward(days) {
		p.add(d)
		drawn[d.Status()] = true
	}
	p.shown = drawn[history.Troubled] || drawn[history.Failing]
	for i, watched := range watchedTime(h, len(days)) {
		day := min(24*time.Hour, h.To.Sub(days[i].Date))
		if watched > 0 && 2*watched >= day {
			p.watched++
		}
	}
	if n := len(h.Watched); n > 0 {
		p.read = h.Watched[n-1].To
		if h.Watched[0].From.After(h.From) {
			p.since = h.Watched[0].From
		}
	}
	for _, i := range h.Incidents {
		switch {
		case i.Worst == status.Operational: // announced, and not begun
		case len(p.listed) == pastIncidents:
			p.unlisted++
		default:
			p.listed = append(p.listed, i)
			drawn[incidentKinds[i.Worst].look] = true
		}
	}
	for _, l := range worstFirst {
		if drawn[l] {
			p.legend = append(p.legend, l)
		}
	}
	return p
}

// add puts a day below those that are there, which are later, or into the last
// row if nothing happened on either.
func (p *past) add(d history.Day) {
	row := numbers{from: d.Date, to: d.Date, look: d.Status(), gap: d.NotWatched}
	for i, column := range columns {
		row.minutes[i] = d.Minutes[column.level]
	}
	last := len(p.numbers) - 1
	quiet := row.look == history.Healthy || row.look == history.Partly || row.look == history.Unwatched
	if last < 0 || !quiet || p.numbers[last].look != row.look {
		p.numbers = append(p.numbers, row)
		return
	}
	above := &p.numbers[last]
	above.from = d.Date
	above.gap += row.gap
	for i := range columns {
		above.minutes[i] += row.minutes[i]
	}
}

// watchedTime says how long each day was watched. Days count by that and not by
// their minutes in a level, for Apple tells of problems afterwards, too.
func watchedTime(h history.History, days int) []time.Duration {
	const day = 24 * time.Hour
	watched := make([]time.Duration, days)
	for _, span := range h.Watched {
		from := span.From.Sub(h.From)
		to := span.To.Sub(h.From)
		for i := max(0, int(from/day)); i < days && time.Duration(i)*day < to; i++ {
			began := time.Duration(i) * day
			watched[i] += min(to, began+day) - max(from, began)
		}
	}
	return watched
}
