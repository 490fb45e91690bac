package sequence_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"backupcheck/widget/sequence"
	"backupcheck/widget/sequence/icloudbackup"
)

// graphs are the graphs that the engine is tested with, each under the given
// reports.
func graphs() map[string]struct {
	graph  *sequence.Graph
	apples []sequence.Apple
} {
	type walked = struct {
		graph  *sequence.Graph
		apples []sequence.Apple
	}
	graph := icloudbackup.Graph()
	rows := map[sequence.Row]sequence.Health{}
	for _, row := range graph.Rows() {
		rows[row] = sequence.Fine
	}
	var apples []sequence.Apple
	for _, service := range []sequence.ServiceState{
		sequence.ServiceFine, sequence.ServiceUnknown, sequence.ServiceRecovered, sequence.ServiceOutage,
	} {
		apples = append(apples, sequence.Apple{Service: service, Rows: rows, Incidents: []sequence.Span{{From: 1000, To: 2000}}})
	}
	return map[string]walked{"printer": {&printer, printerReports()}, "icloudbackup": {graph, apples}}
}

// sessions yields every state of the small graph, and those along random paths
// of the large one, which has too many. What has to hold on every path of that
// one is proven in its own tests.
func sessions(g *sequence.Graph, apple sequence.Apple) func(yield func(*sequence.Session) bool) {
	if g == &printer {
		return g.Walk(apple)
	}
	paths := 3000
	if testing.Short() {
		paths = 300
	}
	return g.Wander(apple, 1, paths)
}

func TestEveryScreen(t *testing.T) {
	for name, g := range graphs() {
		t.Run(name, func(t *testing.T) {
			reached := map[string]bool{}
			for _, apple := range g.apples {
				count := 0
				for s := range sessions(g.graph, apple) {
					screen := s.Screen()
					reached[screen.Node] = true
					count++
					checkScreen(t, s, screen)
					checkNext(t, s, screen)
					restored, ok := sequence.Restore(g.graph, apple, s.Save())
					if !ok || !sequence.Same(restored, sequence.Locked(s)) {
						t.Fatalf("%s after %v is restored as %s after %v, %v", screen.Node, s.Tried(), restored.Screen().Node, restored.Tried(), ok)
					}
					if saved := s.Save(); strings.Trim(saved, sequence.Letters+".") != "" || len(saved) > sequence.MaxSaved {
						t.Fatalf("saved as %q", saved)
					}
				}
				t.Logf("service %d: %d states", apple.Service, count)
			}
			for _, n := range g.graph.Nodes {
				if !reached[n.ID] && g.graph == &printer { // the other one is a matter of its own tests
					t.Errorf("%s is never reached", n.ID)
				}
			}
		})
	}
}

func checkScreen(t *testing.T, s *sequence.Session, screen sequence.Screen) {
	t.Helper()
	tried := s.Tried()
	if screen.Number != len(tried)+1 {
		t.Fatalf("number %d after %d answers", screen.Number, len(tried))
	}
	if (screen.Left == 0) != (screen.Kind == sequence.End) || screen.Left < 0 {
		t.Fatalf("%s: %d left", screen.Node, screen.Left)
	}
	if screen.Risk == sequence.Destructive && screen.Kind != sequence.Gate && (screen.Held != "" || !unlockedLast(tried)) {
		t.Fatalf("%s, held %q, after %v", screen.Node, screen.Held, tried)
	}
	if screen.Held != "" && !slices.Equal(screen.Choices, []sequence.ScreenChoice{{ID: "go-on", Enabled: true}}) {
		t.Fatalf("%s is held with the choices %v", screen.Node, screen.Choices)
	}
	if screen.Kind == sequence.Gate && screen.Held == "" {
		done := !slices.ContainsFunc(screen.Confirm, func(c sequence.Confirmation) bool { return !c.Done })
		if len(screen.Confirm) == 0 || len(screen.Choices) != 2 || screen.Choices[0].Enabled != done || !screen.Choices[1].Enabled {
			t.Fatalf("%s: %v", screen.Node, screen)
		}
		if !done && s.Clone().Choose(screen.Choices[0].ID) {
			t.Fatalf("%s opens unconfirmed", screen.Node)
		}
	}
	timed := slices.ContainsFunc(s.Next(), func(next *sequence.Session) bool {
		return len(next.Tried()) > len(tried) && !slices.ContainsFunc(screen.Choices, func(c sequence.ScreenChoice) bool {
			return c.ID == next.Tried()[len(tried)].Choice
		})
	})
	for _, c := range screen.Choices {
		if !c.Enabled && screen.Kind != sequence.Gate {
			t.Fatalf("%s: %s can't be chosen", screen.Node, c.ID)
		}
		if next := s.Clone(); c.Enabled && !next.Choose(c.ID) && !timed {
			t.Fatalf("%s: %s is refused", screen.Node, c.ID)
		}
	}
	for i, a := range tried {
		if slices.ContainsFunc(tried[:i], func(b sequence.Answer) bool { return a.Node == b.Node }) {
			t.Fatalf("%s is shown twice: %v", a.Node, tried)
		}
	}
}

