package walkthrough

import (
	"fmt"
	"slices"

	"backupcheck/widget/sequence"
)

// Service is the name of the service that the sequence is about.
const Service = "iCloud Backup"

// problem is when Apple has, or had, a problem with the service if the levels say
// so. outside is a time at which it had none.
var (
	problem = sequence.Span{From: 2000, To: 3000}
	outside = sequence.Span{From: 1000, To: 1000}
)

// serviceStates are the words for the level of the service.
var serviceStates = map[string]sequence.ServiceState{
	"unknown":     sequence.ServiceUnknown,
	"operational": sequence.ServiceFine,
	"recovered":   sequence.ServiceRecovered,
	"maintenance": sequence.ServiceMaintenance,
	"degraded":    sequence.ServiceDegraded,
	"outage":      sequence.ServiceOutage,
}

// Apple is what Apple reports if its services have the given levels, by their
// names; services that aren't given are operational. The words are those of the status
// endpoint, and "recovered" for the service itself. related are the other
// services that have a row.
func Apple(levels map[string]string, related []string) (sequence.Apple, error) {
	a := sequence.Apple{Service: sequence.ServiceFine, Rows: map[sequence.Row]sequence.Health{}}
	for _, name := range related {
		a.Rows[sequence.Row(name)] = sequence.Fine
	}
	for name, level := range levels {
		state, known := serviceStates[level]
		switch {
		case name != Service && !slices.Contains(related, name):
			return a, fmt.Errorf("%q is not a service that the sequence asks for", name)
		case !known || name != Service && level == "recovered":
			return a, fmt.Errorf("%s has no level %q", name, level)
		case name == Service:
			a.Service = state
		case level == "unknown":
			delete(a.Rows, sequence.Row(name))
		case level != "operational":
			a.Rows[sequence.Row(name)] = sequence.Affected
		}
	}
	switch a.Service {
	case sequence.ServiceRecovered:
		a.Incidents = []sequence.Span{problem}
	case sequence.ServiceMaintenance, sequence.ServiceDegraded, sequence.ServiceOutage:
		a.Incidents = []sequence.Span{{From: problem.From}}
	}
	return a, nil
}
