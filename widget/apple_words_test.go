package widget_test

import (
	"net/http/httptest"
	"testing"
	"time"

	"backupcheck/status"
)

// Apple's words are shown in the reader's language if Apple has them in it, or else
// in English and marked as English; always as text.
func TestAppleWordsAreInTheReadersLanguage(t *testing.T) {
	incident := status.Incident{
		ID: "1", Type: "Outage", State: status.StateOngoing, Message: "Down.", UsersAffected: "All users", StartedAt: six.Add(-time.Hour),
		Translations: map[string]status.Words{
			"de": {Message: "<b>Ausgefallen</b> {since}.", UsersAffected: "Alle <i>"},
			"ja": {}, // Apple was asked and has none
		},
	}
	v := status.Decide(reading(incident), six)
	for language, want := range map[string]struct{ lang, message, affected string }{
		"en": {"en", "Down.", "All users"},
		"de": {"de", "<b>Ausgefallen</b> {since}.", "Alle <i>"},
		"ja": {"en", "Down.", "All users"},
		"ar": {"en", "Down.", "All users"},
	} {
		doc := parse(t, send(t, v, httptest.NewRequest("GET", "/widget?lang="+language, nil)).Body.String())
		quote := doc.Find("details.apple blockquote")
		if got := quote.Text(); got != want.message || quote.AttrOr("lang", "") != want.lang || quote.AttrOr("dir", "") != "auto" || quote.Children().Length() > 0 {
			html, _ := quote.Parent().Html()
			t.Errorf("%s: %s", language, html)
		}
		if got := quote.Next().Text(); len(got) <= len(want.affected) || got[len(got)-len(want.affected):] != want.affected {
			t.Errorf("%s: %q", language, got)
		}
	}
}
