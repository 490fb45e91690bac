package locale_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/tidwall/gjson"
	"golang.org/x/text/language"

	"backupcheck/widget/locale"
)

var placeholder = regexp.MustCompile(`\{([a-z][a-z_-]*)\}`)

// pluralForm is the id of a form for some numbers, of which a language has those
// that its rules name. English has "one".
var pluralForm = regexp.MustCompile(`^(.+)\.(zero|two|few|many)$`)

// parse returns the texts of a language file by id, and problems of its format.
func parse(data []byte) (texts map[string]string, problems []string) {
	texts = map[string]string{}
	if !gjson.ValidBytes(data) || !gjson.ParseBytes(data).IsObject() {
		return texts, []string{"is not a JSON object"}
	}
	gjson.ParseBytes(data).ForEach(func(id, text gjson.Result) bool {
		if _, ok := texts[id.Str]; ok {
			problems = append(problems, id.Str+" is there twice")
		}
		if text.Type != gjson.String || strings.TrimSpace(text.Str) == "" {
			problems = append(problems, id.Str+" is not a text")
		}
		texts[id.Str] = text.Str
		return true
	})
	return texts, problems
}

// placeholders returns the names of a text's placeholders, each once.
func placeholders(text string) []string {
	var names []string
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		names = append(names, m[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// check returns the problems of a language file, compared with English.
func check(tag string, data []byte, english map[string]string) []string {
	texts, problems := parse(data)
	if parsed, err := language.Parse(tag); err != nil || parsed.String() != tag {
		problems = append(problems, tag+" is not a BCP 47 tag in its usual form")
	}
	if dir := texts["language.dir"]; dir != "ltr" && dir != "rtl" {
		problems = append(problems, fmt.Sprintf("language.dir is %q, not ltr or rtl", dir))
	}
	// Invisible characters, and those that change the direction of what follows.
	forbidden := regexp.MustCompile(`[\p{Cc}\x{202a}-\x{202e}\x{2066}-\x{2069}<]`)
	for id, text := range texts {
		original, known := english[id]
		if m := pluralForm.FindStringSubmatch(id); !known && m != nil && english[m[1]+".one"] != "" {
			original, known = english[m[1]], true
		}
		if !known {
			problems = append(problems, id+" is unknown")
			continue
		}
		if got, want := placeholders(text), placeholders(original); !slices.Equal(got, want) && !(strings.HasSuffix(id, ".one") && len(got) == 0) {
			problems = append(problems, fmt.Sprintf("%s has the placeholders %q, not %q", id, got, want))
		}
		if strings.ContainsAny(placeholder.ReplaceAllString(text, ""), "{}") {
			problems = append(problems, id+" has a brace outside of a placeholder")
		}
		if found := forbidden.FindString(text); found != "" {
			problems = append(problems, fmt.Sprintf("%s has %q", id, found))
		}
	}
	for id := range english {
		if _, ok := texts[id]; !ok {
			problems = append(problems, id+" is missing")
		}
	}
	iPhone, iPad := strings.Split(texts["device.iphone-words"], ", "), strings.Split(texts["device.ipad-words"], ", ")
	if len(iPhone) != len(iPad) {
		problems = append(problems, fmt.Sprintf("%d words for an iPhone have %d counterparts", len(iPhone), len(iPad)))
	}
	slices.Sort(problems)
	return problems
}

// english returns the texts of en.json by id.
func english(t *testing.T) map[string]string {
	t.Helper()
	data, err := os.ReadFile("en.json")
	if err != nil {
		t.Fatal(err)
	}
	texts, problems := parse(data)
	if len(problems) > 0 || len(texts) < 400 {
		t.Fatalf("%d texts, %v", len(texts), problems)
	}
	return texts
}

// A language needs only its file: the program offers each file in the folder,
// and each has the same texts as English.
func TestEveryFileIsACompleteLanguage(t *testing.T) {
	names, err := filepath.Glob("*.json")
	if err != nil || len(names) == 0 {
		t.Fatalf("no languages: %v", err)
	}
	texts, tags := english(t), locale.Languages()
	if len(tags) != len(names) || tags[0] != "en" || !slices.IsSorted(tags[1:]) {
		t.Errorf("the languages %v of the files %v", tags, names)
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			tag := strings.TrimSuffix(name, ".json")
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, problem := range check(tag, data, texts) {
				t.Error(problem)
			}
			if !slices.Contains(tags, tag) || string(locale.Source(tag)) != string(data) {
				t.Error("the program doesn't have this file")
			}
			c := locale.For(tag)
			if c.Lang() != tag || c.Dir() != gjson.GetBytes(data, `language\.dir`).Str {
				t.Errorf("For(%q) is %s, %s", tag, c.Lang(), c.Dir())
			}
		})
	}
}

func TestIncompleteLanguagesAreFound(t *testing.T) {
	const good = `{"language.name": "Deutsch", "language.dir": "ltr", "a": "Vor {time}, {name}", "b.1": "eins", "b.2": "zwei"}`
	texts := map[string]string{"language.name": "English", "language.dir": "ltr", "a": "{name} at {time}", "b.1": "one", "b.2": "two"}
	replaced := func(old, replacement string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("no %s", old)
		}
		return strings.Replace(good, old, replacement, 1)
	}
	tests := []struct{ name, tag, data, want string }{
		{"complete", "de", good, ""},
		{"region", "pt-BR", good, ""},
		{"script", "zh-Hant", good, ""},
		{"right to left", "ar", replaced(`"ltr"`, `"rtl"`), ""},
		{"unknown tag", "deutsch-deutschland", good, "deutsch-deutschland is not a BCP 47 tag in its usual form"},
		{"tag with an underscore", "pt_BR", good, "pt_BR is not a BCP 47 tag in its usual form"},
		{"tag in another case", "pt-br", good, "pt-br is not a BCP 47 tag in its usual form"},
		{"missing text", "de", replaced(`"a": "Vor {time}, {name}", `, ""), "a is missing"},
		{"missing line", "de", replaced(`, "b.2": "zwei"`, ""), "b.2 is missing"},
		{"more lines", "de", replaced(`"b.2": "zwei"`, `"b.2": "zwei", "b.3": "drei"`), "b.3 is unknown"},
		{"unknown text", "de", replaced(`"b.1"`, `"c": "?", "b.1"`), "c is unknown"},
		{"no name", "de", replaced(`"language.name": "Deutsch", `, ""), "language.name is missing"},
		{"no direction", "de", replaced(`"language.dir": "ltr", `, ""), `language.dir is "", not ltr or rtl; language.dir is missing`},
		{"bad direction", "de", replaced(`"ltr"`, `"left"`), `language.dir is "left", not ltr or rtl`},
		{"missing placeholder", "de", replaced("Vor {time}, {name}", "Vor {time}"), `a has the placeholders ["time"], not ["name" "time"]`},
		{"translated placeholder", "de", replaced("{time}", "{zeit}"), `a has the placeholders ["name" "zeit"], not ["name" "time"]`},
		{"placeholder of another text", "de", replaced("eins", "eins {time}"), `b.1 has the placeholders ["time"], not []`},
		{"placeholder twice", "de", replaced("Vor {time}", "Vor {time} und {time}"), ""},
		{"broken placeholder", "de", replaced("zwei", "zwei {time"), "b.2 has a brace outside of a placeholder"},
		{"empty text", "de", replaced("zwei", " "), "b.2 is not a text"},
		{"number", "de", replaced(`"zwei"`, "2"), "b.2 is not a text"},
		{"text twice", "de", replaced(`"b.2"`, `"b.1": "eins", "b.2"`), "b.1 is there twice"},
		{"markup", "de", replaced("zwei", "<b>zwei</b>"), `b.2 has "<"`},
		{"words of devices", "de", replaced(`"a":`, `"device.iphone-words": "iPhone, iPhones, iOS", "device.ipad-words": "iPad, iPadOS", "a":`),
			"3 words for an iPhone have 2 counterparts; device.iphone-words is unknown; device.ipad-words is unknown"},
		{"more forms of a number", "pl", replaced(`"b.1"`, `"c.one": "jeden", "c.few": "{n} kroki", "c": "{n}", "b.1"`), ""},
		{"form without its number", "pl", replaced(`"b.1"`, `"c.one": "jeden", "c.few": "kroki", "c": "{n}", "b.1"`), `c.few has the placeholders [], not ["n"]`},
		{"unknown form", "pl", replaced(`"b.1"`, `"c.one": "jeden", "c.some": "{n} kroki", "c": "{n}", "b.1"`), "c.some is unknown"},
		{"control of the direction", "de", replaced("zwei", `\u202ezwei`), `b.2 has "\u202e"`},
		{"no JSON", "de", good[1:], `is not a JSON object; language.dir is "", not ltr or rtl; a is missing; b.1 is missing; b.2 is missing; language.dir is missing; language.name is missing`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want := strings.Split(tt.want, "; ")
			if tt.want == "" {
				want = nil
			}
			slices.Sort(want)
			english := texts
			if strings.Contains(tt.data, `"c.one"`) {
				english = maps.Clone(texts)
				english["c"], english["c.one"] = "{n}", "{n}"
			}
			if got := check(tt.tag, []byte(tt.data), english); !slices.Equal(got, want) {
				t.Errorf("%q, want %q", got, want)
			}
		})
	}
}
