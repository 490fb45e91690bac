package messages

import (
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

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
	mistakes int
}

// matcher compares a text with all phrases.
type matcher struct {
	text    *text
	table   *table
	lang    int
	matches []match

	starts  []bool           // where words begin, by letter, and the text's end
	grams   [1 << 10]uint64  // a set of hashes of three letters in a row
	masks   []uint64         // a set of letters, by word
	mask    uint64           // the same for the text
	symbols map[rune]int     // a number for each letter that occurs
	stream  []int            // the text as these numbers
	found   map[string][]int // the words that a word of a set fits
	pattern []uint64         // by symbol, for close
	rows    []uint8          // for mistakes
}

func (m *matcher) run() {
	m.index()
	related := m.hasContext()
	for i := range m.table.phrases {
		p := &m.table.phrases[i]
		switch p.kind {
		case strong, weak:
			if p.kind == weak && !related || m.exact(p) || p.kind == weak {
				continue
			}
			m.close(p)
			m.inflected(p)
		case set:
			m.loose(p, strings.Fields(p.words))
		}
	}
}

func bitOf(r rune) uint64 { return 1 << (uint32(r) * 2654435761 >> 26) }

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
		for _, r := range t.of(w) {
			m.masks[i] |= bitOf(r)
		}
		m.mask |= m.masks[i]
	}
	m.symbols = map[rune]int{}
	m.stream = make([]int, len(t.letters))
	for i, r := range t.letters {
		n, known := m.symbols[r]
		if !known {
			n = len(m.symbols)
			m.symbols[r] = n
		}
		m.stream[i] = n
		if i > 1 {
			h := gram(t.letters[i-2], t.letters[i-1], r)
			m.grams[h>>6] |= 1 << (h & 63)
		}
	}
	m.pattern = make([]uint64, len(m.symbols))
	m.found = map[string][]int{}
}

// hasContext reports whether the text is about backups at all.
func (m *matcher) hasContext() bool {
	letters := string(m.text.letters)
	return slices.ContainsFunc(m.table.context, func(part string) bool { return strings.Contains(letters, part) })
}

// shortest is the length from which a phrase can be found within words: shorter
// ones also occur in unrelated words.
const shortest = 10

// exact finds a phrase in the text.
func (m *matcher) exact(p *phrase) bool {
	var pattern [maxPhrase]rune
	letters, wide := p.letters(pattern[:0])
	if len(letters) > 3 && m.shared(letters) < len(letters)-2 {
		return false
	}
	t := m.text.letters
	for from := 0; from+len(letters) <= len(t); from++ {
		if t[from] != letters[0] || !wide && len(letters) < shortest && !m.starts[from] {
			continue
		}
		if slices.Equal(t[from:from+len(letters)], letters) && (wide || len(letters) >= shortest || m.endsWord(p, from+len(letters))) {
			m.add(p, exact, from, from+len(letters), 0)
			return true
		}
	}
	return false
}

// endsWord reports whether a word of the text ends at a letter, or the phrase ends
// with a word that is long enough to have an ending of its own.
func (m *matcher) endsWord(p *phrase, to int) bool {
	last := p.words[strings.LastIndexByte(p.words, ' ')+1:]
	return m.starts[to] || utf8.RuneCountInString(last) >= 6
}

// maxPhrase is the length of the longest phrase, in letters.
const maxPhrase = 64

