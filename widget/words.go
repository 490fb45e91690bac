package widget

import (
	"strconv"
	"strings"
	"time"

	"backupcheck/status"
	"backupcheck/widget/locale"
)

// sentence is a text in parts. The reader's browser puts its times into the
// reader's own zone.
type sentence []part

// part is plain text, a time or code. A time's text is for browsers without
// script, in UTC.
type part struct {
	text string
	at   time.Time
	form string // of a time: "ago" if the browser may write how long ago it was
	code bool
}

// fill puts values into the placeholders of a text. A placeholder without a
// value stays as it is.
func fill(text string, values map[string]part) sentence {
	var s sentence
	plain := ""
	for {
		before, after, found := strings.Cut(text, "{")
		plain += before
		if !found {
			return append(s, part{text: plain})
		}
		name, rest, closed := strings.Cut(after, "}")
		value, known := values[name]
		if !closed || !known {
			plain += "{"
			text = after
			continue
		}
		s = append(s, part{text: plain}, value)
		plain, text = "", rest
	}
}

// timed is a time as part of a sentence.
func timed(texts *locale.Catalogue, at time.Time) part {
	return part{text: longDate(texts, at), at: at}
}

// longDate is a date with its year and time, in UTC.
func longDate(texts *locale.Catalogue, at time.Time) string {
	at = at.UTC()
	return texts.Format("date.long", "day", strconv.Itoa(at.Day()), "month", month(texts, at),
		"year", strconv.Itoa(at.Year()), "time", at.Format("15:04"))
}

// shortDate is a date of the last 90 days, which needs no year.
func shortDate(texts *locale.Catalogue, day time.Time) string {
	return texts.Format("date.short", "day", strconv.Itoa(day.Day()), "month", month(texts, day))
}

func month(texts *locale.Catalogue, at time.Time) string {
	return texts.Text("date.month." + strconv.Itoa(int(at.Month())))
}

// dateRange is a day, or the first and the last of several.
func dateRange(texts *locale.Catalogue, from, to time.Time) string {
	if from.Equal(to) {
		return shortDate(texts, from)
	}
	return texts.Format("date.range", "from", shortDate(texts, from), "to", shortDate(texts, to))
}

// unitNames are the units' names in the ids of the catalogue.
var unitNames = [...]string{status.Days: "days", status.Hours: "hours", status.Minutes: "minutes"}

// length is a duration in its two largest units.
func length(texts *locale.Catalogue, d time.Duration) string {
	var units []string
	for _, count := range status.LargestUnits(d) {
		name := unitNames[count.Unit]
		units = append(units, texts.Format("length."+name, name, strconv.Itoa(count.N)))
	}
	switch len(units) {
	case 0:
		return texts.Text("length.none")
	case 1:
		return units[0]
	}
	return texts.Format("length.two", "larger", units[0], "smaller", units[1])
}

// number is a number with its thousands separated.
func number(texts *locale.Catalogue, n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	rest := strconv.Itoa(1000 + n%1000)[1:]
	return texts.Format("number.thousands", "thousands", number(texts, n/1000), "rest", rest)
}

// list joins items; it is empty if there are none.
func list(texts *locale.Catalogue, items []string) string {
	switch len(items) {
	case 0:
		return ""
	case 1:
		return items[0]
	}
	return texts.Format("list.two", "first", items[0], "rest", list(texts, items[1:]))
}
