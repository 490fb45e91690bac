package locale_test

import (
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"backupcheck/widget/locale"
	"backupcheck/widget/sequence"
	"backupcheck/widget/sequence/icloudbackup"
)

// reports yields states of Apple that together lead to every text of the
// sequence.
func reports(yield func(sequence.Apple) bool) {
	for backup := sequence.ServiceUnknown; backup <= sequence.ServiceOutage; backup++ {
		for _, rows := range []sequence.Health{sequence.Unknown, sequence.Fine} {
			for i := range len(icloudbackup.Graph().Rows()) + 1 {
				a := sequence.Apple{Service: backup, Rows: map[sequence.Row]sequence.Health{}}
				for j, row := range icloudbackup.Graph().Rows() {
					a.Rows[row] = rows
					if i == j {
						a.Rows[row] = sequence.Affected
					}
				}
				if !yield(a) {
					return
				}
			}
		}
	}
}

// planned returns the ids of the reasons and notes in plans.
func planned() map[string]bool {
	ids := map[string]bool{}
	for a := range reports {
		for _, e := range icloudbackup.Plan(a) {
			if e.Held != "" {
				ids[e.Held] = true
			}
			for _, note := range e.Notes {
				ids[note] = true
			}
		}
	}
	return ids
}

// shown returns the text ids that the screens of the sequence need, and ids and
// prefixes of those that they show if there are any.
var shown = sync.OnceValues(func() (needed, optional map[string]bool) {
	needed, optional = map[string]bool{}, map[string]bool{}
	c := locale.For("en")
	for _, n := range icloudbackup.Graph().Nodes {
		id := n.ID
		switch n.Kind {
		case sequence.Question:
			needed["ask."+id+".title"] = true
			optional["ask."+id+".text"] = true
		case sequence.Fix:
			needed["step."+id+".title"], needed["step."+id+".why"], needed["step."+id+".do.1"] = true, true, true
			optional["step."+id+".do."], optional["step."+id+".warning"] = true, true
			if n.Risk == sequence.Destructive {
				needed["step."+id+".warning"] = true
			}
		case sequence.Gate:
			needed["gate."+id+".title"], needed["gate."+id+".text"] = true, true
		case sequence.End:
			needed["end."+id+".title"], needed["end."+id+".text"], needed["end."+id+".1"] = true, true, true
			optional["end."+id+"."] = true
		}
		for _, confirm := range n.Confirm {
			needed["confirm."+confirm] = true
		}
		for _, choice := range n.Choices {
			switch special := "choice." + id + "." + choice.ID; {
			case choice.Unlisted:
				needed["message."+choice.ID] = true
			case c.Has(special):
				needed[special] = true
			default:
				needed["choice."+choice.ID] = true
			}
		}
	}
	for _, rule := range icloudbackup.Graph().Rules {
		optional[rule.Held], optional[rule.Note] = true, true
	}
	needed["choice.go-on"] = true
	return needed, optional
})

func TestEveryStepHasItsTexts(t *testing.T) {
	c := locale.For("en")
	for _, e := range icloudbackup.Plan(sequence.Apple{}) {
		prefix := "step." + e.Step.ID
		for _, id := range []string{prefix + ".title", prefix + ".why"} {
			if !c.Has(id) {
				t.Errorf("no text for %s", id)
			}
		}
		if len(c.Lines(prefix+".do")) == 0 {
			t.Errorf("no text for %s.do.1", prefix)
		}
		if e.Step.Risk == sequence.Destructive && !c.Has(prefix+".warning") {
			t.Errorf("%s is destructive and has no warning", e.Step.ID)
		}
	}
}

func TestSignOutNamesItsGate(t *testing.T) {
	warning := locale.For("en").Text("step.sign-out.warning")
	for _, word := range []string{"computer", "password", "trusted"} {
		if !strings.Contains(warning, word) {
			t.Errorf("the warning before signing out doesn't mention %q", word)
		}
	}
}

func TestEveryReasonAndNoteHasAText(t *testing.T) {
	c := locale.For("en")
	for id := range planned() {
		if !c.Has(id) {
			t.Errorf("no text for %s", id)
		}
	}
}

