package widget

import (
	"slices"
	"time"

	"backupcheck/status"
	"backupcheck/status/history"
)

const (
	// historyDays is how far back the landing page looks.
	historyDays = 90
	// rowDays is the number of days in one row of the strip. On a phone 90 in
	// one row would be too thin to distinguish.
	rowDays = 30
	// maxIncidents is how many incidents are listed. Apple has a handful in 90
	// days.
	maxIncidents = 20
)

// dayStyles are the class of each day's status, which the ids of its texts end
// in, and its shape in a field of 7 by 40. Shapes differ by height and by
// what is cut out of them, since colour alone doesn't distinguish them for
// every reader.
var dayStyles = [...]struct{ class, shape string }{
	history.Unwatched:  {"unwatched", "M1 38h5v2H1z"},
	history.Unreadable: {"unreadable", "M1 20h5v20H1zm1 1v18h3V21z"},
	history.Healthy:    {"healthy", "M1 30h5v10H1z"},
	history.Partly:     {"partly", "M1 30h5v10H1zm1 1v8h3v-8z"},
	history.Maintained: {"maintained", "M1 18h5v4H1zm0 6h5v4H1zm0 6h5v4H1zm0 6h5v4H1z"},
	history.Troubled:   {"troubled", "M1 14h5v26H1z"},
	history.Failing:    {"failing", "M1 0h5v5H1zm0 8h5v32H1z"},
}

// A day's field in the strip, and a row of them, in the units of shapes.
const (
	dayWidth = 7
	dayBox   = "0 0 7 40"
	rowBox   = "0 0 210 40"
	dayField = "M0 0h7v40H0z" // the area that shows the tooltip
)

// worstFirst is the order of the legend and of a row's summary.
var worstFirst = [...]history.DayStatus{history.Failing, history.Troubled, history.Maintained, history.Healthy, history.Partly, history.Unreadable, history.Unwatched}

// incidentStyles are the styles of incidents by their worst level.
var incidentStyles = map[status.Level]history.DayStatus{
	status.Outage:      history.Failing,
	status.Degraded:    history.Troubled,
	status.Maintenance: history.Maintained,
	status.Unknown:     history.Unreadable,
}

// columns are the levels of the table, in order.
var columns = [...]status.Level{status.Operational, status.Maintenance, status.Degraded, status.Outage, status.Unknown}

// landingHistory is what the landing page shows of the last days.
type landingHistory struct {
	service       string
	strip         [][]history.Day     // in rows of rowDays
	newestReading time.Time           // zero if there is none in these days
	legend        []history.DayStatus // those that are drawn
	rows          []tableRow
	incidents     []history.Incident
	unlisted      int // incidents beyond those
	days          int
	watchedDays   int       // those watched for at least half of their time
	hadProblem    bool      // on any day
	watchedSince  time.Time // zero if watching began before these days
}

// tableRow is the minutes of one day, or the sums of consecutive days on which
// nothing happened.
type tableRow struct {
	from, to   time.Time
	status     history.DayStatus
	minutes    [len(columns)]int
	notWatched int
}

func newLandingHistory(h history.History) landingHistory {
	days := h.Days()
	l := landingHistory{service: h.Service, strip: slices.Collect(slices.Chunk(days, rowDays)), days: len(days)}
	drawn := map[history.DayStatus]bool{}
	for _, d := range slices.Backward(days) {
		l.addDay(d)
		drawn[d.Status()] = true
	}
	l.hadProblem = drawn[history.Troubled] || drawn[history.Failing]
	for i, watched := range watchedTime(h, len(days)) {
		day := min(24*time.Hour, h.To.Sub(days[i].Date))
		if watched > 0 && 2*watched >= day {
			l.watchedDays++
		}
	}
	if n := len(h.Watched); n > 0 {
		l.newestReading = h.Watched[n-1].To
		if h.Watched[0].From.After(h.From) {
			l.watchedSince = h.Watched[0].From
		}
	}
	for _, i := range h.Incidents {
		switch {
		case i.Worst == status.Operational: // only announced
		case len(l.incidents) == maxIncidents:
			l.unlisted++
		default:
			l.incidents = append(l.incidents, i)
			drawn[incidentStyles[i.Worst]] = true
		}
	}
	for _, s := range worstFirst {
		if drawn[s] {
			l.legend = append(l.legend, s)
		}
	}
	return l
}

// addDay adds the day before those in the table, to the last row if nothing
// happened on either.
func (l *landingHistory) addDay(d history.Day) {
	row := tableRow{from: d.Date, to: d.Date, status: d.Status(), notWatched: d.NotWatched}
	for i, level := range columns {
		row.minutes[i] = d.Minutes[level]
	}
	last := len(l.rows) - 1
	quiet := row.status == history.Healthy || row.status == history.Partly || row.status == history.Unwatched
	if last < 0 || !quiet || l.rows[last].status != row.status {
		l.rows = append(l.rows, row)
		return
	}
	later := &l.rows[last]
	later.from = d.Date
	later.notWatched += row.notWatched
	for i := range columns {
		later.minutes[i] += row.minutes[i]
	}
}

// watchedTime returns how long each day was watched. A day's minutes by level
// don't show that, because Apple reports problems afterwards, too.
func watchedTime(h history.History, days int) []time.Duration {
	const day = 24 * time.Hour
	watched := make([]time.Duration, days)
	for _, span := range h.Watched {
		from := span.From.Sub(h.From)
		to := span.To.Sub(h.From)
		for i := max(0, int(from/day)); i < days && time.Duration(i)*day < to; i++ {
			midnight := time.Duration(i) * day
			watched[i] += min(to, midnight+day) - max(from, midnight)
		}
	}
	return watched
}
