package sequence_test

import (
	"slices"
	"testing"

	"backupcheck/widget/sequence"
	"backupcheck/widget/sequence/icloudbackup"
)

// everyReport returns reports between which everything changes that a path
// through the graph depends on.
func everyReport(g *sequence.Graph) []sequence.Apple {
	var held []sequence.Row // that hold a step back
	for _, r := range g.Rules {
		if r.Held != "" {
			held = append(held, r.Rows...)
		}
	}
	slices.Sort(held)
	held = slices.Compact(held)
	rows := []map[sequence.Row]sequence.Health{{}}
	for _, row := range held {
		var more []map[sequence.Row]sequence.Health
		for _, known := range rows {
			for _, health := range []sequence.Health{sequence.Unknown, sequence.Fine, sequence.Affected} {
				one := map[sequence.Row]sequence.Health{row: health}
				for k, v := range known {
					one[k] = v
				}
				more = append(more, one)
			}
		}
		rows = more
	}
	var all []sequence.Apple
	for service := sequence.ServiceUnknown; service <= sequence.ServiceOutage; service++ {
		for _, incidents := range [][]sequence.Span{nil, {{From: 1000, To: 2000}}} {
			for _, r := range rows {
				all = append(all, sequence.Apple{Service: service, Rows: r, Incidents: incidents})
			}
		}
	}
	return all
}

// checkRestored checks what a fragment is restored to: no gate is open, and a
// reader could have come there. It returns the number of answers.
func checkRestored(t *testing.T, g *sequence.Graph, a sequence.Apple, all []sequence.Apple, saved string) int {
	t.Helper()
	s, ok := sequence.Restore(g, a, saved)
	if !ok && len(s.Tried()) > 0 {
		t.Fatalf("%q is refused after %v", saved, s.Tried())
	}
	if !sequence.Reachable(s, all) {
		t.Fatalf("%q leads to %s after %v, where no reader comes", saved, s.Screen().Node, s.Tried())
	}
	again, ok := sequence.Restore(g, a, s.Save())
	if !ok || !sequence.Same(again, s) || again.Save() != s.Save() {
		t.Fatalf("%q: %q is restored as %q", saved, s.Save(), again.Save())
	}
	checkGatesAreClosed(t, s.Clone(), saved)
	return len(s.Tried())
}

// checkGatesAreClosed takes every way back, and from each screen the ways
// forward that tick no box.
func checkGatesAreClosed(t *testing.T, s *sequence.Session, saved string) {
	t.Helper()
	for {
		for forward := s.Clone(); ; {
			screen := forward.Screen()
			if screen.Kind == sequence.Fix && screen.Risk == sequence.Destructive {
				t.Fatalf("%q opens %s after %v", saved, screen.Node, forward.Tried())
			}
			if slices.ContainsFunc(screen.Confirm, func(c sequence.Confirmation) bool { return c.Done }) {
				t.Fatalf("%q ticks %v", saved, screen.Confirm)
			}
			if !slices.ContainsFunc(screen.Choices, func(c sequence.ScreenChoice) bool { return forward.Choose(c.ID) }) {
				break
			}
		}
		if !s.Back() {
			return
		}
	}
}

// saved is how saved progress names a node.
func saved(node sequence.Place) string {
	return sequence.Letters[node/64:node/64+1] + sequence.Letters[node%64:node%64+1]
}

// Fragments that name a step, or its gate and the step, at the start or after one
// answer.
func TestCraftedLinksOpenNoGate(t *testing.T) {
	for name, g := range graphs() {
		t.Run(name, func(t *testing.T) {
			all, letters, count := everyReport(g.graph), sequence.Letters, 0
			for i, n := range g.graph.Nodes {
				if n.Risk != sequence.Destructive {
					continue
				}
				count++
				gate, step := saved(n.Before), saved(sequence.Place(i))
				for _, a := range g.apples {
					if testing.Short() && g.graph != &printer && a.Service != sequence.ServiceFine {
						continue
					}
					// The large graph has a choice for each message; every fifth stands for
					// them.
					for first := range g.graph.Nodes[0].Choices {
						if g.graph != &printer && (first%5 != 0 || testing.Short() && first%15 != 0) {
							continue
						}
						start := string(g.graph.Version) + saved(0) + letters[first:first+1]
						for _, crafted := range []string{
							start + gate + "A." + step,
							start + "." + step,
							start + gate + "A" + step + "B." + step,
							start + gate + "A" + step + "B." + saved(g.graph.End),
							string(g.graph.Version) + gate + "A." + step,
							string(g.graph.Version) + "." + step,
						} {
							checkRestored(t, g.graph, a, all, crafted)
						}
					}
				}
			}
			if count == 0 {
				t.Error("no step is destructive")
			}
		})
	}
}

