package sequence_test

import "backupcheck/widget/sequence"

// printer is a graph with every feature of the engine and none of the nodes of
// iCloud Backup.
var printer = sequence.Graph{
	Version: 'p',
	Nodes: []sequence.Node{
		problem: {ID: "problem", Kind: sequence.Question, Before: outOfOrder, Then: &printAgainAfterRecovery, Choices: []sequence.Choice{
			{ID: "blank-pages", Set: blank, Priority: []sequence.Place{ink}},
			{ID: "nothing-happens", To: since, Priority: []sequence.Place{cable, erase}},
			{ID: "other", Set: maySuffice, To: since, WorstCase: true},
		}},
		outOfOrder: {ID: "out-of-order", Kind: sequence.End, If: &serviceDown, Choices: []sequence.Choice{
			{ID: "another-printer", Set: unrelated, Stay: true},
		}},
		since: {ID: "since", Kind: sequence.Question, If: &timed, Then: &printAgainAfterRecovery, Choices: []sequence.Choice{
			{ID: "this-morning", Time: sequence.TakesTime},
			{ID: "no-idea", WorstCase: true},
			{ID: "in-between", Time: sequence.DuringIncident, To: printAgain},
			{ID: "at-another-time", Time: sequence.OutsideIncident},
		}},
		cable: {ID: "cable", Kind: sequence.Fix, Choices: []sequence.Choice{
			{ID: "prints", To: done}, {ID: "no-change", WorstCase: true}, {ID: "wet", To: another},
		}},
		another: {ID: "another", Kind: sequence.Question, Choices: []sequence.Choice{
			{ID: "streaks", Clear: blank, Priority: []sequence.Place{printAgain, ink}}, {ID: "none", WorstCase: true},
		}},
		ink: {ID: "ink", Kind: sequence.Fix, Risk: sequence.Costs, Need: blank, Choices: []sequence.Choice{
			{ID: "prints", To: done}, {ID: "no-change", WorstCase: true},
		}},
		printAgain: {ID: "print-again", Kind: sequence.Fix, Choices: []sequence.Choice{
			{ID: "prints", To: done}, {ID: "no-change", WorstCase: true},
		}},
		beforeErase: {ID: "before-erase", Kind: sequence.Gate, Confirm: []string{"jobs-saved", "code-known"}, Choices: []sequence.Choice{
			{ID: "erase", Stay: true, WorstCase: true}, {ID: "leave", To: another},
		}},
		erase: {ID: "erase", Kind: sequence.Fix, Risk: sequence.Destructive, Before: beforeErase, Choices: []sequence.Choice{
			{ID: "prints", To: done}, {ID: "no-change", WorstCase: true},
		}},
		done: {ID: "done", Kind: sequence.End},
		shop: {ID: "shop", Kind: sequence.End, Plain: "print-shop", Article: "1"},
	},
	Order: []sequence.Place{cable, ink, printAgain, erase},
	End:   shop,
	Rules: []sequence.Rule{
		{Service: []sequence.ServiceState{sequence.ServiceOutage}, Destructive: true, Held: "held.server"},
		{Rows: []sequence.Row{"Spooler", "Drivers"}, Health: sequence.Affected, Steps: []sequence.Place{erase, ink}, Held: "held.spooler"},
		{Rows: []sequence.Row{"Spooler"}, Health: sequence.Unknown, Steps: []sequence.Place{printAgain, erase}, Note: "note.spooler"},
	},
	Plain: []sequence.Place{cable, ink, erase, shop},
}

const (
	problem sequence.Place = iota
	outOfOrder
	since
	cable
	another
	ink
	printAgain
	beforeErase
	erase
	done
	shop
)

const (
	blank sequence.Fact = 1 << iota
	unrelated
	maySuffice
)

var (
	serviceDown = sequence.Condition{Service: []sequence.ServiceState{sequence.ServiceOutage}, Not: unrelated}
	timed       = sequence.Condition{
		Service:   []sequence.ServiceState{sequence.ServiceUnknown, sequence.ServiceFine, sequence.ServiceRecovered},
		Incidents: true,
	}
	printAgainAfterRecovery = sequence.Jump{To: printAgain, If: sequence.Condition{
		Service: []sequence.ServiceState{sequence.ServiceRecovered}, Need: maySuffice,
	}}
)

// printerReports are reports between which everything in printer changes.
func printerReports() []sequence.Apple {
	var all []sequence.Apple
	for _, service := range []sequence.ServiceState{
		sequence.ServiceUnknown, sequence.ServiceFine, sequence.ServiceRecovered, sequence.ServiceOutage,
	} {
		for _, spooler := range []sequence.Health{sequence.Unknown, sequence.Fine, sequence.Affected} {
			for _, incidents := range [][]sequence.Span{nil, {{From: 10, To: 20}}} {
				all = append(all, sequence.Apple{
					Service: service, Incidents: incidents,
					Rows: map[sequence.Row]sequence.Health{"Spooler": spooler, "Drivers": sequence.Fine},
				})
			}
		}
	}
	return all
}
