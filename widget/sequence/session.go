package sequence

import "slices"

// Screen is what the reader sees.
type Screen struct {
	Node    string
	Kind    Kind
	Article string
	Risk    Risk           // of a Gate: of the step it stands before
	Held    string         // text id of the reason why the step is held back; its only choice is then "go-on"
	Notes   []string       // text ids
	Confirm []Confirmation // of a Gate
	Choices []Choice       // in order; the first is the primary one
	Number  int            // of this screen, from 1
	Left    int            // how many more screens there are if nothing helps
}

// Choice is an answer that the screen offers. Its text is "choice.", the node, a
// dot and the ID; where there is none, "choice." and the ID.
type Choice struct {
	ID      string
	Enabled bool
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

// Session is one reader's way through the graph.
type Session struct {
	apple report
	trail []made
	now   state
}

// made is an answer, with the state in which it was given. Its choice is a
// place among those of the node, or goOn.
type made struct {
	before       state
	node, choice uint8
}

// goOn is the choice that leaves a step that is held back.
const goOn uint8 = 63

// state is where a reader stands. It holds all that the further way depends on.
type state struct {
	at            uint8 // the node to be answered; never a gate
	first, second uint8 // one more than the choice at symptom and at anotherMessage, 0 if there is none
	ticks         uint8 // of the gate before at
	told          uint16
	facts         fact
	answered      uint64
	passed        uint64 // the destructive nodes whose gate was passed, until they are answered
}

// report is what Apple reports, as far as the way depends on it.
type report struct {
	Apple
	down bool
	held [nodeCount]int8 // the reason that holds a node back, or -1
}

func newReport(a Apple) report {
	r := report{Apple: a, down: a.Backup == BackupDegraded || a.Backup == BackupOutage}
	for i := range nodes {
		r.held[i] = int8(reason(a, nodes[i].id, nodes[i].risk))
	}
	return r
}

func bit(node uint8) uint64 { return 1 << node }

// Start begins at the first question.
func Start(a Apple) *Session {
	return &Session{apple: newReport(a)}
}

// face is what is seen of the node at which the reader stands: the node itself,
// or what stands before it. This is the only way from a state to a screen, so
// nothing destructive is seen unless its gate was passed and nothing holds it
// back. The reason, if not -1, is why it is held back.
func (st *state) face(r *report) (node uint8, reason int8) {
	n := &nodes[st.at]
	switch {
	case n.risk == Destructive && (r.held[st.at] >= 0 || st.passed&bit(st.at) == 0):
		return n.gate, r.held[st.at]
	case st.at == symptom && r.down && st.facts&older == 0:
		return wait, -1
	}
	return st.at, r.held[st.at]
}

// after is the state that a choice at a face leads to.
func (st state) after(r *report, face, chosen uint8) state {
	if chosen == goOn {
		if i := r.held[st.at]; i >= 0 {
			st.told |= 1 << i
		}
		return st.enter(st.next(r))
	}
	c := &nodes[face].choices[chosen]
	st.facts = st.facts&^c.clear | c.set
	if c.stay {
		if nodes[face].kind == Gate {
			st.passed |= bit(st.at)
		}
		return st
	}
	st.answered |= bit(st.at)
	st.passed &^= bit(st.at)
	switch st.at {
	case symptom:
		st.first = chosen + 1
		if r.dates() && st.facts&older == 0 && !c.undated {
			return st.enter(when)
		}
	case anotherMessage:
		st.second = chosen + 1
	}
	switch {
	case c.to != 0 && st.answered&bit(c.to) == 0:
		return st.enter(c.to)
	case (st.at == symptom || st.at == when) && r.Backup == BackupRecovered && nodes[symptom].choices[st.first-1].retry:
		return st.enter(backUpNow)
	}
	return st.enter(st.next(r))
}

// dates reports whether it helps to know when the backup failed.
func (r *report) dates() bool { return len(r.Incidents) > 0 && !r.down }

func (st state) enter(node uint8) state {
	if st.at != node {
		st.at, st.ticks = node, 0
	}
	return st
}

// next is the first node of the order that is open: the head of what was seen
// last, then the head of what was seen first, then the main order.
func (st *state) next(r *report) uint8 {
	for _, head := range [...][]uint8{headOf(anotherMessage, st.second), headOf(symptom, st.first), order} {
		for _, node := range head {
			if st.open(r, node) {
				return node
			}
		}
	}
	return support
}

func headOf(node, choice uint8) []uint8 {
	if choice == 0 {
		return nil
	}
	return nodes[node].choices[choice-1].head
}

// open reports whether a node is still to come: not answered, applicable, and
// not held back for a reason that was told already. What was held back comes
// when it no longer is.
func (st *state) open(r *report, node uint8) bool {
	facts := st.facts
	if facts&(tooLarge|fits) == tooLarge {
		facts |= blocked
	}
	n := &nodes[node]
	reason := r.held[node]
	return st.answered&bit(node) == 0 && facts&n.need == n.need && facts&n.not == 0 &&
		(reason < 0 || st.told&(1<<reason) == 0)
}

// left counts the screens to the end if nothing helps.
func (st state) left(r *report) int {
	for n := 0; ; n++ {
		face, reason := st.face(r)
		switch {
		case reason >= 0:
			st = st.after(r, face, goOn)
		case nodes[face].kind == End:
			return n
		default:
			st = st.after(r, face, bleakest(face))
		}
	}
}

func bleakest(node uint8) uint8 {
	return uint8(slices.IndexFunc(nodes[node].choices, func(c choice) bool { return c.bleak }))
}

// Screen is what the reader sees now.
func (s *Session) Screen() Screen {
	face, reason := s.now.face(&s.apple)
	n, step := &nodes[face], &nodes[s.now.at]
	if n.kind != Gate {
		step = n
	}
	screen := Screen{
		Node: n.id, Kind: n.kind, Article: step.article, Risk: step.risk,
		Notes:  notes(s.apple.Apple, step.id),
		Number: len(s.trail) + 1,
		Left:   s.now.left(&s.apple),
	}
	if reason >= 0 {
		screen.Held = effects[reason].held
		screen.Choices = []Choice{{"go-on", true}}
		return screen
	}
	for i, id := range n.confirm {
		screen.Confirm = append(screen.Confirm, Confirmation{id, s.now.ticks&(1<<i) != 0})
	}
	for i := range n.choices {
		if c := &n.choices[i]; !c.hidden {
			screen.Choices = append(screen.Choices, Choice{c.id, s.enabled(n, c)})
		}
	}
	return screen
}

// enabled reports whether a choice may be made: a gate opens once all is
// confirmed.
func (s *Session) enabled(n *node, c *choice) bool {
	return n.kind != Gate || !c.stay || s.now.ticks == allTicks(n)
}

func allTicks(gate *node) uint8 { return 1<<len(gate.confirm) - 1 }

// Choose answers the screen. It returns false if there is no such choice, if it
// isn't enabled, or if it takes a time; see [Session.Failed].
func (s *Session) Choose(id string) bool {
	face, reason := s.now.face(&s.apple)
	if reason >= 0 {
		if id == "go-on" {
			s.answer(face, goOn)
		}
		return id == "go-on"
	}
	n := &nodes[face]
	for i := range n.choices {
		if c := &n.choices[i]; c.id == id && !c.hidden && !c.span && s.enabled(n, c) {
			s.answer(face, uint8(i))
			return true
		}
	}
	return false
}

func (s *Session) answer(face, chosen uint8) {
	s.trail = append(s.trail, made{s.now, face, chosen})
	s.now = s.now.after(&s.apple, face, chosen)
}

// Confirm ticks a box of a gate, or clears it. It returns false if the screen
// has no such box.
func (s *Session) Confirm(id string, done bool) bool {
	face, reason := s.now.face(&s.apple)
	i := slices.Index(nodes[face].confirm, id)
	if reason >= 0 || i < 0 {
		return false
	}
	s.now.ticks &^= 1 << i
	if done {
		s.now.ticks |= 1 << i
	}
	return true
}

// Failed answers the question when the backup failed: at some time in span. It
// returns false if that isn't the question, or if the span ends before it begins.
func (s *Session) Failed(span Span) bool {
	if face, _ := s.now.face(&s.apple); face != when || span.To != 0 && span.To < span.From {
		return false
	}
	result := "not-covered"
	if slices.ContainsFunc(s.apple.Incidents, span.meets) {
		result = "covered"
	}
	s.answer(when, uint8(slices.IndexFunc(nodes[when].choices, func(c choice) bool { return c.id == result })))
	return true
}

func (a Span) meets(b Span) bool {
	return (a.To == 0 || b.From <= a.To) && (b.To == 0 || a.From <= b.To)
}

// Back undoes the last answer. It returns false if there is none.
func (s *Session) Back() bool {
	last := len(s.trail) - 1
	if last < 0 {
		return false
	}
	s.now, s.trail = s.trail[last].before, s.trail[:last]
	s.settle()
	return true
}

// Restart forgets every answer.
func (s *Session) Restart() {
	s.trail, s.now = nil, state{}
}

// SetApple tells what Apple reports now. The answers stay.
func (s *Session) SetApple(a Apple) {
	s.apple = newReport(a)
	s.settle()
}

// settle leaves the question of the time when its answer no longer matters.
func (s *Session) settle() {
	if s.now.at == when && !s.apple.dates() {
		s.now = s.now.enter(s.now.next(&s.apple))
	}
}

// Tried tells what was answered, in order.
func (s *Session) Tried() []Answer {
	var answers []Answer
	for _, m := range s.trail {
		id := "go-on"
		if m.choice != goOn {
			id = nodes[m.node].choices[m.choice].id
		}
		answers = append(answers, Answer{nodes[m.node].id, id})
	}
	return answers
}

// Clone returns a session that goes its own way from here.
func (s *Session) Clone() *Session {
	c := *s
	c.trail = slices.Clone(s.trail)
	return &c
}

// Walk yields a session for every state that can be reached under a, whatever is
// answered, but for those that differ in nothing that is still to come; a time is answered by one that meets the first incident, and by one
// before it. What is yielded may be changed.
func Walk(a Apple) func(yield func(*Session) bool) {
	return func(yield func(*Session) bool) {
		known := map[state]bool{(&state{}).essence(): true}
		open := []*Session{Start(a)}
		for len(open) > 0 {
			s := open[len(open)-1]
			open = open[:len(open)-1]
			for _, next := range s.Next() {
				if key := next.now.essence(); !known[key] {
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

// essence is the state without what no longer matters.
func (st *state) essence() state {
	e := *st
	if e.first != 0 && e.at != when {
		e.answered &^= bit(when) | bit(thatWasApple) // nothing leads there any more
		if e.used(headOf(symptom, e.first)) {
			e.first = uint8(len(nodes[symptom].choices)) // which has no head
		}
	}
	if e.used(headOf(anotherMessage, e.second)) {
		e.second = 0
	}
	return e
}

func (st *state) used(nodes []uint8) bool {
	for _, node := range nodes {
		if st.answered&bit(node) == 0 {
			return false
		}
	}
	return true
}

// Next returns the sessions to which one answer or one tick leads.
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
