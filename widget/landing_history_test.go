package widget_test

import (
	"context"
	"errors"
	"maps"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"backupcheck/status"
	"backupcheck/status/api"
	"backupcheck/status/history"
	"backupcheck/widget"
)

// fixedHistory is a history that never changes, or can't be read.
type fixedHistory struct {
	history history.History
	err     error
}

func (h fixedHistory) Read(_ context.Context, service string, days int, now time.Time) (history.History, error) {
	if service != status.ServiceName || days != 90 || !now.Equal(six) {
		return history.History{}, errors.New("unexpected parameters")
	}
	return h.history, h.err
}

func (h fixedHistory) State(context.Context) (history.State, error) {
	return history.State{RecordedAt: h.history.To}, h.err
}

// day is midnight, so many days before the day of six.
func day(ago int) time.Time { return six.Truncate(24*time.Hour).AddDate(0, 0, -ago) }

// ninety is a history of 90 days up to six, watched between each pair of the
// given times, without incidents.
func ninety(watched ...time.Time) history.History {
	h := history.History{Service: status.ServiceName, From: day(89), To: six}
	for pair := range slices.Chunk(watched, 2) {
		h.Watched = append(h.Watched, history.Span{From: pair[0], To: pair[1]})
	}
	if len(watched) > 0 {
		h.Changes = []history.Change{{At: watched[0], Level: status.Operational, Rest: status.Operational}}
	}
	return h
}

func landingWith(t *testing.T, h api.History) *httptest.ResponseRecorder {
	t.Helper()
	v := find(t, "operational")
	site := widget.NewSite(api.Source{Verdict: func() status.Verdict { return v }, History: h, Now: func() time.Time { return six }}, sources(t))
	w := httptest.NewRecorder()
	site.ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	if w.Code != 200 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	return w
}

// historyOf is the history section of the landing page.
func historyOf(t *testing.T, h history.History) *goquery.Selection {
	t.Helper()
	section := parse(t, landingWith(t, fixedHistory{history: h}).Body.String()).Find("section")
	if section.Length() != 1 || textOf(section.Find("h2")) != "The last 90 days" {
		t.Fatalf("%d sections", section.Length())
	}
	return section
}

// dayStatuses lists the statuses of the days, oldest first.
func dayStatuses(section *goquery.Selection) []string {
	return section.Find(".strip use").Map(func(_ int, use *goquery.Selection) string {
		return strings.TrimPrefix(use.AttrOr("href", ""), "#day-")
	})
}

func incidentAt(from, to time.Time, worst status.Level) history.Incident {
	kind := map[status.Level]string{status.Outage: "Outage", status.Degraded: "Issue", status.Maintenance: "Maintenance"}[worst]
	return history.Incident{Worst: worst, FirstSeenAt: from,
		Incident: status.Incident{ID: "1", Type: kind, State: status.StateResolved, StartedAt: from, EndedAt: to}}
}

func TestDayShowsItsWorstKnownLevel(t *testing.T) {
	const minute, hour = time.Minute, time.Hour
	at := day(10) // a day in the middle
	tests := []struct {
		name    string
		history history.History
		want    string
	}{
		{"watched all day", ninety(at, day(9)), "healthy"},
		{"an hour missing", ninety(at, at.Add(23*hour)), "healthy"},
		{"two hours missing", ninety(at, at.Add(22*hour)), "partly"},
		{"watched in two parts", ninety(at, at.Add(7*hour), at.Add(12*hour), at.Add(17*hour)), "partly"},
		{"watched half of the day", ninety(at, at.Add(12*hour)), "partly"},
		{"watched less than half of it", ninety(at, at.Add(12*hour-minute)), "unwatched"},
		{"watched for a minute", ninety(at, at.Add(minute)), "unwatched"},
		{"not watched", ninety(), "unwatched"},
	}
	for _, level := range []struct {
		status.Level
		want string
	}{{status.Maintenance, "maintained"}, {status.Degraded, "troubled"}, {status.Outage, "failing"}} {
		for name, h := range map[string]history.History{"watched": ninety(at, day(9)), "not watched": ninety()} {
			h.Incidents = []history.Incident{incidentAt(at.Add(hour), at.Add(hour+minute), level.Level)}
			tests = append(tests, struct {
				name    string
				history history.History
				want    string
			}{"a minute of " + level.String() + ", " + name, h, level.want})
		}
	}
	worst := ninety(at, day(9))
	worst.Incidents = []history.Incident{
		incidentAt(at, at.Add(20*hour), status.Maintenance), incidentAt(at, at.Add(2*minute), status.Degraded), incidentAt(at, at.Add(minute), status.Outage),
	}
	unread := ninety(at, day(9))
	unread.Changes = []history.Change{{At: at, Level: status.Unknown, Rest: status.Unknown}}
	read := ninety(at, day(9))
	read.Changes = []history.Change{{At: at, Level: status.Unknown, Rest: status.Unknown}, {At: at.Add(5 * hour)}}
	read.Changes[1].Rest = status.Operational
	tests = append(tests, []struct {
		name    string
		history history.History
		want    string
	}{
		{"all levels", worst, "failing"},
		{"not understood all day", unread, "unreadable"},
		{"not understood for five hours", read, "partly"},
	}...)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := dayStatuses(historyOf(t, tt.history))
			if len(got) != 90 || got[79] != tt.want {
				t.Errorf("of %d days this one is %q, want %q", len(got), got[79], tt.want)
			}
			for i, dayStatus := range got {
				if i != 79 && dayStatus != "unwatched" {
					t.Errorf("day %d is %q", i, dayStatus)
				}
			}
		})
	}
}

