package icloudbackup_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"backupcheck/widget/sequence"
	"backupcheck/widget/sequence/icloudbackup"
)

// readerCase is a block of testdata/cases.txt.
type readerCase struct {
	name, reaches string
	walk, never   []string
	ends          []string // more answers
	ending        string   // the screen that they lead to
}

func readerCases(t *testing.T) []readerCase {
	t.Helper()
	data, err := os.ReadFile("testdata/cases.txt")
	if err != nil {
		t.Fatal(err)
	}
	list := func(s string) []string { return strings.Split(strings.ReplaceAll(s, " ", ""), ",") }
	var all []readerCase
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") || strings.TrimSpace(line) == "" {
			continue
		}
		name, value, found := strings.Cut(strings.TrimSpace(line), ": ")
		if name == "case" {
			all = append(all, readerCase{name: value})
		}
		if !found || len(all) == 0 {
			t.Fatalf("%q", line)
		}
		c := &all[len(all)-1]
		switch name {
		case "case":
		case "walk":
			c.walk = list(value)
		case "reaches":
			c.reaches = value
		case "never":
			c.never = list(value)
		case "ends":
			answers, ending, _ := strings.Cut(value, ": ")
			c.ends, c.ending = list(answers), ending
		default:
			t.Fatalf("%q", line)
		}
	}
	return all
}

// tap answers the screen, or ticks a box.
func tap(s *sequence.Session, what string) bool {
	if box, ok := strings.CutPrefix(what, "+"); ok {
		return s.Confirm(box, true)
	}
	return s.Choose(what)
}

func TestReadersReachWhatCuredThem(t *testing.T) {
	var taps []int
	for _, c := range readerCases(t) {
		t.Run(c.name, func(t *testing.T) {
			s := icloudbackup.Start(noIncidents(sequence.ServiceFine))
			walk := func(answers []string) {
				for _, answer := range answers {
					if !tap(s, answer) {
						t.Fatalf("%s isn't offered by %s, after %v", answer, s.Screen().Node, s.Tried())
					}
				}
			}
			walk(c.walk)
			taps = append(taps, len(c.walk))
			if got := s.Screen().Node; got != c.reaches {
				t.Errorf("%s, not %s, after %v", got, c.reaches, s.Tried())
			}
			for _, a := range s.Tried() {
				if slices.Contains(c.never, a.Node) {
					t.Errorf("%s came before %s", a.Node, c.reaches)
				}
			}
			if c.ending == "" {
				return
			}
			walk(c.ends)
			if got := s.Screen().Node; got != c.ending {
				t.Errorf("ends at %s, not %s, after %v", got, c.ending, s.Tried())
			}
		})
	}
	slices.Sort(taps)
	if len(taps) < 48 || taps[len(taps)/2] > 5 || taps[len(taps)-1] > 9 {
		t.Errorf("%d cases, taps %v", len(taps), taps)
	}
	t.Logf("taps to the step: median %d, most %d", taps[len(taps)/2], taps[len(taps)-1])
}
