package sequence

import "slices"

// Screen is what the reader sees.
type Screen struct {
	Node    string
	Kind    Kind
	Article string
	Risk    Risk           // of a Gate: of the step behind it
	Held    string         // text id of the reason why the step is held back; its only choice is then "go-on"
	Notes   []string       // text ids
	Confirm []Confirmation // of a Gate
	Choices []ScreenChoice // in order
	Number  int            // of this screen, from 1
	Left    int            // how many more screens there are if nothing helps
}

// ScreenChoice is an answer that the screen offers. Its text is "choice.", the
// node, a dot and the ID; where there is none, "choice." and the ID.
type ScreenChoice struct {
	ID      string
	Enabled bool
	Primary bool // the one that moves on, where it comes first
}

// Confirmation is a box to tick. Its text is "confirm." and the ID.
type Confirmation struct {
	ID   string
	Done bool
}

// Answer is a choice that was made.
type Answer struct {
	Node, Choice string
}

// Screen returns what the reader sees now.
func (s *Session) Screen() Screen {
	g := s.graph
	node, rule := g.visible(&s.apple, &s.now)
	n, place := &g.Nodes[node], node
	if n.Kind == Gate {
		place = s.now.at
	}
	step := &g.Nodes[place]
	screen := Screen{
		Node: n.ID, Kind: n.Kind, Article: step.Article, Risk: step.Risk,
		Notes:  g.notes(&s.apple.Apple, place),
		Number: len(s.trail) + 1,
		Left:   g.left(&s.apple, s.now),
	}
	if rule >= 0 {
		screen.Held = g.Rules[rule].Held
		screen.Choices = []ScreenChoice{{ID: goOnID, Enabled: true}}
		return screen
	}
	for i, id := range n.Confirm {
		screen.Confirm = append(screen.Confirm, Confirmation{id, s.now.ticks&(1<<i) != 0})
	}
	for i := range n.Choices {
		if c := &n.Choices[i]; !c.Unlisted && (c.Time == Untimed || c.Time == TakesTime) {
			primary := i == 0 && n.Kind != Question && slices.Contains(g.MovesOn, c.ID)
			screen.Choices = append(screen.Choices, ScreenChoice{c.ID, s.enabled(n, c), primary})
		}
	}
	return screen
}

// enabled reports whether a choice may be made: a gate is unlocked once all is
// confirmed.
func (s *Session) enabled(n *Node, c *Choice) bool {
	return n.Kind != Gate || !c.Stay || s.now.ticks == allTicks(n)
}

func allTicks(gate *Node) uint8 { return 1<<len(gate.Confirm) - 1 }

// Tried returns the answers so far, in order.
func (s *Session) Tried() []Answer {
	var answers []Answer
	for _, m := range s.trail {
		n, id := &s.graph.Nodes[m.node], goOnID
		if m.choice != goOn {
			id = n.Choices[m.choice].ID
		}
		answers = append(answers, Answer{n.ID, id})
	}
	return answers
}
