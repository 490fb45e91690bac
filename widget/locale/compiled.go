package locale

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/tidwall/gjson"
)

// Compiled returns the texts of a language as the browser reads them: one JSON
// object, with the labels of iOS put into the sentences. What differs between
// versions of iOS stays a placeholder {x}, whose words are the text path.x.N of
// the highest N that isn't above the reader's version, or else path.x.any. It is
// nil if there is no such language.
func Compiled(tag string) []byte {
	source := read(tag + extension)
	if source == nil {
		return nil
	}
	d := load(tag)
	texts := object{seen: map[string]bool{}}
	gjson.ParseBytes(source).ForEach(func(id, text gjson.Result) bool {
		if !onlyForLabels(id.Str) {
			texts.add(id.Str, d.compiled(text.Str, &texts))
		}
		return true
	})
	for _, name := range texts.places {
		for _, version := range d.shownVersions(name) {
			words, _ := d.shown(name, version)
			texts.add(fmt.Sprintf("path.%s.%d", browserName(name), version), words)
		}
		words, _ := d.shown(name, anyVersion)
		texts.add("path."+browserName(name)+".any", words)
	}
	return texts.close()
}

// onlyForLabels reports whether a text is needed only to put labels into others.
func onlyForLabels(id string) bool {
	area, _, _ := strings.Cut(id, ".")
	return id == "language.quotes" || area == "describe" || area == "label"
}

// compiled puts labels that are the same in all versions into a text.
func (d *data) compiled(text string, texts *object) string {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(text, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		name, rest, _ := strings.Cut(after, "}")
		words, known := d.shown(name, anyVersion)
		switch {
		case !known:
			b.WriteString("{" + name + "}")
		case places[name] != nil || len(d.shownVersions(name)) > 0:
			b.WriteString("{" + browserName(name) + "}")
			if !slices.Contains(texts.places, name) {
				texts.places = append(texts.places, name)
			}
		default:
			b.WriteString(words)
		}
		text = rest
	}
}

// shownVersions returns the versions from which on the words for a placeholder
// differ.
func (d *data) shownVersions(placeholder string) []int {
	if kind, id, ok := strings.Cut(placeholder, "."); ok && kind+"." != answer {
		return d.versions(id)
	}
	return d.placeVersions(placeholder)
}

// browserName is a placeholder's name in the browser.
func browserName(placeholder string) string { return strings.ReplaceAll(placeholder, ".", "-") }

// object writes a JSON object of texts.
type object struct {
	bytes.Buffer
	seen   map[string]bool
	places []string // those that the texts name, whose words are still to be added
}

func (o *object) add(id, text string) {
	if o.seen[id] {
		return
	}
	o.seen[id] = true
	separator := byte(',')
	if o.Len() == 0 {
		separator = '{'
	}
	o.WriteByte(separator)
	o.string(id)
	o.WriteByte(':')
	o.string(text)
}

func (o *object) string(s string) {
	encoder := json.NewEncoder(&o.Buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(s); err != nil {
		panic(err) // strings can't fail
	}
	o.Truncate(o.Len() - 1) // the line's end
}

func (o *object) close() []byte { return append(bytes.Clone(o.Bytes()), '}', '\n') }
