package messages

import "math/bits"

// quality is how well a phrase fits, the best first.
type quality uint8

const (
	exact quality = iota
	close         // with spelling mistakes
	loose         // its words, in any order
)

// match is a phrase that fits a part of the text.
type match struct {
	id       uint8
	quality  quality
	foreign  bool // not in the language to try first
	from, to int  // in the text's letters
}

// matcher compares a text with all phrases.
type matcher struct {
	text    *text
	table   *table
	lang    int
	matches []match

	starts []bool   // where words begin, by letter, and the text's end
	masks  []uint64 // a set of letters, by word
	mask   uint64   // the same for the text
	found  [][]int  // the text's words that a word of a set fits, by its place
	rows   []uint8  // for distance
}

func (m *matcher) run() {
	m.index()
	about := m.aboutBackups()
	for i := range m.table.phrases {
		p := &m.table.phrases[i]
		counts := !p.weak || about || p.said && len(p.letters) == len(m.text.letters)
		if p.letters != nil && counts && m.exact(p) || p.weak {
			continue
		}
		if p.letters != nil {
			m.close(p)
		}
		if len(p.set) > 0 {
			m.loose(p)
		}
	}
}

func bitOf(r rune) uint64 { return 1 << (uint32(r) * 2654435761 >> 26) }

func maskOf(letters []rune) (mask uint64) {
	for _, r := range letters {
		mask |= bitOf(r)
	}
	return mask
}

func (m *matcher) index() {
	t := m.text
	m.starts = make([]bool, len(t.letters)+1)
	m.starts[len(t.letters)] = true
	m.masks = make([]uint64, len(t.words))
	for i, w := range t.words {
		m.starts[w.from] = true
		m.masks[i] = maskOf(t.of(w))
		m.mask |= m.masks[i]
	}
	m.found = make([][]int, len(m.table.words))
}

// context are parts of words about backups, in all languages.
const context = "icloud iphone backup sauvegard copia respald копи резерв نسخ yedek kopi ハックアッフ 백업 备份 備份 restor restaur"

// aboutBackups reports whether the text is about backups at all.
func (m *matcher) aboutBackups() bool {
	letters := string(m.text.letters)
	for parts := context; parts != ""; {
		var part string
		if part, parts = next(parts, ' '); index(letters, part) >= 0 {
			return true
		}
	}
	return false
}

// shortest is the length from which a phrase can be found within words: shorter
// ones also occur in unrelated words.
const shortest = 10

// exact finds a phrase in the text.
func (m *matcher) exact(p *phrase) bool {
	n := len(p.letters)
	if p.mask&^m.mask != 0 {
		return false
	}
	t := m.text.letters
	for from := 0; from+n <= len(t); from++ {
		if t[from] != p.letters[0] || !p.wide && n < shortest && !(m.starts[from] && m.endsWord(p, from+n)) {
			continue
		}
		if equal(t[from:from+n], p.letters) {
			m.add(p, exact, from, from+n)
			return true
		}
	}
	return false
}

// endsWord reports whether a word of the text ends at a letter, or the phrase ends
// with a word that is long enough to have an ending of its own.
func (m *matcher) endsWord(p *phrase, to int) bool {
	last := len(p.letters)
	if n := len(p.ends); n > 1 {
		last -= int(p.ends[n-2])
	}
	return m.starts[to] || last > 5
}

func (m *matcher) add(p *phrase, q quality, from, to int) {
	m.matches = append(m.matches, match{p.id, q, int(p.lang) != m.lang && m.lang >= 0, from, to})
}

// close finds a phrase of which words have a spelling mistake: a letter that is
// wrong, missing, doubled or swapped with its neighbor. Short words have none:
// "on" isn't "off".
func (m *matcher) close(p *phrase) {
	words := m.text.words
	if p.wide || p.dots || bits.OnesCount64(p.mask&^m.mask) > len(p.ends) {
		return
	}
	for i := range len(words) - len(p.ends) + 1 {
		from, fits := uint8(0), true
		for k, end := range p.ends {
			if fits = m.like(p.letters[from:end], i+k); !fits {
				break
			}
			from = end
		}
		if last := words[i+len(p.ends)-1]; fits && words[i].sentence == last.sentence {
			m.add(p, close, words[i].from, last.to)
			return
		}
	}
}

// like reports whether a word of the text is a word, perhaps with a mistake.
func (m *matcher) like(letters []rune, i int) bool {
	allowed := 0
	if n := len(letters); n >= 4 {
		allowed = 1 + n/11
	}
	w := wordOfSet{letters, maskOf(letters)}
	missing := bits.OnesCount64(w.mask &^ m.masks[i])
	return missing <= allowed && m.fits(&w, i, missing, allowed, false)
}

