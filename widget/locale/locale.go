// Package locale holds the texts that readers see, one catalogue for each
// language. The ids are the contract with the code; a text is plain, never HTML,
// and may hold placeholders such as {time}.
//
// In texts of steps and of ends, a placeholder names what Settings calls
// differently from one iOS to another: {x} stands for the text path.x.N of the
// highest N that isn't above the reader's version, and else for path.x.any.
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

var english = &Catalogue{lang: "en", dir: "ltr", contents: read(&en)}

// catalogues holds one for each language; the first is the fallback.
var catalogues = []*Catalogue{english}

// Catalogue is the texts of one language. It is safe for concurrent use.
type Catalogue struct {
	lang, dir string
	contents  func() *contents
}

// contents are the texts by id.
type contents struct {
	texts map[string]string
	paths map[string]string // as they were, those texts into which a path has been put
}

// read decodes a catalogue on first use, so that a Worker's start doesn't pay
// for it. Texts without escapes share the embedded file's memory.
func read(json *string) func() *contents {
	return sync.OnceValue(func() *contents {
		c := &contents{make(map[string]string, 512), map[string]string{}}
		gjson.Parse(*json).ForEach(func(id, text gjson.Result) bool {
			c.texts[id.Str] = text.Str
			if hasPaths(id.Str) && strings.Contains(text.Str, "{") {
				c.paths[id.Str] = text.Str
			}
			return true
		})
		for id, text := range c.paths {
			c.texts[id] = c.fill(text, "")
		}
		return c
	})
}

func hasPaths(id string) bool {
	return strings.HasPrefix(id, "step.") || strings.HasPrefix(id, "end.")
}

// fill puts paths into a text. A placeholder without one stays as it is.
func (c *contents) fill(text, version string) string {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(text, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		name, rest, closed := strings.Cut(after, "}")
		path, ok := c.path(name, version)
		if !closed || !ok {
			b.WriteByte('{')
			text = after
			continue
		}
		b.WriteString(path)
		text = rest
	}
}

// path looks for the path that holds for a version of iOS.
func (c *contents) path(name, version string) (string, bool) {
	major, _, _ := strings.Cut(version, ".")
	newest, err := strconv.ParseUint(major, 10, 7)
	for n := newest; err == nil && n > 0; n-- {
		if path, ok := c.texts["path."+name+"."+strconv.FormatUint(n, 10)]; ok {
			return path, true
		}
	}
	path, ok := c.texts["path."+name+".any"]
	return path, ok
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

// Text returns the text of id, with paths for any version of iOS in it. An
// unknown id is returned itself, so that a hole is seen.
func (c *Catalogue) Text(id string) string {
	if text, ok := c.contents().texts[id]; ok {
		return text
	}
	return id
}

// Has reports whether there is a text of id.
func (c *Catalogue) Has(id string) bool {
	_, ok := c.contents().texts[id]
	return ok
}

// Path returns what Settings calls name in a version of iOS such as "17" or
// "26.1", or, if it isn't known, what it may be called in any.
func (c *Catalogue) Path(name, version string) string {
	path, ok := c.contents().path(name, version)
	if !ok {
		return "path." + name
	}
	return path
}

// Lines returns the texts of prefix.1, prefix.2 and so on, to the first that is
// missing, with paths for any version of iOS in them.
func (c *Catalogue) Lines(prefix string) []string {
	return c.LinesFor(prefix, "")
}

// LinesFor returns the same lines with the paths of one version of iOS.
func (c *Catalogue) LinesFor(prefix, version string) []string {
	all := c.contents()
	var lines []string
	for {
		id := prefix + "." + strconv.Itoa(len(lines)+1)
		text, ok := all.texts[id]
		if !ok {
			return lines
		}
		if raw, ok := all.paths[id]; ok && version != "" {
			text = all.fill(raw, version)
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