func TestEveryScreenHasItsTexts(t *testing.T) {
	c := locale.For("en")
	needed, _ := shown()
	for id := range needed {
		if !c.Has(id) {
			t.Errorf("no text for %s", id)
		}
	}
	if len(needed) < 300 {
		t.Errorf("the screens need only %d texts", len(needed))
	}
}

func TestNoTextOfTheStepsIsUnused(t *testing.T) {
	c := locale.For("en")
	needed, optional := shown()
	used := planned()
	maps.Copy(used, needed)
	maps.Copy(used, optional)
	for _, e := range icloudbackup.Plan(sequence.Apple{}) {
		prefix := "step." + e.Step.ID
		used[prefix+".title"], used[prefix+".why"], used[prefix+".warning"], used[prefix+".do.1"], used[prefix+".do."] = true, true, true, true, true
	}
	areas := []string{"step", "held", "note", "ask", "gate", "confirm", "end", "choice", "message"}
	numbered := regexp.MustCompile(`^(.+)\.\d+$`)
	for id := range english(t) {
		if area, _, _ := strings.Cut(id, "."); !slices.Contains(areas, area) || used[id] || strings.HasPrefix(id, "ask.message.") {
			continue
		}
		// Lines are read up to the first missing number.
		if m := numbered.FindStringSubmatch(id); m != nil && used[m[1]+"."] && slices.Contains(c.Lines(m[1]), c.Text(id)) {
			continue
		}
		t.Errorf("%s is unused", id)
	}
}

func TestEveryPathIsKnownAndUsed(t *testing.T) {
	texts := english(t)
	used := map[string]bool{}
	for id, text := range texts {
		if area, _, _ := strings.Cut(id, "."); area != "step" && area != "end" {
			continue
		}
		for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
			used[m[1]] = true
			if texts["path."+m[1]+".any"] == "" {
				t.Errorf("%s: no text for path.%s.any", id, m[1])
			}
		}
	}
	version := regexp.MustCompile(`^path\.([a-z-]+)\.(1[5-9]|[2-9][0-9]|any)$`)
	for id, text := range texts {
		if !strings.HasPrefix(id, "path.") {
			continue
		}
		if m := version.FindStringSubmatch(id); m == nil || !used[m[1]] {
			t.Errorf("%s is unused", id)
		}
		if strings.ContainsAny(text, "{}") {
			t.Errorf("%s has a placeholder in it", id)
		}
	}
}

// Pages can't know the reader's version of iOS.
func TestStepsHavePathsForAnyVersion(t *testing.T) {
	c := locale.For("en")
	for id, raw := range english(t) {
		area, _, _ := strings.Cut(id, ".")
		if area != "step" && area != "end" {
			continue
		}
		want := placeholder.ReplaceAllStringFunc(raw, func(p string) string { return c.Text("path." + strings.Trim(p, "{}") + ".any") })
		if got := c.Text(id); got != want || strings.ContainsAny(got, "{}") {
			t.Errorf("Text(%q) = %q, want %q", id, got, want)
		}
	}
}

func TestTextsHaveTheRightTone(t *testing.T) {
	banned := regexp.MustCompile(`(?i)[<!]|\b(simply|just|easy|oops)\b`)
	path := regexp.MustCompile(`\S>|>\S|[→›»]`)
	for id, text := range english(t) {
		// "Just now" is a time; "just" alone belittles a step.
		if found := banned.FindString(strings.ReplaceAll(text, "just now", "")); found != "" {
			t.Errorf("%s contains %q", id, found)
		}
		if path.MatchString(text) {
			t.Errorf("%s: the parts of a path are joined by \" > \": %s", id, text)
		}
		if n := utf8.RuneCountInString(text); n > 320 {
			t.Errorf("%s has %d characters, more than 320", id, n)
		}
	}
}

func TestStepTextsFitTheirBudget(t *testing.T) {
	c := locale.For("en")
	total := 0
	for _, e := range icloudbackup.Plan(sequence.Apple{}) {
		prefix := "step." + e.Step.ID
		for _, text := range append(c.Lines(prefix+".do"), c.Text(prefix+".title"), c.Text(prefix+".why"), c.Text(prefix+".warning")) {
			total += len(text)
		}
	}
	if total > 18*1024 {
		t.Errorf("the texts of the plain steps have %d bytes, more than 18 KB", total)
	}
}

