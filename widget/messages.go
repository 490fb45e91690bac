package widget

import (
	"backupcheck/widget/sequence"
	"backupcheck/widget/sequence/icloudbackup"
)

// message is what an iPhone says about backups, and the step that it leads to.
type message struct{ id, step string }

// messages returns the messages that the sequence takes as an answer to its
// first question, and the steps that they lead to, in the order of the plain
// document.
func (v view) messages() (found []message, steps []sequence.Entry) {
	apple := reported(v.verdict)
	start, plain, led := atSymptom(apple), plainSteps(apple), stepSet{}
	var more []sequence.Entry // steps that only messages lead to
	for _, id := range icloudbackup.Messages() {
		s := start.Clone()
		if !s.Choose(id) {
			continue
		}
		screen := s.Screen()
		step := screen.Node
		if screen.Kind != sequence.Fix {
			step = plain.next(s, 3)
		} else if !plain[step] && !led[step] {
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