// Today isn't over: only its hours so far count.
func TestTodayIsRatedByItsHoursSoFar(t *testing.T) {
	for watched, want := range map[time.Duration]string{6 * time.Hour: "healthy", 3 * time.Hour: "partly", 2 * time.Hour: "unwatched"} {
		if got := dayStatuses(historyOf(t, ninety(six.Add(-watched), six))); got[89] != want {
			t.Errorf("watched %v of six hours: %q, want %q", watched, got[89], want)
		}
	}
}

// Readers who can't see the strip, or its colours, get the same information by
// shapes and texts.
func TestStripIsAccessibleWithoutColourOrSight(t *testing.T) {
	h := ninety(day(40), six)
	h.Incidents = []history.Incident{incidentAt(day(3), day(1), status.Outage), incidentAt(day(7), day(7).Add(95*time.Minute), status.Degraded)}
	section := historyOf(t, h)

	shapes := map[string]string{}
	section.Find(".legend li").Each(func(_ int, item *goquery.Selection) {
		id, shape := item.Find("g").AttrOr("id", ""), item.Find("path.day").AttrOr("d", "")
		if other, same := shapes[shape]; same || shape == "" || textOf(item) == "" {
			t.Errorf("%s has the shape of %s, or no words", id, other)
		}
		shapes[shape] = id
	})
	if len(shapes) != 4 {
		t.Errorf("%d shapes: %v", len(shapes), shapes)
	}
	for _, dayStatus := range dayStatuses(section) {
		if section.Find("#day-"+dayStatus).Length() != 1 {
			t.Errorf("the legend lacks %q", dayStatus)
		}
	}
	var names []string
	section.Find(".strip svg").Each(func(_ int, svg *goquery.Selection) {
		if svg.AttrOr("role", "") != "img" {
			t.Error("not an image to screen readers")
		}
		names = append(names, plainSpaces(svg.AttrOr("aria-label", "")))
	})
	want := []string{
		"25 Aug – 23 Sep, number of days: 30 not watched",
		"24 Sep – 23 Oct, number of days: 11 without a problem, 19 not watched",
		"24 Oct – 22 Nov, number of days: 2 with an outage, 1 with a problem, 27 without a problem",
	}
	if !slices.Equal(names, want) {
		t.Errorf("%q", names)
	}
	var ends []string
	section.Find(".strip p span").Each(func(_ int, span *goquery.Selection) { ends = append(ends, plainSpaces(span.Text())) })
	if want := []string{"25 Aug", "24 Sep", "24 Oct", "22 Nov, today"}; !slices.Equal(ends, want) {
		t.Errorf("%q", ends)
	}
	tip := plainSpaces(section.Find(".strip use").Eq(82).Find("title").Text())
	if tip != "15 Nov: problem 1 h 35 min" {
		t.Errorf("%q", tip)
	}
}

func TestEachDayStatusHasADistinctShapeAndLabel(t *testing.T) {
	h := ninety(day(9), day(4).Add(15*time.Hour))
	h.Changes = append(h.Changes, history.Change{At: day(6), Level: status.Unknown, Rest: status.Unknown}, history.Change{At: day(5), Level: status.Operational, Rest: status.Operational})
	for i, level := range []status.Level{status.Maintenance, status.Degraded, status.Outage} {
		h.Incidents = append(h.Incidents, incidentAt(day(7+i), day(7+i).Add(time.Hour), level))
	}
	section := historyOf(t, h)
	want := []string{"unwatched", "failing", "troubled", "maintained", "unreadable", "healthy", "partly", "unwatched"}
	if got := dayStatuses(section)[79:87]; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	seen := map[string]bool{}
	section.Find(".legend li").Each(func(_ int, item *goquery.Selection) {
		seen[item.Find("path.day").AttrOr("d", "")], seen[textOf(item)] = true, true
	})
	if len(seen) != 14 || seen[""] {
		t.Errorf("seven day statuses have these shapes and labels: %v", seen)
	}
}

