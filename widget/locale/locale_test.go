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

func TestEveryPlaceIsUsed(t *testing.T) {
	used := map[string]bool{}
	for _, text := range english(t) {
		for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
			used[m[1]] = true
		}
	}
	for id := range locale.Places() {
		if !used[id] {
			t.Errorf("no text names %s", id)
		}
	}
}

func TestPlacesAreThoseOfTheVersion(t *testing.T) {
	const english = `{"language.quotes": "“{label}”", "describe.your-name": "your name",
		"label.or": "{label} (or {other})", "label.older": "{label} (once {old})", "label.or-older": "{label} (or {other}; in iOS {version} {old})"}`
	labels := []byte(`{"A": {"settings": "Settings", "icloud": "iCloud", "icloud-backup": "iCloud Backup", "screen-time": {"15": "Hours", "26": "Screen Time"},
		"content-and-privacy-restrictions": "Limits"}, "B": {"manage-storage": "Manage", "manage-account-storage": "Account"}, "C": {"back-up-this-iphone": "Back Up"}}`)
	withStorage := []byte(strings.Replace(string(labels), `"C": {`, `"C": {"storage": "Storage", `, 1))
	described := strings.Replace(english, `"describe`, `"describe.storage": "the row at the top", "describe`, 1)
	tests := []struct {
		name, texts string
		labels      []byte
		placeholder string
		version     int
		want        string
	}{
		{"unknown version", english, withStorage, "storage-path", 0, "Settings > [your name] > iCloud > Storage (or Account; in iOS 15 Manage)"},
		{"iOS 15", english, withStorage, "storage-path", 15, "Settings > [your name] > iCloud > Manage"},
		{"older than all", english, withStorage, "storage-path", 9, "Settings > [your name] > iCloud > Manage"},
		{"iOS 17", english, withStorage, "storage-path", 17, "Settings > [your name] > iCloud > Account (or Storage)"},
		{"newer than all", english, withStorage, "storage-path", 60, "Settings > [your name] > iCloud > Storage (or Account)"},
		{"a described row", described, labels, "storage-path", 26, "Settings > [your name] > iCloud > Account (or [the row at the top])"},
		{"a row without label or description", english, []byte(`{"A": {"settings": "Settings", "icloud": "iCloud", "manage-storage": "Manage"}}`), "storage-path", 26, ""},
		{"a switch", english, labels, "backup-switch", 15, "“iCloud Backup” (or “Back Up”)"},
		{"a switch of a new version", english, labels, "backup-switch", 16, "“Back Up”"},
		{"a switch of an unknown version", english, labels, "backup-switch", 0, "“Back Up” (once “iCloud Backup”)"},
		{"a switch that isn't known", english, []byte(`{"A": {"icloud-backup": "iCloud Backup"}}`), "backup-switch", 0, ""},
		{"a label that was renamed", english, labels, "label.screen-time", 0, "“Screen Time” (once “Hours”)"},
		{"its old name", english, labels, "label.screen-time", 18, "“Hours”"},
		{"its new name, without marks", english, labels, "name.screen-time", 26, "Screen Time"},
		{"a path with it", english, labels, "screen-time-path", 0, "Settings > Screen Time (once Hours) > Limits"},
		{"an old path with it", english, labels, "screen-time-path", 25, "Settings > Hours > Limits"},
		{"a label", english, labels, "label.icloud", 0, "“iCloud”"},
		{"a label right to left", strings.Replace(english, "{", `{"language.dir": "rtl", `, 1), labels, "label.icloud", 0, "\u2068“iCloud”\u2069"},
		{"a row right to left", strings.Replace(english, "{", `{"language.dir": "rtl", `, 1), labels, "account-path", 0, "Settings > [your name]"},
		{"no label", english, labels, "label.none", 0, ""},
		{"an answer", strings.Replace(english, "{", `{"choice.no": "No", `, 1), labels, "choice.no", 0, "“No”"},
		{"a value", english, labels, "time", 0, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := locale.Open("xx", []byte(tt.texts), tt.labels).ShownIn(tt.placeholder, tt.version)
			if got != tt.want || ok != (tt.want != "") {
				t.Errorf("%q, %v, want %q", got, ok, tt.want)
			}
		})
	}
}

// What the browser gets has the same words as what pages show, for an unknown
// version.
func TestCompiledTextsAreThoseOfThePages(t *testing.T) {
	for _, tag := range locale.Languages() {
		compiled := locale.Compiled(tag)
		texts, problems := parse(compiled)
		if len(problems) > 0 || len(texts) < 400 {
			t.Fatalf("%s: %d texts, %v", tag, len(texts), problems)
		}
		c, browser := locale.For(tag), locale.New(tag, func() []byte { return compiled })
		for id := range texts {
			if strings.HasPrefix(id, "path.") {
				continue
			}
			if got, want := browser.Parts(id), c.Parts(id); !reflect.DeepEqual(got, want) {
				t.Errorf("%s: %s is %q, not %q", tag, id, got, want)
			}
		}
		if source := readFile(t, tag); len(compiled) > len(source.texts)+8<<10 {
			t.Errorf("%s: %d bytes of %d", tag, len(compiled), len(source.texts))
		}
	}
	if locale.Compiled("zxx") != nil {
		t.Error("there is a language zxx")
	}
}

// Pages can't know the reader's version of iOS.
func TestTextsAreCompleteForAnyVersion(t *testing.T) {
	for _, tag := range locale.Languages() {
		c := locale.For(tag)
		texts, _ := parse(readFile(t, tag).texts)
		for id, raw := range texts {
			want, _ := placeholders(raw)
			if got, shown := placeholders(c.Text(id)); !slices.Equal(got, want) || shown != nil {
				t.Errorf("%s: Text(%q) = %q", tag, id, c.Text(id))
			}
		}
	}
}

func TestTextsAreShort(t *testing.T) {
	for id, text := range english(t) {
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
		// TestTextsAreCompleteForAnyVersion tests those with placeholders.
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
