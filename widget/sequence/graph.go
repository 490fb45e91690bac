package sequence

import "slices"

// Graph is a troubleshooting sequence as data. [Graph.Problems] checks it.
type Graph struct {
	// Nodes are the screens. A session starts at the first one, and no choice
	// leads back to it. Saved progress names nodes and choices by their places:
	// append to both, or change Version.
	Nodes   []Node
	Version byte // the first character of saved progress
	// Added is the place of the first node that is newer than Version, 0 for
	// none: progress that was saved before lacks these nodes.
	Added Place

	Order []Place // in which the steps come, unless a choice says otherwise
	End   Place   // the ending when nothing of the order is left

	Rules []Rule  // ordered by weight: the first rule that holds a step gives the reason
	Plain []Place // the steps of the plain document, in order; see [Graph.Plan]

	// MovesOn are the ids of the choices which say that a step has done its part.
	// Failures, skips and what chooses between ways aren't among them.
	MovesOn []string
}

// Rows returns the related services that rules name, each once.
func (g *Graph) Rows() []Row {
	var rows []Row
	for i := range g.Rules {
		for _, row := range g.Rules[i].Rows {
			if !slices.Contains(rows, row) {
				rows = append(rows, row)
			}
		}
	}
	return rows
}

// Place is the place of a node in the table of nodes. The zero Place is the
// start, and in a field that leads to another node it means "none".
type Place uint8

// Kind is what a screen asks of the reader.
type Kind uint8

// The kinds of a screen.
const (
	Question Kind = iota
	Fix           // something to do, and how it went
	Gate          // what has to be true before the step behind it
	End
)

// Risk is the worst that doing a step can bring.
type Risk uint8

// The risks of a step.
const (
	Harmless    Risk = iota
	Costs            // takes data volume, time or space
	Destructive      // deletes something, or can lose it; takes a gate
)

// Fact is a set of what the answers so far have established.
type Fact uint32

// Node is a screen of the graph.
type Node struct {
	ID      string
	Kind    Kind
	Article string // number of Apple's support article on it, "" if there is none
	Risk    Risk
	Plain   string // its id in the plain document, "" for ID

	Need, Not Fact       // the order skips the node unless these hold
	If        *Condition // while it doesn't hold, the node isn't shown at all; nil always holds

	// Before is shown in place of this node: a Gate until the reader unlocks it,
	// another node while its own If holds.
	Before  Place
	Confirm []string // of a Gate: ids of what the reader confirms

	Choices []Choice
	Then    *Jump // for answers that lead nowhere themselves, nil for the order
}

// Choice is an answer that a node offers. Unless To or the node's Then leads
// elsewhere, the next node of the order follows.
type Choice struct {
	ID         string
	Set, Clear Fact    // Clear comes first
	To         Place   // go there, unless it was answered or its If doesn't hold
	Priority   []Place // from now on these come before the order
	Unlisted   bool    // the screen doesn't list it: it is chosen by what the device says
	Stay       bool    // the answer leaves the node open: it unlocks the gate, or only sets facts
	WorstCase  bool    // the answer when nothing helps; one for each node but endings
	Time       Timing
}

// Timing is what a choice has to do with the time of the failure.
type Timing uint8

// The timings of a choice.
const (
	Untimed         Timing = iota
	TakesTime              // shown, and answered by a time; see [Session.Failed]
	DuringIncident         // not shown: the answer for a time within an incident
	OutsideIncident        // not shown: the answer for any other time
)

// Jump leads to a node while a condition holds.
type Jump struct {
	To Place
	If Condition
}

// Condition is on what Apple reports and on the facts. The zero Condition
// always holds.
type Condition struct {
	Service   []ServiceState // the service is in one of these states, any if empty
	Incidents bool           // Apple reports incidents
	Need, Not Fact
}

// Rule is what one part of Apple's report does to some of the steps. It applies
// when the service is in one of the states in Service, or when any of Rows is of
// the given Health.
type Rule struct {
	Service []ServiceState
	Rows    []Row
	Health  Health // of Rows

	Destructive bool    // concerns every Destructive step
	Steps       []Place // and these steps

	Held string // text id of a reason to hold the steps back, or ""
	Note string // text id of a sentence to show with them, or ""
}
