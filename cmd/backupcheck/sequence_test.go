package main

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"backupcheck/cmd/backupcheck/internal/drawing"
	"backupcheck/widget/sequence/icloudbackup"
)

func TestSequenceDrawsEveryNode(t *testing.T) {
	var ids []string
	for _, n := range icloudbackup.Graph().Nodes {
		ids = append(ids, n.ID)
	}
	const dot, mermaid = "\t%q [", "\tn-%[1]s"
	for _, tt := range []struct{ flag, first, node, edge, beforeSignOut string }{
		{"", "digraph sequence {", dot, "\t\"stuck\" -> \"wait-day\" [label=\"leave-it\"];\n", "\t\"before-sign-out\" -> \"sign-out\" ["},
		{"-dot", "digraph sequence {", dot, "\t\"before-sign-out\" -> \"sign-out\" [label=\"continue\"];\n", "\t\"before-sign-out\" -> \"sign-out\" ["},
		{"-mermaid", "flowchart TD\n", mermaid, "\tn-stuck -->|\"leave-it\"| n-wait-day\n", "\tn-before-sign-out --"},
		{"-markdown", "# The troubleshooting sequence\n", mermaid, "\tn-stuck -->|\"leave-it\"| n-wait-day\n", "\tn-before-sign-out --"},
	} {
		args := []string{"sequence"}
		if tt.flag != "" {
			args = append(args, tt.flag)
		}
		r := call(t, "", args...)
		if r.code != 0 || r.err != "" || !strings.HasPrefix(r.out, tt.first) || !strings.Contains(r.out, tt.edge) {
			t.Errorf("%v: exit %d, stderr %q, %.300s", args, r.code, r.err, r.out)
		}
		for _, id := range ids {
			if !strings.Contains(r.out, fmt.Sprintf(tt.node, id)) {
				t.Errorf("%v doesn't draw %s", args, id)
			}
		}
		// The gate is the only way to a destructive step.
		ways := 0
		for line := range strings.Lines(r.out) {
			if strings.Contains(line, `-> "sign-out" [`) || strings.HasSuffix(line, "| n-sign-out\n") {
				ways++
				if !strings.HasPrefix(line, tt.beforeSignOut) {
					t.Errorf("%v: %s", args, line)
				}
			}
		}
		if ways != 1 {
			t.Errorf("%v draws %d ways to sign-out, want 1", args, ways)
		}
	}
}

func TestDrawingOfTheSequenceIsCurrent(t *testing.T) {
	page, err := os.ReadFile("../../docs/sequence.md")
	if err != nil || string(page) != drawing.Sequence().Markdown() {
		t.Errorf("docs/sequence.md isn't current (%v); run this in the root of the checkout:\n\t%s", err, drawing.Command)
	}
}
