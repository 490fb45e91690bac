package messages

// unified are words, each with a colon and the words that it is compared as:
// devices as iPhone, the words for Wi-Fi and for a backup that people and newer
// versions of iOS use, and short forms in English.
const unified = "|ipod:iphone" +
	"|wlan:wifi|sicherung:backup|sicherungen:backups|datensicherung:backup|reservekopie:backup|reservekopieen:backups" +
	"|cannot:can not|cant:can not|couldnt:could not|isnt:is not|wasnt:was not|hasnt:has not|havent:have not|doesnt:does not" +
	"|dont:do not|didnt:did not|wont:will not|arent:are not|werent:were not|"

// unifiedPairs are the same for two words, as dictation writes some.
const unifiedPairs = "|i cloud:icloud|i phone:iphone|i pad:iphone|i os:ios|iphone touch:iphone|wi fi:wifi|back up:backup|back ups:backups|reserve kopie:backup|reserve kopieen:backups" +
	"|e mail:email|اي icloud:icloud|واي فاي:wifi|turn of:turn off|turned of:turned off|is of:is off|won t:will not|can t:can not|"

// unifiedStems are the same for names as languages inflect them, and
// unifiedParts within scripts without spaces.
const (
	unifiedStems = "|аифон:iphone|аипад:iphone|аиклауд:icloud|ваифа:wifi|ipad:iphone|iphon:iphone|icloud:icloud|ايفون:iphone|ايباد:iphone|كلاود:icloud|"
	unifiedParts = "|아이폰:iphone|아이패드:iphone|아이클라우드:icloud|와이파이:wifi|无线局域网:wifi|アイフォン:iphone|アイハット:iphone|アイクラウト:icloud|"
)

// lookUp returns what a table above has for words.
func lookUp(table, words string) (to string, ok bool) {
	_, after, ok := cut(table, "|"+words+":")
	to, _ = next(after, '|')
	return to, ok
}

// unify replaces words by those that they are compared as.
func (t *text) unify() *text {
	u := &text{letters: make([]rune, 0, len(t.letters)), words: make([]word, 0, len(t.words))}
	pending := "" // the last word, which may be the first of a pair
	sentence := 0
	flush := func() {
		for pending != "" {
			part, rest := next(pending, ' ')
			if part != "" {
				u.add(part, sentence)
			}
			pending = rest
		}
	}
	for _, w := range t.words {
		word := unifyWord(string(t.of(w)))
		if w.sentence == sentence && pending != "" {
			if pair, ok := unifyPair(pending, word); ok {
				pending = pair
				continue
			}
		}
		flush()
		pending, sentence = word, w.sentence
	}
	flush()
	return u
}

// dutch is the word that "back-up" has replaced.
const dutch = "reservekopie"

func unifyWord(w string) string {
	if to, ok := lookUp(unified, w); ok {
		return to
	}
	letters := []rune(w)
	first := letters[0]
	table := unifiedStems
	switch {
	case first == 'r' && abs(len(letters)-len(dutch)) <= 2 && new(matcher).distance(letters, []rune(dutch)) <= 2:
		return "backup"
	case wide(first):
		table = unifiedParts
	case first != 'i' && (first < 'а' || first > 'ي'):
		return w
	}
	for table = table[1:]; table != ""; {
		var entry string
		entry, table = next(table, '|')
		part, to := next(entry, ':')
		before, after, found := cut(w, part)
		switch {
		case !found:
		case wide(first):
			w = before + " " + to + " " + after
		case before == "" && (first != 'i' || len(after) <= 4), first > 'я': // Arabic has prefixes, too
			return to
		}
	}
	return w
}

func unifyPair(first, second string) (to string, ok bool) {
	if to, ok = lookUp(unifiedPairs, first+" "+second); ok {
		return to, true
	}
	if start, negated := cutSuffix(first, "n"); negated && second == "t" { // isn't
		return start + " not", true
	}
	if len(first) >= 4 && first[:4] == "kopi" && len(second) >= 5 && second[:5] == "zapas" { // Polish
		return "backup", true
	}
	return "", false
}

func (t *text) add(letters string, sentence int) {
	w := word{from: len(t.letters), sentence: sentence}
	t.letters = append(t.letters, []rune(letters)...)
	w.to = len(t.letters)
	t.words = append(t.words, w)
}

// String returns the words with spaces between them.
func (t *text) String() string {
	s := ""
	for i, w := range t.words {
		if i > 0 {
			s += " "
		}
		s += string(t.of(w))
	}
	return s
}
