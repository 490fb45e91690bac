package messages

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write source.go with phrases as normalise returns its phrases")

// normalised returns the file of phrases with each phrase as normalise returns
// it, and each once in its line.
func normalised(source string) string {
	var b strings.Builder
	for i, line := range strings.Split(source, "\n") {
		if i > 0 {
			b.WriteByte('\n')
		}
		tag, rest, phrases := strings.Cut(line, "\t")
		b.WriteString(tag)
		if phrases {
			var list []string
			for _, p := range strings.Split(rest, "|") {
				if p = normalisedPhrase(p); !slices.Contains(list, p) {
					list = append(list, p)
				}
			}
			b.WriteString("\t" + strings.Join(list, "|"))
		}
	}
	return b.String()
}

func normalisedPhrase(p string) string {
	mark := ""
	if p[0] == '~' || p[0] == '+' {
		mark = p[:1]
	}
	if mark != "+" {
		return mark + normalise(p).String()
	}
	var set []string
	for places := range strings.FieldsSeq(p) {
		var alternatives []string
		for w := range strings.SplitSeq(places, ",") {
			if w = normalise(w).String(); !slices.Contains(alternatives, w) {
				alternatives = append(alternatives, w)
			}
		}
		set = append(set, strings.Join(alternatives, ","))
	}
	return mark + strings.Join(set, " ")
}

func TestPhrasesAreNormalised(t *testing.T) {
	want := normalised(source)
	if *update {
		file, err := os.ReadFile("source.go")
		if err != nil {
			t.Fatal(err)
		}
		file = []byte(strings.Replace(string(file), source, want, 1))
		if err := os.WriteFile("source.go", file, 0o644); err != nil {
			t.Fatal(err)
		}
	} else if source != want {
		t.Error("source.go isn't normalised; run this in the root of the checkout:\n\tgo test ./widget/messages -run Normalised -update")
	}
}
