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

// keys finds the key of a state: the state without what no longer matters.
type keys struct {
	graph *Graph
	leads []nodeSet // by place: the nodes that an answer can lead to, the order left out
	asks  []Fact    // by place: the facts that decide whether the node comes, and what follows it
}

func newKeys(g *Graph) keys {
	k := keys{g, make([]nodeSet, len(g.Nodes)), make([]Fact, len(g.Nodes))}
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
		k.leads[i].addAll(c.Priority)
		if c.To != 0 {
			k.leads[i].add(c.To)
		}
	}
	if n.If != nil {
		k.asks[i] |= n.If.Need | n.If.Not
	}
	if n.Then != nil {
		k.leads[i].add(n.Then.To)
		k.asks[i] |= n.Then.If.Need | n.Then.If.Not
	}
}

func (s *nodeSet) addAll(nodes []Place) {
	for _, node := range nodes {
		s.add(node)
	}
}

// key drops what can't influence the further path: a priority whose nodes are
// all answered, whether a node was answered that can't come any more, and facts
// that no node to come asks for.
func (k *keys) key(st state) state {
	var live nodeSet
	live.add(st.at)
	live.addAll(k.graph.Order)
	var priority [maxPriorities]choiceRef
	used := 0
	for _, ref := range st.priority {
		nodes := k.graph.prioritized(ref)
		if slices.ContainsFunc(nodes, func(node Place) bool { return !st.answered.has(node) }) {
			priority[used] = ref
			used++
			live.addAll(nodes)
		}
	}
	st.priority = priority
	var asked Fact
	var seen nodeSet
	for again := true; again; {
		again = false
		for i := range k.leads {
			node := Place(i)
			if !live.has(node) || st.answered.has(node) || seen.has(node) {
				continue
			}
			seen.add(node)
			asked |= k.asks[i]
			for w := range live {
				live[w] |= k.leads[i][w]
			}
			again = true
		}
	}
	for w := range live {
		st.answered[w] &= live[w]
	}
	st.facts &= asked
	return st
}
