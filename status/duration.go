package status

import (
	"strconv"
	"strings"
	"time"
)

// DurationUnits are the words for days, hours and minutes: the singular and
// the plural of each, with the space that separates it from its number.
type DurationUnits [3][2]string

// FormatDuration writes a duration in its two largest units that are not zero,
// rounded down, with separator between them: "1 day and 5 minutes". A duration
// of less than a minute, or a negative one, is the empty string.
func FormatDuration(d time.Duration, units DurationUnits, separator string) string {
	var parts []string
	for i, unit := range [...]time.Duration{24 * time.Hour, time.Hour, time.Minute} {
		n := int(d / unit)
		d %= unit
		switch {
		case n <= 0 || len(parts) == 2:
		case n == 1:
			parts = append(parts, "1"+units[i][0])
		default:
			parts = append(parts, strconv.Itoa(n)+units[i][1])
		}
	}
	return strings.Join(parts, separator)
}
