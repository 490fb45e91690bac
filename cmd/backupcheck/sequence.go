package main

import (
	"context"
	"flag"
	"io"

	"backupcheck/cmd/backupcheck/internal/drawing"
)

const sequenceUsage = `
Usage: backupcheck sequence [-dot | -mermaid | -markdown]

Draws the troubleshooting sequence: its screens, and the choices that lead from
one to another, found by walking all paths. -dot, the default, is for Graphviz,
-mermaid is for Mermaid, and -markdown is the page docs/sequence.md.

The exit status is 0, 3 if the drawing couldn't be written, 4 for wrong usage.
`

func drawSequence(_ context.Context, args []string, s streams) int {
	flags := flag.NewFlagSet("sequence", flag.ContinueOnError)
	formats := []struct {
		selected *bool
		draw     func(drawing.Graph) string
	}{
		{flags.Bool("dot", false, "draw for Graphviz (the default)"), drawing.Graph.Dot},
		{flags.Bool("mermaid", false, "draw for Mermaid"), drawing.Graph.Mermaid},
		{flags.Bool("markdown", false, "write a Markdown page with a drawing for Mermaid"), drawing.Graph.Markdown},
	}
	if code, ok := parse(flags, args, s, sequenceUsage); !ok {
		return code
	}
	if flags.NArg() > 0 {
		return s.fail(exitUsage, "sequence takes no argument such as %q", flags.Arg(0))
	}
	draw, selected := drawing.Graph.Dot, 0
	for _, format := range formats {
		if *format.selected {
			draw = format.draw
			selected++
		}
	}
	if selected > 1 {
		return s.fail(exitUsage, "only one of -dot, -mermaid and -markdown can be given")
	}
	if _, err := io.WriteString(s.out, draw(drawing.Sequence())); err != nil {
		return s.fail(exitUnknown, "writing the drawing: %v", err)
	}
	return 0
}
