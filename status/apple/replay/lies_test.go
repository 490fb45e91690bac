package replay_test

import (
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"backupcheck/status"
	"backupcheck/status/apple"
	"backupcheck/status/apple/replay"
)

// Each lie is read by the project's own parser as the fault's description says.
func TestLies(t *testing.T) {
	s := replay.New(replay.Options{Now: func() time.Time { return winter }})
	server := httptest.NewServer(s)
	defer server.Close()
	for name, want := range map[string]string{
		"lacking":       "operational degraded operational degraded",
		"older-copy":    "operational degraded operational degraded",
		"future-dates":  "degraded degraded degraded degraded",
		"doubled":       "degraded degraded degraded degraded",
		"empty-objects": "degraded degraded degraded degraded",
		"many-events":   "degraded degraded degraded degraded",
		"many-names":    "degraded degraded degraded degraded",
	} {
		must(t, s.Show("issue"))
		must(t, s.Fault(name, replay.OnFeed))
		if _, feeds := s.Counts(); feeds%2 == 1 {
			request(t.Context(), t, server.URL+feedPath)
		}
		var levels []string
		for range 4 {
			o := request(t.Context(), t, server.URL+feedPath)
			if !json.Valid([]byte(o.body)) || len(o.body) > apple.MaxBytes {
				t.Errorf("%s: %d bytes: %.200s", name, len(o.body), o.body)
			}
			feed, err := apple.ParseFeed([]byte(o.body))
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			report := apple.NewReport(feed, status.ServiceName, winter)
			levels = append(levels, report.Service.Level().String())
			dated := name != "future-dates"
			if n := len(report.Service.Incidents); n > 0 && report.Service.Incidents[0].PostedAt.IsZero() == dated && name != "many-events" {
				t.Errorf("%s: posted at %v", name, report.Service.Incidents[0].PostedAt)
			}
			cut := len(report.Truncated) > 0
			if cut != (name == "many-events" || name == "many-names") {
				t.Errorf("%s: cut %v", name, report.Truncated)
			}
		}
		if got := strings.Join(levels, " "); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}
