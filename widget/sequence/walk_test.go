package sequence

import (
	"math/bits"
	"slices"
	"strings"
	"testing"
)

var incidents = []Span{{From: 1000, To: 2000}, {From: 5000, To: 6000}}

func fine(backup BackupState) Apple {
	a := Apple{Backup: backup, Rows: map[Row]Health{}, Incidents: incidents}
	for _, row := range Rows() {
		a.Rows[row] = Fine
	}
	return a
}

// reports yields every state of iCloud Backup with every health of both sign-in
// rows and every health of each single other row.
func reports(yield func(Apple) bool) {
	for backup := BackupUnknown; backup <= BackupOutage; backup++ {
		for account := Unknown; account <= Affected; account++ {
			for apple := Unknown; apple <= Affected; apple++ {
				for _, row := range Rows()[2:] {
					for health := Unknown; health <= Affected; health++ {
						a := fine(backup)
						a.Rows[Account], a.Rows[AppleAccount], a.Rows[row] = account, apple, health
						if !yield(a) {
							return
						}
					}
				}
			}
		}
	}
}

// class is all of a report that the way through the graph depends on; the rest
// only adds notes.
type class struct {
	backup BackupState
	held   [nodeCount]int8
}

// classes holds one report for each class.
func classes() map[class]Apple {
	all := map[class]Apple{}
	for a := range reports {
		key := class{a.Backup, newReport(a).held}
		if _, ok := all[key]; !ok {
			all[key] = a
		}
	}
	return all
}

// effort grows with every answer and has an end, so every path has one.
func effort(st *state) int {
	n := 2*bits.OnesCount64(st.answered) + bits.OnesCount64(st.passed) + bits.OnesCount16(st.told)
	if st.facts&older != 0 {
		n++
	}
	return n
}

func TestTheGraphIsSound(t *testing.T) {
	for i := range nodes {
		n := &nodes[i]
		if n.id == "" || slices.ContainsFunc(nodes[:i], func(m node) bool { return m.id == n.id }) {
			t.Errorf("node %d is %q", i, n.id)
		}
		if (n.risk == Destructive) != (n.gate != 0) || (n.kind == Gate) != (n.step != 0) || (n.kind == Gate) != (len(n.confirm) > 0) {
			t.Errorf("%s: risk %d, gate %d, step %d, confirm %q", n.id, n.risk, n.gate, n.step, n.confirm)
		}
		if n.gate != 0 && (int(nodes[n.gate].step) != i || nodes[n.gate].id != "before-"+n.id || n.kind != Fix) {
			t.Errorf("the gate of %s is %s", n.id, nodes[n.gate].id)
		}
		if len(n.confirm) > 6 {
			t.Errorf("%s has too many confirmations to save", n.id)
		}
		bleak := 0
		for j, c := range n.choices {
			if slices.ContainsFunc(n.choices[:j], func(d choice) bool { return d.id == c.id }) {
				t.Errorf("%s has %s twice", n.id, c.id)
			}
			if c.bleak {
				bleak++
			}
			if nodes[c.to].kind == Gate || c.to == wait {
				t.Errorf("%s: %s leads to %s", n.id, c.id, nodes[c.to].id)
			}
		}
		if n.kind != End && bleak != 1 {
			t.Errorf("%s has %d choices for when nothing helps", n.id, bleak)
		}
		if n.kind != End && len(n.choices) < 2 {
			t.Errorf("%s leaves no choice", n.id)
		}
	}
	if int(nodeCount) > len(letters) {
		t.Error("too many nodes to save")
	}
}

// Saved progress names nodes and choices by their places.
func TestPlacesBelongToTheVersion(t *testing.T) {
	var b strings.Builder
	for _, n := range nodes {
		b.WriteString(n.id + ":")
		for _, c := range n.choices {
			b.WriteString(" " + c.id)
		}
		b.WriteString("\n")
	}
	if b.String() != placesOfVersion1 || version != '1' {
		t.Errorf("append, or raise the version:\n%s", b.String())
	}
}

