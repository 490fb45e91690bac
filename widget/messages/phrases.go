package messages

import (
	"sync"
)

// phrase distinguishes a message from others. It has letters, which occur in
// the message, or a set of words, or both.
type phrase struct {
	id   uint8 // its place in the order
	lang uint8 // its place in languages
	weak bool  // common in other texts too
	said bool  // weak, but enough if it is all that the reader says

	letters []rune  // without spaces
	ends    []uint8 // of its words, in letters
	mask    uint64  // a set of its letters
	wide    bool    // whether it has letters of a script without spaces
	dots    bool    // whether it has an ellipsis

	set []uint16 // its words, as places in the table's words; see lastOne
}

// lastOne marks a word of a set after which no alternatives follow.
const lastOne = 1 << 15

// absent marks a word of a set that must be missing from the sentence, and beside
// one that must be near the first word of the set.
const (
	absent = 1 << 14
	beside = 1 << 13

	wordMask = beside - 1
)

// maxPhrase is the length of the longest phrase, in letters.
const maxPhrase = 64

// wordOfSet is a word that sets have.
type wordOfSet struct {
	letters []rune
	mask    uint64
}

// languages are the tags of the phrases.
var languages = [...]string{
	"en", "de", "fr", "es", "es-419", "it", "pt", "nl", "ja", "ko", "zh-Hans", "zh-Hant", "ru", "ar", "tr", "pl",
}

type table struct {
	ids     []string
	general []bool // by id: messages that name no cause
	phrases []phrase
	words   []wordOfSet
	places  map[string]uint16 // in words

	// What the phrases' slices are parts of: allocating each would take longer
	// than the rest of parsing.
	letters []rune
	ends    []uint8
	sets    []uint16
}

var (
	loaded   table
	loadOnce sync.Once
)

// load parses the source on first use: most readers never type a message.
func load() *table {
	loadOnce.Do(func() {
		loaded.parse(ids, source)
		loaded.addConcepts(rules, concepts)
	})
	return &loaded
}

func (t *table) parse(ids, source string) {
	t.places = make(map[string]uint16, 2500)
	t.phrases = make([]phrase, 0, 2500)
	t.words = make([]wordOfSet, 0, 2500)
	t.letters = make([]rune, 0, len(source))
	t.ends = make([]uint8, 0, len(source)/8)
	t.sets = make([]uint16, 0, len(source)/8)
	for ids != "" {
		var id string
		id, ids = next(ids, '|')
		id, general := cutSuffix(id, "!")
		t.ids = append(t.ids, id)
		t.general = append(t.general, general)
	}
	var p phrase
	for source != "" {
		var line string
		line, source = next(source, '\n')
		if tag, ok := cutPrefix(line, "="); ok {
			p = phrase{lang: uint8(language(tag))}
			continue
		}
		for line != "" {
			var words string
			words, line = next(line, '|')
			t.addPhrase(p, words)
		}
		p.id++
	}
}

func (t *table) addPhrase(p phrase, words string) {
	from := len(t.sets)
	if set, ok := cutPrefix(words, "+"); ok {
		for set != "" {
			var alternatives string
			alternatives, set = next(set, ' ')
			t.addToSet(alternatives)
		}
	} else {
		words, p.said = cutPrefix(words, "^")
		words, p.weak = cutPrefix(words, "~")
		p.weak = p.weak || p.said
		t.setLetters(&p, words)
	}
	p.set = t.sets[from:]
	t.phrases = append(t.phrases, p)
}

func (t *table) setLetters(p *phrase, words string) {
	from, fromEnds := len(t.letters), len(t.ends)
	for _, r := range words {
		if r == ' ' {
			t.ends = append(t.ends, uint8(len(t.letters)-from))
			continue
		}
		t.letters = append(t.letters, r)
		p.mask |= bitOf(r)
		p.wide = p.wide || wide(r)
		p.dots = p.dots || r == ellipsis
	}
	t.ends = append(t.ends, uint8(len(t.letters)-from))
	p.letters, p.ends = t.letters[from:], t.ends[fromEnds:]
}

// addToSet adds words of which one is enough.
func (t *table) addToSet(alternatives string) {
	for alternatives != "" {
		var w string
		w, alternatives = next(alternatives, ',')
		place, known := t.places[w]
		if !known {
			place = uint16(len(t.words))
			t.places[w] = place
			from := len(t.letters)
			for _, r := range w {
				t.letters = append(t.letters, r)
			}
			letters := t.letters[from:]
			t.words = append(t.words, wordOfSet{letters, maskOf(letters)})
		}
		t.sets = append(t.sets, place)
	}
	t.sets[len(t.sets)-1] |= lastOne
}

// addConcepts makes the sets of the rules in each language that has words for all
// their concepts.
func (t *table) addConcepts(rules, concepts string) {
	var everywhere [128]string
	for concepts != "" {
		var line string
		line, concepts = next(concepts, '\n')
		tag, line := next(line, '=')
		words := everywhere
		for line != "" {
			var alternatives string
			alternatives, line = next(line, '|')
			words[alternatives[0]] += alternatives[2:] + ","
		}
		if tag == "" {
			everywhere = words
			continue
		}
		p := phrase{lang: uint8(language(tag))}
		for rest := rules; rest != ""; p.id++ {
			var sets string
			for sets, rest = next(rest, '\n'); sets != ""; {
				var set string
				set, sets = next(sets, '|')
				t.addRule(p, set, &words)
			}
		}
	}
}

func (t *table) addRule(p phrase, set string, words *[128]string) {
	from, mark := len(t.sets), uint16(0)
	for _, concept := range []byte(set) {
		switch {
		case concept == '!':
			mark = absent
			continue
		case concept == '+':
			mark = beside
			continue
		case words[concept] == "" && mark != absent:
			t.sets = t.sets[:from]
			return
		}
		first := len(t.sets)
		t.addToSet(words[concept])
		for i := range t.sets[first:] {
			t.sets[first+i] |= mark
		}
		mark = 0
	}
	p.set = t.sets[from:]
	t.phrases = append(t.phrases, p)
}

// language returns the place of a language that a tag means, -1 if none.
func language(tag string) int {
	if len(tag) > 35 {
		return -1
	}
	lower := ""
	for _, r := range tag {
		switch {
		case r >= 'A' && r <= 'Z':
			r += 'a' - 'A'
		case r == '_':
			r = '-'
		}
		lower += string(r)
	}
	base, region, _ := cut(lower, "-")
	switch {
	case base == "zh" && (index(region, "hant") >= 0 || region == "tw" || region == "hk" || region == "mo"):
		base = "zh-Hant"
	case base == "zh":
		base = "zh-Hans"
	case base == "es" && region != "" && region != "es":
		base = "es-419"
	}
	for i, tag := range languages {
		if tag == base {
			return i
		}
	}
	return -1
}
