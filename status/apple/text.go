package apple

import (
	"strings"
	"unicode"

	nethtml "golang.org/x/net/html"
)

const (
	maxText = 4000     // maximum length of one text of Apple's, in characters
	maxName = 200      // and of one name
	maxRaw  = 64 << 10 // bytes of a text that are looked at, before markup is removed
)

// plainText converts Apple's text to plain text in one line: without markup,
// with entities resolved, and without control characters and those that change
// the direction of text.
func plainText(s string) string {
	s = s[:min(len(s), maxRaw)]
	if strings.Contains(s, "<") {
		s = withoutMarkup(s)
	} else {
		s = nethtml.UnescapeString(s)
	}
	return truncate(oneLine(s), maxText)
}

// withoutMarkup returns the text of a fragment of HTML, without that in script
// and style elements.
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

// oneLine replaces white space, no-break spaces included, by single spaces and
// removes invisible characters.
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

// plain reports whether oneLine would not change a text in ASCII, which is
// nearly all of Apple's texts.
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

// truncate shortens a text to a number of characters.
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

// name normalizes a service's name. Apple's names may have spaces at the end,
// and ampersands that are escaped once or twice.
func name(s string) string {
	s = s[:min(len(s), 10*maxName)]
	for range 2 {
		s = nethtml.UnescapeString(s)
	}
	return truncate(oneLine(s), maxName)
}

// sameName reports whether two names are of one service.
func sameName(a, b string) bool { return strings.EqualFold(name(a), name(b)) }
