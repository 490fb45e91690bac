package main

import (
	"flag"
	"math"
	"os"
	"reflect"
	"slices"
	"testing"
)

// defaults returns the assumptions without flags.
func defaults() (Traffic, Worker) {
	t, w := bind(flag.NewFlagSet("", flag.ContinueOnError))
	return *t, *w
}

// steady returns evenly distributed views of one request each in one isolate of
// one data centre.
func steady(views float64) (Traffic, Worker) {
	t, w := defaults()
	t.Views, t.Centres, t.Repeat, t.History, t.Check, t.Visible = views, 1, 0, 0, 0, 0.1
	for hour := range t.Shape {
		t.Shape[hour] = 1
	}
	w.Isolates, w.Variants = 1, 1
	return t, w
}

func near(t *testing.T, name string, got, want, tolerance float64) {
	t.Helper()
	if math.Abs(got-want) > tolerance*want {
		t.Errorf("%s: %v, want %v", name, got, want)
	}
}

func TestTablesInTheDocumentAreCurrent(t *testing.T) {
	page, err := os.ReadFile("../../docs/scale.md")
	if err != nil {
		t.Fatal(err)
	}
	_, shown, _, err := cut(page)
	if err != nil {
		t.Fatal(err)
	}
	if testing.Short() {
		t.Skip("simulates some 35 million requests")
	}
	if shown != tables(defaults()) {
		t.Errorf("the tables in docs/scale.md aren't current; run this in the root of the checkout:\n\t%s", Command)
	}
}

func TestSumsMatch(t *testing.T) {
	traffic, worker := defaults()
	traffic.Views = 100_000
	traffic.Repeat, traffic.History = 0, 1
	used := simulate(traffic, worker)
	for d, u := range used {
		name := designs[d].Name
		if u.Requests[document] != u.Views {
			t.Errorf("%s: %d documents for %d views", name, u.Requests[document], u.Views)
		}
		near(t, name+": histories", float64(u.Requests[history]), float64(u.Views), 0.002) // some are before or after midnight
		near(t, name+": requests per view", float64(u.Total()-u.Cron)/float64(u.Views), traffic.requestsPerView(), 0.005)
		sum := 0
		for _, n := range u.PerMinute {
			sum += n
		}
		if sum != u.Total() {
			t.Errorf("%s: %d requests in all minutes, %d of all kinds", name, sum, u.Total())
		}
		if u.Requests != used[0].Requests {
			t.Errorf("%s has other traffic: %d", name, u.Requests)
		}
	}
	if again := simulate(traffic, worker); !reflect.DeepEqual(again, used) {
		t.Error("the same seed gives another result")
	}
	views := 0.0
	for _, c := range traffic.centres() {
		views += c.views
	}
	near(t, "views of all data centres", views, traffic.Views, 1e-9)
	near(t, "simulated views", float64(used[0].Views), traffic.Views, 0.02)
}

// With a constant rate the results follow from the rate alone.
func TestSteadyTrafficEqualsTheHandCalculation(t *testing.T) {
	// One request each 10 s: a reading is due after 60 s and taken by the next
	// request, on average 10 s later.
	traffic, worker := steady(8640)
	worker.Lifetime = 1e9
	u := simulate(traffic, worker)
	near(t, "readings before", float64(u[before].Readings-u[before].Cron), 86_400/70.0, 0.02)
	near(t, "rows after", float64(u[after].Rows), 86_400/70.0, 0.02)
	if u[after].Readings != day {
		t.Errorf("%d readings of Apple after, want one each minute", u[after].Readings)
	}
	if u[after].Cold != day {
		t.Errorf("%d cold requests and cron runs, although isolates live for ever", u[after].Cold)
	}

	// One request each 3 s, evicted after 3 s: e⁻¹ of the intervals are longer.
	traffic, worker = steady(288 * 100)
	worker.Lifetime, worker.ColdDocMS = 3, 9
	u = simulate(traffic, worker)
	near(t, "cold share", float64(u[after].Cold-day)/float64(u[after].Total()-day), math.Exp(-1), 0.03)
	if u[before].Over != u[before].Cold || u[after].Over != day { // the cron's
		t.Errorf("%d and %d requests over the limit, %d cold", u[before].Over, u[after].Over, u[before].Cold)
	}

	// The CPU of requests that each find a fresh isolate.
	worker.Lifetime = 1e-9
	u = simulate(traffic, worker)
	near(t, "CPU before", u[before].CPU, worker.ColdWasMS*float64(u[before].Total()-day)+worker.CronWasMS*day, 1e-9)
	near(t, "CPU after", u[after].CPU, worker.ColdDocMS*float64(u[after].Total()-day)+worker.CronMS*day, 1e-9)
}

func TestMoreViewsUseMore(t *testing.T) {
	var last []Usage
	for _, views := range []float64{500, 5_000, 50_000, 500_000} {
		traffic, worker := defaults()
		traffic.Views = views
		used := simulate(traffic, worker)
		for d := range last {
			was, is := last[d], used[d]
			if is.Total() <= was.Total() || is.CPU <= was.CPU || is.Read <= was.Read || is.Readings < was.Readings || is.Rows < was.Rows || is.Peak() <= was.Peak() {
				t.Errorf("%s: %.0f views use less than a tenth of them", designs[d].Name, views)
			}
			if float64(is.Cold)/float64(is.Total()) >= float64(was.Cold)/float64(was.Total()) {
				t.Errorf("%s: with %.0f views the share of cold requests doesn't fall", designs[d].Name, views)
			}
		}
		last = used
	}
}

