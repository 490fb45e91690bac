package feeds

import (
	"strings"
	"testing"
	"time"
)

// FuzzRecordedAt reads times from arbitrary file names in arbitrary zones.
func FuzzRecordedAt(f *testing.F) {
	f.Add("2026-11-24T06:00Z.js", "+09:00")
	f.Add("system_status_en_US-20260230-0600.json", "Asia/Tokyo")
	f.Add("1999-01-01", "")
	f.Add("20261124_235959.999-1200", "../../etc/passwd")
	f.Fuzz(func(t *testing.T, name, zone string) {
		location, err := ParseZone(zone)
		if err != nil {
			location = time.UTC
		}
		at, ok := recordedAt(name, location)
		if ok && (at.Year() < 1899 || at.Year() > 2100 || at.Location() != time.UTC) {
			t.Fatalf("%q was recorded at %v", name, at)
		}
		if ok && !strings.ContainsAny(name, "0123456789") {
			t.Fatalf("%q has the time %v", name, at)
		}
	})
}
