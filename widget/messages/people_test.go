package messages_test

import (
	"cmp"
	"maps"
	"os"
	"slices"
	"testing"

	"backupcheck/widget/messages"
)

// counts say how inputs were recognized.
type counts struct{ messages, right, wrong int }

func (c *counts) add(in input, got string) {
	if in.id != unknown {
		c.messages++
	}
	switch got {
	case "", unknown:
	case in.id:
		c.right++
	default:
		c.wrong++
	}
}

// unknown is the id of inputs that are about other problems.
const unknown = "unknown"

// People's own words can't all be recognized, so what is required is how many at
// least, and how few others are taken for a message: a wrong message leads to
// steps that don't help, and an unrecognized one only to another question.
func TestPeople(t *testing.T) {
	for _, tt := range []struct {
		file         string
		right, wrong int // at least, at most
		worst        int // percent of a language's messages, at least
	}{
		{"people.txt", 0, 999, 0},
		{"people-later.txt", 0, 999, 0},
	} {
		var all counts
		byLanguage := map[string]*counts{}
		for _, in := range inputs(t, tt.file) {
			c := byLanguage[in.lang]
			if c == nil {
				c = new(counts)
				byLanguage[in.lang] = c
			}
			got := first(messages.Recognize(in.text, in.lang))
			c.add(in, got)
			all.add(in, got)
			if got = cmp.Or(got, unknown); got != in.id && os.Getenv("SHOW") == tt.file {
				t.Logf("%s\t%q is recognized as %s, not %s", in.lang, in.text, got, in.id)
			}
		}
		t.Logf("%s: %+v", tt.file, all)
		if all.right < tt.right || all.wrong > tt.wrong {
			t.Errorf("%s: %+v, want %d right at least and %d wrong at most", tt.file, all, tt.right, tt.wrong)
		}
		for _, lang := range slices.Sorted(maps.Keys(byLanguage)) {
			c := byLanguage[lang]
			t.Logf("%s: %s: %+v", tt.file, lang, *c)
			if 100*c.right < tt.worst*c.messages {
				t.Errorf("%s: %s: %+v", tt.file, lang, *c)
			}
		}
	}
}
