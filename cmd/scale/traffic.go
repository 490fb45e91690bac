package main

import (
	"math"
	"math/rand/v2"
	"slices"
)

const (
	day = 1440 // minutes
	// warmUp is how many minutes are simulated before midnight without counting
	// them, so that the day begins with warm isolates and open widgets.
	warmUp = 120
	// pollEvery is how often an open widget asks /api/status, in seconds: the first
	// check of refresh.js (each 15 s) at which its 55 s have passed.
	pollEvery = 60
	// pings and the upload are the requests of one connection check (network.js).
	pings  = 6
	upload = 1
)

// webShape is the web traffic of each hour of the day in local time. Source:
// "web" of Sandvine's Mobile Internet Phenomena Report 2021, which averages large
// networks; read from its chart by the authors of the package traffic-weaver.
var webShape = [24]float64{
	0.38, 0.19, 0.21, 0.23, 0.26, 0.52, 0.61, 0.61, 0.74, 0.72, 0.74, 0.79,
	0.73, 0.73, 0.90, 0.92, 0.90, 0.95, 0.77, 0.69, 0.63, 0.56, 0.57, 0.48,
}

// regions are the shares of the world's Internet users in early 2020, with a
// typical time zone. Asia's half is divided by assumption.
var regions = []struct{ share, zone float64 }{
	{18, 5.5}, {20, 8}, {8, 7}, {4.3, 9}, // Asia
	{15.9, 1},  // Europe
	{11.5, 2},  // Africa
	{10.1, -4}, // Latin America
	{7.6, -6},  // North America
	{3.9, 3},   // Middle East
	{0.6, 10},  // Oceania
}

// Traffic is what the readers do.
type Traffic struct {
	Views   float64 // widgets loaded in a day
	Centres int     // data centres
	Zipf    float64 // exponent of their weights
	Visible float64 // mean time that a widget is visible, in seconds; exponential
	Repeat  float64 // share of views for which the browser has the document: the same in 30 s
	History float64 // share of views that load /api/history: the troubleshooting begins
	Check   float64 // share of views with a connection check
	Shape   [24]float64
	Seed    uint64
}

// requestsPerView is the mean number of requests to the Worker for one view.
func (t Traffic) requestsPerView() float64 {
	return 1 - t.Repeat + 1/(math.Exp(pollEvery/t.Visible)-1) + t.History + (pings+upload)*t.Check
}

type centre struct {
	views float64 // in a day
	zone  float64 // hours ahead of UTC
}

// centres returns the data centres. Each region has its share of the views, and
// within it they are distributed by Zipf's law.
func (t Traffic) centres() []centre {
	var total float64
	for _, r := range regions {
		total += r.share
	}
	list := make([]centre, t.Centres)
	weights := make([]float64, len(regions)) // of the centres of each region
	members := make([]int, t.Centres)
	for i := range list {
		// Multiples of the golden ratio spread any number of centres evenly.
		_, at := math.Modf(float64(i) * math.Phi)
		at *= total
		region := 0
		for region < len(regions)-1 && at >= regions[region].share {
			at -= regions[region].share
			region++
		}
		members[i] = region
		list[i] = centre{math.Pow(float64(i+1), -t.Zipf), regions[region].zone}
		weights[region] += list[i].views
	}
	var served float64 // the share of the regions that have a centre
	for region, weight := range weights {
		if weight > 0 {
			served += regions[region].share
		}
	}
	for i, region := range members {
		list[i].views *= t.Views * regions[region].share / served / weights[region]
	}
	return list
}

// rate returns the views in a minute of the day in UTC.
func (t Traffic) rate(c centre, minute int) float64 {
	var sum float64
	for _, w := range t.Shape {
		sum += w
	}
	_, at := math.Modf((float64(minute)/60 + c.zone + 48) / 24)
	hour, part := math.Modf(at * 24)
	a, b := t.Shape[int(hour)%24], t.Shape[(int(hour)+1)%24]
	return c.views * (a + (b-a)*part) / sum / 60
}

// Kinds of requests.
const (
	document = iota
	poll
	history
	ping
	probe
	kinds
)

type request struct {
	at   float64 // seconds since midnight UTC
	kind int
}

// requests calls handle with the requests of a data centre in their order, from
// before midnight on, and returns the views of the day.
func (t Traffic) requests(c centre, random *rand.Rand, handle func(request)) (views int) {
	var (
		now, next []request
		open      []float64 // the second of the minute at which each visible widget polls
		stays     = math.Exp(-pollEvery / t.Visible)
	)
	for minute := -warmUp; minute < day; minute++ {
		from := float64(minute) * 60
		now, next = next, now[:0]
		visible := open[:0]
		for _, second := range open {
			if random.Float64() < stays {
				visible = append(visible, second)
				now = append(now, request{from + second, poll})
			}
		}
		open = visible
		later := func(second float64, kind, n int) {
			second += 60 * random.Float64()
			for range n {
				if second < 60 {
					now = append(now, request{from + second, kind})
				} else {
					next = append(next, request{from + second, kind})
				}
			}
		}
		rate := t.rate(c, minute) / 60
		for second := random.ExpFloat64() / rate; second < 60; second += random.ExpFloat64() / rate {
			if minute >= 0 {
				views++
			}
			if random.Float64() >= t.Repeat {
				now = append(now, request{from + second, document})
			}
			open = append(open, second)
			if random.Float64() < t.History {
				later(second, history, 1)
			}
			if random.Float64() < t.Check {
				later(second, ping, pings)
				later(second, probe, upload)
			}
		}
		slices.SortFunc(now, func(a, b request) int {
			switch {
			case a.at < b.at:
				return -1
			case a.at > b.at:
				return 1
			}
			return a.kind - b.kind
		})
		for _, r := range now {
			handle(r)
		}
	}
	return views
}
