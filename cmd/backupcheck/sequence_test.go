package main

import (
	"fmt"
	"strings"
	"testing"

	"backupcheck/widget/sequence"
	"backupcheck/widget/sequence/icloudbackup"
)

func TestSequenceDrawsEveryNode(t *testing.T) {
	ids := strings.Fields(`symptom when wait that-was-apple another-message make-room larger-plan computer-backup
		computer-mac computer-windows wait-restore wait-night ask-it fixed support`)
	for _, e := range icloudbackup.Plan(sequence.Apple{}) {
		if e.Step.ID == "apple-support" {
			continue // in the sequence it is the end "support"
		}
		ids = append(ids, e.Step.ID)
		if e.Step.Risk == sequence.Destructive {
			ids = append(ids, "before-"+e.Step.ID)
		}
	}
	for _, tt := range []struct{ flag, first, node, way string }{
		{"", "digraph sequence {", "\t%q [", "\t\"stuck\" -> \"wait-night\" [label=\"leave-it\"];\n"},
		{"-dot", "digraph sequence {", "\t%q [", "\t\"before-sign-out\" -> \"sign-out\" [label=\"continue\"];\n"},
		{"-mermaid", "flowchart TD\n", "\tn-%[1]s", "\tn-stuck -->|\"leave-it\"| n-wait-night\n"},
	} {
		args := []string{"sequence"}
		if tt.flag != "" {
			args = append(args, tt.flag)
		}
		r := call(t, "", args...)
		if r.code != 0 || r.err != "" || !strings.HasPrefix(r.out, tt.first) || !strings.Contains(r.out, tt.way) {
			t.Errorf("%v: exit %d, stderr %q, %.300s", args, r.code, r.err, r.out)
		}
		for _, id := range ids {
			if !strings.Contains(r.out, fmt.Sprintf(tt.node, id)) {
				t.Errorf("%v doesn't draw %s", args, id)
			}
		}
		// Nothing that deletes is drawn with another way to it than its gate.
		for line := range strings.Lines(r.out) {
			from, to, found := strings.Cut(line, "> \"sign-out\"")
			if found && !strings.Contains(from, "before-sign-out") {
				t.Errorf("%s%s", from, to)
			}
		}
	}
}

func TestSequenceRefusesWrongCalls(t *testing.T) {
	for _, args := range [][]string{{"-dot", "-mermaid"}, {"out.dot"}, {"-svg"}, {"-dot=maybe"}} {
		r := call(t, "", append([]string{"sequence"}, args...)...)
		if r.code != exitUsage || r.out != "" {
			t.Errorf("%v: exit %d, output %.100q", args, r.code, r.out)
		}
		checkSentence(t, r.err)
	}
}

func TestSequenceHelps(t *testing.T) {
	r := call(t, "", "sequence", "-h")
	if r.code != 0 || r.err != "" || !strings.Contains(r.out, "Usage: backupcheck sequence") || !strings.Contains(r.out, "-mermaid") {
		t.Errorf("%+v", r)
	}
}
