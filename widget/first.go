package widget

import (
	"slices"
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
		return v.texts.Format("sequence.left", "left", strconv.Itoa(screen.Left))
	}
	return v.texts.Format("sequence.number", "number", strconv.Itoa(screen.Number))
}

// movesOn are the answers that say that a step has done its part: where one comes
// first, it is the primary button. It is the list of choices.js.
var movesOn = []string{
	"worked", "done", "continue", "recent", "not-grey", "accepted", "request-gone", "stays-on", "fits", "paid",
	"arrived", "turned-off", "uses-wifi", "date-is-new", "new-date", "went-away", "copied", "downloading",
	"finished", "answers-it", "found", "restored",
}

// primary reports whether the first choice of a screen is its primary button.
func primary(screen sequence.Screen) bool {
	return screen.Kind != sequence.Question && slices.Contains(movesOn, screen.Choices[0].ID)
}
