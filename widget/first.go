package widget

import (
	"strconv"

	"backupcheck/widget/sequence"
)

// title is the id of a first screen's heading.
func title(screen sequence.Screen) string {
	if screen.Kind == sequence.Question {
		return "ask." + screen.Node + ".title"
	}
	return "step." + screen.Node + ".title"
}

// maxEstimate is MAX_ESTIMATE of screen.js: a larger estimate isn't shown.
const maxEstimate = 8

// left says how far the reader is, as progressText does in screen.js.
func (v view) left(screen sequence.Screen) string {
	if screen.Left > 1 && screen.Left <= maxEstimate {
		return v.texts.Plural("sequence.left", "left", screen.Left)
	}
	return v.texts.Format("sequence.number", "number", strconv.Itoa(screen.Number))
}
