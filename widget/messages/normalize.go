package messages

// maxRunes is how much of a text is read: enough for a pasted page of Settings,
// and a bound for the work.
const maxRunes = 1000

// text is a text as phrases are compared with it: only its letters, folded and
// without what lies between words, so that "Wi-Fi", "wi fi" and "WiFi" are the
// same, and so are Chinese texts with and without spaces around Latin names.
type text struct {
	letters []rune
	words   []word
}

// word is a word of a text. In scripts without spaces it is all that lies between
// marks, spaces and letters of another script.
type word struct {
	from, to int // in letters
	sentence int
}

func (t *text) of(w word) []rune { return t.letters[w.from:w.to] }

// ellipsis represents "…" and "..." among the letters: with it "Backing Up…" is a
// message, and without it two common words.
const ellipsis = '…'

// normalize reads the first characters of s.
func normalize(s string) *text {
	t := &text{letters: make([]rune, 0, min(len(s), maxRunes))}
	sentence, dots, read := 0, 0, 0
	open := false // whether the next letter continues the last word
	add := func(r rune) {
		if last := len(t.letters) - 1; !open || wide(r) != wide(t.letters[last]) {
			t.words = append(t.words, word{len(t.letters), len(t.letters), sentence})
		}
		t.letters = append(t.letters, r)
		t.words[len(t.words)-1].to++
		open = true
	}
	addEllipsis := func() {
		open = false
		add(ellipsis)
		open = false
	}
	for _, r := range s {
		if read++; read > maxRunes {
			break
		}
		if r == '.' {
			dots++
			open = false
			continue
		}
		switch {
		case dots > 1:
			addEllipsis()
		case dots == 1 && (r < '0' || r > '9'): // "12.4" goes on
			sentence++
		}
		dots = 0
		switch a, b := fold(r); {
		case a == dropped:
		case a == ellipsis:
			addEllipsis()
		case a == separator:
			open = false
			if endsSentence(r) {
				sentence++
			}
		default:
			add(a)
			if b != 0 {
				add(b)
			}
		}
	}
	if dots > 1 {
		addEllipsis()
	}
	return t.unify()
}

func endsSentence(r rune) bool {
	switch r {
	case '!', '?', ';', '\n', '。', '！', '？', '；', '؟', '؛':
		return true
	}
	return false
}

// wide reports whether a letter is of a script that is written without spaces,
// or, like Korean, with spaces that people leave out.
func wide(r rune) bool { return r >= 0x2e80 }

// What fold returns for characters that aren't letters.
const (
	dropped   rune = -1 // as if it weren't there
	separator rune = -2 // ends a word
)

// latin has the base letters of U+00C0 to U+017F.
const latin = "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty" +
	"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"

// halfWidth has the katakana of U+FF66 to U+FF9D, without voice marks.
const halfWidth = "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン"

// variants has letters that people write for others, each before the one that it
// is compared as.
const variants = " 您你 帐账 帳账 戶户 臺台 ёе йи أا إا آا ٱا ىي ةه ؤو ئي کك یي ⋯…"

// fold returns the letter that a character is compared as. A few are two.
func fold(r rune) (a, b rune) {
	if r >= 0xff01 && r <= 0xff5e { // full-width forms of ASCII
		r -= 0xfee0
	}
	if r < 0x80 {
		switch {
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A', 0
		case r >= 'a' && r <= 'z':
			return r, 0
		}
		return separator, 0
	}
	switch {
	case r >= 'А' && r <= 'Я':
		r += 'а' - 'А'
	case r >= 'Ѐ' && r <= 'Џ':
		r += 'ѐ' - 'Ѐ'
	}
	switch {
	case r == 'ß', r == 'ẞ':
		return 's', 's'
	case r == 'Æ', r == 'æ':
		return 'a', 'e'
	case r == 'Œ', r == 'œ':
		return 'o', 'e'
	case r == 0xad, r == 0x2060, r >= 0x200b && r <= 0x200f, r >= 0x202a && r <= 0x202e,
		r >= 0x300 && r <= 0x36f, r == 0x483, r >= 0xfe00 && r <= 0xfe0f, r == 0xfeff,
		r >= 0x64b && r <= 0x65f, r == 0x670, r == 0x640, r == 0x621, // Arabic vowels, tatweel and hamza
		r >= 0x3099 && r <= 0x309c, r == 0xff9e, r == 0xff9f: // Japanese voice marks
		return dropped, 0
	case r >= 0xc0 && r <= 0x17f && r != 0xd7 && r != 0xf7:
		return rune(latin[r-0xc0]), 0
	case r >= 0xff66 && r <= 0xff9d:
		return unvoiced([]rune(halfWidth)[r-0xff66]), 0
	case r == ellipsis:
		return ellipsis, 0
	case r < 0x250, r >= 0x2b0 && r < 0x370, r >= 0x60c && r <= 0x61f, r >= 0x660 && r <= 0x66d, r >= 0x6d4 && r < 0x6ee, r >= 0x6f0 && r <= 0x6f9,
		r >= 0x2000 && r < 0x2e80 && r != '⋯', r >= 0x3000 && r <= 0x3004, r >= 0x3007 && r < 0x3041, r == '・',
		r >= 0xd800 && r < 0xf900, r >= 0xfd3e && r < 0xfe70, r >= 0xfeff:
		return separator, 0
	}
	if _, after, found := cut(variants, " "+string(r)); found {
		return []rune(after)[0], 0
	}
	return unvoiced(r), 0
}

// unvoiced removes the voice mark of a kana.
func unvoiced(r rune) rune {
	base := rune(0x3040)
	if r >= 0x30a0 && r <= 0x30ff {
		base = 0x30a0
	} else if r < 0x3040 || r > 0x309f {
		return r
	}
	switch n := r - base; {
	case n >= 0x0b && n <= 0x22: // ka to di
		return r - (n+1)%2
	case n >= 0x23 && n <= 0x29 && n != 0x23: // du to do, after a small tu
		return r - n%2
	case n >= 0x2f && n <= 0x3d: // ha to po
		return r - (n-0x2f)%3
	case n == 0x54: // vu
		return base + 6
	}
	return r
}
