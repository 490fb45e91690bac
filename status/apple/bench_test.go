package apple_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"backupcheck/status"
	"backupcheck/status/apple"
)

// busyDay is a feed as large as Apple's on a busy day: 80 services, and nearly
// every second one with an event, most of them over.
func busyDay(now time.Time) []byte {
	type event struct {
		UsersAffected    string   `json:"usersAffected"`
		EpochStartDate   int64    `json:"epochStartDate"`
		EpochEndDate     *int64   `json:"epochEndDate"`
		MessageID        string   `json:"messageId"`
		StatusType       string   `json:"statusType"`
		DatePosted       string   `json:"datePosted"`
		StartDate        string   `json:"startDate"`
		EndDate          *string  `json:"endDate"`
		AffectedServices []string `json:"affectedServices"`
		EventStatus      string   `json:"eventStatus"`
		Message          string   `json:"message"`
	}
	type service struct {
		RedirectURL *string `json:"redirectUrl"`
		ServiceName string  `json:"serviceName"`
		Events      []event `json:"events"`
	}
	names := append([]string{status.ServiceName}, status.RelatedNames()...)
	for n := len(names); n < 80; n++ {
		names = append(names, fmt.Sprintf("Some Other Service (%d)", n))
	}
	const date = "11/22/2026 04:50 PST"
	ended, end := now.Add(-time.Hour).UnixMilli(), date
	var services []service
	for n, name := range names {
		s := service{ServiceName: name, Events: []event{}}
		if n%2 == 0 {
			e := event{
				UsersAffected: "Some users were affected", EpochStartDate: now.Add(-3 * time.Hour).UnixMilli(), EpochEndDate: &ended,
				MessageID: fmt.Sprint(2000004700 + n/10), StatusType: "Issue", DatePosted: date, StartDate: date, EndDate: &end,
				AffectedServices: names[:10], EventStatus: "resolved", Message: "Users may have experienced intermittent issues with this service.",
			}
			if n%20 == 0 {
				e.EventStatus, e.EpochEndDate, e.EndDate = "ongoing", nil, nil
			}
			s.Events = append(s.Events, e)
		}
		services = append(services, s)
	}
	data, err := json.Marshal(map[string]any{"drpost": false, "drMessage": nil, "services": services})
	if err != nil {
		panic(err)
	}
	return data
}

// From the bytes of Apple's response to the verdict.
func BenchmarkFeedToVerdict(b *testing.B) {
	now := time.Date(2026, 11, 22, 13, 0, 0, 0, time.UTC)
	data := busyDay(now)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		feed, err := apple.ParseFeed(data)
		if err != nil {
			b.Fatal(err)
		}
		if v := status.Decide(apple.NewReport(feed, status.ServiceName, now), now); v.Level != status.Degraded {
			b.Fatal(v.Level)
		}
	}
}
