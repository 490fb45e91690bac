package sequence

import (
	"fmt"
	"math/bits"
	"slices"
)

const (
	Letters  = letters
	MaxSaved = 200
)

// Effort grows with every answer and has an upper bound, so every path ends.
func Effort(s *Session) int {
	return 100*s.now.answered.count() + s.now.unlocked.count() +
		bits.OnesCount32(s.now.skipped) + bits.OnesCount32(uint32(s.now.facts))
}

func (s *nodeSet) count() (n int) {
	for _, word := range s {
		n += bits.OnesCount64(word)
	}
	return n
}

// Key is the state of the session as Walk compares it.
func Key(s *Session) string {
	k := newKeys(s.graph)
	return fmt.Sprint(k.key(s.now))
}

// Same reports whether two sessions have the same answers and the same state.
func Same(a, b *Session) bool {
	return a.now == b.now && slices.Equal(a.trail, b.trail)
}

// AnsweredWorstCase reports whether the last answer is the worst case: nothing
// helped.
func AnsweredWorstCase(s *Session) bool {
	m := s.trail[len(s.trail)-1]
	return m.choice == goOn || s.graph.Nodes[m.node].Choices[m.choice].WorstCase
}

// Locked returns the session with all gates locked, as Restore returns it: at
// the gate where the reader saw the step behind it.
func Locked(s *Session) *Session {
	c := s.Clone()
	if c.now.unlocked.has(c.now.at) {
		last := len(c.trail) - 1
		c.now, c.trail = c.trail[last].before, c.trail[:last]
	}
	c.now.unlocked, c.now.ticks = nodeSet{}, 0
	for i := range c.trail {
		c.trail[i].before.unlocked, c.trail[i].before.ticks = nodeSet{}, 0
	}
	return c
}

// Reachable reports whether a reader can give the session's answers in order, and
// then be where it is, while what Apple reports changes between the given reports.
func Reachable(s *Session, reports []Apple) bool {
	g := s.graph
	var all []report
	for _, a := range reports {
		all = append(all, newReport(g, a))
	}
	// settled is what a state can become by changes of the report.
	settled := func(st state) (all2 []Session) {
		for i := range all {
			x := Session{graph: g, apple: all[i], now: st}
			x.settle()
			all2 = append(all2, x)
		}
		return all2
	}
	states := map[state]bool{{}: true}
	for _, m := range s.trail {
		next := map[state]bool{}
		for st := range states {
			for _, x := range settled(st) {
				node, rule := g.visible(&x.apple, &x.now)
				if node != m.node || !x.offers(node, rule, m.choice) {
					continue
				}
				next[g.after(&x.apple, x.now, node, m.choice)] = true
				// What isn't held back any more comes at once.
				for i := range all {
					if m.choice == goOn && all[i].held[x.now.at] < 0 {
						next[g.after(&all[i], x.now, node, goOn)] = true
					}
				}
			}
		}
		states = next
	}
	for st := range states {
		for _, x := range settled(st) {
			if x.now.at == s.now.at {
				return true
			}
		}
	}
	return false
}

// offers reports whether the screen offers a choice, once all boxes are ticked.
func (s *Session) offers(node Place, rule int8, chosen uint8) bool {
	if rule >= 0 || chosen == goOn {
		return rule >= 0 && chosen == goOn
	}
	c := &s.graph.Nodes[node].Choices[chosen]
	return c.Time == Untimed || c.Time == OutsideIncident || c.Time == DuringIncident && len(s.apple.Incidents) > 0
}
