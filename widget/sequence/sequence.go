// Package sequence holds the troubleshooting steps in their order, and decides
// from what Apple reports which of them are offered, held back or annotated.
//
// It deals in ids only; the texts stand in package locale. It does no I/O, has
// no clock and imports next to nothing, because it is also compiled into the
// Wasm module that the reader's browser loads.
package sequence

import "slices"

// Health is what Apple reports of one service. Maintenance under way counts as
// Affected. A service that could not be read is Unknown, never Fine.
type Health uint8

// The healths of a service.
const (
	Unknown Health = iota
	Fine
	Affected
)

// BackupState is what Apple reports of iCloud Backup itself.
type BackupState uint8

// The states of iCloud Backup.
const (
	BackupUnknown     BackupState = iota // not read, not understood, or too old
	BackupFine                           // no problem reported
	BackupRecovered                      // no problem now, one ended within 24 hours
	BackupMaintenance                    // maintenance under way
	BackupDegraded                       // an issue, short of an outage
	BackupOutage
)

// Apple is what Apple reports of everything that bears on the steps. A row that
// is missing from Rows is Unknown, so the zero Apple is "nothing could be read".
type Apple struct {
	Backup BackupState
	Rows   map[Row]Health
}

// Risk is the worst that doing a step can bring.
type Risk uint8

// The risks of a step.
const (
	Harmless    Risk = iota
	Costs            // takes data volume, time or space
	Destructive      // deletes something, or can lose it
)

// Step is one thing for the reader to do. Its texts have ids that begin with
// "step.", its ID and a dot.
type Step struct {
	ID      string
	Article string // number of Apple's support article on it, "" if there is none
	Risk    Risk
}

// Entry is a step as it stands under one report of Apple's.
type Entry struct {
	Step  Step
	Held  string   // text id of the reason why the step is held back, "" when it is offered
	Notes []string // text ids of sentences to show with the step, held or not
}

// steps stand in the order in which they are offered: cheap and reversible
// first, a backup on a computer before whatever puts the iPhone's only backup or
// its account at stake.
var steps = []Step{
	{ID: "backup-on", Article: "108366"},
	{ID: "greyed-out", Article: "102563"},
	{ID: "account-alert", Article: "102563"},
	{ID: "compare-storage", Article: "108922"},
	{ID: "conditions", Article: "108366"},
	{ID: "low-data-mode", Risk: Costs},
	{ID: "vpn"},
	{ID: "back-up-now", Article: "108366"},
	{ID: "stuck", Article: "102563"},
	{ID: "other-network", Article: "102563", Risk: Costs},
	{ID: "restart"},
	{ID: "update", Article: "102563", Risk: Costs},
	{ID: "temporary-storage", Article: "104980"},
	{ID: "trim-old-backups", Article: "108922", Risk: Destructive},
	{ID: "trim-apps", Article: "102563", Risk: Destructive},
	{ID: "trim-photos", Article: "108922", Risk: Destructive},
	{ID: "computer-backup", Article: "118426", Risk: Costs},
	{ID: "delete-backup", Article: "108922", Risk: Destructive},
	{ID: "reset-network", Risk: Destructive},
	{ID: "sign-out", Risk: Destructive},
	{ID: "apple-support", Article: "102563"},
}

// Plan returns every step, in order, as it stands under a. Where several reasons
// hold a step back, Held is the one that comes first in the table of effects.
func Plan(a Apple) []Entry {
	plan := make([]Entry, len(steps))
	for i, s := range steps {
		plan[i].Step = s
	}
	for i := range effects {
		e := &effects[i]
		if !e.applies(a) {
			continue
		}
		for j := range plan {
			entry := &plan[j]
			if !e.concerns(entry.Step) {
				continue
			}
			if entry.Held == "" {
				entry.Held = e.held
			}
			if e.note != "" {
				entry.Notes = append(entry.Notes, e.note)
			}
		}
	}
	return plan
}

func (e *effect) applies(a Apple) bool {
	if slices.Contains(e.backup, a.Backup) {
		return true
	}
	for _, row := range e.rows {
		if a.Rows[row] == e.health {
			return true
		}
	}
	return false
}

func (e *effect) concerns(s Step) bool {
	return e.destructive && s.Risk == Destructive || slices.Contains(e.steps, s.ID)
}
