package icloudbackup_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"backupcheck/widget/sequence"
	"backupcheck/widget/sequence/icloudbackup"
)

var update = flag.Bool("update", false, "append new nodes and choices to the recorded places")

// testdata/saved-version-2.tsv was recorded from the first graph of version 2:
// the saved text, and the answers restored from it. It isn't generated again,
// because such links and progress must work with every later graph of the
// version.
func TestSavedProgressOfVersion2IsRestored(t *testing.T) {
	const file = "testdata/saved-version-2.tsv"
	data, err := os.ReadFile(file)
	if os.IsNotExist(err) && *update {
		data = recordSaved(t, file)
	} else if err != nil {
		t.Fatal(err)
	}
	lines := 0
	for line := range strings.Lines(string(data)) {
		lines++
		saved, want, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		s, ok := icloudbackup.Restore(report(sequence.ServiceFine), saved)
		if got := position(s); !ok || got != want {
			t.Errorf("%s: %v,\n got %q\nwant %q", saved, ok, got, want)
		}
	}
	if lines != 413 {
		t.Errorf("%d sessions are recorded", lines)
	}
}

// behindGates are walks that come behind every gate.
var behindGates = []string{
	"not-enough-storage is-on too-large trim not-sure still-too-large +old-backup-not-needed continue still-too-large " +
		"+attachments-kept continue still-too-large +files-kept continue still-too-large +apps-kept-elsewhere continue still-too-large +photos-kept continue",
	"not-enough-storage never too-large trim own-backup +no-date +nothing-to-restore continue",
	"something-else computer-fails password +passcode +wifi-password continue",
	"something-else restoring never-ends stop +all-there +older-copy-kept continue",
	"something-else just-set-up found +date-seen +nothing-new +password continue",
	"last-not-completed is-on same-message still-failing no-vpn no-other not-now waiting-apps +app-data-kept continue",
	"something-else none is-on same-message still-failing no-vpn still-failing still-failing fits neither has-date still-failing " +
		"mac done +computer-backup continue still-failing +wifi-password continue still-failing " +
		"+computer-backup +password +trusted-number continue",
}

func recordSaved(t *testing.T, file string) []byte {
	t.Helper()
	var b strings.Builder
	add := func(s *sequence.Session) {
		saved := s.Save()
		restored, ok := icloudbackup.Restore(report(sequence.ServiceFine), saved)
		if !ok {
			t.Fatalf("%q isn't restored", saved)
		}
		b.WriteString(saved + "\t" + position(restored) + "\n")
	}
	for _, walk := range behindGates {
		s := icloudbackup.Start(noIncidents(sequence.ServiceFine))
		for what := range strings.FieldsSeq(walk) {
			if !tap(s, what) {
				t.Fatalf("%s isn't offered by %s", what, s.Screen().Node)
			}
			if screen := s.Screen(); screen.Kind == sequence.Fix && screen.Risk == sequence.Destructive {
				add(s)
			}
		}
	}
	count, lines := 0, 0
	for s := range icloudbackup.Graph().Wander(report(sequence.ServiceFine), 5, 2000) {
		if count++; count%23 != 0 || lines == 400 {
			continue
		}
		lines++
		add(s)
	}
	if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	return []byte(b.String())
}

// position formats a session as the recorded lines do. It omits what a new step
// or rule may change, such as the estimate and notes.
func position(s *sequence.Session) string {
	words := []string{s.Screen().Node}
	for _, a := range s.Tried() {
		words = append(words, a.Node+"="+a.Choice)
	}
	return strings.Join(words, " ")
}

// Saved progress names nodes and choices by their places. The recorded places
// can only be added to: -update refuses to change one.
func TestPlacesBelongToTheVersion(t *testing.T) {
	graph := icloudbackup.Graph()
	file := fmt.Sprintf("testdata/places-version-%c.txt", graph.Version)
	data, err := os.ReadFile(file)
	if err != nil && !(*update && os.IsNotExist(err)) {
		t.Fatal(err)
	}
	recorded := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	var now strings.Builder
	for i, n := range graph.Nodes {
		line := n.ID + ":"
		for _, c := range n.Choices {
			line += " " + c.ID
		}
		now.WriteString(line + "\n")
		if len(data) > 0 && i < len(recorded) && !strings.HasPrefix(line+" ", recorded[i]+" ") {
			t.Fatalf("place %d was %q and is %q: append, or raise the version", i, recorded[i], line)
		}
	}
	if len(data) > 0 && len(graph.Nodes) < len(recorded) {
		t.Fatalf("%d nodes, %d are recorded: restore them, or raise the version", len(graph.Nodes), len(recorded))
	}
	if now.String() == string(data) {
		return
	}
	if !*update {
		t.Fatalf("there are new places: record them by go test -run Places -update, and commit %s", file)
	}
	if err := os.WriteFile(file, []byte(now.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestRestoreRejectsGarbage(t *testing.T) {
	for _, saved := range []string{
		"", "2", "garbage", "0.AA", "1AAH.AB", "2.", "2.A", "2.AAA", "2AAH.!!", "2AA!.AF", "2ü.AA", "2___.AF",
		"2AAA" + strings.Repeat("A", 3000) + ".AA", "2AFA.AA", "2BiA.AA", "2CAA.AA",
	} {
		s, ok := icloudbackup.Restore(report(sequence.ServiceFine), saved)
		if ok || len(s.Tried()) > 0 || s.Screen().Node != "symptom" {
			t.Errorf("%q is restored as %v", saved, s.Tried())
		}
	}
}