// plainSpaces replaces all white space, including no-break spaces, by single
// spaces.
func plainSpaces(s string) string { return strings.Join(strings.Fields(s), " ") }

func TestTableHasEveryMinute(t *testing.T) {
	h := ninety(day(40), day(20).Add(30*time.Minute), day(19), six)
	h.Incidents = []history.Incident{incidentAt(day(7), day(7).Add(95*time.Minute), status.Degraded), incidentAt(day(50).Add(-time.Hour), day(50).Add(time.Hour), status.Outage)}
	section := historyOf(t, h)
	var got [][]string
	sums := map[string]int{}
	heads := section.Find("thead th").Map(func(_ int, th *goquery.Selection) string { return textOf(th) })
	section.Find("tbody tr").Each(func(_ int, tr *goquery.Selection) {
		row := []string{plainSpaces(tr.Find("th[scope=row]").Text())}
		tr.Find("td").Each(func(i int, td *goquery.Selection) {
			row = append(row, td.Text())
			n, err := strconv.Atoi(strings.ReplaceAll(td.Text(), ",", ""))
			if err != nil {
				t.Error(err)
			}
			sums[heads[i+1]] += n
		})
		got = append(got, row)
	})
	if want := []string{"Day", "No problem", "Maintenance", "Problem", "Outage", "Not understood", "Not watched"}; !slices.Equal(heads, want) {
		t.Errorf("%q", heads)
	}
	want := [][]string{
		{"16 Nov – 22 Nov", "9,000", "0", "0", "0", "0", "0"},
		{"15 Nov", "1,345", "0", "95", "0", "0", "0"},
		{"3 Nov – 14 Nov", "17,280", "0", "0", "0", "0", "0"},
		{"2 Nov", "30", "0", "0", "0", "0", "1,410"},
		{"13 Oct – 1 Nov", "28,800", "0", "0", "0", "0", "0"},
		{"4 Oct – 12 Oct", "0", "0", "0", "0", "0", "12,960"},
		{"3 Oct", "0", "0", "0", "60", "0", "1,380"},
		{"2 Oct", "0", "0", "0", "60", "0", "1,380"},
		{"25 Aug – 1 Oct", "0", "0", "0", "0", "0", "54,720"},
	}
	if !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("%q", got)
	}
	all := map[string]int{}
	for _, d := range h.Days() {
		all["No problem"] += d.Minutes[status.Operational]
		all["Problem"] += d.Minutes[status.Degraded]
		all["Outage"] += d.Minutes[status.Outage]
		all["Not watched"] += d.NotWatched
		all["Maintenance"], all["Not understood"] = 0, 0
	}
	if !maps.Equal(sums, all) {
		t.Errorf("the table's sums are %v, the history's %v", sums, all)
	}
}

func TestLandingPageShowsHowManyDaysWereWatched(t *testing.T) {
	light := ninety(day(100), six)
	light.Changes = append(light.Changes, history.Change{At: day(5), Level: status.Degraded, Rest: status.Degraded}, history.Change{At: day(4), Level: status.Operational, Rest: status.Operational})
	tests := []struct {
		name    string
		history history.History
		want    string
		none    string // the text without incidents
	}{
		{"all of it", ninety(day(100), six), "Watched 90 of 90 days.", "Apple reported no problem in the time that was watched."},
		{"since 11 days ago", ninety(day(11), six), "Watched 12 of 90 days, since 11 Nov.", "Apple reported no problem in the time that was watched."},
		{"half of a day more", ninety(day(11).Add(-12*time.Hour), six), "Watched 13 of 90 days, since 10 Nov.", "Apple reported no problem in the time that was watched."},
		{"since a minute ago", ninety(six.Add(-time.Minute), six), "Watched 0 of 90 days, since 22 Nov.", "Apple reported no problem in the time that was watched."},
		{"a light without an incident", light, "Watched 90 of 90 days.", "Apple showed a problem, but listed no incident for it."},
		{"never", ninety(), "None of these days was watched.", "None is known, which says nothing of days that weren’t watched."},
	}
	for _, tt := range tests {
		section := historyOf(t, tt.history)
		if got := plainSpaces(section.Find("h2 + p").Text()); !strings.HasSuffix(got, tt.want) || !strings.HasPrefix(got, "What Apple reported about iCloud Backup") {
			t.Errorf("%s: %q", tt.name, got)
		}
		if got := textOf(section.Find("h3 + p")); got != tt.none {
			t.Errorf("%s: %q", tt.name, got)
		}
	}
	// An outage that Apple reported afterwards doesn't make its days watched.
	h := ninety(day(1), six)
	h.Incidents = []history.Incident{incidentAt(day(50), day(40), status.Outage)}
	if got := plainSpaces(historyOf(t, h).Find("h2 + p").Text()); !strings.HasSuffix(got, "Watched 2 of 90 days, since 21 Nov.") {
		t.Errorf("%q", got)
	}
}