// reach is how far apart the words of a set can be, and near how far those can be
// that belong together: "not" and "enough".
const (
	reach = 10
	near  = 4
)

// loose finds the words of a set near each other in a sentence.
func (m *matcher) loose(p *phrase) {
	var places [maxPhrase / 4][]int
	var limits [maxPhrase / 4]int
	var missing []int // words that would give the set another meaning
	n := 0
	for _, w := range p.set {
		if w&absent != 0 {
			missing = append(missing, m.find(w&wordMask)...)
			continue
		}
		places[n] = append(places[n], m.find(w&wordMask)...)
		limits[n] = reach
		if w&beside != 0 {
			limits[n] = near
		}
		if w&lastOne == 0 {
			continue
		}
		if len(places[n]) == 0 {
			return
		}
		n++
	}
	words := m.text.words
	for _, first := range places[0] {
		from, to, all := first, first, true
		for k, others := range places[:n] {
			nearest, limit := -1, limits[k]
			if r := m.text.letters[words[first].from]; limit == near && wide(r) && r < 0xac00 { // not Korean
				limit = 0 // a clause is one word
			}
			for _, other := range others {
				if words[other].sentence == words[first].sentence && abs(other-first) <= limit &&
					(nearest < 0 || abs(other-first) < abs(nearest-first)) {
					nearest = other
				}
			}
			if nearest < 0 {
				all = false
				break
			}
			from, to = min(from, nearest), max(to, nearest)
		}
		for _, w := range missing {
			all = all && words[w].sentence != words[first].sentence
		}
		if all {
			m.add(p, loose, words[from].from, words[to].to)
			return
		}
	}
}

func equal(a, b []rune) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func abs(n int) int { return max(n, -n) }

// find returns the words of the text that a word of a set fits: the same, with a
// spelling mistake, or with the word in it.
func (m *matcher) find(place uint16) []int {
	if places := m.found[place]; places != nil {
		return places
	}
	places := []int{}
	w := &m.table.words[place]
	allowed := 0
	n := len(w.letters)
	if n >= 6 && !wide(w.letters[0]) { // "could" isn't "cloud"
		allowed = 1 + n/11
	}
	within := n >= 5 || n >= 3 && w.letters[0] >= 0x600 || wide(w.letters[0]) // Arabic has prefixes, and the wide scripts no spaces
	if bits.OnesCount64(w.mask&^m.mask) <= allowed {
		for i, mask := range m.masks {
			if missing := bits.OnesCount64(w.mask &^ mask); missing <= allowed && m.fits(w, i, missing, allowed, within) {
				places = append(places, i)
			}
		}
	}
	m.found[place] = places
	return places
}

func (m *matcher) fits(w *wordOfSet, i, missing, allowed int, within bool) bool {
	other := m.text.of(m.text.words[i])
	longer := len(other) - len(w.letters)
	if longer >= 0 && missing == 0 {
		for from := 0; from <= longer && (within || longer == 0); from++ {
			if equal(w.letters, other[from:from+len(w.letters)]) {
				return true
			}
		}
	}
	if n := len(w.letters) - 1; longer == 0 && n < 6 && equal(w.letters[:n], other[:n]) {
		return false // another ending: "fehlen" isn't "fehler"
	}
	return allowed > 0 && abs(longer) <= allowed && (allowed == 1 && len(w.letters) > 6 || other[0] == w.letters[0]) &&
		bits.OnesCount64(m.masks[i]&^w.mask) <= allowed && m.distance(w.letters, other) <= allowed
}

// distance counts the mistakes between two words.
func (m *matcher) distance(a, b []rune) int {
	width := len(b) + 1
	if need := (len(a) + 1) * width; len(m.rows) < need {
		m.rows = make([]uint8, need)
	}
	rows := m.rows
	for j := range width {
		rows[j] = uint8(j)
	}
	for i := 1; i <= len(a); i++ {
		row := rows[i*width:]
		above := rows[(i-1)*width:]
		row[0] = uint8(i)
		for j := 1; j < width; j++ {
			fewest := above[j-1]
			if a[i-1] != b[j-1] {
				fewest++
			}
			fewest = min(fewest, row[j-1]+1, above[j]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] { // swapped
				fewest = min(fewest, rows[(i-2)*width+j-2]+1)
			}
			row[j] = fewest
		}
	}
	return int(rows[(len(a)+1)*width-1])
}
