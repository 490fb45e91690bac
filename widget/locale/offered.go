package locale

import (
	"maps"
	"slices"
	"sync/atomic"
)

// offered are the names of languages whose texts come later, by tag.
var offered map[string]string

// Offer adds languages whose texts Provide brings later: their names by BCP 47 tag.
// Until then, For falls back to English. Call it before anything else here.
func Offer(names map[string]string) { offered = names }

// Missing returns the tag of the offered language whose texts are missing for a
// tag; "" if For returns what there is.
func Missing(tag string) string {
	if c := match(tag, catalogues()); c != nil && !c.ready() {
		return c.lang
	}
	return ""
}

// Provide brings the texts of an offered language, in the form of Lines. It reports
// whether that is one.
func Provide(tag string, lines string) bool {
	for _, c := range catalogues() {
		if c.lang == tag && c.pending != nil {
			c.pending.Store(&data{lines: lines})
			return true
		}
	}
	return false
}

// pendingCatalogues returns those of the offered languages that have no file.
func pendingCatalogues(names map[string]string, has func(tag string) bool) (list []*Catalogue) {
	for _, tag := range slices.Sorted(maps.Keys(names)) {
		if !has(tag) {
			pending := new(atomic.Pointer[data])
			list = append(list, &Catalogue{lang: tag, name: func() string { return names[tag] }, data: pending.Load, pending: pending})
		}
	}
	return list
}

// ready reports whether the texts are there.
func (c *Catalogue) ready() bool { return c.pending == nil || c.pending.Load() != nil }