func TestDeadCronGivesTheReadingsOfBefore(t *testing.T) {
	traffic, worker := defaults()
	traffic.Views = 50_000
	u := simulate(traffic, worker)
	if own := u[before].Readings - u[before].Cron; u[dead].Readings != own || u[after].Rows != own || own == 0 {
		t.Errorf("%d readings with a dead cron and %d rows with a live one, want the data centres' %d", u[dead].Readings, u[after].Rows, own)
	}
	if u[dead].Cron != 0 || u[dead].Written != 0 {
		t.Errorf("the dead cron ran %d times and wrote %d rows", u[dead].Cron, u[dead].Written)
	}
	if u[dead].Read < u[dead].Readings {
		t.Errorf("%d rows read for %d readings; each looks for the shared one first", u[dead].Read, u[dead].Readings)
	}
}

// A data centre reads once a minute at most, and without the Cache API each isolate.
func TestReadingsAreLimited(t *testing.T) {
	for _, isolates := range []int{1, 4} {
		traffic, worker := steady(864_000)
		worker.Isolates = isolates
		u := simulate(traffic, worker)
		near(t, "a data centre's readings", float64(u[before].Readings-day), day, 0.01)
		near(t, "its isolates' readings", float64(u[beforeDev].Readings-day), float64(day*isolates), 0.02)
		near(t, "its isolates' rows", float64(u[afterDev].Rows), float64(day*isolates), 0.02)
	}
}

// The examples are those of the pages that docs/scale.md cites for the prices.
func TestBillEqualsThePublishedExamples(t *testing.T) {
	for _, tt := range []struct {
		requests float64 // a month
		ms       float64
		total    float64
	}{
		{15e6, 7, 8.00},
		{100e6, 7, 45.40},
		{1e6, 7, 5.00},
	} {
		u := Usage{Cron: int(tt.requests / daysPerMonth), CPU: tt.requests / daysPerMonth * tt.ms}
		near(t, "bill", bill(u, Worker{}).Total(), tt.total, 1e-6) // a part of a request is lost
	}
	// 75 GB in a month; of them 17.5 GB are stored at any time.
	logs := bill(Usage{Cron: 2_500_000}, Worker{LogKB: 1}).Logs
	near(t, "logs", logs, (75-50)*0.25+(17.5-12)*0.10, 1e-9)
	rows := bill(Usage{Read: 2e9, Written: 2e6}, Worker{}).D1
	near(t, "rows", rows, (60-25)*1e3*0.001+(60-50)*1.00, 1e-9)
}

func TestBrokenLimits(t *testing.T) {
	w := Worker{LogKB: 1000}
	for _, tt := range []struct {
		used  Usage
		names []string
	}{
		{Usage{Cron: freeRequests, Read: freeRowsRead, Written: freeRowsWritten}, nil},
		{Usage{Cron: freeRequests + 1}, []string{"requests"}},
		{Usage{Read: freeRowsRead + 1, Written: freeRowsWritten + 1}, []string{"D1 rows read", "D1 rows written"}},
	} {
		if names := broken(tt.used, w); !slices.Equal(names, tt.names) {
			t.Errorf("%+v breaks %q, want %q", tt.used, names, tt.names)
		}
	}
}

// The shape is a day: the busiest hours are in the local afternoon.
func TestDayFollowsLocalTime(t *testing.T) {
	traffic, _ := defaults()
	for _, zone := range []float64{-6, 0, 5.5, 10} {
		c := centre{views: 1000, zone: zone}
		sum, busiest := 0.0, 0
		for minute := range day {
			sum += traffic.rate(c, minute)
			if traffic.rate(c, minute) > traffic.rate(c, busiest) {
				busiest = minute
			}
		}
		near(t, "views", sum, 1000, 1e-9)
		if local := math.Mod(float64(busiest)/60+zone+24, 24); local != 17 {
			t.Errorf("zone %v: busiest at %v, want 17", zone, local)
		}
	}
}

func TestFormats(t *testing.T) {
	for _, tt := range []struct {
		format func(float64) string
		n      float64
		want   string
	}{
		{count, 0, "0"}, {count, 1440, "1,440"}, {count, 9999, "9,999"}, {count, 34_432, "34,400"},
		{count, 999_499, "999,000"}, {count, 999_500, "1 million"}, {count, 28_640_000, "28.6 million"},
		{percent, 0, "0 %"}, {percent, 0.00001, "below 0.01 %"}, {percent, 0.016, "1.6 %"}, {percent, 1, "100 %"},
		{dollars, 0, "$0"}, {dollars, 5, "$5.00"}, {dollars, 265.4, "$265"}, {dollars, 0.001, "below $0.01"},
	} {
		if got := tt.format(tt.n); got != tt.want {
			t.Errorf("%v is formatted as %q, want %q", tt.n, got, tt.want)
		}
	}
}

func TestWrongUsageIsReported(t *testing.T) {
	for _, args := range [][]string{
		{"-views", "0"}, {"-centres", "0"}, {"-isolates", "0"}, {"-variants", "0"}, {"-visible", "0"}, {"-lifetime", "0s"},
	} {
		if err := run(args); err == nil {
			t.Errorf("%q is accepted", args)
		}
	}
	if _, _, _, err := cut([]byte("no marks")); err == nil {
		t.Error("a page without marks is accepted")
	}
}
