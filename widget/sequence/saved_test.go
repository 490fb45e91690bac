package sequence

import (
	"slices"
	"strings"
	"testing"
)

func FuzzRestore(f *testing.F) {
	count := 0
	for s := range Walk(fine(BackupFine)) {
		if count++; count%5000 == 1 {
			f.Add(s.Save(), uint8(s.now.at))
		}
	}
	for _, s := range []string{"", "1", "1.AA", "2.AA", "1AA.AA", "1.iA", "1!!.AA", "1AH.__", "1AAAA.AA"} {
		f.Add(s, uint8(0))
	}
	f.Fuzz(func(t *testing.T, saved string, backup uint8) {
		a := fine(BackupState(backup % 6))
		s, ok := Restore(a, saved)
		if !ok && len(s.trail) > 0 {
			t.Fatalf("%q is refused after %v", saved, s.Tried())
		}
		screen := s.Screen()
		if screen.Kind == Fix && screen.Risk == Destructive && !slices.Contains(s.Tried(), Answer{"before-" + screen.Node, "continue"}) {
			t.Fatalf("%q leads to %s", saved, screen.Node)
		}
		again, ok := Restore(a, s.Save())
		if !ok || again.now != s.now || again.Save() != s.Save() {
			t.Fatalf("%q: %q is restored as %q", saved, s.Save(), again.Save())
		}
		for range 100 {
			next := s.Next()
			if len(next) == 0 {
				return
			}
			s = next[0]
		}
		if s.Screen().Kind != End {
			t.Fatalf("%q never ends", saved)
		}
	})
}

func TestRestoreRefusesGarbage(t *testing.T) {
	for _, saved := range []string{"", "1", "garbage", "0.AA", "2AH.FA", "1.", "1.A", "1.AAA", "1AH.!!", "1A!.FA", "1ü.AA", "1__.FA", "1AA" + strings.Repeat("A", 1000) + ".AA", "1FA.AA", "1iA.AA"} {
		s, ok := Restore(fine(BackupFine), saved)
		if ok || len(s.trail) > 0 || s.Screen().Node != "symptom" {
			t.Errorf("%q is restored as %v", saved, s.Tried())
		}
	}
}
