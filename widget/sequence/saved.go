package sequence

// Saved progress is the graph's version, three letters for each answer (two for
// the node and one for the choice, by their places), a dot, and two letters for
// the node to be answered.
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

// maxSaved is the length that Restore accepts. Apple's state can change, so a
// path may be longer than the graph.
func (g *Graph) maxSaved() int { return 4 + 3*4*len(g.Nodes) }

// Save returns the progress in letters that are safe in a URL. It holds no tick:
// gates are for the reader of now.
func (s *Session) Save() string {
	saved := make([]byte, 0, 4+3*len(s.trail))
	saved = append(saved, s.graph.Version)
	for _, m := range s.trail {
		saved = append(appendPlace(saved, m.node), letters[m.choice])
	}
	return string(appendPlace(append(saved, '.'), s.now.at))
}

// Restore continues where Save was called, under what Apple reports now. It
// repeats the saved answers from the start, as far as each is an answer to a
// screen that the ones before it lead to, under this report or another one.
// Gates are locked again, so a step behind a gate shows its gate. It returns
// false, and a session at its start, if saved isn't what Save returns.
func Restore(g *Graph, a Apple, saved string) (*Session, bool) {
	s := Start(g, a)
	if len(saved) < 4 || len(saved) > g.maxSaved() || len(saved)%3 != 1 || saved[0] != g.Version || saved[len(saved)-3] != '.' {
		return s, false
	}
	at, ok := placeOf(saved[len(saved)-2:])
	if !ok {
		return s, false
	}
	answers := saved[1 : len(saved)-3]
	for ; len(answers) > 0; answers = answers[3:] {
		node, okNode := placeOf(answers)
		chosen, okChoice := letter(answers[2])
		if !okNode || !okChoice {
			return Start(g, a), false
		}
		if !s.repeat(node, chosen) {
			break
		}
	}
	ok = len(answers) == 0 && s.moveTo(at)
	s.lock()
	s.settle()
	return s, ok || len(s.trail) > 0
}

// lock locks all gates again, also for Back.
func (s *Session) lock() {
	for i := range s.trail {
		s.trail[i].before.unlocked, s.trail[i].before.ticks = nodeSet{}, 0
	}
	s.now.unlocked, s.now.ticks = nodeSet{}, 0
	s.returnToGate()
}

// returnToGate undoes the answer that unlocked a gate if the gate is locked.
func (s *Session) returnToGate() {
	last := len(s.trail) - 1
	if last < 0 {
		return
	}
	m := s.trail[last]
	if n := &s.graph.Nodes[m.node]; n.Kind == Gate && m.choice != goOn && n.Choices[m.choice].Stay &&
		!s.now.unlocked.has(m.before.at) {
		s.now, s.trail = m.before, s.trail[:last]
	}
}

func appendPlace(saved []byte, node Place) []byte {
	return append(saved, letters[node/64], letters[node%64])
}

// placeOf decodes the first two letters.
func placeOf(s string) (Place, bool) {
	high, okHigh := letter(s[0])
	low, okLow := letter(s[1])
	return Place(high)<<6 | Place(low), okHigh && okLow && high < maxNodes/64
}

func letter(b byte) (uint8, bool) {
	for i := range len(letters) {
		if letters[i] == b {
			return uint8(i), true
		}
	}
	return 0, false
}

// moveTo goes to a node that the answers lead to.
func (s *Session) moveTo(node Place) bool {
	if int(node) >= len(s.graph.Nodes) || !s.leadsTo(node) {
		return false
	}
	s.now = s.now.enter(node)
	return true
}

// behind returns the node that another one is shown before.
func (g *Graph) behind(before Place) (Place, bool) {
	for i := range g.Nodes {
		if before != 0 && g.Nodes[i].Before == before {
			return Place(i), true
		}
	}
	return 0, false
}

// repeat gives a saved answer once more, even if what Apple reports now leads
// elsewhere.
func (s *Session) repeat(node Place, chosen uint8) bool {
	g := s.graph
	if int(node) >= len(g.Nodes) {
		return false
	}
	n, at := &g.Nodes[node], node
	behind, before := g.behind(node)
	if before {
		at = behind
	}
	switch {
	case chosen == goOn:
		if g.heldRules(at) == 0 || g.gated(at) != (n.Kind == Gate) || before && n.Kind != Gate {
			return false
		}
	case int(chosen) >= len(n.Choices) || n.Choices[chosen].Time == TakesTime:
		return false
	}
	unlocked := s.now.unlocked.has(at)
	switch {
	case n.Kind == Gate && unlocked && chosen != goOn,
		n.Kind != Gate && before && !n.If.allows(s.now.facts),
		g.gated(node) && !unlocked,
		!s.moveTo(at):
		return false
	}
	if n.Kind == Gate && chosen != goOn && n.Choices[chosen].Stay {
		s.now.ticks = allTicks(n)
	}
	s.answer(node, chosen)
	return true
}

// gated reports whether a gate is before the node.
func (g *Graph) gated(node Place) bool {
	before := g.Nodes[node].Before
	return before != 0 && g.Nodes[before].Kind == Gate
}
