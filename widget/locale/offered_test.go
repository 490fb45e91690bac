package locale

import "testing"

func TestOfferedLanguageIsEnglishUntilItsTextsAreThere(t *testing.T) {
	from := append(some("en", "fr"), pendingCatalogues(map[string]string{"de": "Deutsch", "fr": "Français"}, func(tag string) bool { return tag == "fr" })...)
	if len(from) != 3 || from[2].Lang() != "de" || from[2].Name() != "Deutsch" {
		t.Fatalf("%d catalogues", len(from))
	}
	if got := lookup("de-AT", from).Lang(); got != "en" {
		t.Errorf("without its texts: %s", got)
	}
	if got := negotiate("de-AT", from).Lang(); got != "de" {
		t.Errorf("its address is %s", got)
	}
	from[2].pending.Store(&data{lines: "a\teins\nb\tzwei"})
	if c := lookup("de-AT", from); c.Lang() != "de" || c.Text("a") != "eins" {
		t.Errorf("with its texts: %s, %q", c.Lang(), c.Text("a"))
	}
	if got := lookup("fr", from).Lang(); got != "fr" {
		t.Errorf("a language with a file: %s", got)
	}
}

func TestLanguagesWithFilesAreNotMissing(t *testing.T) {
	for _, tag := range []string{"", "en", "de", "de-AT", "xx", "../x"} {
		if missing := Missing(tag); missing != "" || Provide(tag, "") {
			t.Errorf("%q: %q", tag, missing)
		}
	}
}
