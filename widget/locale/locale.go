// Package locale holds the texts that readers see, one file for each language.
// A file is named after its BCP 47 tag and is all that a language takes. The
// ids are the contract with the code; a text is plain, never HTML, and may hold
// placeholders such as {time}.
//
// Words that iOS shows are named by id, never typed: {label.x} is the label x in
// the language's quotation marks, {name.x} the same without, {choice.x} an answer
// that the widget offers, and {x} one of the places, such as a path in Settings.
// The labels of a language are in labels/<tag>.json. Pages rendered here don't
// know the reader's version of iOS and name what differs for all of them.
package locale

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"

	"github.com/tidwall/gjson"
)

const (
	fallback  = "en"
	extension = ".json"
)

// catalogues holds one for each file, the fallback first.
var catalogues = sync.OnceValue(func() []*Catalogue {
	entries, err := files.ReadDir(".")
	if err != nil {
		panic(err) // the root of embedded files is always there
	}
	var tags []string
	for _, entry := range entries {
		if tag, ok := strings.CutSuffix(entry.Name(), extension); ok && tag != fallback {
			tags = append(tags, tag)
		}
	}
	list := []*Catalogue{open(fallback)}
	for _, tag := range slices.Sorted(slices.Values(tags)) {
		list = append(list, open(tag))
	}
	return append(list, pendingCatalogues(offered, func(tag string) bool { return read(tag+extension) != nil })...)
})

// All returns the catalogues of all languages: English, then the others in
// alphabetical order. Those that are only offered may have no texts yet.
func All() []*Catalogue { return catalogues() }

func open(tag string) *Catalogue {
	return &Catalogue{
		lang: tag,
		name: sync.OnceValue(func() string { return gjson.GetBytes(read(tag+extension), `language\.name`).Str }),
		data: sync.OnceValue(func() *data { return load(tag) }),
	}
}

// load reads the files of a language.
func load(tag string) *data {
	return &data{texts: decode(string(read(tag + extension))), labels: decodeLabels(string(read("labels/" + tag + extension)))}
}

// read returns a file; nil if there is none.
func read(name string) []byte {
	data, err := files.ReadFile(name)
	if err != nil {
		return nil
	}
	return data
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

// Catalogue holds the texts of one language. It is safe for concurrent use.
type Catalogue struct {
	lang string
	name func() string
	data func() *data
	// pending holds the data of a language whose texts come later; nil for others.
	pending *atomic.Pointer[data]
}

// data is the content of a language's files.
type data struct {
	texts  map[string]string // by id; nil if they are in lines
	lines  string            // see Lines
	labels map[string][]name // by id, the oldest first
}

// text returns the text of id.
func (d *data) text(id string) (string, bool) {
	if d.texts == nil {
		return findLine(d.lines, id)
	}
	text, ok := d.texts[id]
	return text, ok
}

// New returns the catalogue of a language in the form of Compiled. It calls read
// once, on first use: a Worker's start must not pay for decoding.
func New(tag string, read func() []byte) *Catalogue {
	c := &Catalogue{lang: tag, data: sync.OnceValue(func() *data { return &data{texts: decode(string(read()))} })}
	c.name = func() string { return c.Text("language.name") }
	return c
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

// Part is a piece of a text: words, or a path in Settings.
type Part struct {
	Text string   // of a path: what stays on its line after it, such as a full stop
	Path []string // the rows to tap, in order; nil for words
}

// Parts returns the text of id with its paths apart from its words. Placeholders
// for which there are no labels stay in the words.
func (c *Catalogue) Parts(id string) []Part {
	d := c.data()
	text, known := d.text(id)
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
		label, known := d.shown(name, anyVersion)
		switch {
		case !closed || !known:
			words += "{"
			text = after
		case strings.HasSuffix(name, pathSuffix):
			if words != "" {
				parts = append(parts, Part{Text: words})
			}
			end := strings.IndexFunc(rest+" ", endsTail)
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

// endsTail reports whether a rune after a path isn't kept on the path's line: a
// space, what opens a quotation or a placeholder, and a letter of a script that
// breaks lines between any two. texts.js does the same.
func endsTail(r rune) bool {
	return unicode.IsSpace(r) || unicode.In(r, unicode.Ps, unicode.Pi, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// Lang returns the BCP 47 tag, for the lang attribute.
func (c *Catalogue) Lang() string { return c.lang }

// Name returns the language's name in itself. It reads no more of the file than
// that: menus have the names of all languages.
func (c *Catalogue) Name() string { return c.name() }

// Dir returns the direction of the script, "ltr" or "rtl", for the dir attribute.
func (c *Catalogue) Dir() string { return c.Text("language.dir") }

// Text returns the text of id. It returns an unknown id itself, so that a
// missing text is visible.
func (c *Catalogue) Text(id string) string {
	text, ok := c.data().text(id)
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
	_, ok := c.data().text(id)
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
	return replace(c.Text(id), pairs)
}

// replace puts values into the placeholders of a text.
func replace(text string, pairs []string) string {
	oldnew := make([]string, 0, len(pairs))
	for i := 1; i < len(pairs); i += 2 {
		oldnew = append(oldnew, "{"+pairs[i-1]+"}", pairs[i])
	}
	return strings.NewReplacer(oldnew...).Replace(text)
}
