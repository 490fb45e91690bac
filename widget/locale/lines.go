package locale

import (
	"slices"
	"strings"

	"github.com/tidwall/gjson"
)

// Lines returns the texts of a language as Compiled has them, as lines of id, tab
// and text in the order of the ids: a form that needs no decoding, so that the
// first request in a language costs a Worker no more than the next ones. It is nil
// if there is no such language.
func Lines(tag string) []byte {
	compiled := Compiled(tag)
	if compiled == nil {
		return nil
	}
	var lines []string
	gjson.ParseBytes(compiled).ForEach(func(id, text gjson.Result) bool {
		lines = append(lines, id.Str+"\t"+text.Str) // neither has a tab or a line's end
		return true
	})
	slices.Sort(lines) // a tab sorts before every character of an id
	return []byte(strings.Join(lines, "\n"))
}

// findLine returns the text of id in lines.
func findLine(lines, id string) (string, bool) {
	for lines != "" {
		middle := len(lines) / 2
		start := strings.LastIndexByte(lines[:middle], '\n') + 1
		line, after, _ := strings.Cut(lines[start:], "\n")
		found, text, _ := strings.Cut(line, "\t")
		switch strings.Compare(id, found) {
		case 0:
			return text, true
		case -1:
			lines = lines[:max(start-1, 0)]
		default:
			lines = after
		}
	}
	return "", false
}
