package sequence

import "slices"

// Session is one reader's path through a graph.
type Session struct {
	graph *Graph
	apple report
	trail []move
	now   state
}

// move is an answer, with the state in which it was given.
type move struct {
	before state
	node   Place // what was visible
	choice uint8 // its place among those of the node, or goOn
}

// goOn is the choice that leaves a step that is held back.
const (
	goOn   uint8 = 63
	goOnID       = "go-on"
)

// report is what Apple reports, and what follows for each node.
type report struct {
	Apple
	held []int8 // by place: the rule that holds the node back, or -1
}

func newReport(g *Graph, a Apple) report {
	r := report{a, make([]int8, len(g.Nodes))}
	for i := range r.held {
		r.held[i] = int8(g.heldBy(&a, Place(i)))
	}
	return r
}

// state is all that the further path depends on. States can be compared.
type state struct {
	at       Place  // the node to be answered; never one that is only shown before another
	ticks    uint8  // of the gate before at
	skipped  uint32 // the rules whose reason was shown and left
	facts    Fact
	answered nodeSet
	unlocked nodeSet                  // the nodes whose gate is unlocked, until they are answered or left
	priority [maxPriorities]choiceRef // the choices whose Priority is in effect, the latest first
}

// choiceRef refers to a choice. The zero choiceRef refers to none.
type choiceRef struct {
	node  Place
	place uint8 // one more than its place among those of the node
}

// Limits that come from the sizes of a state's fields and from the saved form.
const (
	maxNodes      = 128
	maxRules      = 32
	maxConfirm    = 6
	maxPriorities = 3 // that are in effect at the same time
)

// nodeSet is a set of nodes. Sets can be compared.
type nodeSet [maxNodes / 64]uint64

func (s *nodeSet) has(node Place) bool { return s[node/64]&(1<<(node%64)) != 0 }
func (s *nodeSet) add(node Place)      { s[node/64] |= 1 << (node % 64) }
func (s *nodeSet) remove(node Place)   { s[node/64] &^= 1 << (node % 64) }

// Start begins a session at the first node.
func Start(g *Graph, a Apple) *Session {
	return &Session{graph: g, apple: newReport(g, a)}
}

// visible returns the node that the reader sees in a state: the node to be
// answered, or what is shown before it. This is the only way from a state to a
// screen, so nothing destructive is visible unless its gate was unlocked and
// nothing holds it back. The rule, if not -1, is the one that holds it back.
func (g *Graph) visible(r *report, st *state) (node Place, rule int8) {
	rule = r.held[st.at]
	if before := g.Nodes[st.at].Before; before != 0 {
		switch b := &g.Nodes[before]; {
		case b.Kind == Gate:
			if rule >= 0 || !st.unlocked.has(st.at) {
				return before, rule
			}
		case b.If.holds(&r.Apple, st.facts):
			return before, -1
		}
	}
	return st.at, rule
}

// after returns the state that a choice at the visible node leads to.
func (g *Graph) after(r *report, st state, visible Place, chosen uint8) state {
	if chosen == goOn {
		if i := r.held[st.at]; i >= 0 {
			st.skipped |= 1 << i
		}
		st.unlocked.remove(st.at)
		return st.enter(g.next(r, &st))
	}
	c := &g.Nodes[visible].Choices[chosen]
	st.facts = st.facts&^c.Clear | c.Set
	if c.Stay {
		if g.Nodes[visible].Kind == Gate {
			st.unlocked.add(st.at)
		}
		return st
	}
	st.answered.add(st.at)
	st.unlocked.remove(st.at)
	if c.Priority != nil {
		copy(st.priority[1:], st.priority[:])
		st.priority[0] = choiceRef{visible, chosen + 1}
	}
	if c.To != 0 && !st.answered.has(c.To) && g.shows(r, &st, c.To) && !g.skips(r, &st, c.To) {
		return st.enter(c.To)
	}
	if then := g.Nodes[st.at].Then; then != nil && !st.answered.has(then.To) && then.If.holds(&r.Apple, st.facts) {
		return st.enter(then.To)
	}
	return st.enter(g.next(r, &st))
}

func (st state) enter(node Place) state {
	if st.at != node {
		st.at, st.ticks = node, 0
	}
	return st
}

// next returns the first node that is open: of the latest priority, then of those
// before it, then of the order.
func (g *Graph) next(r *report, st *state) Place {
	for _, ref := range st.priority {
		for _, node := range g.prioritized(ref) {
			if g.open(r, st, node) {
				return node
			}
		}
	}
	for _, node := range g.Order {
		if g.open(r, st, node) {
			return node
		}
	}
	return g.End
}

