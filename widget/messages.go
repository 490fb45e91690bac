package widget

import (
	"strings"

	"backupcheck/widget/sequence"
)

// message is what an iPhone says about backups, and the step that it leads to.
type message struct{ id, step string }

// messages returns the messages that the sequence takes as an answer to its
// first question, and the steps that they lead to, in the order of the plain
// document.
func (v view) messages() (found []message, steps []sequence.Entry) {
	led := map[string]bool{}
	var more []sequence.Entry
	apple := reported(v.verdict)
	for _, id := range v.texts.IDs("message.") {
		id = strings.TrimPrefix(id, "message.")
		s := atSymptom(apple)
		if !s.Choose(id) {
			continue
		}
		step := plainStep(s)
		if v.step(step).Step.ID == "" && !led[step] { // a step that only messages lead to
			screen := s.Screen()
			if screen.Kind != sequence.Fix {
				continue
			}
			more = append(more, sequence.Entry{
				Step: sequence.Step{ID: step, Article: screen.Article, Risk: screen.Risk},
				Held: screen.Held, Notes: screen.Notes,
			})
		}
		led[step] = true
		found = append(found, message{id, step})
	}
	for _, entry := range v.steps {
		if led[entry.Step.ID] {
			steps = append(steps, entry)
		}
	}
	return found, append(steps, more...)
}
