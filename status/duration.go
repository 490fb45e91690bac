package status

import (
	"strconv"
	"strings"
	"time"
)

// Unit is a unit of time in which durations are written.
type Unit uint8

// The units, largest first.
const (
	Days Unit = iota
	Hours
	Minutes
)

// unitLengths are the durations of the units.
var unitLengths = [...]time.Duration{Days: 24 * time.Hour, Hours: time.Hour, Minutes: time.Minute}

// Count is a number of units, at least 1.
type Count struct {
	N    int
	Unit Unit
}

// LargestUnits splits a duration into its two largest units that are not zero,
// rounded down to minutes. It returns none for a duration of less than a
// minute, or a negative one.
func LargestUnits(d time.Duration) []Count {
	var counts []Count
	for unit, length := range unitLengths {
		n := int(d / length)
		d %= length
		if n > 0 && len(counts) < 2 {
			counts = append(counts, Count{n, Unit(unit)})
		}
	}
	return counts
}

// DurationUnits are the words for days, hours and minutes: the singular and
// the plural of each, with the space that separates it from its number.
type DurationUnits [3][2]string

// FormatDuration writes the largest units of a duration, with separator
// between them: "1 day and 5 minutes". It is empty where LargestUnits is.
func FormatDuration(d time.Duration, units DurationUnits, separator string) string {
	var parts []string
	for _, count := range LargestUnits(d) {
		word := units[count.Unit][1]
		if count.N == 1 {
			word = units[count.Unit][0]
		}
		parts = append(parts, strconv.Itoa(count.N)+word)
	}
	return strings.Join(parts, separator)
}
