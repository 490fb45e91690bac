package sequence

import "slices"

// Step is one thing for the reader to do. Its texts have ids that begin with
// "step.", its ID and a dot.
type Step struct {
	ID      string
	Article string // number of Apple's support article on it, "" if there is none
	Risk    Risk
}

// Entry is a step as the plain document shows it under one report of Apple's.
type Entry struct {
	Step  Step
	Held  string   // text id of the reason why the step is held back, "" when it is offered
	Notes []string // text ids of sentences to show with the step, held or not
}

// Plan returns every step of the plain document, in order, under a. Where
// several reasons hold a step back, Held is that of the first rule.
func (g *Graph) Plan(a Apple) []Entry { return g.entries(a, g.Plain) }

// Rest returns the steps that the plain document leaves out, in the order of the
// table.
func (g *Graph) Rest(a Apple) []Entry {
	var rest []Place
	for i := range g.Nodes {
		if g.Nodes[i].Kind == Fix && !slices.Contains(g.Plain, Place(i)) {
			rest = append(rest, Place(i))
		}
	}
	return g.entries(a, rest)
}

func (g *Graph) entries(a Apple, places []Place) []Entry {
	plan := make([]Entry, 0, len(places))
	for _, place := range places {
		n := &g.Nodes[place]
		e := Entry{Step: Step{n.ID, n.Article, n.Risk}, Notes: g.notes(&a, place)}
		if n.Plain != "" {
			e.Step.ID = n.Plain
		}
		if i := g.heldBy(&a, place); i >= 0 {
			e.Held = g.Rules[i].Held
		}
		plan = append(plan, e)
	}
	return plan
}

// heldBy returns the index of the first rule that holds a step back, -1 if none
// does.
func (g *Graph) heldBy(a *Apple, step Place) int {
	for i := range g.Rules {
		if r := &g.Rules[i]; r.Held != "" && g.concerns(r, step) && r.applies(a) {
			return i
		}
	}
	return -1
}

// heldRules returns the set of the rules that can hold the step back.
func (g *Graph) heldRules(step Place) (rules uint32) {
	for i := range g.Rules {
		if r := &g.Rules[i]; r.Held != "" && g.concerns(r, step) {
			rules |= 1 << i
		}
	}
	return rules
}

// notes returns the text ids of what Apple's report adds to a step.
func (g *Graph) notes(a *Apple, step Place) []string {
	var ids []string
	for i := range g.Rules {
		if r := &g.Rules[i]; r.Note != "" && g.concerns(r, step) && r.applies(a) {
			ids = append(ids, r.Note)
		}
	}
	return ids
}

func (g *Graph) concerns(r *Rule, step Place) bool {
	return r.Destructive && g.Nodes[step].Risk == Destructive || slices.Contains(r.Steps, step)
}

func (r *Rule) applies(a *Apple) bool {
	if slices.Contains(r.Service, a.Service) {
		return true
	}
	for _, row := range r.Rows {
		if a.Rows[row] == r.Health {
			return true
		}
	}
	return false
}
