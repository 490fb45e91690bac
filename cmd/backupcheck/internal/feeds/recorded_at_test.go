package feeds

import (
	"testing"
	"time"
)

func TestRecordedAtReadsFileNames(t *testing.T) {
	japan := time.FixedZone("", 9*3600)
	tests := []struct{ name, want string }{
		{"system_status_ja_JP-2022-01-27T0115-icloud-backup-reopened.js", "2022-01-26T16:15:00Z"},
		{"2022-01-27T01:15:44+09:00", "2022-01-26T16:15:44Z"},
		{"2022-01-27T01:15:44-08:00.json", "2022-01-27T09:15:44Z"},
		{"20220127T011544Z.json", "2022-01-27T01:15:44Z"},
		{"20220127T011544.123Z.json", "2022-01-27T01:15:44Z"},
		{"feed_2022-01-27_01-15-44.js", "2022-01-26T16:15:44Z"},
		{"feed_2022-01-27_01-15.js", "2022-01-26T16:15:00Z"},
		{"feed 2022-01-27 01.15.44.js", "2022-01-26T16:15:44Z"},
		{"2022-01-27T0115+0000.js", "2022-01-27T01:15:00Z"},
		{"2022-01-27T01-15-0300.js", "2022-01-27T04:15:00Z"},
		{"2022-01-27t0115z.js", "2022-01-27T01:15:00Z"},
		{"feed-20220127.js", "2022-01-26T15:00:00Z"},
		{"2022_01_27.js", "2022-01-26T15:00:00Z"},
		{"2022-01-27-2000004700-issue.js", "2022-01-26T15:00:00Z"}, // an incident's ID is no time of day
		{"2000004700-2022-01-27.js", "2022-01-26T15:00:00Z"},

		{"feed.js", ""},
		{"2000001166.js", ""},
		{"v12022-01-27.js", ""},
		{"2022-13-27.js", ""},
		{"2022-02-30.js", ""},
		{"2022-01-2.js", ""},
		{"", ""},
	}
	for _, tt := range tests {
		got := ""
		if at, ok := recordedAt(tt.name, japan); ok {
			got = at.Format(time.RFC3339)
		}
		if got != tt.want {
			t.Errorf("%q: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestParseZoneReadsNamesAndOffsets(t *testing.T) {
	winter := time.Date(2022, 1, 27, 0, 0, 0, 0, time.UTC)
	for name, want := range map[string]int{"UTC": 0, "Asia/Tokyo": 9 * 3600, "+09:00": 9 * 3600, "-08:00": -8 * 3600, "America/Los_Angeles": -8 * 3600} {
		zone, err := ParseZone(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, offset := winter.In(zone).Zone(); offset != want {
			t.Errorf("%s is %d s from UTC, want %d", name, offset, want)
		}
	}
}