// Fragments that differ from real ones in a few letters.
func TestChangedLinksOpenNoGate(t *testing.T) {
	rounds := 3000
	if testing.Short() {
		rounds = 300
	}
	for name, g := range graphs() {
		t.Run(name, func(t *testing.T) {
			pick, all, apple, restored := random(7), everyReport(g.graph), g.apples[0], 0
			var real []string
			count := 0
			for s := range sessions(g.graph, apple) {
				if count++; count%23 == 1 {
					real = append(real, s.Save())
				}
			}
			for range rounds {
				saved := []byte(real[pick(len(real))])
				for range 1 + pick(3) {
					at := 1 + pick(len(saved)-1)
					switch other := real[pick(len(real))]; pick(4) {
					case 0: // another choice, or any letter
						if at -= at % 3; at > 0 && pick(2) == 0 {
							saved[at] = sequence.Letters[pick(3)]
						} else {
							saved[at] = sequence.Letters[pick(len(sequence.Letters))]
						}
					case 1: // another session's end
						saved = append(saved[:at], other[min(at, len(other)-1):]...)
					case 2: // an answer left out
						saved = append(saved[:at], saved[min(at+3, len(saved)):]...)
					case 3: // an answer given twice
						saved = append(saved[:at:at], saved[max(at-3, 0):]...)
					}
					if len(saved) < 2 {
						break
					}
				}
				restored += checkRestored(t, g.graph, apple, all, string(saved))
			}
			if restored < rounds/2 {
				t.Errorf("only %d answers of %d changed links are restored", restored, rounds)
			}
		})
	}
}

// A step that is added to the order later isn't in what was saved before.
func TestProgressSavedBeforeAStepWasAdded(t *testing.T) {
	s := sequence.Start(&printer, sequence.Apple{Service: sequence.ServiceFine})
	for _, c := range []string{"other", "no-change", "no-change"} {
		if !s.Choose(c) {
			t.Fatal(c)
		}
	}
	newer := printer
	newer.Nodes = append(slices.Clone(printer.Nodes), sequence.Node{ID: "paper", Kind: sequence.Fix, Choices: []sequence.Choice{
		{ID: "prints", To: done}, {ID: "no-change", WorstCase: true},
	}})
	added := sequence.Place(len(printer.Nodes))
	newer.Order = append([]sequence.Place{added}, printer.Order...)
	if restored, _ := sequence.Restore(&newer, sequence.Apple{Service: sequence.ServiceFine}, s.Save()); len(restored.Tried()) != 1 {
		t.Errorf("a step is passed over: %v", restored.Tried())
	}
	newer.Added = added
	restored, ok := sequence.Restore(&newer, sequence.Apple{Service: sequence.ServiceFine}, s.Save())
	if !ok || !slices.Equal(restored.Tried(), s.Tried()) || restored.Screen().Node != "before-erase" {
		t.Errorf("%s after %v", restored.Screen().Node, restored.Tried())
	}
	restored.Choose("leave")
	if restored.Choose("none"); restored.Screen().Node != "paper" {
		t.Errorf("%s, not the step that was added", restored.Screen().Node)
	}
}

func FuzzRestore(f *testing.F) {
	fine := graphs()["icloudbackup"].apples[0]
	count := 0
	for s := range icloudbackup.Graph().Wander(fine, 2, 300) {
		if count++; count%400 == 1 {
			f.Add(s.Save(), uint8(count%6))
		}
	}
	for _, s := range []string{
		"", "2", "2.AA", "1.AA", "2AAA.AA", "2.BA", "2!!!.AA", "2AAH.__", "2AAAAAA.AA", "pAACADBAHA.AI",
		"2AAHBQA.BR", "2AAHBUA.BV", "2AAAAdA.Ae",
	} {
		f.Add(s, uint8(0))
	}
	type walked struct {
		graph *sequence.Graph
		all   []sequence.Apple
	}
	var both []walked
	for _, g := range graphs() {
		both = append(both, walked{g.graph, everyReport(g.graph)})
	}
	f.Fuzz(func(t *testing.T, saved string, number uint8) {
		for _, g := range both {
			a := g.all[int(number)*len(g.all)/256]
			checkRestored(t, g.graph, a, g.all, saved)
			s, _ := sequence.Restore(g.graph, a, saved)
			for range 150 {
				next := s.Next()
				if len(next) == 0 {
					break
				}
				s = next[0]
			}
			if s.Screen().Kind != sequence.End {
				t.Fatalf("%q never ends", saved)
			}
		}
	})
}
