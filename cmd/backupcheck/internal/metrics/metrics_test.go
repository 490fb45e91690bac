package metrics

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"

	"backupcheck/status"
	"backupcheck/status/api"
	"backupcheck/status/history"
)

// brokenHistory has a database that fails.
type brokenHistory struct{ api.History }

func (brokenHistory) State(context.Context) (history.State, error) {
	return history.State{}, errors.New("broken")
}

func TestMetricsAreWellFormed(t *testing.T) {
	db, err := history.Open(t.Context(), ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	store := history.NewStore(db)
	now := time.Date(2026, 11, 22, 6, 0, 0, 0, time.UTC)
	failing := true
	source := sourceFunc(func(context.Context) (status.Report, error) {
		if failing {
			return status.Report{}, errors.New("failing in this test")
		}
		return status.Report{CheckedAt: now, Service: status.Row{Name: status.ServiceName}, Related: []status.Row{{Name: "Photos"}}}, nil
	})
	for name, history := range map[string]api.History{"a database": store, "a database that fails": brokenHistory{}} {
		t.Run(name, func(t *testing.T) {
			failing = true
			m := New()
			monitor := status.NewMonitor(status.Options{Source: m.CountReadings(source), Now: func() time.Time { return now }, Log: slog.New(slog.DiscardHandler)})
			m.AddStatus(api.Source{Verdict: monitor.Verdict, History: history, Now: func() time.Time { return now }})
			h := m.Requests(api.Source{Verdict: monitor.Verdict}, http.NotFoundHandler())
			for _, path := range []string{"/", "/api/status", "/x"} {
				h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", path, nil))
			}
			for _, failing = range []bool{true, false} {
				now = now.Add(time.Minute)
				monitor.Refresh(t.Context(), monitor.Claim().Lease)
				families, err := m.registry.Gather()
				if err != nil {
					t.Fatal(err)
				}
				if problems, err := promlint.NewWithMetricFamilies(families).Lint(); err != nil || len(problems) > 0 {
					t.Errorf("failing is %t: %v %v", failing, problems, err)
				}
				count := 0
				for _, family := range families {
					if strings.HasPrefix(family.GetName(), "backupcheck_reading_") {
						count++
					}
				}
				if want := map[bool]int{true: 0, false: 2}[failing]; count != want {
					t.Errorf("failing is %t: %d metrics of the reading, want %d", failing, count, want)
				}
			}
		})
	}
}

type sourceFunc func(context.Context) (status.Report, error)

func (f sourceFunc) Read(ctx context.Context) (status.Report, error) { return f(ctx) }