func TestIncidentsAreListedWithStartEndAndLength(t *testing.T) {
	began := day(3).Add(4*time.Hour + 50*time.Minute)
	with := func(change func(*history.Incident)) history.Incident {
		i := incidentAt(began, began.Add(80*time.Minute), status.Degraded)
		i.Message = "Backups may fail."
		change(&i)
		return i
	}
	ongoing := func(i *history.Incident) { i.State, i.EndedAt = status.StateOngoing, time.Time{} }
	tests := []struct {
		name     string
		incident history.Incident
		want     string
	}{
		{"over", with(func(*history.Incident) {}), "Problem 1 h 20 min| 19 Nov 2026, 04:50 – 19 Nov 2026, 06:10| Backups may fail."},
		{"over midnight, the worst an outage", with(func(i *history.Incident) { i.Worst, i.EndedAt = status.Outage, began.Add(25*time.Hour) }),
			"Outage 1 d 1 h| 19 Nov 2026, 04:50 – 20 Nov 2026, 05:50| Backups may fail."},
		{"maintenance", with(func(i *history.Incident) { i.Worst, i.State, i.Message = status.Maintenance, status.StateCompleted, "" }),
			"Maintenance 1 h 20 min| 19 Nov 2026, 04:50 – 19 Nov 2026, 06:10"},
		{"still going on", with(ongoing), "Problem 3 d 1 h so far| Began 19 Nov 2026, 04:50, and not over when Apple was read last.| Backups may fail."},
		{"maintenance with a planned end", with(func(i *history.Incident) { i.Worst, i.State = status.Maintenance, status.StateOngoing }),
			"Maintenance 3 d 1 h so far| Began 19 Nov 2026, 04:50, and not over when Apple was read last.| Backups may fail."},
		{"vanished", with(func(i *history.Incident) { ongoing(i); i.LastSeenAt = began.Add(time.Hour) }),
			"Problem| Began 19 Nov 2026, 04:50, last seen 19 Nov 2026, 05:50. Apple took it off its list without an end.| Backups may fail."},
		{"no end", with(func(i *history.Incident) { i.EndedAt = time.Time{} }), "Problem| Began 19 Nov 2026, 04:50. It is over; Apple tells no end.| Backups may fail."},
		{"no start", with(func(i *history.Incident) { i.StartedAt = time.Time{} }), "Problem| First seen 19 Nov 2026, 04:50, ended 19 Nov 2026, 06:10| Backups may fail."},
		{"end before the start", with(func(i *history.Incident) { i.EndedAt = began.Add(-time.Hour) }), "Problem| 19 Nov 2026, 04:50 – 19 Nov 2026, 03:50| Backups may fail."},
		{"no time at all", with(func(i *history.Incident) { i.EndedAt = began }), "Problem| 19 Nov 2026, 04:50 – 19 Nov 2026, 04:50| Backups may fail."},
		{"not understood", with(func(i *history.Incident) { i.Worst, i.State = status.Unknown, "investigating" }),
			"Event of a kind that isn’t known 3 d 1 h so far| Began 19 Nov 2026, 04:50, and not over when Apple was read last.| Backups may fail."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h := ninety(day(60), six)
			h.Incidents = []history.Incident{tt.incident}
			items := historyOf(t, h).Find(".incidents li")
			got := strings.Join(items.Children().Map(func(_ int, line *goquery.Selection) string { return plainSpaces(line.Text()) }), "| ")
			if items.Length() != 1 || got != tt.want {
				t.Errorf("%q\nwant %q", got, tt.want)
			}
			items.Find("time").Each(func(_ int, element *goquery.Selection) {
				at, err := time.Parse(time.RFC3339, element.AttrOr("datetime", ""))
				if err != nil || at.Format("2 Jan 2006, 15:04") != element.Text() {
					t.Errorf("%v: %v is shown as %q", err, at, element.Text())
				}
			})
		})
	}
	// Announced maintenance isn't listed as an incident.
	h := ninety(day(60), six)
	h.Incidents = []history.Incident{with(func(i *history.Incident) { i.State, i.Worst = status.StateUpcoming, status.Operational })}
	if section := historyOf(t, h); section.Find(".incidents").Length() > 0 || textOf(section.Find("h3 + p")) != "Apple reported no problem in the time that was watched." {
		t.Error("an announcement is shown as an incident")
	}
}

