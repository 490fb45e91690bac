package widget

import (
	"slices"
	"strconv"

	"backupcheck/widget/sequence"
)

// title is the heading of a screen that the document has.
func (v view) title(screen sequence.Screen) string {
	if screen.Kind == sequence.Question {
		return v.texts.Text("ask." + screen.Node + ".title")
	}
	return v.texts.Text("step." + screen.Node + ".title")
}

// left says how far the reader is, as progressText of screen.js does.
func (v view) left(screen sequence.Screen) string {
	if screen.Left <= 8 {
		return v.texts.Format("sequence.left", "left", strconv.Itoa(screen.Left))
	}
	return v.texts.Format("sequence.number", "number", strconv.Itoa(screen.Number))
}

// dependsOnVersion reports whether a step's lines have words that differ by the
// version of iOS.
func (v view) dependsOnVersion(step string) bool {
	return v.texts.HasPaths("step." + step + ".do")
}

// measuresNetwork reports whether a step offers to measure the connection; see
// NETWORK_STEPS of screen.js.
func measuresNetwork(step string) bool {
	return slices.Contains([]string{"conditions", "back-up-now", "stuck", "other-network"}, step)
}
