package locale

import (
	"strings"
	"testing"
)

// some returns catalogues of languages that need no file.
func some(tags ...string) (from []*Catalogue) {
	for _, tag := range tags {
		from = append(from, New(tag, func() []byte { return nil }))
	}
	return from
}

// all are the languages that the widget is made for.
var all = some("en", "ar", "de", "es", "es-419", "fr", "it", "ja", "ko", "nl", "pl", "pt-BR", "ru", "tr", "zh-Hans", "zh-Hant")

func TestLookup(t *testing.T) {
	tests := []struct{ tag, want string }{
		{"", "en"},
		{"sv", "en"},
		{"de", "de"},
		{"DE-ch", "de"},
		{"de-CH-1996", "de"},
		{"en-GB", "en"},
		{"nb", "en"},
		{"nn-NO", "en"},
		{"no", "en"},
		{"pt-br", "pt-BR"},
		{"pt", "pt-BR"},
		{"pt-PT", "pt-BR"},
		{"pt-AO", "pt-BR"},
		{"zh", "zh-Hans"},
		{"zh-CN", "zh-Hans"},
		{"zh-SG", "zh-Hans"},
		{"zh-TW", "zh-Hant"},
		{"zh-tw-x-y", "zh-Hant"},
		{"zh-HK", "zh-Hant"},
		{"zh-MO", "zh-Hant"},
		{"zh-Hant-TW", "zh-Hant"},
		{"zh-Hant-CN", "zh-Hant"},
		{"zh-Hans-HK", "zh-Hans"},
		{"yue-Hant-HK", "zh-Hant"},
		{"es", "es"},
		{"es-ES", "es"},
		{"es-GQ", "es"},
		{"es-IC", "es"},
		{"es-Latn", "es"},
		{"es-MX", "es-419"},
		{"es-ar", "es-419"},
		{"es-US", "es-419"},
		{"es-419", "es-419"},
		{"fr-CA", "fr"},
		{"-", "en"},
		{"de-", "de"},
		{"de_CH", "en"},
		{" de", "en"},
		{"dex", "en"},
		{"../de", "en"},
		// Not the value of an Accept-Language header.
		{"fr,de;q=0.9", "en"},
		{"de;q=1", "en"},
		{"de-aaaaaaaa-bbbbbbbb-cccccccc-dddddd", "en"}, // 36 bytes
		{"de-aaaaaaaa-bbbbbbbb-cccccccc-ddddd", "de"},
	}
	for _, tt := range tests {
		if got := lookup(tt.tag, all).Lang(); got != tt.want {
			t.Errorf("lookup(%q) = %s, want %s", tt.tag, got, tt.want)
		}
	}
	// An alias of a language that isn't there.
	for _, tag := range []string{"zh", "pt", "es-MX", "zh-TW"} {
		if got := lookup(tag, some("en", "de")).Lang(); got != "en" {
			t.Errorf("lookup(%q) = %s", tag, got)
		}
	}
	if got := lookup("es-MX", some("en", "es")).Lang(); got != "es" {
		t.Errorf("without es-419: %s", got)
	}
}

func TestNegotiate(t *testing.T) {
	tests := []struct{ header, want string }{
		{"", "en"},
		{"*", "en"},
		{"de", "de"},
		{"de-AT,de;q=0.9,en;q=0.8", "de"},
		{"en-US,en;q=0.9,de;q=0.8", "en"},
		{"sv-SE,sv;q=0.9,de;q=0.5,en;q=0.4", "de"},
		{"nb-NO,nb;q=0.9,en;q=0.8,de;q=0.7", "en"},
		{"en;q=0.2, fr ; q=0.9 , de;q=0.3", "fr"},
		{"fr;q=0.5,de;q=0.5", "fr"},
		{"zh-TW,zh;q=0.9", "zh-Hant"},
		{"pt-PT,pt;q=0.9,en;q=0.8", "pt-BR"},
		{"de;q=0,fr", "fr"},
		{"de;q=0", "en"},
		{"*;q=0.5,ja;q=0.1", "ja"},
		{"de;Q=1", "de"},
		{"de;q=2,fr;q=0.1", "fr"},
		{"de;q=NaN,fr;q=-1,it;q=x,ja;level=1", "en"},
		{"de;q=,fr;q", "en"},
		{",,,de", "de"},
		{"../de,\x00", "en"},
		{strings.Repeat("xx,", 31) + "de", "de"},
		{strings.Repeat("xx,", 32) + "de", "en"},
		{strings.Repeat("x", 1<<20), "en"},
	}
	for _, tt := range tests {
		if got := negotiate(tt.header, all).Lang(); got != tt.want {
			t.Errorf("negotiate(%.60q) = %s, want %s", tt.header, got, tt.want)
		}
	}
}

// The start of a Worker must not parse languages that aren't used.
func TestFilesAreReadOnFirstUse(t *testing.T) {
	reads := 0
	c := New("de", func() []byte { reads++; return []byte(`{"a": "eins"}`) })
	if c.Lang() != "de" || lookup("de-AT", []*Catalogue{New("en", nil), c}) != c || reads != 0 {
		t.Fatalf("read %d times before the first text", reads)
	}
	if c.Text("a") != "eins" || !c.Has("a") || reads != 1 {
		t.Errorf("%q after %d reads", c.Text("a"), reads)
	}
}
