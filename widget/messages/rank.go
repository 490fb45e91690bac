package messages

// candidates is how many messages Recognize returns at most.
const candidates = 3

// rank groups the matches, the best first.
type rank uint8

const (
	certain   rank = iota
	cause          // a cause that is named beside a message that names none
	noCause        // a message that names no cause
	misspelt       //
	scattered      // only words of it
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
		// Scattered words say nothing beside a message.
		if i == candidates || best[id].rank == scattered && best[ids[0]].rank < scattered {
			return ids[:i]
		}
	}
	return ids
}

func (m *matcher) rankOf(a match) rank {
	general := m.table.general[a.id]
	beside := false // a message without a cause
	for _, b := range m.matches {
		common := min(a.to, b.to) - max(a.from, b.from)
		overlap := common > 0
		mostly := 2*common > a.to-a.from
		inside := b.from <= a.from && a.to <= b.to && b.to-b.from > a.to-a.from
		switch {
		case b.id == a.id:
		case a.quality == exact && b.quality == exact && inside,
			a.quality != exact && b.quality == exact && mostly,
			a.quality == close && b.quality == close && overlap && b.mistakes < a.mistakes:
			return noRank
		}
		if b.quality == exact && m.table.general[b.id] && m.sentence(a) == m.sentence(b) {
			beside = true
		}
	}
	switch {
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

func (m *matcher) sentence(a match) int {
	for _, w := range m.text.words {
		if w.to > a.from {
			return w.sentence
		}
	}
	return 0
}