func TestEveryTextOfTheFileIsFound(t *testing.T) {
	c := locale.For("en")
	for id, want := range english(t) {
		// TestStepsHavePathsForAnyVersion tests those with placeholders.
		if got := c.Text(id); got != want && !strings.Contains(want, "{") {
			t.Errorf("Text(%q) = %q, want %q", id, got, want)
		}
	}
}

func TestPartsHaveThePathsApart(t *testing.T) {
	c := locale.New("en", func() []byte {
		return []byte(`{"do": "Open {a-path}. Then {switch} and {b-path}{c", "only": "{a-path}", "path.a-path.any": "Settings > [your name] > iCloud (or Storage)", "path.b-path.any": "Photos", "path.switch.any": "“On”"}`)
	})
	a := []string{"Settings", "[your name]", "iCloud (or Storage)"}
	for id, want := range map[string][]locale.Part{
		"do":      {{Text: "Open "}, {Text: ".", Path: a}, {Text: " Then “On” and "}, {Path: []string{"Photos"}}, {Text: "{c"}},
		"only":    {{Path: a}},
		"missing": {{Text: "missing"}},
	} {
		if got := c.Parts(id); !reflect.DeepEqual(got, want) {
			t.Errorf("Parts(%q) = %q, want %q", id, got, want)
		}
	}
	if got, want := c.Text("do"), "Open Settings > [your name] > iCloud (or Storage). Then “On” and Photos{c"; got != want {
		t.Errorf("Text = %q, want %q", got, want)
	}
}

func TestUnknownTextShowsItsID(t *testing.T) {
	c := locale.For("en")
	if got := c.Text("step.none.title"); got != "step.none.title" {
		t.Errorf("Text = %q", got)
	}
	if c.Has("step.none.title") {
		t.Error("Has reports an unknown id")
	}
	if got := c.Lines("step.none.do"); got != nil {
		t.Errorf("Lines = %q", got)
	}
}

func TestLinesAreInOrder(t *testing.T) {
	c := locale.For("en")
	want := []string{c.Text("step.airplane.do.1"), c.Text("step.airplane.do.2")}
	if got := c.Lines("step.airplane.do"); !slices.Equal(got, want) {
		t.Errorf("Lines = %q, want %q", got, want)
	}
}

func TestFormat(t *testing.T) {
	// The text of an unknown id is the id, so these ids are the texts to test.
	c := locale.For("en")
	tests := []struct {
		name, text string
		pairs      []string
		want       string
	}{
		{"no placeholder", "plain", []string{"a", "1"}, "plain"},
		{"each occurrence", "{a} and {b} and {a}", []string{"a", "1", "b", "2"}, "1 and 2 and 1"},
		{"values are not expanded", "{a}{b}", []string{"a", "{b}", "b", "{a}"}, "{b}{a}"},
		{"values don't join to a placeholder", "{{a}}", []string{"a", "b", "b", "2"}, "{b}"},
		{"a missing value stays visible", "{a} {c}", []string{"a", "1"}, "1 {c}"},
		{"a name without value is ignored", "{a} {b}", []string{"a", "1", "b"}, "1 {b}"},
		{"no pairs", "{a}", nil, "{a}"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := c.Format(tt.text, tt.pairs...); got != tt.want {
				t.Errorf("Format(%q, %q) = %q, want %q", tt.text, tt.pairs, got, tt.want)
			}
		})
	}
}

// zxx is the tag of "no linguistic content", so it never is a file.
func TestForFallsBackToEnglish(t *testing.T) {
	for _, lang := range []string{"", "en", "en-GB", "EN-us", "zxx", "zxx-Latn", "*", ";;,,q=", "en,zxx;q=0.5"} {
		c := locale.For(lang)
		if c.Lang() != "en" || c.Dir() != "ltr" {
			t.Errorf("For(%q) is %s, %s", lang, c.Lang(), c.Dir())
		}
	}
}
