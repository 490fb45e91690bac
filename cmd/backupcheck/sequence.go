package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"backupcheck/widget/sequence"
	"backupcheck/widget/sequence/icloudbackup"
)

const sequenceUsage = `
Usage: backupcheck sequence [-dot | -mermaid]

Draws the troubleshooting sequence: its screens, and what each choice can lead
to, found by walking every way through it. -dot is for Graphviz, and what is
drawn if nothing is said; -mermaid is for Mermaid.

The exit status is 0, 3 when the drawing could not be written, 4 for wrong usage.
`

func drawSequence(_ context.Context, args []string, s streams) int {
	flags := flag.NewFlagSet("sequence", flag.ContinueOnError)
	dot := flags.Bool("dot", false, "draw for Graphviz")
	mermaid := flags.Bool("mermaid", false, "draw for Mermaid")
	if code, ok := parse(flags, args, s, sequenceUsage); !ok {
		return code
	}
	if flags.NArg() > 0 {
		return s.fail(exitUsage, "sequence takes no argument such as %q", flags.Arg(0))
	}
	if *dot && *mermaid {
		return s.fail(exitUsage, "only one of -dot and -mermaid can be drawn")
	}
	draw := asDot
	if *mermaid {
		draw = asMermaid
	}
	if _, err := io.WriteString(s.out, draw(walkSequence())); err != nil {
		return s.fail(exitUnknown, "writing the drawing: %v", err)
	}
	return 0
}

// graph is the sequence as walking shows it.
type graph struct {
	nodes map[string]sequence.Screen
	edges map[edge][]string // the choices, sorted
}

type edge struct{ from, to string }

// walkSequence takes every way while Apple has no problem, while one is just
// over, and while there is one that holds steps back.
func walkSequence() graph {
	g := graph{map[string]sequence.Screen{}, map[edge][]string{}}
	for _, backup := range []sequence.ServiceState{sequence.ServiceFine, sequence.ServiceRecovered, sequence.ServiceOutage} {
		apple := sequence.Apple{Service: backup, Rows: map[sequence.Row]sequence.Health{}, Incidents: []sequence.Span{{From: 100, To: 200}}}
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
					continue // only a tick
				}
				way := edge{from.Node, next.Screen().Node}
				choice := tried[answers].Choice
				if i, known := slices.BinarySearch(g.edges[way], choice); !known {
					g.edges[way] = slices.Insert(g.edges[way], i, choice)
				}
			}
		}
	}
	return g
}

func (g graph) ids() []string { return slices.Sorted(maps.Keys(g.nodes)) }

func (g graph) ways() []edge {
	return slices.SortedFunc(maps.Keys(g.edges), func(a, b edge) int {
		return strings.Compare(a.from+" "+a.to, b.from+" "+b.to)
	})
}

func asDot(g graph) string {
	var b strings.Builder
	b.WriteString("digraph sequence {\n\tnode [fontname=\"sans-serif\"];\n\tedge [fontname=\"sans-serif\", fontsize=9];\n")
	for _, id := range g.ids() {
		look := map[sequence.Kind]string{
			sequence.Question: "shape=ellipse",
			sequence.Fix:      "shape=box",
			sequence.Gate:     "shape=octagon",
			sequence.End:      "shape=box, style=rounded",
		}[g.nodes[id].Kind]
		if g.nodes[id].Risk == sequence.Destructive {
			look += ", color=red"
		}
		fmt.Fprintf(&b, "\t%q [%s];\n", id, look)
	}
	for _, way := range g.ways() {
		fmt.Fprintf(&b, "\t%q -> %q [label=%q];\n", way.from, way.to, strings.Join(g.edges[way], ", "))
	}
	b.WriteString("}\n")
	return b.String()
}

func asMermaid(g graph) string {
	var b strings.Builder
	b.WriteString("flowchart TD\n")
	for _, id := range g.ids() {
		// The prefix keeps words that mean something to Mermaid out of the way.
		form := map[sequence.Kind]string{
			sequence.Question: "n-%s([\"%s\"])\n",
			sequence.Fix:      "n-%s[\"%s\"]\n",
			sequence.Gate:     "n-%s{{\"%s\"}}\n",
			sequence.End:      "n-%s((\"%s\"))\n",
		}[g.nodes[id].Kind]
		fmt.Fprintf(&b, "\t"+form, id, id)
		if g.nodes[id].Risk == sequence.Destructive {
			fmt.Fprintf(&b, "\tstyle n-%s stroke:#d00\n", id)
		}
	}
	for _, way := range g.ways() {
		fmt.Fprintf(&b, "\tn-%s -->|\"%s\"| n-%s\n", way.from, strings.Join(g.edges[way], ", "), way.to)
	}
	return b.String()
}
