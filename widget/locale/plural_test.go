package locale

import (
	"testing"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

func TestFormsOfNumbersAreThoseOfCLDR(t *testing.T) {
	names := map[plural.Form]string{plural.Other: "other", plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many"}
	for _, c := range all {
		for n := range 250 {
			digits := []byte{byte(n / 100), byte(n / 10 % 10), byte(n % 10)}
			want := names[plural.Cardinal.MatchDigits(language.MustParse(c.lang), digits, 3, 0)]
			if got := pluralForm(c.lang, n); got != want {
				t.Errorf("%s: %d is %s, not %s", c.lang, n, got, want)
			}
		}
	}
}

func TestPluralTakesTheFormThatThereIs(t *testing.T) {
	c := New("pl", func() []byte { return []byte(`{"a": "{n} kroków", "a.few": "{n} kroki", "a.one": "krok"}`) })
	for n, want := range map[int]string{1: "krok", 2: "2 kroki", 5: "5 kroków", 22: "22 kroki", 0: "0 kroków"} {
		if got := c.Plural("a", "n", n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}
