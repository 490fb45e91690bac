package sequence

import "slices"

// Problems returns what is wrong with a graph, one sentence for each problem.
// Sessions need a graph without problems. It is for tests: a graph is data of
// the program, so it isn't checked when a session starts.
func (g *Graph) Problems() []string {
	c := &checker{graph: g}
	if len(g.Nodes) == 0 || len(g.Nodes) > maxNodes {
		return []string{"the number of nodes is 0, or more than a session can remember"}
	}
	if len(g.Rules) > maxRules {
		c.add("there are more rules than a session can remember")
	}
	for i := range g.Nodes {
		n := &g.Nodes[i]
		if n.ID == "" || slices.ContainsFunc(g.Nodes[:i], func(m Node) bool { return m.ID == n.ID }) {
			c.add("the id \"" + n.ID + "\" is empty or not unique")
		}
		c.node(Place(i), n)
	}
	c.steps("the order", g.Order)
	c.steps("the plain document", g.Plain)
	for _, r := range g.Rules {
		c.steps("a rule", r.Steps)
		if r.Held == "" && r.Note == "" || len(r.Service) == 0 && len(r.Rows) == 0 {
			c.add("a rule has no effect, or never applies")
		}
	}
	if !c.inTable(g.End) || g.Nodes[g.End].Kind != End {
		c.add("the ending isn't one")
	}
	return c.problems
}

type checker struct {
	graph    *Graph
	problems []string
}

func (c *checker) add(problem string) { c.problems = append(c.problems, problem) }

func (c *checker) inTable(p Place) bool { return int(p) < len(c.graph.Nodes) }

// target reports whether answers may lead to a node: not to the start, nor to
// what is only shown before another.
func (c *checker) target(p Place) bool {
	if p == 0 || !c.inTable(p) {
		return false
	}
	_, before := c.graph.behind(p)
	return !before && c.graph.Nodes[p].Kind != Gate
}

func (c *checker) steps(list string, places []Place) {
	for _, p := range places {
		if !c.target(p) {
			c.add(list + " has a place that no answer may lead to")
		}
	}
}

func (c *checker) node(place Place, n *Node) {
	if n.Risk == Destructive && (n.Kind != Fix || !c.graph.gated(place)) {
		c.add(n.ID + " is destructive, and no step behind a gate")
	}
	if (n.Kind == Gate) != (len(n.Confirm) > 0) || len(n.Confirm) > maxConfirm {
		c.add(n.ID + " has confirmations and is no gate, or is one with none or too many")
	}
	if n.Before != 0 {
		c.before(place, n)
	} else if n.Kind == Gate {
		if _, before := c.graph.behind(place); !before {
			c.add(n.ID + " is a gate before nothing")
		}
	}
	if n.Then != nil && !c.target(n.Then.To) {
		c.add(n.ID + " jumps to where no answer may lead")
	}
	worst, during, outside := 0, 0, 0
	for i, choice := range n.Choices {
		if choice.ID == "" || choice.ID == goOnID || slices.ContainsFunc(n.Choices[:i], func(other Choice) bool { return other.ID == choice.ID }) {
			c.add(n.ID + ": the choice \"" + choice.ID + "\" is empty, reserved or not unique")
		}
		if choice.To != 0 && !c.target(choice.To) {
			c.add(n.ID + ": " + choice.ID + " leads to where no answer may lead")
		}
		c.steps(n.ID+": the priority of "+choice.ID, choice.Priority)
		if choice.WorstCase {
			worst++
		}
		if choice.Unlisted && (choice.WorstCase || choice.Time != Untimed) {
			c.add(n.ID + ": " + choice.ID + " isn't listed, so it is no time and not the worst case")
		}
		switch choice.Time {
		case DuringIncident:
			during++
		case OutsideIncident:
			outside++
		}
	}
	if n.Kind != End && (worst != 1 || len(n.Choices) < 2) {
		c.add(n.ID + " has less than two choices, or not one for the worst case")
	}
	if timed := c.graph.takesTime(place); timed && (during != 1 || outside != 1) || !timed && during+outside > 0 {
		c.add(n.ID + " takes a time and lacks its outcomes, or the reverse")
	}
	if len(n.Choices) > int(goOn) {
		c.add(n.ID + " has more choices than there are letters to save them")
	}
}

// before checks what is shown before a node.
func (c *checker) before(place Place, n *Node) {
	if !c.inTable(n.Before) {
		c.add(n.ID + " comes after a node that isn't in the table")
		return
	}
	before := &c.graph.Nodes[n.Before]
	if behind, _ := c.graph.behind(n.Before); behind != place {
		c.add(before.ID + " is shown before two nodes")
	}
	if before.Kind != Gate && before.If == nil {
		c.add(before.ID + " has no condition, so nothing ever comes after it")
	}
	if !slices.ContainsFunc(before.Choices, func(choice Choice) bool { return choice.Stay }) {
		c.add(before.ID + " has no choice that lets the reader pass")
	}
}
