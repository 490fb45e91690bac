package messages

import (
	_ "embed"
	"strings"
	"sync"
)

// source has a line "=id" for each message, in order, with "!" behind those that
// name no cause. Below it is a line for each language: its tag, a tab and phrases
// separated by "|". A phrase occurs in the message. One that begins with "~" is
// common in other texts too, so it counts only in a text that has one of the
// parts of words in the first line. One that begins with "+" is a set of words,
// in any order, with commas between those of which one is enough. All are as
// normalise returns them.
//
//go:embed phrases.txt
var source string

type kind uint8

const (
	strong kind = iota
	weak
	set
)

// phrase is something that tells a message apart.
type phrase struct {
	id    uint8 // its place in the order
	lang  uint8 // its place in languages
	kind  kind
	words string // with spaces between them
}

// languages are the tags of the phrases.
var languages = [...]string{
	"en", "de", "fr", "es", "es-419", "it", "pt", "nl", "ja", "ko", "zh-Hans", "zh-Hant", "ru", "ar", "tr", "pl",
}

type table struct {
	ids     []string
	general []bool // by id: messages that name no cause
	phrases []phrase
	context []string // parts of words about backups
}

// load parses the source on first use: most readers never type a message.
var load = sync.OnceValue(func() *table {
	t := &table{}
	for line := range strings.Lines(source) {
		line = strings.TrimSuffix(line, "\n")
		if id, ok := strings.CutPrefix(line, "="); ok {
			id, general := strings.CutSuffix(id, "!")
			t.ids = append(t.ids, id)
			t.general = append(t.general, general)
			continue
		}
		tag, rest, _ := strings.Cut(line, "\t")
		if tag == "context" {
			t.context = strings.Fields(rest)
			continue
		}
		p := phrase{id: uint8(len(t.ids) - 1), lang: uint8(language(tag))}
		for words := range strings.SplitSeq(rest, "|") {
			p.kind, p.words = strong, words
			switch words[0] {
			case '~':
				p.kind, p.words = weak, words[1:]
			case '+':
				p.kind, p.words = set, words[1:]
			}
			t.phrases = append(t.phrases, p)
		}
	}
	return t
})

// language returns the place of a language that a tag means, -1 if none.
func language(tag string) int {
	parts := strings.FieldsFunc(strings.ToLower(tag), func(r rune) bool { return r == '-' || r == '_' })
	if len(parts) == 0 {
		return -1
	}
	base := parts[0]
	switch region := strings.Join(parts[1:], " "); {
	case base == "zh" && (strings.Contains(region, "hant") || region == "tw" || region == "hk" || region == "mo"):
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
