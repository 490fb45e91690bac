package widget

import (
	"context"

	"github.com/a-h/templ"

	"backupcheck/status"
	"backupcheck/status/history"
	"backupcheck/widget/locale"
)

// RenderDocument renders the widget's document in a language that doesn't
// need a file.
func RenderDocument(v status.Verdict, texts *locale.Catalogue, bundle Bundle) ([]byte, error) {
	return render(context.Background(), document(newView(v, texts, ""), bundle))
}

// RenderLanding does the same for the landing page. If h is nil, the history is
// unavailable.
func RenderLanding(h *history.History, texts *locale.Catalogue, bundle Bundle) ([]byte, error) {
	var section templ.Component = historyUnavailable(texts)
	if h != nil {
		section = historySection(texts, newLandingHistory(*h))
	}
	return render(context.Background(), landing(texts, "", "https://check.example", bundle, section))
}

// Documents returns how many rendered documents a site holds.
func Documents(s *Site) int { return len(s.documents) }
