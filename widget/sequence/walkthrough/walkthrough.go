// Package walkthrough walks through the troubleshooting sequence in text: it
// prints the screens as a reader sees them, and takes answers by the ids or the
// labels of the choices. With it a case of a real reader can be checked.
package walkthrough

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"backupcheck/widget/locale"
	"backupcheck/widget/sequence"
)

// Walk prints the session's screen, gives the answers and prints each screen
// that they lead to. Answers are separated by commas; see [Answer] for what each
// can be. It stops at an answer that the screen doesn't take.
func Walk(w io.Writer, texts *locale.Catalogue, s *sequence.Session, answers string) error {
	if err := Print(w, texts, s.Screen()); err != nil {
		return err
	}
	for {
		given := len(s.Tried())
		answer, rest, err := Answer(texts, s, answers)
		if err != nil || answer == "" {
			return err
		}
		answers = rest
		if _, err := fmt.Fprintf(w, "> %s\n", answer); err != nil {
			return err
		}
		if len(s.Tried()) == given {
			continue // a ticked box
		}
		if err := Print(w, texts, s.Screen()); err != nil {
			return err
		}
	}
}

// Answer gives the first of the answers to the session's screen and returns it,
// or "" if there is none, and the rest of the answers.
//
// An answer is the id or the label of a choice, or of a box of a gate, which it
// ticks. The case of letters and the kind of quotation marks don't matter. It can
// also be the id of a choice that the screen takes without showing it, such as a
// message. A choice that takes a time means a time without a problem of Apple's;
// the id or the label of an outcome asks for a time with that outcome.
func Answer(texts *locale.Catalogue, s *sequence.Session, answers string) (answer, rest string, err error) {
	answers = strings.TrimLeft(answers, ", +") // "+" marks a box in the cases of readers
	if answers == "" {
		return "", "", nil
	}
	screen, found := s.Screen(), offer{}
	for _, o := range offers(texts, screen) {
		for _, name := range []string{o.label, o.id} {
			// A label may contain a comma, so the longest one counts.
			if after, ok := cutName(answers, name); ok && (found.id == "" || len(after) < len(rest)) {
				found, rest = o, after
			}
		}
	}
	switch {
	case found.box:
		s.Confirm(found.id, true)
	case found.disabled:
		return "", "", fmt.Errorf("%s takes %q only once all its boxes are ticked", screen.Node, found.id)
	case found.id != "":
		if !s.Choose(found.id) {
			s.Failed(outside)
		}
	default:
		found.id, rest, _ = strings.Cut(answers, ",")
		found.id = strings.TrimSpace(found.id)
		if !s.Choose(strings.ToLower(found.id)) && !chooseOutcome(texts, s, found.id) {
			return "", "", fmt.Errorf("%s has no choice %q; it has %s", screen.Node, found.id, listed(texts, screen))
		}
	}
	return found.id, rest, nil
}

// chooseOutcome answers a question for a time so that the outcome is the given
// one. Outcomes aren't on the screen, so it tries both.
func chooseOutcome(texts *locale.Catalogue, s *sequence.Session, name string) bool {
	for _, span := range []sequence.Span{problem, outside} {
		try := s.Clone()
		if !try.Failed(span) {
			return false
		}
		tried := try.Tried()
		outcome := tried[len(tried)-1]
		if same(name, outcome.Choice) || same(name, texts.Choice(outcome.Node, outcome.Choice)) {
			return s.Failed(span)
		}
	}
	return false
}

// offer is something on a screen that an answer can name.
type offer struct {
	id, label     string
	box, disabled bool
}

func offers(texts *locale.Catalogue, screen sequence.Screen) []offer {
	var list []offer
	for _, box := range screen.Confirm {
		list = append(list, offer{id: box.ID, label: texts.Text("confirm." + box.ID), box: true})
	}
	for _, c := range screen.Choices {
		list = append(list, offer{id: c.ID, label: texts.Choice(screen.Node, c.ID), disabled: !c.Enabled})
	}
	return list
}

func listed(texts *locale.Catalogue, screen sequence.Screen) string {
	var ids []string
	for _, o := range offers(texts, screen) {
		ids = append(ids, o.id)
	}
	if ids == nil {
		return "none"
	}
	return strings.Join(ids, ", ")
}

// cutName returns what follows name and a comma in answers.
func cutName(answers, name string) (rest string, ok bool) {
	rest = answers
	for _, want := range name {
		got, size := utf8.DecodeRuneInString(rest)
		if size == 0 || fold(got) != fold(want) {
			return "", false
		}
		rest = rest[size:]
	}
	rest = strings.TrimLeft(rest, " ")
	return rest, name != "" && (rest == "" || rest[0] == ',')
}

func same(a, b string) bool {
	rest, ok := cutName(a, b)
	return ok && rest == ""
}

// fold makes equal what people type for the same character.
func fold(r rune) rune {
	switch r {
	case '’', '‘':
		return '\''
	case '“', '”', '„', '«', '»':
		return '"'
	case '\u00a0', '\u202f':
		return ' '
	case '\u2011':
		return '-'
	}
	return unicode.ToLower(r)
}
