package messages_test

import (
	"strings"
	"testing"

	"backupcheck/widget/messages"
)

// A pasted page, as long as what is read, of words that many phrases have.
var long = strings.Repeat("I tried the last backup of my iPhone to iCloud and not enough storage could be the conditions of it. ", 10)

func BenchmarkRecognize(b *testing.B) {
	for _, bb := range []struct{ name, text string }{
		{"sentence", "The last backup could not be completd because of poor network conditions"},
		{"long", long},
		{"long-other", strings.Repeat("Das iPhone wartet nicht auf Speicher und die Sicherung kann warten. ", 15)},
	} {
		b.Run(bb.name, func(b *testing.B) {
			for b.Loop() {
				messages.Recognize(bb.text, "")
			}
		})
	}
}
