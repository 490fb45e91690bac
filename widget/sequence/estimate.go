package sequence

// left counts the screens to the end if nothing helps.
func (g *Graph) left(r *report, st state) int {
	for n := 0; ; n++ {
		node, rule := g.visible(r, &st)
		switch {
		case rule >= 0:
			st = g.after(r, st, node, goOn)
		case g.Nodes[node].Kind == End:
			return n
		default:
			st = g.after(r, st, node, g.worstCase(node))
		}
	}
}

func (g *Graph) worstCase(node Place) uint8 {
	choices := g.Nodes[node].Choices
	for i := range choices {
		if choices[i].WorstCase {
			return uint8(i)
		}
	}
	panic("sequence: " + g.Nodes[node].ID + " has no choice for the worst case")
}
