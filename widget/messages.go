package widget

import (
	"slices"

	"backupcheck/widget/sequence"
	"backupcheck/widget/sequence/icloudbackup"
)

// message is what an iPhone says about backups, and the step that it leads to.
type message struct{ id, step string }

// messages returns the messages that the sequence takes as an answer to its
// first question, and all steps: those of the document, then the others.
func (v view) messages() (found []message, steps []sequence.Entry) {
	apple := reported(v.verdict)
	start := atSymptom(apple)
	for _, id := range icloudbackup.Messages() {
		if s := start.Clone(); s.Choose(id) {
			found = append(found, message{id, firstStep(s)})
		}
	}
	return found, slices.Concat(v.steps, icloudbackup.Rest(apple))
}
