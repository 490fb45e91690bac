package apple

import (
	"strings"
	"unicode"

	nethtml "golang.org/x/net/html"
)

// maxText is the most characters that are kept of one text of Apple's.
const maxText = 4000

// plainText makes of Apple's words plain text in one line: without markup,
// with entities resolved, and without control characters or marks that turn
// the direction of the text around them.
func plainText(s string) string {
	if strings.Contains(s, "<") {
		s = withoutMarkup(s)
	} else {
		s = nethtml.UnescapeString(s)
	}
	return truncate(oneLine(s), maxText)
}

// withoutMarkup keeps the text of a fragment of HTML. What stands in script
// and style elements is no text.
func withoutMarkup(s string) string {
	var b strings.Builder
	skip := ""
	z := nethtml.NewTokenizer(strings.NewReader(s))
	for {
		switch z.Next() {
		case nethtml.ErrorToken:
			return b.String()
		case nethtml.TextToken:
			if skip == "" {
				b.Write(z.Text())
			}
		case nethtml.StartTagToken:
			b.WriteByte(' ')
			if name, _ := z.TagName(); skip == "" && (string(name) == "script" || string(name) == "style") {
				skip = string(name)
			}
		case nethtml.EndTagToken:
			b.WriteByte(' ')
			if name, _ := z.TagName(); string(name) == skip {
				skip = ""
			}
		}
	}
}

// oneLine folds white space, no-break spaces included, into single spaces and
// drops what can't be seen.
func oneLine(s string) string {
	if plain(s) {
		return s
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r) && r != '\u200d' && r != '\u200c', r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	return strings.Join(strings.Fields(s), " ")
}

// plain reports whether a text is in one line already, in ASCII: nearly all of
// Apple's are.
func plain(s string) bool {
	before := byte(' ')
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' || s[i] == ' ' && before == ' ' {
			return false
		}
		before = s[i]
	}
	return s == "" || before != ' '
}

// cut shortens a text to a number of characters.
func truncate(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for i := range s {
		if most == 0 {
			return s[:i] + "…"
		}
		most--
	}
	return s
}

// name makes service names comparable. Apple's names may have spaces at the
// end, and ampersands that were escaped once or twice.
func name(s string) string {
	for range 2 {
		s = nethtml.UnescapeString(s)
	}
	return oneLine(s)
}

// sameName reports whether two names mean one service.
func sameName(a, b string) bool { return strings.EqualFold(name(a), name(b)) }
