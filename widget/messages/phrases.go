package messages

import (
	"sync"
)

// phrase is something that tells a message apart. It has letters, which occur in
// the message, or a set of words, or both.
type phrase struct {
	id   uint8 // its place in the order
	lang uint8 // its place in languages
	weak bool  // common in other texts too

	letters []rune  // without spaces
	ends    []uint8 // of its words, in letters
	mask    uint64  // a set of its letters
	wide    bool    // whether it has letters of a script without spaces
	dots    bool    // whether it has an ellipsis

	set [][]uint16 // for each place its alternatives, as places in the table's words
}

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
	context []string // parts of words about backups
}

var (
	loaded   table
	loadOnce sync.Once
)

// load parses the source on first use: most readers never type a message.
func load() *table {
	loadOnce.Do(func() { loaded.parse(source) })
	return &loaded
}

func (t *table) parse(source string) {
	known := map[string]uint16{} // places in words
	for source != "" {
		var line string
		line, source, _ = cut(source, "\n")
		if id, ok := cutPrefix(line, "="); ok {
			id, general := cutSuffix(id, "!")
			t.ids = append(t.ids, id)
			t.general = append(t.general, general)
			continue
		}
		tag, phrases, _ := cut(line, "\t")
		if tag == "context" {
			t.context = split(phrases, " ")
			continue
		}
		id, lang := uint8(len(t.ids)-1), uint8(language(tag))
		for _, words := range split(phrases, "|") {
			p := phrase{id: id, lang: lang}
			if set, ok := cutPrefix(words, "+"); ok {
				t.addSet(&p, split(set, " "), known)
			} else {
				words, p.weak = cutPrefix(words, "~")
				p.parse(words)
				if !p.weak && !p.wide && !p.dots {
					t.addSet(&p, longerWords(words), known)
				}
			}
			t.phrases = append(t.phrases, p)
		}
	}
}

func (p *phrase) parse(words string) {
	p.letters = make([]rune, 0, len(words))
	for _, r := range words {
		if r == ' ' {
			p.ends = append(p.ends, uint8(len(p.letters)))
			continue
		}
		p.letters = append(p.letters, r)
		p.mask |= bitOf(r)
		p.wide = p.wide || wide(r)
		p.dots = p.dots || r == ellipsis
	}
	p.ends = append(p.ends, uint8(len(p.letters)))
}

func (t *table) addSet(p *phrase, set []string, known map[string]uint16) {
	for _, alternatives := range set {
		var places []uint16
		for _, w := range split(alternatives, ",") {
			place, ok := known[w]
			if !ok {
				place = uint16(len(t.words))
				known[w] = place
				letters := []rune(w)
				t.words = append(t.words, wordOfSet{letters, maskOf(letters)})
			}
			places = append(places, place)
		}
		p.set = append(p.set, places)
	}
}

// negations are the short words of a phrase that its meaning hangs on.
const negations = " not no non nie niet pas nao ne не нет لا لم yok "

// longerWords returns the words of a phrase that make a set, for a text that has
// them in other forms or in another order; nil if they would be too few.
func longerWords(words string) (set []string) {
	total := 0
	for _, w := range split(words, " ") {
		if n := len([]rune(w)); n >= 4 || index(negations, " "+w+" ") >= 0 {
			set = append(set, w)
			total += n
		}
	}
	if len(set) < 3 || total < 16 {
		return nil
	}
	return set
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
