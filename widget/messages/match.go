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

	starts  []bool               // where words begin, by letter, and the text's end
	grams   [1 << 10]uint64      // a set of hashes of three letters in a row
	masks   []uint64             // a set of letters, by word
	mask    uint64               // the same for the text
	found   [][]int              // the text's words that a word of a set fits, by its place
	pattern [1 << symbols]uint64 // where a phrase has a letter, by the letter's hash, for close
	rows    []uint8              // for mistakes
}

const symbols = 10

func symbol(r rune) uint32 { return uint32(r) * 2654435761 >> (32 - symbols) }

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

func gram(a, b, c rune) uint32 {
	return (uint32(a)*31*31 + uint32(b)*31 + uint32(c)) * 2654435761 >> 16
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
	for i := 2; i < len(t.letters); i++ {
		h := gram(t.letters[i-2], t.letters[i-1], t.letters[i])
		m.grams[h>>6] |= 1 << (h & 63)
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
	if p.mask&^m.mask != 0 || n > 3 && m.shared(p.letters) < n-2 {
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

// shared counts the places of three letters in a row that the text has too.
func (m *matcher) shared(letters []rune) (n int) {
	for i := 2; i < len(letters); i++ {
		h := gram(letters[i-2], letters[i-1], letters[i])
		if m.grams[h>>6]&(1<<(h&63)) != 0 {
			n++
		}
	}
	return n
}

func (m *matcher) add(p *phrase, q quality, from, to int) {
	m.matches = append(m.matches, match{p.id, q, int(p.lang) != m.lang && m.lang >= 0, from, to})
}

// close finds a phrase with about one mistake in seven letters: one that is wrong,
// missing, doubled or swapped with its neighbor.
func (m *matcher) close(p *phrase) {
	letters := p.letters
	allowed := min((len(letters)+2)/7, 5)
	if p.wide { // a letter of these scripts says more
		allowed = len(letters) / 8
	}
	if allowed == 0 || len(letters) < 7 || p.dots || bits.OnesCount64(p.mask&^m.mask) > allowed || m.shared(letters) < len(letters)-2-4*allowed {
		return
	}
	for i, r := range letters {
		m.pattern[symbol(r)] |= 1 << i
	}
	// Bit-parallel search for the places where the phrase ends (Hyyrö 2003).
	var vn, d0, before uint64
	vp, last, distance := ^uint64(0), uint64(1)<<(len(letters)-1), len(letters)
	checks := 0
	for end, r := range m.text.letters {
		pm := m.pattern[symbol(r)]
		d0 = ((^d0&pm)<<1)&before | ((pm & vp) + vp) ^ vp | pm | vn
		hp, hn := vn|^(d0|vp), d0&vp
		if hp&last != 0 {
			distance++
		}
		if hn&last != 0 {
			distance--
		}
		hp <<= 1
		vp, vn, before = hn<<1|^(d0|hp), d0&hp, pm
		if distance > allowed || checks > 8 {
			continue
		}
		checks++
		if from, ok := m.mistakes(p, end+1, distance); ok && (p.wide || m.onWords(p, from, end+1)) {
			m.add(p, close, from, end+1)
			break
		}
	}
	for _, r := range letters {
		m.pattern[symbol(r)] = 0
	}
}

// onWords reports whether a part of the text begins and ends with words, give or
// take a letter.
func (m *matcher) onWords(p *phrase, from, to int) bool {
	return (m.starts[from] || m.starts[max(from-1, 0)] || m.starts[min(from+1, to)]) &&
		(m.starts[min(to+1, len(m.starts)-1)] || m.endsWord(p, to))
}

// mistakes finds where the phrase begins that ends at a letter of the text with
// a number of mistakes. It returns false if too many of them are in one word, or
// at its beginning: "on" isn't "off", and "activated" isn't "deactivated".
func (m *matcher) mistakes(p *phrase, end, distance int) (from int, ok bool) {
	t := m.text.letters[max(0, end-len(p.letters)-distance):end]
	width := len(t) + 1
	m.rows = align(m.rows, p.letters, t, true)
	i, j := len(p.letters), len(t)
	if int(m.rows[i*width+j]) > distance { // letters with the same hash
		return 0, false
	}
	// Back along the cheapest way, counting the mistakes by letter of the phrase.
	var wrong [maxPhrase]int
	for i > 0 {
		at := i*width + j
		here := m.rows[at]
		if j > 0 && p.letters[i-1] == t[j-1] && m.rows[at-width-1] == here {
			i, j = i-1, j-1
			continue
		}
		wrong[i-1]++
		switch {
		case i > 1 && j > 1 && swapped(p.letters, t, i, j) && m.rows[at-2*width-2] < here:
			i, j = i-2, j-2
		case j > 0 && m.rows[at-width-1] < here:
			i, j = i-1, j-1
		case m.rows[at-width] < here:
			i--
		default:
			j--
		}
	}
	start := 0
	for _, wordEnd := range p.ends {
		count, beginning := 0, 0
		for k, n := range wrong[start:wordEnd] {
			if count += n; k < 3 {
				beginning += n
			}
		}
		if n := int(wordEnd) - start; count > 1+n/7 || beginning > 1 || count > 0 && n < 4 && !p.wide {
			return 0, false
		}
		start = int(wordEnd)
	}
	return end - len(t) + j, true
}

// align counts the mistakes between each beginning of a and each of b, in rows for
// those of a. If b is open, it may begin with other letters.
func align(rows []uint8, a, b []rune, open bool) []uint8 {
	width := len(b) + 1
	if need := (len(a) + 1) * width; len(rows) < need {
		rows = make([]uint8, need)
	}
	for j := range width {
		rows[j] = uint8(j)
		if open {
			rows[j] = 0
		}
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
			if i > 1 && j > 1 && swapped(a, b, i, j) {
				fewest = min(fewest, rows[(i-2)*width+j-2]+1)
			}
			row[j] = fewest
		}
	}
	return rows
}

// swapped reports whether the two letters before i and those before j are swapped.
func swapped(a, b []rune, i, j int) bool {
	return a[i-1] == b[j-2] && a[i-2] == b[j-1]
}

// reach is how far apart the words of a set can be.
const reach = 10

// loose finds the words of a set near each other in a sentence.
func (m *matcher) loose(p *phrase) {
	var places [maxPhrase / 4][]int
	var missing []int // words that would give the set another meaning
	n := 0
	for _, w := range p.set {
		if w&absent != 0 {
			missing = append(missing, m.find(w&^(lastOne|absent))...)
			continue
		}
		places[n] = append(places[n], m.find(w&^lastOne)...)
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
		for _, others := range places[1:n] {
			near := -1
			for _, other := range others {
				if words[other].sentence == words[first].sentence && abs(other-first) <= reach &&
					(near < 0 || abs(other-first) < abs(near-first)) {
					near = other
				}
			}
			if near < 0 {
				all = false
				break
			}
			from, to = min(from, near), max(to, near)
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
	return allowed > 0 && abs(longer) <= allowed && (allowed == 1 && len(w.letters) > 6 || other[0] == w.letters[0]) &&
		bits.OnesCount64(m.masks[i]&^w.mask) <= allowed && m.distance(w.letters, other) <= allowed
}

func (m *matcher) distance(a, b []rune) int {
	m.rows = align(m.rows, a, b, false)
	return int(m.rows[(len(a)+1)*(len(b)+1)-1])
}
