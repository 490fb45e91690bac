package main

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

// dated finds a time in a file's name: a date, perhaps a time of day, perhaps
// a zone. Signs between the digits may be left out, and colons, which some
// file systems refuse, be replaced.
var dated = regexp.MustCompile(`(?:^|\D)((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])` +
	`(?:[-_ tT]([01]\d|2[0-3])[-_.:]?([0-5]\d)(?:[-_.:]?([0-5]\d)(?:\.\d+)?)?([zZ]|[-+]\d\d:?\d\d)?)?(?:\D|$)`)

// recordedAt is the time that a file's name tells, and false if it tells none.
// Without a zone in it, it is in the one that is given.
func recordedAt(name string, zone *time.Location) (time.Time, bool) {
	m := dated.FindStringSubmatch(name)
	if m == nil {
		return time.Time{}, false
	}
	for i := 4; i <= 6; i++ {
		if m[i] == "" {
			m[i] = "00"
		}
	}
	if offset := strings.ToUpper(strings.ReplaceAll(m[7], ":", "")); offset != "" {
		t, err := time.Parse("Z0700", offset)
		if err != nil {
			return time.Time{}, false
		}
		zone = fixed(t)
	}
	at, err := time.ParseInLocation("20060102150405", strings.Join(m[1:7], ""), zone)
	return at.UTC(), err == nil // not on 30 February
}

// parseZone is a zone by its name or by its distance from UTC.
func parseZone(name string) (*time.Location, error) {
	if t, err := time.Parse("-07:00", name); err == nil {
		return fixed(t), nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil || name == "" {
		return nil, fmt.Errorf("-zone needs a time zone such as Asia/Tokyo or +09:00, not %q", name)
	}
	return zone, nil
}

// fixed is the zone of a time that was parsed with its distance from UTC.
func fixed(t time.Time) *time.Location {
	_, seconds := t.Zone()
	return time.FixedZone("", seconds)
}
