package bundle

import (
	"strings"
	"testing"

	"backupcheck/widget/locale"
)

func TestEmbedScriptKnowsEachLanguage(t *testing.T) {
	script := string(bundleWithoutEngine(t).Files["/embed.js"].Body)
	for _, lang := range locale.Languages() {
		if !strings.Contains(script, `"`+lang+`"`) {
			t.Errorf("embed.js lacks %q", lang)
		}
	}
	if len(locale.Languages()) == 0 {
		t.Error("no languages")
	}
}
