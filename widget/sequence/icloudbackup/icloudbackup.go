// Package icloudbackup is the troubleshooting sequence of iCloud Backup: the
// graph that package sequence runs. It is data only. The ids of nodes and
// choices are those of their texts in package locale.
package icloudbackup

import "backupcheck/widget/sequence"

type (
	node   = sequence.Node
	choice = sequence.Choice
	states = []sequence.ServiceState
	rows   = []sequence.Row
	steps  = []sequence.Place
)

var graph = sequence.Graph{
	Nodes:   nodes[:],
	Version: '2',
	Added:   support + 1,
	Order:   order,
	End:     support,
	Rules:   rules,
	Plain:   plain,
	MovesOn: movesOn,
}

// Graph returns the graph. The caller must not change it.
func Graph() *sequence.Graph { return &graph }

// Start begins a session at the question for the symptom.
func Start(a sequence.Apple) *sequence.Session { return sequence.Start(&graph, a) }

// Restore continues a session; see [sequence.Restore].
func Restore(a sequence.Apple, saved string) (*sequence.Session, bool) {
	return sequence.Restore(&graph, a, saved)
}

// Plan returns the steps of the plain document; see [sequence.Graph.Plan].
func Plan(a sequence.Apple) []sequence.Entry { return graph.Plan(a) }

// Rest returns all other steps; see [sequence.Graph.Rest].
func Rest(a sequence.Apple) []sequence.Entry { return graph.Rest(a) }

var (
	// While iCloud Backup is down, readers are told to wait, unless their problem
	// is older.
	serviceDown = sequence.Condition{
		Service: states{degraded, outage},
		Not:     older,
	}
	// The time of the failure matters if it can be compared with incidents, and
	// no problem of now answers it already.
	timeMatters = sequence.Condition{
		Service:   states{unread, fine, recovered, maintenance},
		Incidents: true,
		Not:       older,
	}
	// A backup that works by hand doesn't prove that it works by itself.
	proven = sequence.Condition{Not: byItself}
	// A recent backup says nothing of the storage that is full.
	notAboutRoom = sequence.Condition{Not: lowStorage}
	// A new backup could take the place of the one that is to come back.
	nothingToRestore   = sequence.Condition{Not: toRestore}
	retryAfterRecovery = sequence.Jump{To: backUpNow, If: sequence.Condition{
		Service: states{recovered},
		Need:    mayWorkNow,
	}}
)
