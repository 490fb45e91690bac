package main

import (
	"context"
	"errors"
	"flag"
	"io"
	"strings"

	"backupcheck/cmd/backupcheck/internal/drawing"
	"backupcheck/status"
	"backupcheck/widget/locale"
	"backupcheck/widget/messages"
	"backupcheck/widget/sequence/icloudbackup"
	"backupcheck/widget/sequence/walkthrough"
)

const sequenceUsage = `
Usage: backupcheck sequence [-dot | -mermaid | -markdown]
       backupcheck sequence -walk "CHOICE, CHOICE, …" [-level "NAME=LEVEL"]… [-lang LANG]
       backupcheck sequence -message TEXT [-lang LANG]

Draws the troubleshooting sequence: its screens, and the choices that lead from
one to another. -dot, the default, is for Graphviz,
-mermaid is for Mermaid, and -markdown is the page docs/sequence.md.

With -walk it answers the screens instead, and prints each one: its id, kind and
title, what it says, the boxes to tick and the choices. A CHOICE is the id or the
label of a choice, or of a box of a gate, which it ticks; where the sequence takes
one, it can be the id of a message of iOS. A time is taken to be outside of Apple's
problems, unless the answer is "covered". -walk "" prints the first screen.

With -message it prints the id of the message of iOS that TEXT is taken for, and
after a tab what that means; other candidates follow on lines of their own.

The exit status is 0, 1 at a choice that the screen doesn't have or for a message
that isn't known, 3 if the output couldn't be written, 4 for wrong usage.
`

func showSequence(_ context.Context, args []string, s streams) int {
	flags := flag.NewFlagSet("sequence", flag.ContinueOnError)
	formats := []struct {
		name string
		draw func(drawing.Graph) string
	}{
		{"dot", drawing.Graph.Dot},
		{"mermaid", drawing.Graph.Mermaid},
		{"markdown", drawing.Graph.Markdown},
	}
	flags.Bool("dot", false, "draw for Graphviz (the default)")
	flags.Bool("mermaid", false, "draw for Mermaid")
	flags.Bool("markdown", false, "write a Markdown page with a drawing for Mermaid")
	walk := flags.String("walk", "", "answer the screens with these `choices`, separated by commas, and print the screens")
	levels := map[string]string{}
	flags.Func("level", "walk while Apple reports this `NAME=LEVEL` of a service, which is operational otherwise; can be repeated.\n"+
		"The levels are those of /api/status, and recovered for iCloud Backup", func(value string) error {
		name, level, ok := strings.Cut(value, "=")
		if !ok {
			return errors.New("it is not NAME=LEVEL")
		}
		levels[name] = level
		return nil
	})
	message := flags.String("message", "", "recognize this `text`, in any of 16 languages")
	lang := flags.String("lang", "", "the `language`, a BCP 47 tag: of the texts, where there is a translation, and the one in which\na message is looked for first")
	if code, ok := parse(flags, args, s, sequenceUsage); !ok {
		return code
	}
	if flags.NArg() > 0 {
		return s.fail(exitUsage, "sequence takes no argument such as %q", flags.Arg(0))
	}
	given := givenFlags(flags)
	draw, selected := drawing.Graph.Dot, 0
	for _, format := range formats {
		if given[format.name] {
			draw = format.draw
			selected++
		}
	}
	for _, name := range []string{"walk", "message"} {
		if given[name] {
			selected++
		}
	}
	switch {
	case selected > 1:
		return s.fail(exitUsage, "only one of -dot, -mermaid, -markdown, -walk and -message can be given")
	case given["level"] && !given["walk"]:
		return s.fail(exitUsage, "-level needs -walk")
	case given["lang"] && !given["walk"] && !given["message"]:
		return s.fail(exitUsage, "-lang needs -walk or -message")
	case given["walk"]:
		return walkSequence(*walk, levels, *lang, s)
	case given["message"]:
		return recognizeMessage(*message, *lang, s)
	}
	if _, err := io.WriteString(s.out, draw(drawing.Sequence())); err != nil {
		return s.fail(exitUnknown, "writing the drawing: %v", err)
	}
	return 0
}

func walkSequence(answers string, levels map[string]string, lang string, s streams) int {
	apple, err := walkthrough.Apple(levels, status.RelatedNames())
	if err != nil {
		return s.fail(exitUsage, "-level: %v", err)
	}
	texts := textsFor(lang)
	var out strings.Builder
	stopped := walkthrough.Walk(&out, texts, icloudbackup.Start(apple), answers)
	if _, err := io.WriteString(s.out, out.String()); err != nil {
		return s.fail(exitUnknown, "writing the screens: %v", err)
	}
	if stopped != nil {
		return s.fail(1, "%v", stopped)
	}
	return 0
}

func recognizeMessage(message, lang string, s streams) int {
	ids := messages.Recognize(message, lang)
	if ids == nil {
		return s.fail(1, "this message isn't known: %q", message)
	}
	texts := textsFor(lang)
	for _, id := range ids {
		line := id
		if text := "message." + id; texts.Has(text) {
			line += "\t" + texts.Text(text)
		}
		if _, err := io.WriteString(s.out, line+"\n"); err != nil {
			return s.fail(exitUnknown, "writing the message: %v", err)
		}
	}
	return 0
}

// textsFor returns the texts for a tag, which may have underscores.
func textsFor(lang string) *locale.Catalogue { return locale.For(strings.ReplaceAll(lang, "_", "-")) }
