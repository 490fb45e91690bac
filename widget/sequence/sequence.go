// Package sequence is the engine of the troubleshooting sequence: sessions over
// a [Graph] of questions, steps, gates and endings. What Apple reports decides
// which steps are offered, held back or annotated.
//
// The engine knows no node, no choice and no service by name; these are data in
// a package of their own, such as icloudbackup. It deals in ids only, and the
// texts are in package locale. It does no I/O, has no clock and imports next to
// nothing, because it is also compiled into the Wasm module for the browser.
package sequence

import "slices"

// Health is what Apple reports of one related service. Ongoing maintenance
// counts as Affected. A service that could not be read is Unknown, never Fine.
type Health uint8

// The healths of a service.
const (
	Unknown Health = iota
	Fine
	Affected
)

// ServiceState is what Apple reports of the service that the graph is about.
type ServiceState uint8

// The states of the service.
const (
	ServiceUnknown     ServiceState = iota // not read, not understood, or too old
	ServiceFine                            // no problem reported
	ServiceRecovered                       // no problem now, one ended within 24 hours
	ServiceMaintenance                     // ongoing maintenance
	ServiceDegraded                        // an issue, short of an outage
	ServiceOutage
)

// Row names a related service, in English, exactly as on Apple's System Status
// page.
type Row string

// Apple is what Apple reports of everything that bears on the steps. A row that
// is missing from Rows is Unknown, so the zero Apple means "nothing was read".
type Apple struct {
	Service   ServiceState
	Rows      map[Row]Health
	Incidents []Span // of the service
}

// Span is a time span in seconds of Unix time.
type Span struct {
	From, To int64 // To is 0 while it is ongoing
}

func (a Span) overlaps(b Span) bool {
	return (a.To == 0 || b.From <= a.To) && (b.To == 0 || a.From <= b.To)
}

func (c *Condition) holds(a *Apple, facts Fact) bool {
	return c.allows(facts) &&
		(len(c.Service) == 0 || slices.Contains(c.Service, a.Service)) &&
		(!c.Incidents || len(a.Incidents) > 0)
}

func (c *Condition) allows(facts Fact) bool {
	return facts&c.Need == c.Need && facts&c.Not == 0
}
