package widget_test

import (
	"slices"
	"testing"

	"backupcheck/widget/sequence"
	"backupcheck/widget/sequence/icloudbackup"
)

// recommending are the steps that begin with what they recommend, which leads to
// another step.
var recommending = []string{"notice", "country"}

// The primary button is the same kind of answer on every screen.
func TestAnswersThatMoveOnComeFirst(t *testing.T) {
	allowed := icloudbackup.Graph().MovesOn
	used := map[string]bool{}
	gates := 0
	for _, node := range icloudbackup.Graph().Nodes {
		if node.Kind == sequence.Question || len(node.Choices) == 0 {
			continue
		}
		first := node.Choices[0].ID
		used[first] = true
		if node.Kind == sequence.Gate {
			gates++
			if first != "continue" {
				t.Errorf("the gate %s begins with %q", node.ID, first)
			}
		}
		if slices.Contains(allowed, first) || slices.Contains(recommending, node.ID) {
			continue
		}
		for _, choice := range node.Choices {
			if slices.Contains(allowed, choice.ID) {
				t.Errorf("%s offers %q, but begins with %q", node.ID, choice.ID, first)
			}
		}
	}
	for _, id := range allowed {
		if !used[id] {
			t.Errorf("no screen begins with %q", id)
		}
	}
	if gates == 0 {
		t.Error("no gates")
	}
}

// Answers that several screens share have the same order on each.
func TestAnswersHaveTheSameOrderOnEveryScreen(t *testing.T) {
	before := map[[2]string]string{} // the node where the first of two ids comes before the second
	for _, node := range icloudbackup.Graph().Nodes {
		if node.Kind == sequence.Question || slices.Contains(recommending, node.ID) {
			continue
		}
		for i, a := range node.Choices {
			if a.ID == "not-now" && i != len(node.Choices)-1 {
				t.Errorf("%s: skipping isn't the last choice", node.ID)
			}
			for _, b := range node.Choices[i+1:] {
				if other, found := before[[2]string{b.ID, a.ID}]; found {
					t.Errorf("%s has %q before %q, %s the other way round", node.ID, a.ID, b.ID, other)
				}
				before[[2]string{a.ID, b.ID}] = node.ID
			}
		}
	}
}