// unlockedLast reports whether the last answer was given at a gate: both graphs
// name it "before-" and the step.
func unlockedLast(tried []sequence.Answer) bool {
	return len(tried) > 0 && strings.HasPrefix(tried[len(tried)-1].Node, "before-") &&
		(tried[len(tried)-1].Choice == "continue" || tried[len(tried)-1].Choice == "erase")
}

// checkNext checks every answer to a screen: it makes progress, the worst case
// shortens the estimate by one screen, and Back undoes it.
func checkNext(t *testing.T, s *sequence.Session, screen sequence.Screen) {
	t.Helper()
	worst := 0
	for _, next := range s.Next() {
		if len(next.Tried()) == len(s.Tried()) {
			continue // a tick
		}
		if sequence.Effort(next) <= sequence.Effort(s) {
			t.Fatalf("%s: %v makes no progress", screen.Node, next.Tried())
		}
		after := next.Screen()
		if sequence.AnsweredWorstCase(next) && screen.Kind != sequence.End {
			worst++
			if after.Left != screen.Left-1 {
				t.Fatalf("%s: %d screens left, then %s: %d", screen.Node, screen.Left, after.Node, after.Left)
			}
		}
		if !next.Back() || !sequence.Same(next, s) || !same(next.Screen(), screen) {
			t.Fatalf("back to %v, not %v", next.Screen(), screen)
		}
	}
	locked := screen.Kind == sequence.Gate && screen.Held == "" && !screen.Choices[0].Enabled
	if screen.Kind != sequence.End && !locked && worst != 1 {
		t.Fatalf("%s has %d answers for the worst case", screen.Node, worst)
	}
}

func same(a, b sequence.Screen) bool {
	return a.Node == b.Node && a.Held == b.Held && a.Number == b.Number && a.Left == b.Left &&
		slices.Equal(a.Choices, b.Choices) && slices.Equal(a.Confirm, b.Confirm) && slices.Equal(a.Notes, b.Notes)
}

// Walk treats states with the same key as equal. This compares every session on
// random paths with the first one with its key: it must show the same screen, and
// its answers must lead to the same keys.
func TestStatesWithTheSameKeyHaveTheSameFuture(t *testing.T) {
	paths := 1500
	if testing.Short() {
		paths = 150
	}
	for name, g := range graphs() {
		t.Run(name, func(t *testing.T) {
			pick, paths := random(3), paths
			if name == "printer" {
				paths /= 10 // it is small, and tested under more reports
			}
			for _, apple := range g.apples {
				futures, again := map[string]string{}, 0
				for range paths {
					s := sequence.Start(g.graph, apple)
					for {
						screen, next := s.Screen(), s.Next()
						screen.Number = 0
						future := fmt.Sprint(screen)
						for _, n := range next {
							future += "\n" + sequence.Key(n)
						}
						key := sequence.Key(s)
						if first, known := futures[key]; known && first != future {
							t.Fatalf("after %v, with key %s:\n%s\nwant\n%s", s.Tried(), key, future, first)
						} else if known {
							again++
						}
						futures[key] = future
						if len(next) == 0 {
							break
						}
						s = next[pick(len(next))]
					}
				}
				if again < paths {
					t.Errorf("only %d sessions had a known key", again)
				}
			}
		})
	}
}

// random returns a deterministic source of numbers below n.
func random(seed uint32) func(n int) int {
	return func(n int) int {
		seed = seed*1664525 + 1013904223
		return int(seed>>8) % n
	}
}
