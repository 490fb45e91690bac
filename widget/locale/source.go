package locale

// Languages returns the tags of the catalogues, English first.
func Languages() []string { return []string{"en"} }

// Source returns the catalogue of a language as it is in its file, a flat JSON
// object; nil if there is none. The browser shows texts from it by itself.
func Source(lang string) []byte {
	if lang != "en" {
		return nil
	}
	return []byte(en)
}
