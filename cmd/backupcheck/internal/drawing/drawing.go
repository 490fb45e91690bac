// Package drawing draws the troubleshooting sequence as a graph, for Graphviz
// and for Mermaid.
package drawing

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"backupcheck/widget/sequence"
	"backupcheck/widget/sequence/icloudbackup"
)

// Graph is the troubleshooting sequence: its screens, and the choices that lead
// from one to another.
type Graph struct {
	nodes map[string]sequence.Screen // by ID
	edges map[edge][]string          // the choices, sorted
}

type edge struct{ from, to string }

// Sequence returns the graph of the sequence. The first call takes several
// seconds.
var Sequence = sync.OnceValue(walk)

// walk finds the graph by walking all paths while Apple reports no problem, while
// a problem has just ended, and during an outage, which holds steps back.
func walk() Graph {
	g := Graph{map[string]sequence.Screen{}, map[edge][]string{}}
	for _, service := range []sequence.ServiceState{sequence.ServiceFine, sequence.ServiceRecovered, sequence.ServiceOutage} {
		apple := sequence.Apple{Service: service, Rows: map[sequence.Row]sequence.Health{}, Incidents: []sequence.Span{{From: 100, To: 200}}}
		for _, row := range icloudbackup.Graph().Rows() {
			apple.Rows[row] = sequence.Fine
		}
		for s := range icloudbackup.Graph().Walk(apple) {
			from := s.Screen()
			if known, ok := g.nodes[from.Node]; !ok || known.Held != "" {
				g.nodes[from.Node] = from
			}
			answers := len(s.Tried())
			for _, next := range s.Next() {
				tried := next.Tried()
				if len(tried) == answers {
					continue // a ticked item, not an answer
				}
				g.addChoice(edge{from.Node, next.Screen().Node}, tried[answers].Choice)
			}
		}
	}
	return g
}

func (g Graph) addChoice(e edge, choice string) {
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
		}[g.nodes[id].Kind]
		if g.nodes[id].Risk == sequence.Destructive {
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
		}[g.nodes[id].Kind]
		fmt.Fprintf(&b, "\t"+format, id, id)
		if g.nodes[id].Risk == sequence.Destructive {
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

// Markdown returns a page with the drawing for Mermaid, which GitHub renders.
func (g Graph) Markdown() string {
	return "# The troubleshooting sequence\n\n" +
		"Each node is a screen of the widget: a question (rounded), a step (box), a gate before a destructive step (hexagon) or an ending (circle). " +
		"Each arrow has the choices that can lead from one screen to the next; destructive steps are outlined in red.\n\n" +
		"This page is generated, and a test fails if it isn't current. To update it, run `" + Command + "`.\n\n" +
		"```mermaid\n" + g.Mermaid() + "```\n"
}
