package apple

import (
	"strings"
	"time"
)

// zones has the offsets, in hours, of the abbreviations at the end of Apple's
// date strings.
var zones = map[string]int{
	"PDT": -7, "PST": -8, "JST": 9, "KST": 9, "GMT": 0, "UTC": 0,
	"BST": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "MSK": 3, "BRT": -3,
}

// dateLayouts are the layouts of dates in Apple's locales.
var dateLayouts = []string{"01/02/2006 15:04", "2006/01/02 15:04", "02.01.2006 15:04", "2006-01-02 15:04"}

// postedAt parses datePosted, the one time that Apple publishes only as a
// string, such as "08/18/2026 13:01 PDT", "2021/02/04 12:19 JST" or
// "21.03.2022 18:45 GMT". It returns the zero time for anything else.
func postedAt(s string) time.Time {
	space := strings.LastIndexByte(s, ' ')
	if space < 0 {
		return time.Time{}
	}
	hours, ok := zones[s[space+1:]]
	if !ok {
		return time.Time{}
	}
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, strings.TrimSpace(s[:space])); err == nil {
			return plausible(t.Add(-time.Duration(hours) * time.Hour))
		}
	}
	return time.Time{}
}

// plausible returns t, or the zero time if its year is not from 2000 to 2100.
func plausible(t time.Time) time.Time {
	if t.Year() < 2000 || t.Year() > 2100 {
		return time.Time{}
	}
	return t.UTC()
}

// fromEpoch returns the time of a Unix time in milliseconds, or in seconds if it
// is too small to be milliseconds since 2000.
func fromEpoch(n float64) time.Time {
	switch {
	case n != n || n < 946_684_800 || n > 4_133_980_800_000: // 2000 in seconds, 2101 in milliseconds
		return time.Time{}
	case n < 946_684_800_000:
		return plausible(time.Unix(int64(n), 0))
	}
	return plausible(time.UnixMilli(int64(n)))
}