// Everything is checked under one report of each class that has the way depend
// on it.
func TestEveryWay(t *testing.T) {
	t.Parallel()
	all := classes()
	if len(all) < 10 {
		t.Fatalf("only %d classes", len(all))
	}
	reached := map[string]bool{}
	most := 0
	for key, a := range all {
		down := key.backup >= BackupDegraded
		for s := range Walk(a) {
			most = max(most, len(s.trail))
			face, reason := s.now.face(&s.apple)
			n := &nodes[face]
			reached[n.id] = true
			if n.risk == Destructive && (reason >= 0 || !opened(s, n.gate)) {
				t.Fatalf("%s under %v after %v", n.id, a, s.Tried())
			}
			if n.risk == Destructive && (down || key.backup == BackupMaintenance) {
				t.Fatalf("%s under %v", n.id, a)
			}
			if face == signOut && (a.Rows[Account] != Fine || a.Rows[AppleAccount] != Fine || key.backup == BackupUnknown) {
				t.Fatalf("sign-out under %v", a)
			}
			for i := range n.choices {
				c := &n.choices[i]
				if c.span || reason >= 0 || !s.enabled(n, c) {
					continue
				}
				if next := s.now.after(&s.apple, face, uint8(i)); effort(&next) <= effort(&s.now) {
					t.Fatalf("%s: %s doesn't lead on", n.id, c.id)
				}
			}
			if reason >= 0 {
				if next := s.now.after(&s.apple, face, goOn); effort(&next) <= effort(&s.now) {
					t.Fatalf("%s held: can't go on", n.id)
				}
			}
		}
	}
	for _, n := range nodes {
		if !reached[n.id] {
			t.Errorf("%s is never reached", n.id)
		}
	}
	if most > 45 {
		t.Errorf("a way has %d answers", most)
	}
	t.Logf("%d classes; the longest way found has %d answers", len(all), most)
}

// opened reports whether a gate was passed, by the answers alone.
func opened(s *Session, gate uint8) bool {
	return slices.Contains(s.Tried(), Answer{nodes[gate].id, "continue"})
}

func TestEveryScreen(t *testing.T) {
	t.Parallel()
	outage := fine(BackupOutage)
	for _, backup := range []BackupState{BackupUnknown, BackupFine, BackupOutage} {
		count := 0
		for s := range Walk(fine(backup)) {
			if count++; testing.Short() && count%7 != 0 {
				continue
			}
			screen := s.Screen()
			checkScreen(t, s, screen)
			restored, ok := Restore(s.apple.Apple, s.Save())
			if !ok || restored.now != s.now || !slices.EqualFunc(restored.trail, s.trail, func(a, b made) bool { return a == b }) {
				t.Fatalf("%s after %v is restored as %s after %v, %v", screen.Node, s.Tried(), restored.Screen().Node, restored.Tried(), ok)
			}
			if saved := s.Save(); strings.Trim(saved, letters+".~") != "" || len(saved) > 100 {
				t.Fatalf("saved as %q", saved)
			}
			for _, next := range s.Next() {
				if len(next.trail) == len(s.trail) {
					continue // a tick
				}
				last := next.trail[len(next.trail)-1]
				if after := next.Screen(); bleak(last) && screen.Kind != End && after.Left != screen.Left-1 {
					t.Fatalf("%s: %d screens left, then %s: %d", screen.Node, screen.Left, after.Node, after.Left)
				}
				if !next.Back() || next.now != s.now || !same(next.Screen(), screen) {
					t.Fatalf("back to %v, not %v", next.Screen(), screen)
				}
			}
			s.SetApple(outage)
			if held := s.Screen(); screen.Risk == Destructive && (held.Held != "held.outage" || held.Kind != Gate) {
				t.Fatalf("%s during an outage: %v", screen.Node, held)
			}
			if n := s.Screen(); n.Kind == Fix && n.Risk == Destructive {
				t.Fatalf("%s during an outage", n.Node)
			}
			s.SetApple(fine(backup))
			if again := s.Screen(); screen.Node != "when" && !same(again, screen) {
				t.Fatalf("after an outage %v, not %v", again, screen)
			}
		}
		t.Logf("%d states", count)
	}
}

