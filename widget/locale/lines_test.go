package locale

import (
	"strings"
	"testing"

	"github.com/tidwall/gjson"
)

func TestEveryTextIsFoundInTheLines(t *testing.T) {
	for _, tag := range Languages() {
		lines := string(Lines(tag))
		count := 0
		gjson.ParseBytes(Compiled(tag)).ForEach(func(id, text gjson.Result) bool {
			count++
			if got, ok := findLine(lines, id.Str); !ok || got != text.Str {
				t.Errorf("%s: %s is %q, want %q", tag, id.Str, got, text.Str)
			}
			for _, other := range []string{id.Str + ".", id.Str[:len(id.Str)-1] + "~", id.Str + "\t"} {
				if got, ok := findLine(lines, other); ok {
					t.Errorf("%s: %s is %q", tag, other, got)
				}
			}
			return true
		})
		if n := strings.Count(lines, "\n") + 1; n != count || count < 400 {
			t.Errorf("%s: %d lines of %d texts", tag, n, count)
		}
	}
	if Lines("zxx") != nil {
		t.Error("there is a language zxx")
	}
}

func TestFindLine(t *testing.T) {
	for _, tt := range []struct{ lines, id, want string }{
		{"", "a", ""},
		{"a\t1", "a", "1"},
		{"a\t1", "b", ""},
		{"a\t1\nb\t2", "b", "2"},
		{"a\t1\nb\t2\nc\t3", "a", "1"},
		{"a\t1\nb\t2\nc\t3", "c", "3"},
		{"a\t1\nc\t3", "b", ""},
		{"no lines", "a", ""},
	} {
		if got, ok := findLine(tt.lines, tt.id); got != tt.want || ok != (tt.want != "") {
			t.Errorf("%q in %q is %q, %v", tt.id, tt.lines, got, ok)
		}
	}
}
