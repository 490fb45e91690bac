package locale

import "testing"

// Only English exists, so what For makes of several catalogues is shown from
// inside.
func TestMatchTakesTheBestLanguage(t *testing.T) {
	from := []*Catalogue{{lang: "en"}, {lang: "de"}, {lang: "pt-BR"}, {lang: "zh-Hant"}}
	tests := []struct{ lang, want string }{
		{"", "en"},
		{"fr", "en"},
		{"de", "de"},
		{"de-CH-1996", "de"},
		{"pt-br", "pt-BR"},
		{"pt", "en"},
		{"zh-Hant-TW", "zh-Hant"},
		{"de-DE,de;q=0.9,en;q=0.8", "de"},
		{"en;q=0.8, de;q=0.9", "de"},
		{"fr-FR, fr;q=0.9, de;q=0.5, en;q=0.4", "de"},
		{"en, de", "en"},
		{"de;q=0, en;q=0.1", "en"},
		{"de;q=0", "en"},
		{"de;q=NaN, pt-BR;q=0.1", "pt-BR"},
		{"de;q=9, pt-BR;q=0.1", "pt-BR"},
		{"*;q=0.5, de;q=0.1", "de"},
		{"-,--;q=,de", "de"},
	}
	for _, tt := range tests {
		if got := match(tt.lang, from).Lang(); got != tt.want {
			t.Errorf("match(%q) = %s, want %s", tt.lang, got, tt.want)
		}
	}
}
