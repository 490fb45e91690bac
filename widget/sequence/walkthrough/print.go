package walkthrough

import (
	"fmt"
	"io"
	"strings"

	"backupcheck/widget/locale"
	"backupcheck/widget/sequence"
)

var kinds = [...]string{
	sequence.Question: "question",
	sequence.Fix:      "fix",
	sequence.Gate:     "gate",
	sequence.End:      "end",
}

// prefixes are those of the ids of a screen's texts.
var prefixes = [...]string{
	sequence.Question: "ask.",
	sequence.Fix:      "step.",
	sequence.Gate:     "gate.",
	sequence.End:      "end.",
}

// Print prints a screen: its id, kind and title on a line, then indented what
// the widget shows below it, in the same order.
func Print(w io.Writer, texts *locale.Catalogue, screen sequence.Screen) error {
	prefix := prefixes[screen.Kind] + screen.Node
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s) %s\n", screen.Node, kinds[screen.Kind], texts.Text(prefix+".title"))
	if screen.Held != "" {
		printLine(&b, texts, "", screen.Held)
	} else {
		printBody(&b, texts, screen, prefix)
	}
	for _, o := range offers(texts, screen) {
		bullet := "-"
		if o.box {
			bullet = "[ ]"
		}
		fmt.Fprintf(&b, "  %s %s: %s\n", bullet, o.id, o.label)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func printBody(b *strings.Builder, texts *locale.Catalogue, screen sequence.Screen, prefix string) {
	printLine(b, texts, "", prefix+".text")
	if screen.Kind == sequence.Fix {
		printLine(b, texts, texts.Text("page.warning")+" ", prefix+".warning")
		for _, note := range screen.Notes {
			printLine(b, texts, "", note)
		}
		printLines(b, texts, prefix+".do")
		printLine(b, texts, "", prefix+".why")
	} else {
		printLines(b, texts, prefix)
	}
	if screen.Article != "" {
		fmt.Fprintf(b, "  https://support.apple.com/%s\n", screen.Article)
	}
}

// printLine prints the text of id, if there is one.
func printLine(b *strings.Builder, texts *locale.Catalogue, before, id string) {
	if texts.Has(id) {
		fmt.Fprintf(b, "  %s%s\n", before, texts.Text(id))
	}
}

// printLines prints the texts of prefix.1, prefix.2 and so on, numbered.
func printLines(b *strings.Builder, texts *locale.Catalogue, prefix string) {
	for i, line := range texts.Lines(prefix) {
		fmt.Fprintf(b, "  %d. %s\n", i+1, line)
	}
}
