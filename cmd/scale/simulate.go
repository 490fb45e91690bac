package main

import (
	"math"
	"math/rand/v2"
	"runtime"
	"sync"
)

const (
	readingEvery  = 60 // seconds between two readings (status.RefreshEvery)
	responseFresh = 30 // seconds that a response is served from memory (max-age)
	cpuLimit      = 10 // milliseconds of a request on the free plan

	// D1 rows and queries, from docs/operations.md and package history: of a cron
	// run without a change, and of one response of /api/history.
	cronRowsRead, cronRowsWritten, cronQueries = 42, 1, 4
	historyRowsRead, historyQueries            = 30, 4
	// Of the shared reading: one row, found by its primary key in one query.
	sharedRow = 1
	// applePerReading are the page and the data.
	applePerReading = 2
)

// Worker is what one request costs, and how long isolates live.
type Worker struct {
	Isolates  int     // over which a data centre distributes the requests
	Lifetime  float64 // seconds without a request after which an isolate is evicted
	Variants  int     // documents in use, by language and theme
	WarmMS    float64 // CPU of a response from memory
	GoMS      float64 // of a response that Go makes
	HistoryMS float64 // of one that Go makes from D1
	ReadMS    float64 // of a reading of Apple
	ShareMS   float64 // of a reading taken from the Cache API or from D1
	ColdWasMS float64 // of the first request of an isolate, before
	ColdMS    float64 // and after: of the status or the history
	ColdDocMS float64 // of a document
	CronWasMS float64 // of a cron run, which is the first request of an isolate, before
	CronMS    float64 // and after
	LogKB     float64 // of one request in Workers Logs
}

// Design is a way to get the reading.
type Design struct {
	Name   string
	Shared bool // after: the cron stores the reading as a row of D1
	Cache  bool // the Cache API works: a custom domain
	Dead   bool // the cron doesn't run
}

var designs = []Design{
	{Name: "before", Cache: true},
	{Name: "after", Shared: true, Cache: true},
	{Name: "after, dead cron", Shared: true, Cache: true, Dead: true},
	{Name: "before, workers.dev"},
	{Name: "after, workers.dev", Shared: true},
}

// Places of the usual designs among the results.
const (
	before = iota
	after
	dead
	beforeDev
	afterDev
)

// Usage is what a design uses in a day.
type Usage struct {
	Views     int
	Requests  [kinds]int // without the cron's
	Cron      int
	Cold      int     // requests that were the first of their isolate, the cron's included
	Over      int     // requests with more CPU than the free plan allows
	Readings  int     // of Apple
	Rows      int     // readings taken from D1
	Read      int     // D1 rows
	Written   int     // D1 rows
	Queries   int     // of D1
	CPU       float64 // milliseconds
	PerMinute [day]int
}

// Total is the number of requests that the plans count.
func (u Usage) Total() int {
	n := u.Cron
	for _, requests := range u.Requests {
		n += requests
	}
	return n
}

// Peak is the number of requests per second in the busiest minute.
func (u Usage) Peak() float64 {
	peak := 0
	for _, n := range u.PerMinute {
		peak = max(peak, n)
	}
	return float64(peak) / 60
}

func (u *Usage) add(v Usage) {
	u.Views += v.Views
	for kind, n := range v.Requests {
		u.Requests[kind] += n
	}
	u.Cron += v.Cron
	u.Cold += v.Cold
	u.Over += v.Over
	u.Readings += v.Readings
	u.Rows += v.Rows
	u.Read += v.Read
	u.Written += v.Written
	u.Queries += v.Queries
	u.CPU += v.CPU
	for minute, n := range v.PerMinute {
		u.PerMinute[minute] += n
	}
}

func (u *Usage) spend(ms float64) {
	u.CPU += ms
	if ms > cpuLimit {
		u.Over++
	}
}

// isolate is one isolate's memory.
type isolate struct {
	readAt    float64   // when its reading was taken
	responses []float64 // when each response was stored: the documents, status, history
}

func (i *isolate) clear() {
	for r := range i.responses {
		i.responses[r] = math.Inf(-1)
	}
}

// cell is a data centre of one design.
type cell struct {
	Design
	worker   Worker
	readAt   float64 // when the reading in the Cache API was taken
	isolates []isolate
	used     Usage
}

