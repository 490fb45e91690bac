package messages_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"backupcheck/widget/messages"
)

// upper changes the case of letters that the messages' languages have.
func upper(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'à' && r <= 'þ' && r != '÷', r >= 'а' && r <= 'я':
			return r - 32
		}
		return r
	}, s)
}

func FuzzRecognize(f *testing.F) {
	for _, name := range []string{"inputs.txt", "later.txt", "ordinary.txt"} {
		for i, in := range inputs(f, name) {
			if i%9 == 0 {
				f.Add(in.text, in.lang)
			}
		}
	}
	f.Add(strings.Repeat("back up ", 400), "en_US")
	f.Add("\xff\xfe…...\u0301\u0640İıßſﬁ㎅", "zh-Hant-TW-x-\xff")
	f.Add(strings.Repeat("can't ", 300), strings.Repeat("a-", 99))
	known := map[string]bool{}
	for _, id := range messages.IDs() {
		known[id] = true
	}
	f.Fuzz(func(t *testing.T, text, lang string) {
		began := time.Now()
		ids := messages.Recognize(text, lang)
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("takes %v", took)
		}
		seen := map[string]bool{}
		for _, id := range ids {
			if !known[id] || seen[id] {
				t.Errorf("%v", ids)
			}
			seen[id] = true
		}
		if len(ids) > 3 || ids != nil && len(ids) == 0 {
			t.Errorf("%d ids", len(ids))
		}
		if utf8.RuneCountInString(text) > 990 {
			return // the marks below would push letters beyond the limit
		}
		for _, same := range []string{upper(text), "“" + text + "”", " «" + text + "»\u00a0"} {
			if again := messages.Recognize(same, lang); strings.Join(again, " ") != strings.Join(ids, " ") {
				t.Errorf("%q is recognized as %v, %q as %v", text, ids, same, again)
			}
		}
	})
}
