package sequence

// What Apple reports can change between two answers, and saved progress doesn't
// say what it was. So progress is restored along every way that some report
// opens, and along no other.

// leadsTo reports whether the answers so far lead to a node, whatever Apple
// reported on the way.
func (s *Session) leadsTo(node Place) bool {
	g, st := s.graph, &s.now
	if st.answered.has(node) || !g.mayShow(st, node) {
		return false
	}
	last := len(s.trail) - 1
	if last < 0 {
		return node == 0
	}
	m := &s.trail[last]
	if m.choice != goOn {
		at, c := m.before.at, &g.Nodes[m.node].Choices[m.choice]
		switch then := g.Nodes[at].Then; {
		case c.Stay:
			if node == at || g.mustShow(st, at) {
				return node == at
			}
		case c.To != 0 && !st.answered.has(c.To) && (node == c.To || g.mustShow(st, c.To) && g.heldRules(c.To)&s.skipped() == 0):
			return node == c.To
		case then != nil && then.To == node && then.If.allows(st.facts):
			return true
		}
	}
	return s.mayCome(node)
}

// mayCome reports whether a node can be the next one of the priorities and the
// order, under some report.
func (s *Session) mayCome(node Place) bool {
	skipped := s.skipped()
	if s.comes(node, skipped, 0) {
		return true
	}
	if skipped == 0 {
		return false
	}
	rules := s.graph.Rules
	for i := range rules {
		for j := range rules[:i+1] {
			// The service is in one state, so rules of its states exclude each other.
			if i != j && rules[i].Rows == nil && rules[j].Rows == nil {
				continue
			}
			if s.comes(node, skipped, 1<<i|1<<j) {
				return true
			}
		}
	}
	return false
}

// skipped returns the rules that may have been the reason for going on.
func (s *Session) skipped() (rules uint32) {
	for _, m := range s.trail {
		if m.choice == goOn {
			rules |= s.graph.heldRules(m.before.at)
		}
	}
	return rules
}

// comes reports whether a node can be the next one while the given rules apply:
// each node before it isn't open, or isn't shown under every report.
func (s *Session) comes(node Place, skipped, applying uint32) bool {
	g, st := s.graph, &s.now
	var reasons uint32 // for which nodes were passed over
	for i := range maxPriorities + 1 {
		nodes := g.Order
		if i < maxPriorities {
			nodes = g.prioritized(st.priority[i])
		}
		for _, other := range nodes {
			n := &g.Nodes[other]
			if st.answered.has(other) || st.facts&n.Need != n.Need || st.facts&n.Not != 0 {
				continue
			}
			held := g.heldRules(other) & applying
			if first := held & -held; first&skipped != 0 && (other != node || first&reasons != 0) {
				reasons |= first
				continue
			}
			if other == node || g.mustShow(st, other) && (g.Added == 0 || other < g.Added) {
				return other == node
			}
		}
	}
	return node == g.End
}

// mayShow reports whether a node is shown under some report.
func (g *Graph) mayShow(st *state, node Place) bool {
	c := g.Nodes[node].If
	return c == nil || c.allows(st.facts)
}

// mustShow reports whether a node is shown under every report.
func (g *Graph) mustShow(st *state, node Place) bool {
	c := g.Nodes[node].If
	return c == nil || c.allows(st.facts) && len(c.Service) == 0 && !c.Incidents
}
