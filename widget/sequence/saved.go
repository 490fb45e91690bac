package sequence

// Saved progress is the version, two letters for each answer (the node and the
// choice, by their places), a dot, and two letters for where the reader stands:
// the node, and what is ticked of its gate.
const (
	version = '1'
	letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

	// Apple's state can change, so a way may be longer than the graph.
	maxSaved = 2 + 2*4*int(nodeCount) + 2
)

// Save returns the progress in letters that can stand in a URL.
func (s *Session) Save() string {
	saved := make([]byte, 0, 4+2*len(s.trail))
	saved = append(saved, version)
	for _, m := range s.trail {
		saved = append(saved, letters[m.node], letters[m.choice])
	}
	return string(append(saved, '.', letters[s.now.at], letters[s.now.ticks]))
}

// Restore continues where Save was called, under what Apple reports now. Answers
// that no longer apply end it early. It returns false, and a session at its
// start, if saved isn't what Save returns.
func Restore(a Apple, saved string) (*Session, bool) {
	s := Start(a)
	if len(saved) < 4 || len(saved) > maxSaved || len(saved)%2 != 0 || saved[0] != version || saved[len(saved)-3] != '.' {
		return s, false
	}
	at, ok1 := letter(saved[len(saved)-2])
	ticks, ok2 := letter(saved[len(saved)-1])
	if !ok1 || !ok2 {
		return s, false
	}
	answers := saved[1 : len(saved)-3]
	for len(answers) > 0 {
		node, ok1 := letter(answers[0])
		chosen, ok2 := letter(answers[1])
		if !ok1 || !ok2 {
			return Start(a), false
		}
		if !s.again(node, chosen) {
			return s, len(s.trail) > 0
		}
		answers = answers[2:]
	}
	if !s.stand(at) {
		return s, len(s.trail) > 0
	}
	if n := &nodes[at]; n.risk == Destructive {
		s.now.ticks = ticks & allTicks(&nodes[n.gate])
	}
	s.settle()
	return s, true
}

func letter(b byte) (uint8, bool) {
	for i := range len(letters) {
		if letters[i] == b {
			return uint8(i), true
		}
	}
	return 0, false
}

// stand goes to a node that is not answered.
func (s *Session) stand(node uint8) bool {
	if node >= nodeCount || nodes[node].kind == Gate || node == wait || s.now.answered&bit(node) != 0 {
		return false
	}
	if node != symptom && s.now.first == 0 {
		return false
	}
	s.now = s.now.enter(node)
	return true
}

// again gives an answer once more, even if Apple's state now leads elsewhere.
func (s *Session) again(node, chosen uint8) bool {
	if node >= nodeCount {
		return false
	}
	n := &nodes[node]
	at := node
	switch {
	case n.kind == Gate:
		at = n.step
	case node == wait:
		at = symptom
	}
	switch {
	case chosen == goOn:
		if n.kind != Gate {
			return false
		}
	case int(chosen) >= len(n.choices) || n.choices[chosen].span:
		return false
	}
	opened := s.now.passed&bit(at) != 0
	if n.risk == Destructive && !opened || n.kind == Gate && opened && chosen != goOn || node == wait && s.now.facts&older != 0 {
		return false
	}
	if !s.stand(at) {
		return false
	}
	if n.kind == Gate && chosen != goOn && n.choices[chosen].stay {
		s.now.ticks = allTicks(n)
	}
	s.answer(node, chosen)
	return true
}
