package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// tables returns the results as Markdown.
func tables(t Traffic, w Worker) string {
	var b strings.Builder
	whole := simulate(t, w)
	oneDay(&b, t, w, whole)
	byTraffic(&b, t, w, whole)
	atFreeLimit(&b, t, w)
	coldShares(&b, t, w)
	return b.String()
}

// table writes a table whose columns after the first are numbers.
func table(b *strings.Builder, rows [][]string) {
	for n, row := range rows {
		fmt.Fprintf(b, "| %s |\n", strings.Join(row, " | "))
		if n == 0 {
			fmt.Fprintf(b, "| ---%s |\n", strings.Repeat(" | --:", len(row)-1))
		}
	}
}

// oneDay compares the designs.
func oneDay(b *strings.Builder, t Traffic, w Worker, used []Usage) {
	fmt.Fprintf(b, "**A day with %s views in %s data centres**, %s requests to the Worker for each view\n\n",
		count(t.Views), count(float64(t.Centres)), digits(t.requestsPerView(), 3))
	rows := [][]string{{""}}
	for _, d := range designs {
		rows[0] = append(rows[0], d.Name)
	}
	row := func(name string, value func(Usage) string) {
		cells := []string{name}
		for _, u := range used {
			cells = append(cells, value(u))
		}
		rows = append(rows, cells)
	}
	kind := func(kind int) func(Usage) string {
		return func(u Usage) string { return count(float64(u.Requests[kind])) }
	}
	row("requests to the Worker", func(u Usage) string { return count(float64(u.Total())) })
	row("– the document", kind(document))
	row("– `/api/status`, each minute", kind(poll))
	row("– `/api/history`", kind(history))
	row("– connection checks", func(u Usage) string { return count(float64(u.Requests[ping] + u.Requests[probe])) })
	row("– the cron", func(u Usage) string { return count(float64(u.Cron)) })
	row("requests a second, busiest minute", func(u Usage) string { return count(u.Peak()) })
	row("readings of Apple", func(u Usage) string { return count(float64(u.Readings)) })
	row("**requests to Apple** (page and data)", func(u Usage) string { return count(float64(applePerReading * u.Readings)) })
	row("D1 rows read", func(u Usage) string { return count(float64(u.Read)) })
	row("– for the shared reading", func(u Usage) string {
		if u.Rows == 0 {
			return "0"
		}
		return count(float64(u.Rows * sharedRow))
	})
	row("D1 rows written", func(u Usage) string { return count(float64(u.Written)) })
	row("D1 queries a second, on average", func(u Usage) string { return digits(float64(u.Queries)/86_400, 2) })
	row("first requests of an isolate, the cron included", func(u Usage) string { return share(u.Cold, u.Total()) })
	row("**requests over 10 ms of CPU**", func(u Usage) string { return count(float64(u.Over)) })
	row("CPU, ms per request", func(u Usage) string { return digits(u.CPU/float64(u.Total()), 2) })
	row("paid plan, a month: requests", func(u Usage) string { return dollars(bill(u, w).Requests) })
	row("– CPU", func(u Usage) string { return dollars(bill(u, w).CPU) })
	row("– D1", func(u Usage) string { return dollars(bill(u, w).D1) })
	row("**– all, with the base price**", func(u Usage) string { return dollars(bill(u, w).Total()) })
	row("– and Workers Logs, if every request is logged", func(u Usage) string { return dollars(bill(u, w).Logs) })
	table(b, rows)
}

// byTraffic shows smaller sites, with the Cache API.
func byTraffic(b *strings.Builder, t Traffic, w Worker, whole []Usage) {
	b.WriteString("\n**By traffic**, on a custom domain\n\n")
	rows := [][]string{{"views a day", "requests a day", "first requests of an isolate, the cron included", "over 10 ms, before", "after",
		"requests to Apple a day, before", "after", "paid plan a month, before", "after", "free plan, after"}}
	for _, part := range []float64{1e-4, 1e-3, 1e-2, 1e-1, 1} {
		smaller, used := t, whole
		smaller.Views = t.Views * part
		if part != 1 {
			used = simulate(smaller, w)
		}
		was, is := used[before], used[after]
		plan := "fits"
		if limits := broken(is, w); len(limits) > 0 {
			plan = "exceeds " + strings.Join(limits, ", ")
		} else if is.Over > 0 {
			plan = "exceeds CPU"
		}
		rows = append(rows, []string{count(smaller.Views), count(float64(is.Total())), share(is.Cold, is.Total()),
			share(was.Over, was.Total()), share(is.Over, is.Total()),
			count(float64(applePerReading * was.Readings)), count(float64(applePerReading * is.Readings)),
			dollars(bill(was, w).Total()), dollars(bill(is, w).Total()), plan})
	}
	table(b, rows)
	enough := func(requests float64) string { return count((requests - day) / t.requestsPerView()) }
	fmt.Fprintf(b, "\nThe requests that the plans include are enough for %s views a day (free) and %s (paid); the logs of the paid plan, if every request is logged, for %s.\n",
		enough(freeRequests), enough(paidRequests/daysPerMonth), enough(paidLogGB/daysPerMonth*1e6/w.LogKB))
}

