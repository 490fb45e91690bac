package locale

import "strconv"

// Plural returns the text of id in the form for a number, which replaces the
// placeholder name. The forms are id.one, id.two, id.few and id.many, as far as
// the language has them; id itself is for all other numbers.
func (c *Catalogue) Plural(id, name string, n int) string {
	if form := id + "." + pluralForm(c.lang, n); c.Has(form) {
		id = form
	}
	return c.Format(id, name, strconv.Itoa(n))
}

// pluralForm returns the form for a whole number by the rules of CLDR, which
// browsers have in Intl.PluralRules.
func pluralForm(tag string, n int) string {
	switch tag {
	case "ja", "ko", "zh-Hans", "zh-Hant":
	case "fr", "pt-BR":
		if n <= 1 {
			return "one"
		}
	case "ar":
		switch last := n % 100; {
		case n <= 2:
			return [...]string{"zero", "one", "two"}[n]
		case last >= 3 && last <= 10:
			return "few"
		case last >= 11:
			return "many"
		}
	case "pl", "ru":
		switch digit, teen := n%10, n%100/10 == 1; {
		case n == 1, tag == "ru" && digit == 1 && !teen:
			return "one"
		case digit >= 2 && digit <= 4 && !teen:
			return "few"
		}
		return "many"
	default:
		if n == 1 {
			return "one"
		}
	}
	return "other"
}
