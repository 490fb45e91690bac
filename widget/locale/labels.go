package locale

import (
	"strconv"
	"strings"

	"github.com/tidwall/gjson"
)

// name is what a label is called from a version of iOS on.
type name struct {
	since int
	text  string
}

// decodeLabels returns the names of labels by id, the oldest first. The file has
// them by grade: how sure it is that iOS shows these very words. A name is a
// text, or an object of texts by the version from which on they hold.
func decodeLabels(source string) map[string][]name {
	labels := make(map[string][]name, 96)
	gjson.Parse(source).ForEach(func(_, grade gjson.Result) bool {
		grade.ForEach(func(id, label gjson.Result) bool {
			if !label.IsObject() {
				labels[id.Str] = []name{{oldestVersion, label.Str}}
				return true
			}
			label.ForEach(func(version, text gjson.Result) bool {
				since, _ := strconv.Atoi(version.Str)
				labels[id.Str] = append(labels[id.Str], name{since, text.Str})
				return true
			})
			return true
		})
		return true
	})
	return labels
}

// label returns a label in a version of iOS, the newest name if that isn't known;
// "" if the language has no name that iOS is known to show.
func (d *data) label(id string, version int) string {
	names := d.labels[id]
	if len(names) == 0 {
		return ""
	}
	at := len(names) - 1
	for version != anyVersion && at > 0 && names[at].since > version {
		at--
	}
	return names[at].text
}

// quoted puts the language's quotation marks around words on the screen.
func (d *data) quoted(words string) string {
	quotes, _ := d.text("language.quotes")
	opening, closing, _ := strings.Cut(quotes, "{label}")
	return opening + words + closing
}

// isolated keeps words in another script from changing the order of the words
// around them.
func (d *data) isolated(words string) string {
	if dir, _ := d.text("language.dir"); dir != "rtl" {
		return words
	}
	return "\u2068" + words + "\u2069"
}

// Prefixes of the placeholders that name a label, in quotation marks or without,
// and one of the answers that the widget itself offers.
const (
	quotedLabel = "label."
	bareLabel   = "name."
	answer      = "choice."
)

// shown returns the words for a placeholder that names something on the screen,
// in a version of iOS. Other placeholders have none.
func (d *data) shown(placeholder string, version int) (words string, ok bool) {
	if id, ok := strings.CutPrefix(placeholder, quotedLabel); ok {
		return d.named(id, version, d.quoted)
	}
	if id, ok := strings.CutPrefix(placeholder, bareLabel); ok {
		return d.named(id, version, func(label string) string { return label })
	}
	if strings.HasPrefix(placeholder, answer) {
		text, ok := d.text(placeholder)
		return d.isolated(d.quoted(text)), ok
	}
	if words, ok := d.text("path." + placeholder + ".any"); ok {
		return words, true
	}
	return d.place(placeholder, version)
}

// named returns a label as part of a sentence.
func (d *data) named(id string, version int, mark func(string) string) (string, bool) {
	label := d.label(id, version)
	if label == "" {
		return "", false
	}
	names, older := []string{d.isolated(mark(label))}, []string(nil)
	if list := d.labels[id]; version == anyVersion && len(list) > 1 {
		older = []string{d.isolated(mark(list[0].text))}
	}
	return d.alternatives(names, older, 0), true
}

// format replaces placeholders of a text by values, given as pairs.
func (d *data) format(id string, pairs ...string) string {
	text, _ := d.text(id)
	return replace(text, pairs)
}
