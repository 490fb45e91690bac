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
	Backup    BackupState
	Rows      map[Row]Health
	Incidents []Span // of iCloud Backup
}

// Span is a stretch of time, in seconds of Unix time.
type Span struct {
	From, To int64 // To is 0 while it is still going on
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

// plain are the steps of the plain document, in the order in which they are
// offered: cheap and reversible first, a backup on a computer before whatever
// puts the iPhone's only backup or its account at stake.
var plain = [...]uint8{
	backupOn, greyedOut, accountAlert, compareStorage,
	conditions, lowDataMode, vpn, backUpNow, stuck, otherNetwork, restart, update,
	temporaryStorage, trimOldBackups, trimApps, trimPhotos,
	computerBackup, deleteBackup, resetNetwork, signOut,
}

// Plan returns every step, in order, as it stands under a. Where several reasons
// hold a step back, Held is the one that comes first in the table of effects.
func Plan(a Apple) []Entry {
	plan := make([]Entry, 0, len(plain)+1)
	add := func(s Step) {
		e := Entry{Step: s, Notes: notes(a, s.ID)}
		if i := reason(a, s.ID, s.Risk); i >= 0 {
			e.Held = effects[i].held
		}
		plan = append(plan, e)
	}
	for _, i := range plain {
		add(Step{nodes[i].id, nodes[i].article, nodes[i].risk})
	}
	// The interactive sequence ends there, so it is no step of that.
	add(Step{ID: "apple-support", Article: "102563"})
	return plan
}

// reason is the first of the effects that holds a step back, -1 if none does.
func reason(a Apple, id string, risk Risk) int {
	return slices.IndexFunc(effects, func(e effect) bool {
		return e.held != "" && e.concerns(id, risk) && e.applies(a)
	})
}

// notes are the text ids of what Apple's state adds to a step.
func notes(a Apple, id string) []string {
	var ids []string
	for i := range effects {
		if e := &effects[i]; e.note != "" && e.concerns(id, Harmless) && e.applies(a) {
			ids = append(ids, e.note)
		}
	}
	return ids
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

func (e *effect) concerns(id string, risk Risk) bool {
	return e.destructive && risk == Destructive || slices.Contains(e.steps, id)
}