func (g *Graph) prioritized(ref choiceRef) []Place {
	if ref.place == 0 {
		return nil
	}
	return g.Nodes[ref.node].Choices[ref.place-1].Priority
}

// open reports whether a node is still to come: not answered, applicable, and
// not held back for a reason that was shown already. What was held back comes
// when it no longer is.
func (g *Graph) open(r *report, st *state, node Place) bool {
	n := &g.Nodes[node]
	return !st.answered.has(node) && st.facts&n.Need == n.Need && st.facts&n.Not == 0 &&
		g.shows(r, st, node) && !g.skips(r, st, node)
}

// skips reports whether a node is held back for a reason that was shown already.
func (g *Graph) skips(r *report, st *state, node Place) bool {
	rule := r.held[node]
	return rule >= 0 && st.skipped&(1<<rule) != 0
}

func (g *Graph) shows(r *report, st *state, node Place) bool {
	c := g.Nodes[node].If
	return c == nil || c.holds(&r.Apple, st.facts)
}

// Choose answers the screen. It returns false if there is no such choice, if it
// isn't enabled, or if it takes a time; see [Session.Failed].
func (s *Session) Choose(id string) bool {
	node, rule := s.graph.visible(&s.apple, &s.now)
	if rule >= 0 {
		if id == goOnID {
			s.answer(node, goOn)
		}
		return id == goOnID
	}
	n := &s.graph.Nodes[node]
	for i := range n.Choices {
		if c := &n.Choices[i]; c.ID == id && c.Time == Untimed && s.enabled(n, c) {
			s.answer(node, uint8(i))
			return true
		}
	}
	return false
}

// ChooseWorstCase answers a question by the choice for the worst case. It returns
// false on other screens.
func (s *Session) ChooseWorstCase() bool {
	node, rule := s.graph.visible(&s.apple, &s.now)
	if rule >= 0 || s.graph.Nodes[node].Kind != Question {
		return false
	}
	s.answer(node, s.graph.worstCase(node))
	return true
}

func (s *Session) answer(visible Place, chosen uint8) {
	s.trail = append(s.trail, move{s.now, visible, chosen})
	s.now = s.graph.after(&s.apple, s.now, visible, chosen)
}

// Confirm ticks a box of a gate, or clears it. It returns false if the screen
// has no such box.
func (s *Session) Confirm(id string, done bool) bool {
	node, rule := s.graph.visible(&s.apple, &s.now)
	i := slices.Index(s.graph.Nodes[node].Confirm, id)
	if rule >= 0 || i < 0 {
		return false
	}
	s.now.ticks &^= 1 << i
	if done {
		s.now.ticks |= 1 << i
	}
	return true
}

// Failed answers the question of when the failure was: at some time in span. It
// returns false if the screen takes no time, or if the span ends before it begins.
func (s *Session) Failed(span Span) bool {
	node, _ := s.graph.visible(&s.apple, &s.now)
	if !s.graph.takesTime(node) || span.To != 0 && span.To < span.From {
		return false
	}
	result := OutsideIncident
	if slices.ContainsFunc(s.apple.Incidents, span.overlaps) {
		result = DuringIncident
	}
	s.answer(node, s.graph.timed(node, result))
	return true
}

func (g *Graph) takesTime(node Place) bool {
	return slices.ContainsFunc(g.Nodes[node].Choices, func(c Choice) bool { return c.Time == TakesTime })
}

func (g *Graph) timed(node Place, t Timing) uint8 {
	return uint8(slices.IndexFunc(g.Nodes[node].Choices, func(c Choice) bool { return c.Time == t }))
}

// Back undoes the last answer. It returns false if there is none.
func (s *Session) Back() bool {
	last := len(s.trail) - 1
	if last < 0 {
		return false
	}
	s.now, s.trail = s.trail[last].before, s.trail[:last]
	s.returnToGate()
	s.settle()
	return true
}

// Restart drops every answer.
func (s *Session) Restart() {
	s.trail, s.now = nil, state{}
}

// SetApple replaces what Apple reports. The answers stay.
func (s *Session) SetApple(a Apple) {
	s.apple = newReport(s.graph, a)
	s.settle()
}

// settle leaves a node that isn't shown any more, such as a question whose
// answer no longer matters.
func (s *Session) settle() {
	if !s.graph.shows(&s.apple, &s.now, s.now.at) {
		s.now = s.now.enter(s.graph.next(&s.apple, &s.now))
	}
}
