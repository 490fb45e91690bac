package bundle

import (
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"

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

// What is newer than ES2018 would be a syntax error in iOS 12, and esbuild would
// write it in another way for that target.
func TestEmbedScriptHasOnlySyntaxOfOldBrowsers(t *testing.T) {
	printed := func(script string, target api.Target) string {
		result := api.Transform(script, api.TransformOptions{Target: target})
		if len(result.Errors) > 0 {
			t.Fatal(result.Errors)
		}
		return string(result.Code)
	}
	script := string(bundleWithoutEngine(t).Files["/embed.js"].Body)
	if printed(script, api.ES2018) != printed(script, api.ESNext) {
		t.Error("embed.js has syntax that iOS 12 doesn't know")
	}
	for _, newer := range []string{"a?.b", "a ?? b", "class A { #b }", "try {} catch {}", "a ??= b"} {
		if printed(newer, api.ES2018) == printed(newer, api.ESNext) {
			t.Errorf("%s isn't noticed", newer)
		}
	}
}