// atFreeLimit shows the other limits of the free plan at the most views that its
// requests are enough for.
func atFreeLimit(b *strings.Builder, t Traffic, w Worker) {
	t.Views = (freeRequests - day) / t.requestsPerView()
	used := simulate(t, w)
	fmt.Fprintf(b, "\n**The free plan, used up by its requests: %s views a day**\n\n", count(t.Views))
	rows := [][]string{{"of the limit"}}
	for _, d := range designs {
		rows[0] = append(rows[0], d.Name)
	}
	for n, limit := range freeLimits(Usage{}, w) {
		row := []string{limit.name}
		for _, u := range used {
			row = append(row, percent(freeLimits(u, w)[n].used))
		}
		rows = append(rows, row)
	}
	row := []string{"requests over 10 ms of CPU"}
	for _, u := range used {
		row = append(row, count(float64(u.Over)))
	}
	rows = append(rows, row)
	table(b, rows)
}

// coldShares shows what follows from the two numbers that the platform doesn't
// publish.
func coldShares(b *strings.Builder, t Traffic, w Worker) {
	views := []float64{t.Views * 1e-4, t.Views * 1e-2}
	fmt.Fprintf(b, "\n**First requests of an isolate**, without the cron's, at %s and at %s views a day\n\n", count(views[0]), count(views[1]))
	lifetimes := []time.Duration{time.Minute, 5 * time.Minute, 30 * time.Minute}
	rows := [][]string{{"isolates per data centre"}}
	for _, lifetime := range lifetimes {
		rows[0] = append(rows[0], fmt.Sprintf("evicted after %v min", lifetime.Minutes()))
	}
	for _, isolates := range []int{1, 3, 10} {
		row := []string{strconv.Itoa(isolates)}
		for _, lifetime := range lifetimes {
			var cells []string
			for _, v := range views {
				t, w := t, w
				t.Views, w.Isolates, w.Lifetime = v, isolates, lifetime.Seconds()
				u := simulate(t, w)[after]
				cells = append(cells, share(u.Cold-u.Cron, u.Total()-u.Cron))
			}
			row = append(row, strings.Join(cells, ", "))
		}
		rows = append(rows, row)
	}
	table(b, rows)
}

// count formats a number with three significant digits, and whole numbers below
// 10,000 as they are.
func count(n float64) string {
	switch {
	case n >= 999_500:
		return digits(n/1e6, 3) + " million"
	case n >= 10_000:
		unit := math.Pow(10, math.Floor(math.Log10(n))-2)
		n = math.Round(n/unit) * unit
	}
	text := strconv.Itoa(int(math.Round(n)))
	if len(text) > 3 {
		text = text[:len(text)-3] + "," + text[len(text)-3:]
	}
	return text
}

// digits formats a number with significant digits, without an exponent.
func digits(n float64, significant int) string {
	if n == 0 {
		return "0"
	}
	decimals := max(0, significant-1-int(math.Floor(math.Log10(math.Abs(n)))))
	text := strconv.FormatFloat(n, 'f', decimals, 64)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text
}

func share(part, of int) string {
	if of == 0 {
		return "–"
	}
	return percent(float64(part) / float64(of))
}

func percent(n float64) string {
	if n > 0 && n < 0.0001 {
		return "below 0.01 %"
	}
	return digits(100*n, 2) + " %"
}

func dollars(n float64) string {
	switch {
	case n == 0:
		return "$0"
	case n < 0.01:
		return "below $0.01"
	case n < 10:
		return "$" + strconv.FormatFloat(n, 'f', 2, 64)
	}
	return "$" + count(n)
}
