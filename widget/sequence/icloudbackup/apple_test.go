package icloudbackup_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"backupcheck/widget/sequence"
	"backupcheck/widget/sequence/icloudbackup"
)

var (
	services = []sequence.ServiceState{
		sequence.ServiceUnknown, sequence.ServiceFine, sequence.ServiceRecovered,
		sequence.ServiceMaintenance, sequence.ServiceDegraded, sequence.ServiceOutage,
	}
	healths   = []sequence.Health{sequence.Unknown, sequence.Fine, sequence.Affected}
	incidents = []sequence.Span{{From: 1000, To: 2000}, {From: 5000, To: 6000}}
)

// report returns a report with every row fine and two incidents.
func report(service sequence.ServiceState) sequence.Apple {
	a := sequence.Apple{Service: service, Rows: map[sequence.Row]sequence.Health{}, Incidents: incidents}
	for _, row := range icloudbackup.Graph().Rows() {
		a.Rows[row] = sequence.Fine
	}
	return a
}

// with returns a copy of the report in which the rows have the given health.
func with(a sequence.Apple, health sequence.Health, rows ...sequence.Row) sequence.Apple {
	a.Rows = maps.Clone(a.Rows)
	for _, row := range rows {
		a.Rows[row] = health
	}
	return a
}

// noIncidents is a report under which the time of the failure isn't requested.
func noIncidents(service sequence.ServiceState) sequence.Apple {
	a := report(service)
	a.Incidents = nil
	return a
}

// reports yields every state of iCloud Backup with every health of both sign-in
// rows and every health of each single other row.
func reports(yield func(sequence.Apple) bool) {
	for _, service := range services {
		for _, account := range healths {
			for _, appleAccount := range healths {
				for _, row := range icloudbackup.Graph().Rows() {
					if row == icloudbackup.Account || row == icloudbackup.AppleAccount {
						continue
					}
					for _, health := range healths {
						a := with(report(service), account, icloudbackup.Account)
						a = with(with(a, appleAccount, icloudbackup.AppleAccount), health, row)
						if !yield(a) {
							return
						}
					}
				}
			}
		}
	}
}

// classes returns one report for each class that the path through the graph
// depends on, in a fixed order; the rest of a report only adds notes.
func classes(t *testing.T) []sequence.Apple {
	t.Helper()
	var all []sequence.Apple
	known := map[string]bool{}
	for a := range reports {
		key := fmt.Sprint(a.Service)
		for _, e := range icloudbackup.Plan(a) {
			key += " " + e.Held
		}
		if !known[key] {
			known[key] = true
			all = append(all, a)
		}
	}
	if len(all) < 10 {
		t.Fatalf("only %d classes", len(all))
	}
	return all
}

// random returns a deterministic source of numbers below n.
func random(seed uint32) func(n int) int {
	return func(n int) int {
		seed = seed*1664525 + 1013904223
		return int(seed>>8) % n
	}
}

// unlockedBefore reports whether the step's gate was unlocked, by the answers
// alone.
func unlockedBefore(s *sequence.Session, step string) bool {
	return slices.Contains(s.Tried(), sequence.Answer{Node: "before-" + step, Choice: "continue"})
}