// take takes a reading for an isolate, from the Cache API if it has a recent one,
// else from D1, else from Apple. It returns the CPU.
func (c *cell) take(i *isolate, at float64, counts bool) float64 {
	if c.Cache && at-c.readAt < readingEvery {
		i.readAt = c.readAt // all isolates have the same schedule
		return c.worker.ShareMS
	}
	i.readAt, c.readAt = at, at
	fromApple := !c.Shared || c.Dead
	if counts {
		if c.Shared {
			c.used.Read += sharedRow
			c.used.Queries++
		}
		if fromApple {
			c.used.Readings++
		} else {
			c.used.Rows++
		}
	}
	if fromApple {
		return c.worker.ReadMS
	}
	return c.worker.ShareMS
}

// serve serves a request in an isolate, as worker.mjs does.
func (c *cell) serve(r request, place, response int, cold bool) {
	i, counts := &c.isolates[place], r.at >= 0
	ms, byGo := c.worker.WarmMS, false
	switch {
	case r.kind == probe: // needs no reading and no Go
	case cold:
		i.clear()
		c.take(i, r.at, counts)
		i.responses[response], byGo = r.at, true
		ms = c.worker.ColdWasMS
		if c.Shared {
			ms = c.worker.ColdMS
			if r.kind == document {
				ms = c.worker.ColdDocMS
			}
		}
	default:
		if r.at-i.responses[response] >= responseFresh {
			i.responses[response], byGo = r.at, true
			ms = c.worker.GoMS
			if r.kind == history {
				ms = c.worker.HistoryMS
			}
		}
		if r.at-i.readAt >= readingEvery {
			ms += c.take(i, r.at, counts)
			i.clear() // a new reading invalidates what was made from the last one
		}
	}
	if !counts {
		return
	}
	if cold {
		c.used.Cold++
	}
	if byGo && r.kind == history {
		c.used.Read += historyRowsRead
		c.used.Queries += historyQueries
	}
	c.used.Requests[r.kind]++
	c.used.PerMinute[int(r.at/60)]++
	c.used.spend(ms)
}

// simulate returns what each design uses in a day with the same traffic.
func simulate(t Traffic, w Worker) []Usage {
	centres := t.centres()
	results := make([][]Usage, len(centres))
	var group sync.WaitGroup
	places := make(chan struct{}, runtime.GOMAXPROCS(0))
	for n, c := range centres {
		places <- struct{}{}
		group.Go(func() {
			results[n] = simulateCentre(t, w, c, rand.New(rand.NewPCG(t.Seed, uint64(n))))
			<-places
		})
	}
	group.Wait()
	total := make([]Usage, len(designs))
	for _, result := range results {
		for d := range total {
			total[d].add(result[d])
		}
	}
	for d, design := range designs {
		total[d].addCron(design, w)
	}
	return total
}

func simulateCentre(t Traffic, w Worker, c centre, random *rand.Rand) []Usage {
	status, pastProblems := w.Variants, w.Variants+1 // after the documents
	cells := make([]cell, len(designs))
	for d, design := range designs {
		cells[d] = cell{Design: design, worker: w, readAt: math.Inf(-1), isolates: make([]isolate, w.Isolates)}
		for i := range cells[d].isolates {
			cells[d].isolates[i].responses = make([]float64, w.Variants+2)
		}
	}
	seen := make([]float64, w.Isolates) // when each isolate had its last request
	for i := range seen {
		seen[i] = math.Inf(-1)
	}
	views := t.requests(c, random, func(r request) {
		place, response := random.IntN(w.Isolates), status
		switch r.kind {
		case document:
			response = random.IntN(w.Variants)
		case history:
			response = pastProblems
		}
		cold := false
		if r.kind != probe {
			cold = r.at-seen[place] > w.Lifetime
			seen[place] = r.at
		}
		for d := range cells {
			cells[d].serve(r, place, response, cold)
		}
	})
	used := make([]Usage, len(cells))
	for d := range cells {
		used[d] = cells[d].used
		used[d].Views = views
	}
	return used
}

// addCron adds the runs of the cron trigger. Each may begin in a fresh isolate.
func (u *Usage) addCron(d Design, w Worker) {
	if d.Dead {
		return
	}
	runs := day
	ms := w.CronWasMS
	if d.Shared {
		ms = w.CronMS
		u.Written += runs * sharedRow
		u.Queries += runs
	}
	u.Cron += runs
	u.Cold += runs
	u.Readings += runs
	u.Read += runs * cronRowsRead
	u.Written += runs * cronRowsWritten
	u.Queries += runs * cronQueries
	for minute := range u.PerMinute {
		u.PerMinute[minute]++
	}
	for range runs {
		u.spend(ms)
	}
}
