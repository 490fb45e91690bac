package bundle

import (
	"strings"
	"testing"

	"backupcheck/widget/locale"
)

func TestEmbedScriptHasTheTitleOfEachLanguage(t *testing.T) {
	script := string(bundleWithoutEngine(t).Files["/embed.js"].Body)
	for _, lang := range locale.Languages() {
		texts := locale.For(lang)
		if !texts.Has("embed.title") || !strings.Contains(script, texts.Text("embed.title")) {
			t.Errorf("%s: embed.js lacks %q", lang, texts.Text("embed.title"))
		}
	}
	if len(locale.Languages()) == 0 {
		t.Error("no languages")
	}
}
