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
	places := map[string]uint16{} // in words
	t.phrases = make([]phrase, 0, 2000)
	letters := make([]rune, 0, len(source)/2) // of all phrases
	for source != "" {
		var line string
		line, source = next(source, '\n')
		if id, ok := cutPrefix(line, "="); ok {
			id, general := cutSuffix(id, "!")
			t.ids = append(t.ids, id)
			t.general = append(t.general, general)
			continue
		}
		tag, phrases := next(line, '\t')
		id, lang := uint8(len(t.ids)-1), uint8(language(tag))
		for phrases != "" {
			var words string
			words, phrases = next(phrases, '|')
			p := phrase{id: id, lang: lang}
			if set, ok := cutPrefix(words, "+"); ok {
				for set != "" {
					var alternatives string
					alternatives, set = next(set, ' ')
					t.addToSet(&p, alternatives, places)
				}
			} else {
				words, p.weak = cutPrefix(words, "~")
				letters = p.parse(words, letters)
				if !p.weak && !p.wide && !p.dots {
					t.addLongerWords(&p, words, places)
				}
			}
			t.phrases = append(t.phrases, p)
		}
	}
}

// parse sets the letters of a phrase, behind those of others.
func (p *phrase) parse(words string, letters []rune) []rune {
	from := len(letters)
	for _, r := range words {
		if r == ' ' {
			p.ends = append(p.ends, uint8(len(letters)-from))
			continue
		}
		letters = append(letters, r)
		p.mask |= bitOf(r)
		p.wide = p.wide || wide(r)
		p.dots = p.dots || r == ellipsis
	}
	p.letters = letters[from:len(letters):len(letters)]
	p.ends = append(p.ends, uint8(len(p.letters)))
	return letters
}

// addToSet adds words of which one is enough.
func (t *table) addToSet(p *phrase, alternatives string, places map[string]uint16) {
	var set []uint16
	for alternatives != "" {
		var w string
		w, alternatives = next(alternatives, ',')
		place, known := places[w]
		if !known {
			place = uint16(len(t.words))
			places[w] = place
			letters := []rune(w)
			t.words = append(t.words, wordOfSet{letters, maskOf(letters)})
		}
		set = append(set, place)
	}
	p.set = append(p.set, set)
}

// negations are the short words of a phrase that its meaning hangs on.
const negations = " not no non nie niet pas nao ne не нет لا لم yok "

// addLongerWords makes a set of a phrase's longer words, for a text that has them
// in other forms or in another order, unless they would be too few.
func (t *table) addLongerWords(p *phrase, words string, places map[string]uint16) {
	var longer []string
	total, count, from := 0, 0, 0
	for _, end := range p.ends {
		var w string
		w, words = next(words, ' ')
		switch n := int(end) - from; {
		case n >= 4:
			total += n
			count++
			longer = append(longer, w)
		case index(negations, " "+w+" ") >= 0:
			longer = append(longer, w)
		}
		from = int(end)
	}
	if count < 3 || total < 16 {
		return
	}
	for _, w := range longer {
		t.addToSet(p, w, places)
	}
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