// letters appends the phrase's letters without spaces, and reports whether some are
// of a script without them.
func (p *phrase) letters(to []rune) (letters []rune, anyWide bool) {
	for _, r := range p.words {
		if r != ' ' {
			to = append(to, r)
			anyWide = anyWide || wide(r)
		}
	}
	return to, anyWide
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

func (m *matcher) add(p *phrase, q quality, from, to, mistakes int) {
	m.matches = append(m.matches, match{p.id, q, int(p.lang) != m.lang && m.lang >= 0, from, to, mistakes})
}

// close finds a phrase with about one mistake in seven letters: one that is wrong,
// missing, doubled or swapped with its neighbor.
func (m *matcher) close(p *phrase) {
	var pattern [maxPhrase]rune
	letters, anyWide := p.letters(pattern[:0])
	allowed := min(len(letters)/7, 4)
	if anyWide { // a letter of these scripts says more
		allowed = min(len(letters)/9, 2)
	}
	if allowed == 0 || slices.Contains(letters, ellipsis) || m.shared(letters) < len(letters)-2-4*allowed {
		return
	}
	for i, r := range letters {
		if symbol, ok := m.symbols[r]; ok {
			m.pattern[symbol] |= 1 << i
		}
	}
	// Bit-parallel search for the places where the phrase ends (Hyyrö 2003).
	var vn, d0, before uint64
	vp, last, distance := ^uint64(0), uint64(1)<<(len(letters)-1), len(letters)
	checks := 0
	for end, symbol := range m.stream {
		pm := m.pattern[symbol]
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
		if from, ok := m.mistakes(p, letters, end+1, distance); ok && (anyWide || m.onWords(p, from, end+1)) {
			m.add(p, close, from, end+1, distance)
			break
		}
	}
	for _, r := range letters {
		if symbol, ok := m.symbols[r]; ok {
			m.pattern[symbol] = 0
		}
	}
}

// onWords reports whether a part of the text begins and ends with words, give or
// take a letter.
func (m *matcher) onWords(p *phrase, from, to int) bool {
	return (m.starts[from] || m.starts[max(from-1, 0)] || m.starts[min(from+1, to)]) &&
		(m.starts[min(to+1, len(m.starts)-1)] || m.endsWord(p, to))
}

// mistakes finds where the phrase begins that ends at a letter of the text with
// a number of mistakes. It returns false if too many of them are in one word:
// "on" isn't "off".
func (m *matcher) mistakes(p *phrase, letters []rune, end, distance int) (from int, ok bool) {
	length := min(end, len(letters)+distance)
	t := m.text.letters[end-length : end]
	width := length + 1
	if need := (len(letters) + 1) * width; len(m.rows) < need {
		m.rows = make([]uint8, need)
	}
	at := func(i, j int) *uint8 { return &m.rows[i*width+j] }
	for j := range width {
		*at(0, j) = 0
	}
	swapped := func(i, j int) bool {
		return i > 1 && j > 1 && letters[i-1] == t[j-2] && letters[i-2] == t[j-1]
	}
	for i := 1; i <= len(letters); i++ {
		*at(i, 0) = uint8(i)
		for j := 1; j < width; j++ {
			best := *at(i-1, j-1)
			if letters[i-1] != t[j-1] {
				best++
			}
			best = min(best, *at(i-1, j)+1, *at(i, j-1)+1)
			if swapped(i, j) {
				best = min(best, *at(i-2, j-2)+1)
			}
			*at(i, j) = best
		}
	}
	// Back along the cheapest way, counting the mistakes of each word.
	var wrong [maxPhrase + 1]uint8 // by letter of the phrase
	i, j := len(letters), width-1
	for i > 0 {
		switch here := *at(i, j); {
		case j > 0 && letters[i-1] == t[j-1] && *at(i-1, j-1) == here:
			i, j = i-1, j-1
		case swapped(i, j) && *at(i-2, j-2)+1 == here:
			wrong[i-1]++
			i, j = i-2, j-2
		case j > 0 && *at(i-1, j-1)+1 == here:
			wrong[i-1]++
			i, j = i-1, j-1
		case *at(i-1, j)+1 == here:
			wrong[i-1]++
			i--
		default:
			wrong[i-1]++
			j--
		}
	}
	place := 0
	for w := range strings.FieldsSeq(p.words) {
		n, count := 0, 0
		for range w {
			count += int(wrong[place])
			place++
			n++
		}
		if count > allowedInWord(n) {
			return 0, false
		}
	}
	return end - length + j, true
}

func allowedInWord(letters int) int { return 1 + letters/9 }

// negations are the short words of a phrase that its meaning hangs on.
var negations = strings.Fields("not no non nie niet pas nao не нет لا لم yok")

// inflected takes the longer words of a phrase as a set, for a text that has them in
// other forms or in another order.
func (m *matcher) inflected(p *phrase) {
	if strings.ContainsRune(p.words, ellipsis) {
		return
	}
	var words []string
	total := 0
	for w := range strings.FieldsSeq(p.words) {
		if n := len([]rune(w)); n >= 4 || slices.Contains(negations, w) {
			if wide([]rune(w)[0]) {
				return
			}
			words = append(words, w)
			total += n
		}
	}
	if len(words) >= 3 && total >= 16 {
		m.loose(p, words)
	}
}

// reach is how far apart the words of a set can be.
const reach = 10

// loose finds the words of a set near each other in a sentence.
func (m *matcher) loose(p *phrase, set []string) {
	var places [16][]int
	if len(set) > len(places) {
		return
	}
	for i, alternatives := range set {
		for w := range strings.SplitSeq(alternatives, ",") {
			places[i] = append(places[i], m.find(w)...)
		}
		if len(places[i]) == 0 {
			return
		}
	}
	words := m.text.words
	for _, first := range places[0] {
		from, to, all := first, first, true
		for _, others := range places[1:len(set)] {
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
		if all {
			m.add(p, loose, words[from].from, words[to].to, 0)
			return
		}
	}
}

func abs(n int) int { return max(n, -n) }

// find returns the words of the text that a word of a set fits: the same with a spelling
// mistake, or one that contains it.
func (m *matcher) find(w string) []int {
	if places, known := m.found[w]; known {
		return places
	}
	letters := []rune(w)
	var mask uint64
	for _, r := range letters {
		mask |= bitOf(r)
	}
	allowed := 0
	if n := len(letters); n >= 5 && !wide(letters[0]) {
		allowed = 1 + n/11
	}
	within := len(letters) >= 5 || letters[0] >= 0x600 // Arabic has prefixes, and the scripts after it no spaces
	var places []int
	if bits.OnesCount64(mask&^m.mask) <= allowed {
		for i, other := range m.text.words {
			if bits.OnesCount64(mask&^m.masks[i]) <= allowed && fits(letters, m.text.of(other), allowed, within) {
				places = append(places, i)
			}
		}
	}
	m.found[w] = places
	return places
}

func fits(w, other []rune, allowed int, within bool) bool {
	if slices.Equal(w, other) {
		return true
	}
	if within {
		for from := 0; from+len(w) <= len(other); from++ {
			if slices.Equal(w, other[from:from+len(w)]) {
				return true
			}
		}
	}
	return allowed > 0 && abs(len(w)-len(other)) <= allowed && distance(w, other) <= allowed
}

// distance counts the mistakes between two words.
func distance(a, b []rune) int {
	const longest = 40
	if len(a) >= longest || len(b) >= longest {
		return longest
	}
	var rows [3][longest + 1]int
	for j := range len(b) + 1 {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		row, above, above2 := &rows[i%3], &rows[(i+2)%3], &rows[(i+1)%3]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			best := above[j-1]
			if a[i-1] != b[j-1] {
				best++
			}
			best = min(best, above[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				best = min(best, above2[j-2]+1)
			}
			row[j] = best
		}
	}
	return rows[len(a)%3][len(b)]
}