func bleak(m made) bool {
	return m.choice == goOn || nodes[m.node].choices[m.choice].bleak
}

func same(a, b Screen) bool {
	return a.Node == b.Node && a.Held == b.Held && a.Number == b.Number && a.Left == b.Left &&
		slices.Equal(a.Choices, b.Choices) && slices.Equal(a.Confirm, b.Confirm) && slices.Equal(a.Notes, b.Notes)
}

func checkScreen(t *testing.T, s *Session, screen Screen) {
	t.Helper()
	if screen.Number != len(s.trail)+1 {
		t.Fatalf("number %d after %d answers", screen.Number, len(s.trail))
	}
	if (screen.Left == 0) != (screen.Kind == End) || screen.Left < 0 {
		t.Fatalf("%s: %d left", screen.Node, screen.Left)
	}
	if screen.Held != "" && !slices.Equal(screen.Choices, []Choice{{"go-on", true}}) {
		t.Fatalf("%s is held with the choices %v", screen.Node, screen.Choices)
	}
	if screen.Kind == Gate && screen.Held == "" {
		done := !slices.ContainsFunc(screen.Confirm, func(c Confirmation) bool { return !c.Done })
		if len(screen.Confirm) == 0 || !slices.Equal(screen.Choices, []Choice{{"continue", done}, {"not-now", true}}) {
			t.Fatalf("%s: %v", screen.Node, screen)
		}
		if !done && s.Clone().Choose("continue") {
			t.Fatalf("%s opens unconfirmed", screen.Node)
		}
	}
	for _, c := range screen.Choices {
		if !c.Enabled && screen.Kind != Gate {
			t.Fatalf("%s: %s is dead", screen.Node, c.ID)
		}
		if next := s.Clone(); c.Enabled && screen.Node != "when" && !next.Choose(c.ID) {
			t.Fatalf("%s: %s can't be chosen", screen.Node, c.ID)
		}
	}
	tried := s.Tried()
	for i, a := range tried {
		if slices.ContainsFunc(tried[:i], func(b Answer) bool { return a.Node == b.Node }) {
			t.Fatalf("%s is asked twice: %v", a.Node, tried)
		}
	}
	fix := slices.IndexFunc(s.trail, func(m made) bool { return nodes[m.node].kind == Fix })
	if fix < 0 && len(tried) > 5 || fix > 5 {
		t.Fatalf("no fix yet after %v", tried)
	}
}

// However Apple's state changes in between, nothing destructive comes up
// without its gate, and the way ends.
func TestAppleChangesOnTheWay(t *testing.T) {
	var all []Apple
	for _, a := range classes() {
		all = append(all, a)
	}
	random := uint32(1)
	pick := func(n int) int {
		random = random*1664525 + 1013904223
		return int(random>>8) % n
	}
	for range 20000 {
		s := Start(all[pick(len(all))])
		for range 60 {
			if pick(3) == 0 {
				s.SetApple(all[pick(len(all))])
			}
			next := s.Next()
			screen := s.Screen()
			if screen.Kind == Fix && screen.Risk == Destructive && (screen.Held != "" || !slices.Contains(s.Tried(), Answer{"before-" + screen.Node, "continue"})) {
				t.Fatalf("%s after %v", screen.Node, s.Tried())
			}
			restored, ok := Restore(s.apple.Apple, s.Save())
			if !ok || restored.now.at != s.now.at || restored.Screen().Node != screen.Node || len(restored.trail) != len(s.trail) {
				t.Fatalf("%s after %v is restored as %s after %v", screen.Node, s.Tried(), restored.Screen().Node, restored.Tried())
			}
			if len(next) == 0 {
				if screen.Kind != End {
					t.Fatalf("%s leads nowhere", screen.Node)
				}
				break
			}
			s = next[pick(len(next))]
		}
	}
}
