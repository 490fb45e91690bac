package sequence

import "slices"

// Walk yields a session for every state that can be reached under a, whatever is
// answered, except states that differ only in what no longer matters. A time is
// answered by one within the first incident and by one before it. The caller may
// change the sessions.
func (g *Graph) Walk(a Apple) func(yield func(*Session) bool) {
	return func(yield func(*Session) bool) {
		k := newKeys(g)
		known := map[state]bool{k.key(state{}): true}
		open := []*Session{Start(g, a)}
		for len(open) > 0 {
			s := open[len(open)-1]
			open = open[:len(open)-1]
			for _, next := range s.Next() {
				if key := k.key(next.now); !known[key] {
					known[key] = true
					open = append(open, next)
				}
			}
			if !yield(s) {
				return
			}
		}
	}
}

// Next returns the sessions that one answer or one tick leads to.
func (s *Session) Next() []*Session {
	var all []*Session
	try := func(act func(*Session) bool) {
		if c := s.Clone(); act(c) {
			all = append(all, c)
		}
	}
	screen := s.Screen()
	for _, c := range screen.Choices {
		try(func(s *Session) bool { return s.Choose(c.ID) })
	}
	for _, c := range screen.Confirm {
		try(func(s *Session) bool { return s.Confirm(c.ID, !c.Done) })
	}
	if len(s.apple.Incidents) > 0 {
		began := s.apple.Incidents[0].From
		for _, at := range []int64{began, began - 1} {
			try(func(s *Session) bool { return s.Failed(Span{at, at}) })
		}
	}
	return all
}

// Clone returns an independent copy of the session.
func (s *Session) Clone() *Session {
	c := *s
	c.trail = slices.Clone(s.trail)
	return &c
}

// keys finds the key of a state: the state without what no longer matters.
type keys struct {
	graph *Graph
	leads []uint64 // by place: the nodes that an answer can lead to, the order left out
	asks  []Fact   // by place: the facts that decide whether the node comes, and what follows it
}

func newKeys(g *Graph) keys {
	k := keys{g, make([]uint64, len(g.Nodes)), make([]Fact, len(g.Nodes))}
	for i := range g.Nodes {
		n := &g.Nodes[i]
		k.asks[i] = n.Need | n.Not
		k.add(i, n)
		if n.Before != 0 {
			k.add(i, &g.Nodes[n.Before])
		}
	}
	return k
}

// add adds what a node leads to and asks for, seen at place i.
func (k *keys) add(i int, n *Node) {
	for _, c := range n.Choices {
		k.leads[i] |= places(c.Priority)
		if c.To != 0 {
			k.leads[i] |= bit(c.To)
		}
	}
	if n.If != nil {
		k.asks[i] |= n.If.Need | n.If.Not
	}
	if n.Then != nil {
		k.leads[i] |= bit(n.Then.To)
		k.asks[i] |= n.Then.If.Need | n.Then.If.Not
	}
}

func places(nodes []Place) (set uint64) {
	for _, node := range nodes {
		set |= bit(node)
	}
	return set
}

// key drops what can't influence the further path: a priority whose nodes are
// all answered, whether a node was answered that can't come any more, and facts
// that no node to come asks for.
func (k *keys) key(st state) state {
	live := bit(st.at) | places(k.graph.Order)
	var priority [maxPriorities]choiceRef
	used := 0
	for _, ref := range st.priority {
		if nodes := places(k.graph.prioritized(ref)); nodes&^st.answered != 0 {
			priority[used] = ref
			used++
			live |= nodes
		}
	}
	st.priority = priority
	var asked Fact
	for todo, done := live&^st.answered, uint64(0); todo != 0; todo = live &^ st.answered &^ done {
		for i := range k.leads {
			if todo&bit(Place(i)) != 0 {
				live |= k.leads[i]
				asked |= k.asks[i]
			}
		}
		done |= todo
	}
	st.answered &= live
	st.facts &= asked
	return st
}
