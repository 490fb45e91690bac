package terminal

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// FuzzPrintable prints and shortens arbitrary text.
func FuzzPrintable(f *testing.F) {
	for _, text := range []string{"", "Issue", "\x1b]0;title\x07", "\u009b2J", "\u202egnp.exe", "写真写真写真", "a\u0301\u0301", "\xff\xfe", "line\nline\r", "👨‍👩‍👧"} {
		f.Add(text, 10)
	}
	f.Fuzz(func(t *testing.T, text string, columns int) {
		printed := Printable(text)
		unprintable := func(r rune) bool { return !unicode.IsPrint(r) }
		if strings.ContainsFunc(printed, unprintable) || !utf8.ValidString(printed) || utf8.RuneCountInString(printed) != utf8.RuneCountInString(text) {
			t.Fatalf("%q is printed as %q", text, printed)
		}
		columns = 1 + (columns&0x7fffffff)%300
		width := 0
		for _, r := range Shorten(printed, columns) {
			width += runeWidth(r)
		}
		if width > columns {
			t.Fatalf("%q takes %d columns of %d", printed, width, columns)
		}
	})
}
