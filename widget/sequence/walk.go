package sequence

import "slices"

// Wander yields the sessions along random paths: each begins at the start under
// a and is answered until there is nothing to answer, so every session that it
// yields can be a reader's. The paths depend on seed alone. The caller may change
// the sessions.
func (g *Graph) Wander(a Apple, seed uint32, paths int) func(yield func(*Session) bool) {
	return func(yield func(*Session) bool) {
		for range paths {
			for s := Start(g, a); ; {
				next := s.Next()
				if !yield(s) {
					return
				}
				if len(next) == 0 {
					break
				}
				// Half of the endings are passed by, since long paths are rare otherwise.
				for again := true; again; {
					seed = seed*1664525 + 1013904223
					s = next[int(seed>>8)%len(next)]
					again = seed&(1<<20) != 0 && s.graph.Nodes[s.now.at].Kind == End && len(next) > 1
				}
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
	if node, rule := s.graph.visible(&s.apple, &s.now); rule < 0 {
		for _, c := range s.graph.Nodes[node].Choices {
			if c.Unlisted {
				try(func(s *Session) bool { return s.Choose(c.ID) })
			}
		}
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
