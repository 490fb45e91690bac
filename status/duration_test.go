package status

import (
	"testing"
	"time"
)

func TestFormatDurationUsesTheTwoLargestUnits(t *testing.T) {
	units := DurationUnits{{" day", " days"}, {" hour", " hours"}, {" minute", " minutes"}}
	for d, want := range map[time.Duration]string{
		-time.Hour:                               "",
		0:                                        "",
		time.Minute - 1:                          "",
		time.Minute:                              "1 minute",
		2*time.Minute + 59*time.Second:           "2 minutes",
		time.Hour:                                "1 hour",
		2*time.Hour + time.Minute:                "2 hours and 1 minute",
		24 * time.Hour:                           "1 day",
		24*time.Hour + 5*time.Minute:             "1 day and 5 minutes",
		24*time.Hour + time.Hour + 5*time.Minute: "1 day and 1 hour",
		90*24*time.Hour + 23*time.Hour + 59*time.Minute: "90 days and 23 hours",
	} {
		if got := FormatDuration(d, units, " and "); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
	if got := FormatDuration(25*time.Hour, DurationUnits{{"d", "d"}, {"h", "h"}, {"m", "m"}}, ""); got != "1d1h" {
		t.Errorf("with short units %q", got)
	}
}
