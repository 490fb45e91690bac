package messages

import "strings"

// unified are words that are compared as others: devices as iPhone, the words for
// Wi-Fi and for a backup that people and newer versions of iOS use, and short
// forms in English.
var unified = map[string]string{
	"ipad": "iphone", "ipads": "iphone", "iphones": "iphone", "ipod": "iphone", "ايفون": "iphone", "الايفون": "iphone", "ايباد": "iphone",
	"wlan": "wifi", "sicherung": "backup", "sicherungen": "backups", "datensicherung": "backup",
	"reservekopie": "backup", "reservekopieen": "backups",
	"cannot": "can not", "cant": "can not", "couldnt": "could not", "isnt": "is not", "wasnt": "was not", "hasnt": "has not",
	"havent": "have not", "doesnt": "does not", "dont": "do not", "didnt": "did not", "wont": "will not", "arent": "are not", "werent": "were not",
}

// unifiedPairs are the same for two words, as dictation writes some.
var unifiedPairs = map[string]string{
	"i cloud": "icloud", "i phone": "iphone", "i pad": "iphone", "i os": "ios", "iphone touch": "iphone",
	"wi fi": "wifi", "wire less": "wifi", "back up": "backup", "back ups": "backups", "e mail": "email", "اي كلاود": "icloud",
	"won t": "will not", "can t": "can not",
}

// unifiedStems are the same for words of languages that inflect names.
var unifiedStems = [...][2]string{{"аифон", "iphone"}, {"аипад", "iphone"}, {"аиклауд", "icloud"}}

// unifiedParts are the same within scripts without spaces.
var unifiedParts = [...][2]string{
	{"아이폰", "iphone"}, {"아이패드", "iphone"}, {"아이클라우드", "icloud"}, {"无线局域网", "wifi"},
	{"アイフォン", "iphone"}, {"アイハット", "iphone"}, {"アイクラウト", "icloud"},
}

// unify replaces words by those that they are compared as.
func (t *text) unify() *text {
	u := &text{letters: make([]rune, 0, len(t.letters)), words: make([]word, 0, len(t.words))}
	pending := "" // the last word, which may be the first of a pair
	sentence := 0
	flush := func() {
		for part := range strings.FieldsSeq(pending) {
			u.add(part, sentence)
		}
		pending = ""
	}
	for _, w := range t.words {
		next := string(t.of(w))
		if to, ok := unified[next]; ok {
			next = to
		}
		for _, stem := range unifiedStems {
			if strings.HasPrefix(next, stem[0]) {
				next = stem[1]
			}
		}
		switch pair, ok := unifiedPairs[pending+" "+next]; {
		case w.sentence != sentence:
			flush()
		case ok:
			pending = pair
			continue
		case next == "t" && strings.HasSuffix(pending, "n"): // isn't
			pending = strings.TrimSuffix(pending, "n") + " not"
			continue
		case strings.HasPrefix(pending, "kopi") && strings.HasPrefix(next, "zapas"): // Polish
			pending = "backup"
			continue
		}
		flush()
		pending, sentence = next, w.sentence
		if wide(t.letters[w.from]) {
			for _, part := range unifiedParts {
				pending = strings.ReplaceAll(pending, part[0], " "+part[1]+" ")
			}
		}
	}
	flush()
	return u
}

func (t *text) add(letters string, sentence int) {
	w := word{from: len(t.letters), sentence: sentence}
	t.letters = append(t.letters, []rune(letters)...)
	w.to = len(t.letters)
	t.words = append(t.words, w)
}

// String returns the words with spaces between them.
func (t *text) String() string {
	var b strings.Builder
	for i, w := range t.words {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(string(t.of(w)))
	}
	return b.String()
}
