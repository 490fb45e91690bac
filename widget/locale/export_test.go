package locale

// Open returns the catalogue of the content of two files.
func Open(tag string, texts, labels []byte) *Catalogue {
	d := &data{texts: decode(string(texts)), labels: decodeLabels(string(labels))}
	return &Catalogue{lang: tag, data: func() *data { return d }}
}

// Shown returns the words for a placeholder that names something on the screen.
func (c *Catalogue) Shown(placeholder string) (string, bool) {
	return c.data().shown(placeholder, anyVersion)
}

// ShownIn does the same for a version of iOS.
func (c *Catalogue) ShownIn(placeholder string, version int) (string, bool) {
	return c.data().shown(placeholder, version)
}

// Places returns, by the placeholder of each place, the labels in it.
func Places() map[string][]string {
	all := map[string][]string{}
	for id, list := range places {
		for _, p := range list {
			all[id] = append(all[id], p.rows)
		}
	}
	return all
}
