package locale_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/tidwall/gjson"

	"backupcheck/widget/locale"
	"backupcheck/widget/sequence"
)

// file returns the texts of en.json by id, and fails on an id that stands twice.
func file(t *testing.T) map[string]string {
	t.Helper()
	data, err := os.ReadFile("en.json")
	if err != nil {
		t.Fatal(err)
	}
	if !gjson.ValidBytes(data) {
		t.Fatal("en.json is not JSON")
	}
	texts := map[string]string{}
	gjson.ParseBytes(data).ForEach(func(id, text gjson.Result) bool {
		if _, ok := texts[id.Str]; ok {
			t.Errorf("%s stands twice", id.Str)
		}
		if text.Type != gjson.String || strings.TrimSpace(text.Str) == "" {
			t.Errorf("%s is not a text", id.Str)
		}
		texts[id.Str] = text.Str
		return true
	})
	return texts
}

// planned returns the text ids that Plan gives as reasons and notes, over every
// state of iCloud Backup, every health of both sign-in rows and every health of
// each single other row.
func planned() map[string]bool {
	ids := map[string]bool{}
	for backup := sequence.BackupUnknown; backup <= sequence.BackupOutage; backup++ {
		for account := sequence.Unknown; account <= sequence.Affected; account++ {
			for apple := sequence.Unknown; apple <= sequence.Affected; apple++ {
				for _, row := range sequence.Rows()[2:] {
					for health := sequence.Unknown; health <= sequence.Affected; health++ {
						for _, e := range sequence.Plan(sequence.Apple{Backup: backup, Rows: map[sequence.Row]sequence.Health{
							sequence.Account: account, sequence.AppleAccount: apple, row: health,
						}}) {
							if e.Held != "" {
								ids[e.Held] = true
							}
							for _, note := range e.Notes {
								ids[note] = true
							}
						}
					}
				}
			}
		}
	}
	return ids
}

func TestEveryStepIsTold(t *testing.T) {
	c := locale.For("en")
	for _, e := range sequence.Plan(sequence.Apple{}) {
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

func TestEveryReasonAndNoteIsTold(t *testing.T) {
	c := locale.For("en")
	for id := range planned() {
		if !c.Has(id) {
			t.Errorf("no text for %s", id)
		}
	}
}

func TestNoTextOfTheStepsIsUnused(t *testing.T) {
	c := locale.For("en")
	used := planned()
	for _, e := range sequence.Plan(sequence.Apple{}) {
		prefix := "step." + e.Step.ID
		used[prefix+".title"], used[prefix+".why"], used[prefix+".warning"] = true, true, true
	}
	do := regexp.MustCompile(`^(step\..+\.do)\.\d+$`)
	for id, text := range file(t) {
		if !strings.HasPrefix(id, "step.") && !strings.HasPrefix(id, "held.") && !strings.HasPrefix(id, "note.") {
			continue
		}
		if m := do.FindStringSubmatch(id); m != nil {
			// Reached when its step is known and no number before it is missing.
			if used[strings.TrimSuffix(m[1], ".do")+".title"] && slices.Contains(c.Lines(m[1]), text) {
				continue
			}
		}
		if !used[id] {
			t.Errorf("%s is unused", id)
		}
	}
}

func TestTextsKeepTheTone(t *testing.T) {
	banned := regexp.MustCompile(`(?i)[<!]|\b(simply|just|easy|oops)\b`)
	path := regexp.MustCompile(`\S>|>\S|[→›»]`)
	for id, text := range file(t) {
		// "Just now" is a time, and not the word that makes light of a step.
		if found := banned.FindString(strings.ReplaceAll(text, "just now", "")); found != "" {
			t.Errorf("%s holds %q", id, found)
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
	total := 0
	for id, text := range file(t) {
		if strings.HasPrefix(id, "step.") {
			total += len(text)
		}
	}
	if total > 11*1024 {
		t.Errorf("the texts of the steps have %d bytes, more than 11 KB", total)
	}
}

func TestEveryTextOfTheFileIsFound(t *testing.T) {
	c := locale.For("en")
	for id, want := range file(t) {
		if got := c.Text(id); got != want {
			t.Errorf("Text(%q) = %q, want %q", id, got, want)
		}
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

func TestLinesStandInOrder(t *testing.T) {
	c := locale.For("en")
	want := []string{c.Text("step.back-up-now.do.1"), c.Text("step.back-up-now.do.2"), c.Text("step.back-up-now.do.3")}
	if got := c.Lines("step.back-up-now.do"); !slices.Equal(got, want) {
		t.Errorf("Lines = %q, want %q", got, want)
	}
}

func TestFormat(t *testing.T) {
	// An unknown id is its own text, which lets the test bring its own.
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

func TestForFallsBackToEnglish(t *testing.T) {
	for _, lang := range []string{"", "en", "en-GB", "EN-us", "de", "de-DE,de;q=0.9,en;q=0.8", "*", ";;,,q=", "ar"} {
		c := locale.For(lang)
		if c.Lang() != "en" || c.Dir() != "ltr" {
			t.Errorf("For(%q) is %s, %s", lang, c.Lang(), c.Dir())
		}
	}
}
