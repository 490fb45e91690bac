// Package locale holds the texts that readers see, one catalogue for each
// language. The ids are the contract with the code; a text is plain, never HTML,
// and may hold placeholders such as {time}.
package locale

import (
	_ "embed" // for the catalogues
	"strconv"
	"strings"
	"sync"

	"github.com/tidwall/gjson"
)

//go:embed en.json
var en string

var english = &Catalogue{lang: "en", dir: "ltr", texts: texts(&en)}

// catalogues holds one for each language; the first is the fallback.
var catalogues = []*Catalogue{english}

// Catalogue is the texts of one language. It is safe for concurrent use.
type Catalogue struct {
	lang, dir string
	texts     func() map[string]string
}

// texts decodes a catalogue on first use, so that a Worker's start doesn't pay
// for it. Texts without escapes share the embedded file's memory.
func texts(json *string) func() map[string]string {
	return sync.OnceValue(func() map[string]string {
		m := make(map[string]string, 256)
		gjson.Parse(*json).ForEach(func(id, text gjson.Result) bool {
			m[id.Str] = text.Str
			return true
		})
		return m
	})
}

// For returns the catalogue that serves lang best: a BCP 47 tag or the value of
// an Accept-Language header. It falls back to English.
func For(lang string) *Catalogue {
	return match(lang, catalogues)
}

// match takes the range of highest quality that one of the catalogues serves,
// the earlier of two equals.
func match(lang string, from []*Catalogue) *Catalogue {
	best, highest := from[0], 0.0
	for part := range strings.SplitSeq(lang, ",") {
		tag, params, _ := strings.Cut(part, ";")
		q := quality(params)
		if q <= highest {
			continue
		}
		if c := lookup(strings.TrimSpace(tag), from); c != nil {
			best, highest = c, q
		}
	}
	return best
}

// quality reads "q=0.8"; without it a range counts 1, with a bad one 0.
func quality(params string) float64 {
	value, ok := strings.CutPrefix(strings.TrimSpace(params), "q=")
	if !ok {
		return 1
	}
	q, err := strconv.ParseFloat(value, 64)
	if err != nil || !(q >= 0 && q <= 1) {
		return 0
	}
	return q
}

// lookup shortens the tag from its end until a catalogue has it (RFC 4647, 3.4).
func lookup(tag string, from []*Catalogue) *Catalogue {
	for tag != "" {
		for _, c := range from {
			if strings.EqualFold(c.lang, tag) {
				return c
			}
		}
		tag = tag[:max(strings.LastIndexByte(tag, '-'), 0)]
	}
	return nil
}

// Lang returns the BCP 47 tag of the catalogue, for the lang attribute.
func (c *Catalogue) Lang() string { return c.lang }

// Dir returns the direction of its script, "ltr" or "rtl", for the dir attribute.
func (c *Catalogue) Dir() string { return c.dir }

// Text returns the text of id. An unknown id is returned itself, so that a hole
// is seen.
func (c *Catalogue) Text(id string) string {
	if text, ok := c.texts()[id]; ok {
		return text
	}
	return id
}

// Has reports whether there is a text of id.
func (c *Catalogue) Has(id string) bool {
	_, ok := c.texts()[id]
	return ok
}

// Lines returns the texts of prefix.1, prefix.2 and so on, to the first that is
// missing.
func (c *Catalogue) Lines(prefix string) []string {
	var lines []string
	for {
		text, ok := c.texts()[prefix+"."+strconv.Itoa(len(lines)+1)]
		if !ok {
			return lines
		}
		lines = append(lines, text)
	}
}

// Format returns the text of id with its {name} placeholders replaced by values,
// given as pairs of name and value. What a value holds is never expanded again;
// a placeholder without a value stays as it is.
func (c *Catalogue) Format(id string, pairs ...string) string {
	oldnew := make([]string, 0, len(pairs))
	for i := 1; i < len(pairs); i += 2 {
		oldnew = append(oldnew, "{"+pairs[i-1]+"}", pairs[i])
	}
	return strings.NewReplacer(oldnew...).Replace(c.Text(id))
}
