package locale

import (
	"slices"
	"strconv"
	"strings"
)

const (
	// maxTag is the length of the longest tag that is looked up, in bytes.
	maxTag = 35
	// maxRanges is how many languages of an Accept-Language header are looked at.
	maxRanges = 32
)

// aliases are tags whose language is named in another way here, in lower case.
// Each is also the answer for longer tags that begin with it.
var aliases = map[string]string{
	"pt": "pt-BR",
	"zh": "zh-Hans", "zh-tw": "zh-Hant", "zh-hk": "zh-Hant", "zh-mo": "zh-Hant", "yue": "zh-Hant",
}

// spain are the regions whose Spanish is Spain's. That of all others is es-419.
const spain = " ea es gq ic ph "

// For returns the catalogue for a BCP 47 tag, which is shortened from its end
// until a language matches (RFC 4647, 3.4). It falls back to English.
func For(tag string) *Catalogue { return lookup(tag, catalogues()) }

func lookup(tag string, from []*Catalogue) *Catalogue {
	if c := match(tag, from); c != nil && c.ready() {
		return c
	}
	return from[0]
}

// match returns the catalogue for a tag; nil if there is none. match in
// language.js does the same.
func match(tag string, from []*Catalogue) *Catalogue {
	if len(tag) > maxTag {
		return nil
	}
	for tag = strings.ToLower(tag); tag != ""; tag = tag[:max(strings.LastIndexByte(tag, '-'), 0)] {
		for _, name := range []string{tag, alias(tag)} {
			if i := slices.IndexFunc(from, func(c *Catalogue) bool { return strings.EqualFold(c.lang, name) }); i >= 0 {
				return from[i]
			}
		}
	}
	return nil
}

func alias(tag string) string {
	if region, ok := strings.CutPrefix(tag, "es-"); ok && len(region) == 2 && !strings.Contains(spain, " "+region+" ") {
		return "es-419"
	}
	return aliases[tag]
}

// Negotiate returns the catalogue for an Accept-Language header: the one that its
// sender prefers among those that there are, also if its texts come later. It falls
// back to English.
func Negotiate(header string) *Catalogue { return negotiate(header, catalogues()) }

func negotiate(header string, from []*Catalogue) *Catalogue {
	best, quality := from[0], 0.0
	for i, part := range strings.SplitN(header, ",", maxRanges+1) {
		if i == maxRanges {
			break
		}
		tag, parameters, _ := strings.Cut(part, ";")
		if q := qualityOf(parameters); q > quality {
			if c := match(strings.TrimSpace(tag), from); c != nil {
				best, quality = c, q
			}
		}
	}
	return best
}

// qualityOf returns the weight in the parameters of a language; 1 if there is none,
// 0 if it isn't valid.
func qualityOf(parameters string) float64 {
	name, value, found := strings.Cut(strings.TrimSpace(parameters), "=")
	if !found && name == "" {
		return 1
	}
	q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil || !strings.EqualFold(strings.TrimSpace(name), "q") || !(q >= 0 && q <= 1) {
		return 0
	}
	return q
}
