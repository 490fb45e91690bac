package main

// The limits and prices of Cloudflare's plans; docs/scale.md has the sources.
const (
	daysPerMonth = 30

	freeRequests    = 100_000   // a day
	freeRowsRead    = 5_000_000 // a day
	freeRowsWritten = 100_000   // a day
	freeLogGB       = 0.5       // a day

	paidBase        = 5.0  // dollars a month, as all that follow
	paidRequests    = 10e6 // included
	perRequest      = 0.30 / 1e6
	paidCPU         = 30e6 // milliseconds included
	perCPU          = 0.02 / 1e6
	paidRowsRead    = 25e9
	perRowRead      = 0.001 / 1e6
	paidRowsWritten = 50e6
	perRowWritten   = 1 / 1e6
	paidLogGB       = 50.0 // ingested
	perLogGB        = 0.25
	paidStoredGB    = 12.0 // GB-months
	perStoredGB     = 0.10
	logDays         = 7 // that logs are stored
)

// Bill is what a month costs on the paid plan, in dollars.
type Bill struct {
	Requests, CPU, D1 float64 // beyond what is included
	Logs              float64 // if every request is logged; not in Total
}

// Total is the bill with the base price.
func (b Bill) Total() float64 { return paidBase + b.Requests + b.CPU + b.D1 }

// bill returns the bill of a month of such days.
func bill(u Usage, w Worker) Bill {
	beyond := func(used float64, included, price float64) float64 {
		return max(0, used*daysPerMonth-included) * price
	}
	logGB := float64(u.Total()) * w.LogKB / 1e6
	return Bill{
		Requests: beyond(float64(u.Total()), paidRequests, perRequest),
		CPU:      beyond(u.CPU, paidCPU, perCPU),
		D1:       beyond(float64(u.Read), paidRowsRead, perRowRead) + beyond(float64(u.Written), paidRowsWritten, perRowWritten),
		Logs:     beyond(logGB, paidLogGB, perLogGB) + max(0, logGB*logDays-paidStoredGB)*perStoredGB,
	}
}

// freeLimit is a limit of the free plan, and the share of it that is used.
type freeLimit struct {
	name string
	used float64
}

// freeLimits returns the daily limits of the free plan. The limit of 10 ms of CPU
// isn't one of them: it holds for each request, and Usage.Over counts it.
func freeLimits(u Usage, w Worker) []freeLimit {
	return []freeLimit{
		{"requests", float64(u.Total()) / freeRequests},
		{"D1 rows read", float64(u.Read) / freeRowsRead},
		{"D1 rows written", float64(u.Written) / freeRowsWritten},
		{"Workers Logs, if every request is logged", float64(u.Total()) * w.LogKB / 1e6 / freeLogGB},
	}
}

// broken returns the limits of the free plan that are exceeded.
func broken(u Usage, w Worker) (names []string) {
	for _, limit := range freeLimits(u, w)[:3] {
		if limit.used > 1 {
			names = append(names, limit.name)
		}
	}
	return names
}
