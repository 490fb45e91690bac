package messages_test

import (
	"cmp"
	"maps"
	"slices"
	"testing"

	"backupcheck/widget/messages"
)

// unknown is the id of inputs that are about other problems.
const unknown = "unknown"

// counts say how inputs were recognized.
type counts struct{ messages, right, wrong int }

func (c *counts) add(in input, got string) {
	if in.id != unknown {
		c.messages++
		if got == in.id {
			c.right++
		}
	}
	if got != unknown && got != in.id {
		c.wrong++
	}
}

// People's own words can't all be recognized. So the test requires how many are at
// least, and how few are taken for another message: a wrong message leads to steps
// that don't help, but an unrecognized one only to another question.
func TestPeople(t *testing.T) {
	for _, tt := range []struct {
		file         string
		right, wrong int // at least, at most
		percent      int // of the messages of each language, at least
		tuned        bool
	}{
		{"people.txt", 814, 7, 90, true},
		{"people-later.txt", 275, 8, 75, false},
	} {
		var all counts
		languages := map[string]*counts{}
		for _, in := range inputs(t, tt.file) {
			c := languages[in.lang]
			if c == nil {
				c = new(counts)
				languages[in.lang] = c
			}
			got := cmp.Or(first(messages.Recognize(in.text, in.lang)), unknown)
			c.add(in, got)
			all.add(in, got)
			if tt.tuned && got != in.id {
				t.Logf("%q (%s) is recognized as %s, not %s", in.text, in.lang, got, in.id)
			}
		}
		t.Logf("%s: %+v", tt.file, all)
		if all.right < tt.right || all.wrong > tt.wrong {
			t.Errorf("%s: %d messages are recognized and %d inputs wrongly, want %d at least and %d at most",
				tt.file, all.right, all.wrong, tt.right, tt.wrong)
		}
		for _, lang := range slices.Sorted(maps.Keys(languages)) {
			c := languages[lang]
			t.Logf("%s: %s: %+v", tt.file, lang, *c)
			if 100*c.right < tt.percent*c.messages {
				t.Errorf("%s: %d of %d messages in %s are recognized, want %d %%", tt.file, c.right, c.messages, lang, tt.percent)
			}
		}
	}
}
