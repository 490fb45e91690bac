// Package locale holds the texts that readers see, one file for each language.
// A file is named after its BCP 47 tag and is all that a language takes. The
// ids are the contract with the code; a text is plain, never HTML, and may hold
// placeholders such as {time}.
//
// A placeholder may name labels of iOS, which differ between versions: {x} is
// replaced by the text path.x.N of the highest N that isn't above the reader's
// version, or else by path.x.any. Pages rendered here don't know the version and
// use path.x.any. Where x ends with "-path", the text is a path in Settings, whose
// rows are separated by " > ".
package locale

import (
	"embed"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/tidwall/gjson"
)

//go:embed *.json
var files embed.FS

const (
	fallback  = "en"
	extension = ".json"
	// maxTag is the length of the longest tag that is looked up, in bytes.
	maxTag = 35
)

// catalogues holds one for each file, the fallback first.
var catalogues = sync.OnceValue(func() []*Catalogue {
	entries, err := files.ReadDir(".")
	if err != nil {
		panic(err) // the root of embedded files is always there
	}
	list := []*Catalogue{open(fallback)}
	for _, entry := range entries { // sorted by name
		if tag := strings.TrimSuffix(entry.Name(), extension); tag != fallback {
			list = append(list, open(tag))
		}
	}
	return list
})

func open(tag string) *Catalogue {
	return New(tag, func() []byte { return Source(tag) })
}

// Languages returns the BCP 47 tags of all languages: English, then the others
// in alphabetical order.
func Languages() []string {
	var tags []string
	for _, c := range catalogues() {
		tags = append(tags, c.lang)
	}
	return tags
}

// Source returns the file of a language, a flat JSON object that the browser
// reads as well; nil if there is no such language.
func Source(tag string) []byte {
	data, err := files.ReadFile(tag + extension)
	if err != nil {
		return nil
	}
	return data
}

// For returns the catalogue for a BCP 47 tag, which is shortened from its end
// until a language matches (RFC 4647, 3.4). It falls back to English.
func For(tag string) *Catalogue {
	return lookup(tag, catalogues())
}

func lookup(tag string, from []*Catalogue) *Catalogue {
	if len(tag) > maxTag {
		tag = ""
	}
	for tag != "" {
		if i := slices.IndexFunc(from, func(c *Catalogue) bool { return strings.EqualFold(c.lang, tag) }); i >= 0 {
			return from[i]
		}
		tag = tag[:max(strings.LastIndexByte(tag, '-'), 0)]
	}
	return from[0]
}

// Catalogue holds the texts of one language. It is safe for concurrent use.
type Catalogue struct {
	lang  string
	texts func() map[string]string // by id
}

// New returns the catalogue of a language. It calls read for the content of the
// file once, on first use: a Worker's start must not pay for decoding.
func New(tag string, read func() []byte) *Catalogue {
	return &Catalogue{tag, sync.OnceValue(func() map[string]string { return decode(string(read())) })}
}

// decode returns texts that share the memory of source, unless they have
// escapes.
func decode(source string) map[string]string {
	texts := make(map[string]string, 512)
	gjson.Parse(source).ForEach(func(id, text gjson.Result) bool {
		texts[id.Str] = text.Str
		return true
	})
	return texts
}

const (
	pathSuffix = "-path"
	// Separator is what is between the rows of a path in Settings.
	Separator = " > "
)

// Part is a piece of a text: words, or a path in Settings.
type Part struct {
	Text string   // of a path: what follows it without a space, such as a full stop
	Path []string // the rows to tap, in order; nil for words
}

// Parts returns the text of id with its paths apart from its words. Placeholders
// for which there are no labels stay in the words.
func (c *Catalogue) Parts(id string) []Part {
	texts := c.texts()
	text, known := texts[id]
	if !known {
		return []Part{{Text: id}}
	}
	var parts []Part
	words := ""
	for {
		before, after, found := strings.Cut(text, "{")
		words += before
		if !found {
			break
		}
		name, rest, closed := strings.Cut(after, "}")
		label, known := texts["path."+name+".any"]
		switch {
		case !closed || !known:
			words += "{"
			text = after
		case strings.HasSuffix(name, pathSuffix):
			if words != "" {
				parts = append(parts, Part{Text: words})
			}
			end := strings.IndexAny(rest+" ", " {")
			parts = append(parts, Part{rest[:end], strings.Split(label, Separator)})
			words, text = "", rest[end:]
		default:
			words += label
			text = rest
		}
	}
	if words != "" || parts == nil {
		parts = append(parts, Part{Text: words})
	}
	return parts
}

// Lang returns the BCP 47 tag, for the lang attribute.
func (c *Catalogue) Lang() string { return c.lang }

// Dir returns the direction of the script, "ltr" or "rtl", for the dir attribute.
func (c *Catalogue) Dir() string { return c.Text("language.dir") }

// Text returns the text of id. It returns an unknown id itself, so that a
// missing text is visible.
func (c *Catalogue) Text(id string) string {
	text, ok := c.texts()[id]
	if !ok {
		return id
	}
	if !strings.Contains(text, "{") {
		return text
	}
	var b strings.Builder
	for _, part := range c.Parts(id) {
		b.WriteString(strings.Join(part.Path, Separator))
		b.WriteString(part.Text)
	}
	return b.String()
}

// Has reports whether there is a text of id.
func (c *Catalogue) Has(id string) bool {
	_, ok := c.texts()[id]
	return ok
}

// Choice returns the text of an answer: the one for its node if there is one, or
// else the one that all nodes share.
func (c *Catalogue) Choice(node, id string) string {
	if own := "choice." + node + "." + id; c.Has(own) {
		return c.Text(own)
	}
	return c.Text("choice." + id)
}

// LineIDs returns the ids prefix.1, prefix.2 and so on, up to the first that has
// no text.
func (c *Catalogue) LineIDs(prefix string) []string {
	var ids []string
	for {
		id := prefix + "." + strconv.Itoa(len(ids)+1)
		if !c.Has(id) {
			return ids
		}
		ids = append(ids, id)
	}
}

// Lines returns the texts of these ids.
func (c *Catalogue) Lines(prefix string) []string {
	ids := c.LineIDs(prefix)
	for i, id := range ids {
		ids[i] = c.Text(id)
	}
	return ids
}

// Format returns the text of id with its {name} placeholders replaced by values,
// given as pairs of name and value. Values are never expanded again; a
// placeholder without a value stays as it is.
func (c *Catalogue) Format(id string, pairs ...string) string {
	oldnew := make([]string, 0, len(pairs))
	for i := 1; i < len(pairs); i += 2 {
		oldnew = append(oldnew, "{"+pairs[i-1]+"}", pairs[i])
	}
	return strings.NewReplacer(oldnew...).Replace(c.Text(id))
}
