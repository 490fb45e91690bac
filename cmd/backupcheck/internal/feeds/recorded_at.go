package feeds

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

// timeInName matches a date in a file name, optionally with a time of day and a
// zone. Separators between the digits may be missing, and colons, which some
// file systems reject, may be replaced.
var timeInName = regexp.MustCompile(`(?:^|\D)((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])` +
	`(?:[-_ tT]([01]\d|2[0-3])[-_.:]?([0-5]\d)(?:[-_.:]?([0-5]\d)(?:\.\d+)?)?([zZ]|[-+]\d\d:?\d\d)?)?(?:\D|$)`)

// recordedAt returns the time in a file name, in UTC, or false if there is none.
// The zone applies to names without one.
func recordedAt(name string, zone *time.Location) (time.Time, bool) {
	m := timeInName.FindStringSubmatch(name)
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
		zone = fixedZone(t)
	}
	at, err := time.ParseInLocation("20060102150405", strings.Join(m[1:7], ""), zone)
	return at.UTC(), err == nil // fails for 30 February
}

// ParseZone parses a time zone: a name such as Asia/Tokyo, or an offset from UTC
// such as +09:00.
func ParseZone(name string) (*time.Location, error) {
	if t, err := time.Parse("-07:00", name); err == nil {
		return fixedZone(t), nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil || name == "" {
		return nil, fmt.Errorf("-zone needs a time zone such as Asia/Tokyo or +09:00, not %q", name)
	}
	return zone, nil
}

// fixedZone returns the zone of a time that was parsed with an offset.
func fixedZone(t time.Time) *time.Location {
	_, seconds := t.Zone()
	return time.FixedZone("", seconds)
}
