package api

import (
	"html"
	"strconv"
	"strings"
	"unicode"

	"backupcheck/status"
)

// badgeTemplate is 20 pixels high, with the label on the left and the level on
// the right. It uses only fonts of the system, and textLength gives the texts
// the calculated widths in every font.
const badgeTemplate = `<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20" role="img" aria-label="{name}">` +
	`<title>{name}</title>` +
	`<rect width="{width}" height="20" rx="{radius}" fill="{colour}"/>` +
	`<path fill="#3d444d" d="M{radius} 0H{split}V20H{radius}a{radius} {radius} 0 0 1-{radius}-{radius}V{radius}a{radius} {radius} 0 0 1 {radius}-{radius}z"/>` +
	`<g fill="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">` +
	`<text x="{label-x}" y="14" textLength="{label-width}" lengthAdjust="spacingAndGlyphs">{label}</text>` +
	`<text x="{word-x}" y="14" textLength="{word-width}" lengthAdjust="spacingAndGlyphs">{word}</text>` +
	"</g></svg>\n"

// badgePadding is the space on both sides of a text, in pixels.
const badgePadding = 6

func drawBadge(label string, level status.Level, radius int) []byte {
	label = strings.Map(func(r rune) rune {
		if unprintable(r) {
			return unicode.ReplacementChar // some are invalid in XML, even escaped
		}
		return r
	}, label)
	word := level.String()
	labelWidth, wordWidth := textWidth(label), textWidth(word)
	split := labelWidth + 2*badgePadding
	return []byte(strings.NewReplacer(
		"{name}", html.EscapeString(label+": "+word),
		"{label}", html.EscapeString(label),
		"{word}", word,
		"{colour}", badgeColours[level],
		"{radius}", strconv.Itoa(radius),
		"{split}", strconv.Itoa(split),
		"{width}", strconv.Itoa(split+wordWidth+2*badgePadding),
		"{label-x}", strconv.Itoa(badgePadding),
		"{label-width}", strconv.Itoa(labelWidth),
		"{word-x}", strconv.Itoa(split+badgePadding),
		"{word-width}", strconv.Itoa(wordWidth),
	).Replace(badgeTemplate))
}

// glyphWidths are the widths of the characters from space to tilde in tenths of
// a pixel, in DejaVu Sans at 11 pixels, which has the widths of Verdana.
var glyphWidths = [...]uint8{
	35, 44, 51, 92, 70, 105, 86, 30, 43, 43, 55, 92, 35, 40, 35, 37, // space to /
	70, 70, 70, 70, 70, 70, 70, 70, 70, 70, 37, 37, 92, 92, 92, 58, // 0 to ?
	110, 75, 75, 77, 85, 70, 63, 85, 83, 32, 32, 72, 61, 95, 82, 87, // @ to O
	66, 87, 76, 70, 67, 81, 75, 109, 75, 67, 75, 43, 37, 43, 92, 55, // P to _
	55, 67, 70, 60, 70, 68, 39, 70, 70, 31, 31, 64, 31, 107, 70, 67, // ` to o
	70, 70, 45, 57, 43, 70, 65, 90, 65, 65, 58, 70, 37, 70, 92, // p to ~
}

// textWidth returns the width of a text in pixels, rounded up. It is estimated
// for characters outside ASCII: East Asian ones and emoji fill a square, marks
// have no width, and the rest counts as letters.
func textWidth(text string) int {
	tenths := 0
	for _, r := range text {
		switch {
		case ' ' <= r && r <= '~':
			tenths += int(glyphWidths[r-' '])
		case unicode.Is(unicode.M, r):
		case '\u2e80' <= r && r <= '\ud7a3', '\uf900' <= r && r <= '\ufaff', '\uff00' <= r && r <= '\uff60', r >= '\U0001f000':
			tenths += 110
		default:
			tenths += 75
		}
	}
	return max(1, (tenths+9)/10)
}
