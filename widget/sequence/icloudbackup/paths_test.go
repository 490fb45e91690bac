package icloudbackup_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"backupcheck/widget/sequence"
	"backupcheck/widget/sequence/icloudbackup"
)

// paths is how many random paths are walked under a report.
func paths(all int) int {
	if testing.Short() {
		return all / 10
	}
	return all
}

// What holds on every path is proven in proofs_test.go. This walks random paths
// under one report of each class and also finds what the proofs don't ask for.
func TestRandomPathsAreSafe(t *testing.T) {
	t.Parallel()
	reached, longest := map[string]bool{}, 0
	for _, a := range classes(t) {
		affected := a.Service >= sequence.ServiceMaintenance
		for s := range icloudbackup.Graph().Wander(a, 1, paths(1000)) {
			screen, tried := s.Screen(), s.Tried()
			reached[screen.Node] = true
			longest = max(longest, len(tried))
			if screen.Kind != sequence.Fix || screen.Risk != sequence.Destructive {
				continue
			}
			if screen.Held != "" || affected || !unlockedBefore(s, screen.Node) {
				t.Fatalf("%s under %v after %v", screen.Node, a, tried)
			}
			signIn := a.Rows[icloudbackup.Account] == sequence.Fine && a.Rows[icloudbackup.AppleAccount] == sequence.Fine
			if screen.Node == "sign-out" && (!signIn || a.Service == sequence.ServiceUnknown) {
				t.Fatalf("sign-out under %v", a)
			}
		}
	}
	for _, c := range readerCases(t) {
		s := icloudbackup.Start(noIncidents(sequence.ServiceFine))
		for _, answer := range append(c.walk, c.ends...) {
			tap(s, answer)
			reached[s.Screen().Node] = true
		}
	}
	for _, walk := range behindGates {
		s := icloudbackup.Start(noIncidents(sequence.ServiceFine))
		for what := range strings.FieldsSeq(walk) {
			tap(s, what)
			reached[s.Screen().Node] = true
		}
	}
	for _, n := range icloudbackup.Graph().Nodes {
		if !reached[n.ID] && !testing.Short() {
			t.Errorf("%s is never reached", n.ID)
		}
	}
	if longest > 60 {
		t.Errorf("a path has %d answers", longest)
	}
	t.Logf("the longest path found has %d answers", longest)
}

// A reader comes to the first thing to do within five answers from a symptom,
// and within three from a message, the choice of the message included.
func TestFirstStepComesSoon(t *testing.T) {
	t.Parallel()
	messages := map[string]bool{}
	for _, c := range icloudbackup.Graph().Nodes[0].Choices {
		messages[c.ID] = c.Unlisted
	}
	for _, service := range services {
		a := report(service)
		var search func(s *sequence.Session, most int)
		search = func(s *sequence.Session, most int) {
			// A gate says what the step behind it does.
			if screen := s.Screen(); screen.Kind != sequence.Question && screen.Node != "wait" {
				return
			}
			tried := s.Tried()
			if len(tried) > 0 && tried[len(tried)-1].Node == "symptom" {
				most = len(tried) - 1 + 5
				if messages[tried[len(tried)-1].Choice] {
					most = len(tried) - 1 + 3
				}
			}
			if len(tried) >= most {
				t.Errorf("service %d: no step yet after %v", service, tried)
				return
			}
			for _, next := range s.Next() {
				if len(next.Tried()) > len(tried) {
					search(next, most)
				}
			}
		}
		search(icloudbackup.Start(a), 8)
	}
}

func TestOutageHoldsTheStepOnScreen(t *testing.T) {
	t.Parallel()
	outage, checked := report(sequence.ServiceOutage), 0
	for _, service := range []sequence.ServiceState{sequence.ServiceUnknown, sequence.ServiceFine} {
		for s := range icloudbackup.Graph().Wander(report(service), 2, paths(4000)) {
			before := s.Screen()
			s.SetApple(outage)
			during := s.Screen()
			if before.Risk == sequence.Destructive {
				if checked++; during.Held != "held.outage" || during.Kind != sequence.Gate {
					t.Fatalf("%s during an outage: %v", before.Node, during)
				}
			}
			if during.Kind == sequence.Fix && during.Risk == sequence.Destructive {
				t.Fatalf("%s during an outage", during.Node)
			}
			s.SetApple(report(service))
			// The question about the time doesn't return once an outage has replaced
			// it.
			if after := s.Screen(); before.Node != "when" && fmt.Sprint(after) != fmt.Sprint(before) {
				t.Fatalf("after an outage %v, not %v", after, before)
			}
		}
	}
	if checked == 0 {
		t.Error("no destructive step was on screen")
	}
}

// However Apple's state changes during a path, no destructive step is shown
// without its gate, saved progress is restored, and the path ends.
func TestPathsAreSafeWhileAppleChanges(t *testing.T) {
	t.Parallel()
	all := classes(t)
	pick := random(1)
	destructive := 0
	for range paths(20000) {
		apple := all[pick(len(all))]
		s := icloudbackup.Start(apple)
		for step := 0; ; step++ {
			if pick(3) == 0 {
				apple = all[pick(len(all))]
				s.SetApple(apple)
			}
			screen, next := s.Screen(), s.Next()
			if screen.Kind == sequence.Fix && screen.Risk == sequence.Destructive {
				if destructive++; screen.Held != "" || !unlockedBefore(s, screen.Node) {
					t.Fatalf("%s after %v", screen.Node, s.Tried())
				}
			}
			restored, ok := icloudbackup.Restore(apple, s.Save())
			node, tried := screen.Node, s.Tried()
			if last := len(tried) - 1; last >= 0 && tried[last].Choice == "continue" {
				node, tried = tried[last].Node, tried[:last] // the gate is locked again
			}
			if !ok || restored.Screen().Node != node || !slices.Equal(restored.Tried(), tried) {
				t.Fatalf("%s after %v is restored as %s after %v", screen.Node, s.Tried(), restored.Screen().Node, restored.Tried())
			}
			if len(next) == 0 {
				if screen.Kind != sequence.End {
					t.Fatalf("%s has no next screen", screen.Node)
				}
				break
			}
			if step > 1000 {
				t.Fatalf("no end after %v", s.Tried())
			}
			s = next[pick(len(next))]
		}
	}
	if destructive == 0 {
		t.Error("no destructive step came up")
	}
}
