package main

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"backupcheck/cmd/backupcheck/internal/drawing"
	"backupcheck/widget/locale"
	"backupcheck/widget/messages"
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

func TestSequenceWalks(t *testing.T) {
	for _, tt := range []struct {
		name    string
		args    []string
		code    int
		screens string // in order
		err     string // "" for none
	}{
		{"the first screen", []string{"-walk", ""}, 0, "symptom", ""},
		{"by id and by label", []string{"-walk", "last-not-completed, SKIP THIS FOR NOW", "-lang", "en_US"}, 1, "symptom", "has no choice"},
		{"a choice that isn't there", []string{"-walk", "not-enough-storage, nonsense, worked"}, 1, "symptom backup-on",
			`backup-on has no choice "nonsense"; it has recent, is-on, never`},
		{"a message", []string{"-walk", "Poor-Network"}, 0, "symptom other-network", ""},
		{"a gate", []string{"-walk", "not-enough-storage, is-on, too-large, trim, old-backups, +old-backup-not-needed, continue"}, 0,
			"symptom backup-on compare-storage make-room what-takes-room before-trim-old-backups trim-old-backups", ""},
		{"an outage", []string{"-level", "iCloud Backup=outage", "-walk", ""}, 0, "wait", ""},
		{"a level of another service", []string{"-level", "Photos=degraded", "-level", "iCloud Backup=recovered", "-walk", "not-enough-storage"},
			0, "symptom", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := call(t, "", append([]string{"sequence"}, tt.args...)...)
			if r.code != tt.code || (r.err == "") != (tt.err == "") || !strings.Contains(r.err, tt.err) {
				t.Errorf("exit %d, stderr %q", r.code, r.err)
			}
			if r.err != "" {
				checkSentence(t, r.err)
			}
			rest := "\n" + r.out
			for screen := range strings.FieldsSeq(tt.screens) {
				var found bool
				if _, rest, found = strings.Cut(rest, "\n"+screen+" ("); !found {
					t.Errorf("%s isn't printed, or not in its turn: %s", screen, r.out)
				}
			}
		})
	}
}

func TestSequenceRecognizesMessages(t *testing.T) {
	for _, tt := range []struct {
		args []string
		id   string // "" if it isn't known
		lang string // of the answer
	}{
		{[]string{"-message", "backup failed, poor netwrok conditions"}, "poor-network", "en"},
		{[]string{"-message", "iPhone sin respaldo", "-lang", "es_419"}, "never-backed-up", "es-419"},
		{[]string{"-lang", "xx", "-message", "Keine Verbindung zu iCloud"}, "cannot-connect-icloud", "en"},
		{[]string{"-message", "my phone is purple"}, "", ""},
		{[]string{"-message", "\x1b[31m\n"}, "", ""},
		{[]string{"-message", ""}, "", ""},
	} {
		r := call(t, "", append([]string{"sequence"}, tt.args...)...)
		if tt.id == "" {
			if r.code != 1 || r.out != "" {
				t.Errorf("%q: exit %d, %q", tt.args, r.code, r.out)
			}
			checkSentence(t, r.err)
			continue
		}
		line, _, _ := strings.Cut(r.out, "\n")
		if id, _, _ := strings.Cut(line, "\t"); r.code != 0 || r.err != "" || id != tt.id {
			t.Errorf("%q: exit %d, %q, stderr %q", tt.args, r.code, r.out, r.err)
		}
		// What the message is taken for, where the texts have it.
		if texts := locale.For(tt.lang); texts.Has("message."+tt.id) && !strings.HasSuffix(line, "\t"+texts.Text("message."+tt.id)) {
			t.Errorf("%q prints %q", tt.args, line)
		}
	}
}

func TestSequenceTakesEveryMessage(t *testing.T) {
	texts := locale.For("en")
	for _, id := range messages.IDs() {
		if r := call(t, "", "sequence", "-walk", id); r.code != 0 || !strings.Contains(r.out, "> "+id+"\n") {
			t.Errorf("%s: exit %d, stderr %q", id, r.code, r.err)
		}
		if !texts.Has("message." + id) {
			t.Errorf("no text says what %s is taken for", id)
		}
	}
}

func TestSequenceUsageErrors(t *testing.T) {
	for _, args := range [][]string{
		{"-dot", "-walk", ""}, {"-walk", "", "-message", ""}, {"-lang", "de"}, {"-level", "Photos=outage", "-message", "x"}, {"-level", "Photos=outage"}, {"x"},
		{"-walk", "", "-level", "Photos"}, {"-walk", "", "-level", "Photos=broken"}, {"-walk", "", "-level", "Fotos=outage"},
	} {
		r := call(t, "", append([]string{"sequence"}, args...)...)
		if r.code != exitUsage || r.out != "" {
			t.Errorf("%v: exit %d, %q", args, r.code, r.out)
		}
		checkSentence(t, r.err)
	}
}
