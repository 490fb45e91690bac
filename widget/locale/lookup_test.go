package locale

import "testing"

// The lookup among several languages is tested with test languages, so this test
// is inside the package.
func TestLookupShortensTheTag(t *testing.T) {
	var from []*Catalogue
	for _, tag := range []string{"en", "de", "pt-BR", "zh-Hant"} {
		from = append(from, New(tag, func() []byte { return nil }))
	}
	tests := []struct{ tag, want string }{
		{"", "en"},
		{"fr", "en"},
		{"de", "de"},
		{"DE-ch", "de"},
		{"de-CH-1996", "de"},
		{"pt-br", "pt-BR"},
		{"pt", "en"},
		{"zh-Hant-TW", "zh-Hant"},
		{"zh", "en"},
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
		if got := lookup(tt.tag, from).Lang(); got != tt.want {
			t.Errorf("lookup(%q) = %s, want %s", tt.tag, got, tt.want)
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
