// Package drawing draws the troubleshooting sequence as a graph, for Graphviz
// and for Mermaid.
package drawing

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"backupcheck/widget/sequence"
	"backupcheck/widget/sequence/icloudbackup"
)

// Graph is the troubleshooting sequence: its screens, the choices that lead from
// one to another, and the order in which the other answers go on.
type Graph struct {
	nodes  map[string]node   // by ID
	edges  map[edge][]string // the choices, sorted
	orders []order           // what comes first, by symptom and message; the main order last
}

type node struct {
	kind        sequence.Kind
	destructive bool // or the gate before a destructive step
}

type edge struct{ from, to string }

type order struct {
	choices []string
	steps   []string
}

// Sequence returns the graph of the sequence.
func Sequence() Graph {
	source := icloudbackup.Graph()
	g := Graph{nodes: map[string]node{}, edges: map[edge][]string{}}
	// shown is what a reader sees first of a node: its gate if it has one.
	shown := func(place sequence.Place) string {
		n := source.Nodes[place]
		if gate := source.Nodes[n.Before]; n.Before != 0 && gate.Kind == sequence.Gate {
			return gate.ID
		}
		return n.ID
	}
	for i, n := range source.Nodes {
		g.nodes[n.ID] = node{n.Kind, n.Risk == sequence.Destructive || g.nodes[n.ID].destructive}
		if n.Before != 0 {
			before := source.Nodes[n.Before]
			g.nodes[before.ID] = node{before.Kind, n.Risk == sequence.Destructive}
			for _, c := range before.Choices {
				if c.Stay {
					g.addChoice(edge{before.ID, n.ID}, c.ID)
				}
			}
		}
		for _, c := range n.Choices {
			from := n.ID + ": "
			if c.Unlisted {
				if i > 0 {
					continue // the same as at the first question
				}
				from = "message: "
			}
			switch {
			case c.To != 0:
				g.addChoice(edge{n.ID, shown(c.To)}, c.ID)
			case c.Priority != nil:
				g.addChoice(edge{n.ID, shown(c.Priority[0])}, c.ID)
			}
			if c.Priority != nil {
				g.addOrder(source, from+c.ID, c.Priority)
			}
		}
		if n.Then != nil && i == 0 {
			g.addChoice(edge{n.ID, shown(n.Then.To)}, "after a problem of Apple’s")
		}
	}
	g.addOrder(source, "then, and for all others", source.Order)
	return g
}

func (g *Graph) addOrder(source *sequence.Graph, choice string, places []sequence.Place) {
	var steps []string
	for _, place := range places {
		steps = append(steps, source.Nodes[place].ID)
	}
	for i := range g.orders {
		if slices.Equal(g.orders[i].steps, steps) {
			g.orders[i].choices = append(g.orders[i].choices, choice)
			return
		}
	}
	g.orders = append(g.orders, order{[]string{choice}, steps})
}

func (g *Graph) addChoice(e edge, choice string) {
	if i, known := slices.BinarySearch(g.edges[e], choice); !known {
		g.edges[e] = slices.Insert(g.edges[e], i, choice)
	}
}

func (g Graph) sortedNodes() []string { return slices.Sorted(maps.Keys(g.nodes)) }

func (g Graph) sortedEdges() []edge {
	return slices.SortedFunc(maps.Keys(g.edges), func(a, b edge) int {
		return strings.Compare(a.from+" "+a.to, b.from+" "+b.to)
	})
}

// Dot returns the graph in Graphviz's language.
func (g Graph) Dot() string {
	var b strings.Builder
	b.WriteString("digraph sequence {\n\tnode [fontname=\"sans-serif\"];\n\tedge [fontname=\"sans-serif\", fontsize=9];\n")
	for _, id := range g.sortedNodes() {
		style := map[sequence.Kind]string{
			sequence.Question: "shape=ellipse",
			sequence.Fix:      "shape=box",
			sequence.Gate:     "shape=octagon",
			sequence.End:      "shape=box, style=rounded",
		}[g.nodes[id].kind]
		if g.nodes[id].destructive {
			style += ", color=red"
		}
		fmt.Fprintf(&b, "\t%q [%s];\n", id, style)
	}
	for _, e := range g.sortedEdges() {
		fmt.Fprintf(&b, "\t%q -> %q [label=%q];\n", e.from, e.to, strings.Join(g.edges[e], ", "))
	}
	b.WriteString("}\n")
	return b.String()
}

// Mermaid returns the graph in Mermaid's language.
func (g Graph) Mermaid() string {
	var b strings.Builder
	b.WriteString("flowchart TD\n")
	for _, id := range g.sortedNodes() {
		// The prefix avoids Mermaid's keywords, such as end.
		format := map[sequence.Kind]string{
			sequence.Question: "n-%s([\"%s\"])\n",
			sequence.Fix:      "n-%s[\"%s\"]\n",
			sequence.Gate:     "n-%s{{\"%s\"}}\n",
			sequence.End:      "n-%s((\"%s\"))\n",
		}[g.nodes[id].kind]
		fmt.Fprintf(&b, "\t"+format, id, id)
		if g.nodes[id].destructive {
			fmt.Fprintf(&b, "\tstyle n-%s stroke:#d00\n", id)
		}
	}
	for _, e := range g.sortedEdges() {
		fmt.Fprintf(&b, "\tn-%s -->|\"%s\"| n-%s\n", e.from, strings.Join(g.edges[e], ", "), e.to)
	}
	return b.String()
}

// Command is the command that writes docs/sequence.md.
const Command = "go run ./cmd/backupcheck sequence -markdown > docs/sequence.md"

// Markdown returns a page with the orders and the drawing for Mermaid, which
// GitHub renders.
func (g Graph) Markdown() string {
	var b strings.Builder
	b.WriteString("# The troubleshooting sequence\n\n" +
		"Each node is a screen of the widget: a question (rounded), a step (box), a gate before a destructive step (hexagon) or an ending (circle). " +
		"Each arrow has the choices that lead from one screen to another; destructive steps are outlined in red. " +
		"Answers without an arrow go on with the order: what the symptom or the message puts first, then the main order. A step is left out once it was answered, or when the answers so far make it pointless.\n\n" +
		"This page is generated, and a test fails if it isn't current. To update it, run `" + Command + "`.\n\n" +
		"## The order\n\n| answer | comes first |\n| --- | --- |\n")
	for _, o := range g.orders {
		fmt.Fprintf(&b, "| %s | %s |\n", strings.Join(o.choices, "<br>"), strings.Join(o.steps, ", "))
	}
	b.WriteString("\n## The screens\n\n```mermaid\n" + g.Mermaid() + "```\n")
	return b.String()
}
