package sequence

import (
	"fmt"
	"math/bits"
	"slices"
)

const (
	Letters  = letters
	MaxSaved = 100
)

// Effort grows with every answer and has an upper bound, so every path ends.
func Effort(s *Session) int {
	return 2*bits.OnesCount64(s.now.answered) + bits.OnesCount64(s.now.unlocked) +
		bits.OnesCount32(s.now.skipped) + bits.OnesCount16(uint16(s.now.facts))
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
