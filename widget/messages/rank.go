package messages

// candidates is how many messages Recognize returns at most.
const candidates = 3

// rank groups the matches, the best first.
type rank uint8

const (
	certain   rank = iota
	cause          // one that is named, not exactly, beside a message that names none
	noCause        // a message that names none
	misspelt       // a phrase with mistakes
	scattered      // only the words of one
	noRank
)

// ranked returns the ids of the messages that match, the best first.
func (m *matcher) ranked() []uint8 {
	best := make([]struct {
		rank    rank
		foreign bool
	}, len(m.table.ids))
	var ids []uint8
	for i := range best {
		best[i].rank = noRank
	}
	for _, a := range m.matches {
		r := m.rankOf(a)
		b := &best[a.id]
		if r == noRank {
			continue
		}
		if b.rank == noRank {
			ids = append(ids, a.id)
		}
		if r < b.rank || r == b.rank && !a.foreign {
			b.rank, b.foreign = r, a.foreign
		}
	}
	less := func(a, b uint8) bool {
		x, y := best[a], best[b]
		switch {
		case x.rank != y.rank:
			return x.rank < y.rank
		case x.foreign != y.foreign:
			return y.foreign
		}
		return a < b
	}
	for i := range ids {
		for j := i; j > 0 && less(ids[j], ids[j-1]); j-- {
			ids[j], ids[j-1] = ids[j-1], ids[j]
		}
	}
	for i, id := range ids {
		// Scattered words say nothing beside a message that names a cause.
		if first := best[ids[0]].rank; i == candidates || best[id].rank == scattered && first < scattered && first != noCause {
			return ids[:i]
		}
	}
	return ids
}

func (m *matcher) rankOf(a match) rank {
	beside := false // a message without a cause, in the same sentence
	for _, b := range m.matches {
		if b.quality == loose || b.id == a.id {
			continue
		}
		// "Not backed up in weeks" is a cause, though most of it names none.
		more := a.quality == loose && m.table.general[b.id] && !m.table.general[a.id]
		if b.quality == exact && b.covers(a) && !more {
			return noRank
		}
		beside = beside || m.table.general[b.id] && m.sentence(a) == m.sentence(b)
	}
	switch general := m.table.general[a.id]; {
	case a.quality == exact && general:
		return noCause
	case a.quality == exact:
		return certain
	case beside && !general:
		return cause
	case a.quality == close:
		return misspelt
	}
	return scattered
}

// covers reports whether an exact match says better what a would: a is a phrase
// within a longer one, or a phrase with mistakes that is mostly another one.
func (b match) covers(a match) bool {
	if a.quality == exact {
		return b.from <= a.from && a.to <= b.to && b.to-b.from > a.to-a.from
	}
	common := min(a.to, b.to) - max(a.from, b.from)
	return 2*common > a.to-a.from && (b.from < a.from || b.to > a.to)
}

func (m *matcher) sentence(a match) int {
	for _, w := range m.text.words {
		if w.to > a.from {
			return w.sentence
		}
	}
	return 0
}
