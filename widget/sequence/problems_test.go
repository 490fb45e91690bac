package sequence_test

import (
	"slices"
	"strings"
	"testing"

	"backupcheck/widget/sequence"
)

func TestGraphsHaveNoProblems(t *testing.T) {
	for name, g := range graphs() {
		for _, problem := range g.graph.Problems() {
			t.Errorf("%s: %s", name, problem)
		}
	}
}

func TestProblemsAreFound(t *testing.T) {
	for want, spoil := range map[string]func(g *sequence.Graph){
		"number of nodes":                func(g *sequence.Graph) { g.Nodes = nil },
		"more rules":                     func(g *sequence.Graph) { g.Rules = slices.Repeat(g.Rules, 11) },
		"not unique":                     func(g *sequence.Graph) { g.Nodes[cable].ID = "ink" },
		"ink is destructive":             func(g *sequence.Graph) { g.Nodes[ink].Risk = sequence.Destructive },
		"erase is destructive":           func(g *sequence.Graph) { g.Nodes[erase].Before = 0 },
		"gate before nothing":            func(g *sequence.Graph) { g.Nodes[erase].Before = 0 },
		"none or too many":               func(g *sequence.Graph) { g.Nodes[beforeErase].Confirm = nil },
		"shown before two nodes":         func(g *sequence.Graph) { g.Nodes[ink].Before = outOfOrder },
		"isn't in the table":             func(g *sequence.Graph) { g.Nodes[ink].Before = 60 },
		"nothing ever comes after":       func(g *sequence.Graph) { g.Nodes[outOfOrder].If = nil },
		"lets the reader pass":           func(g *sequence.Graph) { g.Nodes[beforeErase].Choices[0].Stay = false },
		"jumps to where":                 func(g *sequence.Graph) { g.Nodes[since].Then = &sequence.Jump{To: beforeErase} },
		"prints leads to where":          func(g *sequence.Graph) { g.Nodes[cable].Choices[0].To = outOfOrder },
		"the priority of blank-pages":    func(g *sequence.Graph) { g.Nodes[problem].Choices[0].Priority = []sequence.Place{problem} },
		"empty, reserved":                func(g *sequence.Graph) { g.Nodes[cable].Choices[2].ID = "go-on" },
		"not one for the worst case":     func(g *sequence.Graph) { g.Nodes[cable].Choices[1].WorstCase = false },
		"lacks its outcomes":             func(g *sequence.Graph) { g.Nodes[since].Choices[2].Time = sequence.OutsideIncident },
		"the reverse":                    func(g *sequence.Graph) { g.Nodes[cable].Choices[2].Time = sequence.DuringIncident },
		"isn't listed, so it is no time": func(g *sequence.Graph) { g.Nodes[cable].Choices[1].Unlisted = true },
		"the order has a place":          func(g *sequence.Graph) { g.Order = append(slices.Clone(g.Order), beforeErase) },
		"the plain document has":         func(g *sequence.Graph) { g.Plain = []sequence.Place{99} },
		"a rule has a place":             func(g *sequence.Graph) { g.Rules[1].Steps = []sequence.Place{beforeErase} },
		"a rule has no effect":           func(g *sequence.Graph) { g.Rules[1].Held = "" },
		"never applies":                  func(g *sequence.Graph) { g.Rules[0].Service = nil },
		"the ending isn't one":           func(g *sequence.Graph) { g.End = cable },
	} {
		g := printer
		g.Nodes, g.Rules = slices.Clone(g.Nodes), slices.Clone(g.Rules)
		for i := range g.Nodes {
			g.Nodes[i].Choices = slices.Clone(g.Nodes[i].Choices)
		}
		spoil(&g)
		if found := g.Problems(); !slices.ContainsFunc(found, func(p string) bool { return strings.Contains(p, want) }) {
			t.Errorf("no problem %q in %q", want, found)
		}
	}
}
