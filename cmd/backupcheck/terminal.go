package main

import (
	"io"
	"os"
	"strings"
	"unicode"

	"golang.org/x/term"
	"golang.org/x/text/width"

	"backupcheck/status"
)

// plainWidth is how wide text is made for a stream that isn't a terminal.
const plainWidth = 80

// terminal is how text is shown on a stream.
type terminal struct {
	width   int // columns
	colours bool
}

// terminalOf finds out what a stream is. Colours are for terminals alone, and
// not for those whose owner wants none (https://no-color.org).
func terminalOf(stream io.Writer) terminal {
	file, ok := stream.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return terminal{width: plainWidth}
	}
	t := terminal{width: plainWidth, colours: os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"}
	if columns, _, err := term.GetSize(int(file.Fd())); err == nil && columns > 0 {
		t.width = columns
	}
	return t
}

// colours of the levels, as parameters of the sequence that sets them. They
// are those of the terminal's own palette, which its owner can read.
var colours = map[status.Level]string{
	status.Unknown:     "35",
	status.Operational: "32",
	status.Maintenance: "36",
	status.Degraded:    "33",
	status.Outage:      "1;31",
}

// paint gives a text the colour of a level. The text says the same without it.
func (t terminal) paint(level status.Level, text string) string {
	if !t.colours {
		return text
	}
	return "\x1b[" + colours[level] + "m" + text + "\x1b[0m"
}

// printable replaces what can steer a terminal or can't be seen, and folds a
// text into one line. Whatever comes from elsewhere goes through it.
func printable(text string) string {
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

// shortened is a text cut to a number of columns.
func shortened(text string, columns int) string {
	total := 0
	for _, r := range text {
		total += columnsOf(r)
	}
	if total <= columns {
		return text
	}
	left := columns - 1 // for the ellipsis
	for i, r := range text {
		if left -= columnsOf(r); left < 0 {
			return strings.TrimRight(text[:i], " ") + "…"
		}
	}
	return text
}

// columnsOf is how many columns a character takes: letters of East Asia take
// two, marks on other letters none.
func columnsOf(r rune) int {
	switch kind := width.LookupRune(r).Kind(); {
	case unicode.In(r, unicode.Mn, unicode.Me):
		return 0
	case kind == width.EastAsianWide || kind == width.EastAsianFullwidth:
		return 2
	}
	return 1
}
