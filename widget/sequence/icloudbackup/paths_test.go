package icloudbackup_test

import (
	"fmt"
	"slices"
	"testing"

	"backupcheck/widget/sequence"
	"backupcheck/widget/sequence/icloudbackup"
)

// The engine's tests also check for this graph that every path ends and that
// saving, going back and the estimate work. This checks the safety rules on every
// path, under one report of each class.
func TestEveryPathIsSafe(t *testing.T) {
	t.Parallel()
	all, reached, longest := classes(t), map[string]bool{}, 0
	if testing.Short() {
		all = nil
		for _, service := range services {
			all = append(all, report(service))
		}
	}
	for _, a := range all {
		affected := a.Service >= sequence.ServiceMaintenance
		for s := range icloudbackup.Graph().Walk(a) {
			screen, tried := s.Screen(), s.Tried()
			reached[screen.Node] = true
			longest = max(longest, len(tried))
			checkFirstStepComesSoon(t, tried, screen)
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
	for _, n := range icloudbackup.Graph().Nodes {
		if !reached[n.ID] {
			t.Errorf("%s is never reached", n.ID)
		}
	}
	if longest > 45 {
		t.Errorf("a path has %d answers", longest)
	}
	t.Logf("the longest path found has %d answers", longest)
}

// checkFirstStepComesSoon checks that a reader has at most five questions and
// endings before the first thing to do.
func checkFirstStepComesSoon(t *testing.T, tried []sequence.Answer, screen sequence.Screen) {
	t.Helper()
	if screen.Kind == sequence.Fix || len(tried) <= 5 {
		return
	}
	for _, a := range tried[:6] {
		if kind(t, a.Node) == sequence.Fix {
			return
		}
	}
	t.Fatalf("no step yet after %v", tried)
}

func kind(t *testing.T, id string) sequence.Kind {
	t.Helper()
	for _, n := range icloudbackup.Graph().Nodes {
		if n.ID == id {
			return n.Kind
		}
	}
	t.Fatalf("no node %q", id)
	return 0
}

func TestOutageHoldsTheStepOnScreen(t *testing.T) {
	t.Parallel()
	outage, count, checked := report(sequence.ServiceOutage), 0, 0
	for _, service := range []sequence.ServiceState{sequence.ServiceUnknown, sequence.ServiceFine} {
		for s := range icloudbackup.Graph().Walk(report(service)) {
			if count++; testing.Short() && count%7 != 0 {
				continue
			}
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
	paths := 20000
	if testing.Short() {
		paths = 2000
	}
	all := classes(t)
	pick := random(1)
	destructive := 0
	for range paths {
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