func TestIncidentListIsLimited(t *testing.T) {
	h := ninety(day(60), six)
	for range 25 {
		h.Incidents = append(h.Incidents, incidentAt(day(3), day(2), status.Degraded))
	}
	section := historyOf(t, h)
	if n := section.Find(".incidents li").Length(); n != 20 || textOf(section.Find(".incidents + p")) != "The history as JSON has 5 more." {
		t.Errorf("%d incidents, then %q", n, textOf(section.Find(".incidents + p")))
	}
}

func TestHostileIncidentsAreEscapedInTheLandingPage(t *testing.T) {
	h := ninety(day(60), six)
	harmless := incidentAt(day(3), day(2), status.Degraded)
	harmless.Message = "m"
	h.Incidents = []history.Incident{harmless}
	want := skeleton(parse(t, landingWith(t, fixedHistory{history: h}).Body.String()))
	for _, text := range hostile {
		evil := harmless
		evil.ID, evil.Type, evil.Message, evil.UsersAffected, evil.AffectedServices = text, text, text, text, []string{text}
		h.Incidents = []history.Incident{evil}
		h.Service = text
		doc := parse(t, landingWith(t, fixedHistory{history: h}).Body.String())
		if got := skeleton(doc); !slices.Equal(got, want) {
			t.Errorf("%q changes the page's elements:\n%v\n%v", text, got, want)
		}
		if got := doc.Find("blockquote").Text(); got != text {
			t.Errorf("shown %q, want %q", got, text)
		}
		if got := doc.Find("section h2 + p").Text(); !strings.Contains(got, "What Apple reported about "+text+",") {
			t.Errorf("%q is about %q", text, got)
		}
	}
}

// If the history fails, the rest of the page is complete, and the page is cached
// for seconds only.
func TestLandingPageIsCompleteWithoutHistory(t *testing.T) {
	tests := []struct {
		name         string
		history      api.History
		cacheControl string
		text         string
	}{
		{"recorded", fixedHistory{history: ninety(day(60), six)}, "private, max-age=60", "What Apple reported about iCloud Backup"},
		{"failing", fixedHistory{err: errors.New("D1_ERROR: no such table: watched")}, "private, max-age=5", "The history can’t be read right now."},
		{"not recorded", nil, "private, max-age=300", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := landingWith(t, tt.history)
			doc := parse(t, w.Body.String())
			if got := w.Header().Get("Cache-Control"); got != tt.cacheControl {
				t.Errorf("Cache-Control %q, want %q", got, tt.cacheControl)
			}
			section := textOf(doc.Find("section"))
			if !strings.Contains(section, tt.text) || (tt.text == "") != (section == "") || strings.Contains(w.Body.String(), "D1_ERROR") {
				t.Errorf("%q", section)
			}
			for _, selector := range []string{"pre", `script[src="/embed.js"]`, `a[href="/api/status"]`, `img[src="/badge.svg"]`} {
				if doc.Find(selector).Length() == 0 {
					t.Errorf("no %s", selector)
				}
			}
		})
	}
}

// The page with its styles fits into the first round trip of a connection, for
// any history.
func TestLandingPageIsWithinItsBudget(t *testing.T) {
	h := ninety(day(60), six)
	for ago := range 60 { // each day has its own row and times
		from := day(ago).Add(time.Duration(17*ago) * time.Minute)
		i := incidentAt(from, from.Add(time.Duration(20+31*ago)*time.Minute), []status.Level{status.Maintenance, status.Degraded, status.Outage}[ago%3])
		i.Message = "Users may be experiencing intermittent issues with this service, since " + strconv.Itoa(ago) + " days."
		h.Incidents = append(h.Incidents, i)
	}
	body := landingWith(t, fixedHistory{history: h}).Body.Bytes()
	size := brotlied(t, body)
	t.Logf("%d bytes, %d of brotli", len(body), size)
	if size > maxFirstPaint {
		t.Errorf("%d bytes of brotli, more than %d", size, maxFirstPaint)
	}
}
