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

// testdata/saved-version-1.tsv was recorded from the first graph of version 1:
// the saved text, and the session restored from it. It isn't generated again,
// because such links and progress must work with every later graph of the
// version. It omits what a new step or rule may change, such as the estimate and
// notes. The first
// graph restored ticks and unlocked gates as well; see lockedPosition.
func TestSavedProgressOfVersion1IsRestored(t *testing.T) {
	fine := report(sequence.ServiceFine)
	apples := map[string]sequence.Apple{
		"unknown":                report(sequence.ServiceUnknown),
		"fine":                   fine,
		"recovered":              report(sequence.ServiceRecovered),
		"maintenance":            report(sequence.ServiceMaintenance),
		"degraded":               report(sequence.ServiceDegraded),
		"outage":                 report(sequence.ServiceOutage),
		"fine-no-incidents":      noIncidents(sequence.ServiceFine),
		"recovered-no-incidents": noIncidents(sequence.ServiceRecovered),
		"sign-in-affected":       with(fine, sequence.Affected, icloudbackup.Account),
		"sign-in-unknown":        with(fine, sequence.Unknown, icloudbackup.AppleAccount),
		"find-my-affected":       with(fine, sequence.Affected, icloudbackup.FindMy),
		"rows-affected": with(fine, sequence.Affected, icloudbackup.Photos, icloudbackup.Keychain,
			icloudbackup.PrivateRelay, icloudbackup.Activation, icloudbackup.StorageUpgrades, icloudbackup.AppStore),
		"nothing-read": {},
	}
	data, err := os.ReadFile("testdata/saved-version-1.tsv")
	if err != nil {
		t.Fatal(err)
	}
	lines := 0
	for line := range strings.Lines(string(data)) {
		lines++
		apple, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		saved, want, _ := strings.Cut(rest, "\t")
		a, ok := apples[apple]
		if !ok {
			t.Fatalf("line %d: no report %q", lines, apple)
		}
		s, ok := icloudbackup.Restore(a, saved)
		if got, want := position(s), lockedPosition(want); !ok || got != want {
			t.Errorf("%s under %s: %v,\n got %q\nwant %q", saved, apple, ok, got, want)
		}
	}
	if lines != 440 {
		t.Errorf("%d sessions are recorded", lines)
	}
}

// lockedPosition returns a recorded position with its gate locked: no box is
// ticked, and where the gate was unlocked last, it is shown again.
func lockedPosition(recorded string) string {
	fields := strings.Split(recorded, "\t")
	saved, screen, kind, number, ticks, tried := &fields[0], &fields[1], &fields[2], &fields[3], &fields[4], &fields[5]
	answers, at, _ := strings.Cut(*saved, ".")
	if before, unlocked := strings.CutSuffix(*tried, "=continue"); unlocked {
		words := strings.Fields(before)
		gate := words[len(words)-1]
		answers = answers[:len(answers)-2]
		*tried = strings.Join(words[:len(words)-1], " ")
		*number = fmt.Sprint(len(words))
		if *screen != gate { // or it was held back, and showed no box
			*screen, *kind, *ticks = gate, "gate", boxes[gate]
		}
	}
	*ticks = strings.ReplaceAll(*ticks, "=true", "=false")
	*saved = answers + "." + at[:1] + "A"
	return strings.Join(fields, "\t")
}

// boxes are those of the recorded gates.
var boxes = map[string]string{
	"before-trim-old-backups": "old-backup-not-needed=false",
	"before-trim-apps":        "apps-kept-elsewhere=false",
	"before-trim-photos":      "photos-kept=false",
	"before-delete-backup":    "computer-backup=false",
	"before-reset-network":    "wifi-password=false",
	"before-sign-out":         "computer-backup=false password=false trusted-number=false",
}

// position formats a session as the recorded lines do.
func position(s *sequence.Session) string {
	screen := s.Screen()
	kind := map[sequence.Kind]string{
		sequence.Question: "question", sequence.Fix: "fix", sequence.Gate: "gate", sequence.End: "end",
	}[screen.Kind]
	var ticks, tried []string
	for _, c := range screen.Confirm {
		ticks = append(ticks, fmt.Sprintf("%s=%v", c.ID, c.Done))
	}
	for _, a := range s.Tried() {
		tried = append(tried, a.Node+"="+a.Choice)
	}
	return strings.Join([]string{
		s.Save(), screen.Node, kind, fmt.Sprint(screen.Number), strings.Join(ticks, " "), strings.Join(tried, " "),
	}, "\t")
}

// Saved progress names nodes and choices by their places. The recorded places
// can only be added to: -update refuses to change one.
func TestPlacesBelongToTheVersion(t *testing.T) {
	graph := icloudbackup.Graph()
	file := fmt.Sprintf("testdata/places-version-%c.txt", graph.Version)
	data, err := os.ReadFile(file)
	if err != nil {
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
		if i < len(recorded) && !strings.HasPrefix(line+" ", recorded[i]+" ") {
			t.Fatalf("place %d was %q and is %q: append, or raise the version", i, recorded[i], line)
		}
	}
	if len(graph.Nodes) < len(recorded) {
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
		"", "1", "garbage", "0.AA", "2AH.FA", "1.", "1.A", "1.AAA", "1AH.!!", "1A!.FA", "1ü.AA", "1__.FA",
		"1AA" + strings.Repeat("A", 1000) + ".AA", "1FA.AA", "1iA.AA",
	} {
		s, ok := icloudbackup.Restore(report(sequence.ServiceFine), saved)
		if ok || len(s.Tried()) > 0 || s.Screen().Node != "symptom" {
			t.Errorf("%q is restored as %v", saved, s.Tried())
		}
	}
}
