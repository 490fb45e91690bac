// Package terminal prepares text for a terminal: its width, colours for levels,
// and the removal of characters that a terminal would interpret.
package terminal

import (
	"io"
	"os"
	"strings"
	"unicode"

	"golang.org/x/term"
	"golang.org/x/text/width"

	"backupcheck/status"
)

// DefaultWidth is the number of columns assumed for a stream that isn't a
// terminal.
const DefaultWidth = 80

// Terminal describes the terminal, or other stream, that text is written to.
type Terminal struct {
	Width   int // columns
	Colours bool
}

// Of describes a stream. Colours are off for anything but a terminal, and where
// NO_COLOR is set (https://no-color.org).
func Of(stream io.Writer) Terminal {
	file, ok := stream.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return Terminal{Width: DefaultWidth}
	}
	t := Terminal{Width: DefaultWidth, Colours: os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"}
	if columns, _, err := term.GetSize(int(file.Fd())); err == nil && columns > 0 {
		t.Width = columns
	}
	return t
}

// colours are the SGR parameters for each level. They name the terminal's own
// palette, which its user has chosen to be readable.
var colours = map[status.Level]string{
	status.Unknown:     "35",
	status.Operational: "32",
	status.Maintenance: "36",
	status.Degraded:    "33",
	status.Outage:      "1;31",
}

// Paint colours a text by level. The colour only repeats what the text says.
func (t Terminal) Paint(level status.Level, text string) string {
	if !t.Colours {
		return text
	}
	return "\x1b[" + colours[level] + "m" + text + "\x1b[0m"
}

// Printable puts a text on one line and replaces control characters, other
// invisible ones and invalid UTF-8. All text from outside the program must pass
// through it.
func Printable(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsPrint(r):
			return r
		case unicode.IsSpace(r):
			return ' '
		}
		return '?'
	}, text)
}

// Shorten cuts a text to a number of columns, with an ellipsis at the end.
func Shorten(text string, columns int) string {
	total := 0
	for _, r := range text {
		total += runeWidth(r)
	}
	if total <= columns {
		return text
	}
	left := columns - 1 // for the ellipsis
	for i, r := range text {
		if left -= runeWidth(r); left < 0 {
			return strings.TrimRight(text[:i], " ") + "…"
		}
	}
	return text
}

// runeWidth returns the columns a character takes: two for East Asian wide
// characters, none for combining marks.
func runeWidth(r rune) int {
	switch kind := width.LookupRune(r).Kind(); {
	case unicode.In(r, unicode.Mn, unicode.Me):
		return 0
	case kind == width.EastAsianWide || kind == width.EastAsianFullwidth:
		return 2
	}
	return 1
}
