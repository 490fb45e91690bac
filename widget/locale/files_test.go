package locale_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/tidwall/gjson"
	"golang.org/x/text/language"

	"backupcheck/widget/locale"
)

// placeholder matches all placeholders of a text.
var placeholder = regexp.MustCompile(`\{([a-z][a-z0-9._-]*)\}`)

// pluralForm is the id of a form for some numbers, of which a language has those
// that its rules name. English has "one", except for nights, of which there are
// several; elsewhere that can be the form for 21.
var pluralForm = regexp.MustCompile(`^(.+)\.(zero|one|two|few|many)$`)

// file is the content of a language's files.
type file struct {
	tag           string
	texts, labels []byte
}

func readFile(t *testing.T, tag string) file {
	t.Helper()
	texts, err := os.ReadFile(tag + ".json")
	if err != nil {
		t.Fatal(err)
	}
	labels, err := os.ReadFile("labels/" + tag + ".json")
	if err != nil {
		t.Fatal(err)
	}
	return file{tag, texts, labels}
}

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

// parseLabels returns all names of each label, and problems of the format.
func parseLabels(data []byte) (labels map[string][]string, problems []string) {
	labels = map[string][]string{}
	if !gjson.ValidBytes(data) || !gjson.ParseBytes(data).IsObject() {
		return labels, []string{"the labels are not a JSON object"}
	}
	odd := regexp.MustCompile(`[\p{Cc}\p{Cf}\x{2011}{}<>|]|^\s|\s$|%@`)
	gjson.ParseBytes(data).ForEach(func(grade, cells gjson.Result) bool {
		if !slices.Contains([]string{"A", "B", "C"}, grade.Str) {
			problems = append(problems, "labels: no such grade: "+grade.Str)
		}
		cells.ForEach(func(id, cell gjson.Result) bool {
			if labels[id.Str] != nil {
				problems = append(problems, "label "+id.Str+" is there twice")
			}
			names, last := []gjson.Result{cell}, 0
			if cell.IsObject() {
				names = nil
				cell.ForEach(func(version, name gjson.Result) bool {
					since, err := strconv.Atoi(version.Str)
					if err != nil || len(names) == 0 && since != 15 || since <= last || since > 60 {
						problems = append(problems, fmt.Sprintf("label %s: the version %s is not the next one, the first is 15", id.Str, version.Str))
					}
					last, names = since, append(names, name)
					return true
				})
			}
			for _, name := range names {
				if name.Type != gjson.String || name.Str == "" || odd.MatchString(name.Str) {
					problems = append(problems, fmt.Sprintf("label %s: %s is not a plain text", id.Str, name.Raw))
				}
				labels[id.Str] = append(labels[id.Str], name.Str)
			}
			return true
		})
		return true
	})
	return labels, problems
}

// placeholders returns the names of a text's placeholders, each once: those of
// values, and those that name something on the screen, {name.x} as {label.x}.
func placeholders(text string) (values, shown []string) {
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		name := m[1]
		if id, ok := strings.CutPrefix(name, "name."); ok {
			name = "label." + id
		}
		_, isPlace := locale.Places()[name]
		if isPlace || strings.HasPrefix(name, "label.") || strings.HasPrefix(name, "choice.") {
			shown = append(shown, name)
		} else {
			values = append(values, name)
		}
	}
	slices.Sort(values)
	slices.Sort(shown)
	return slices.Compact(values), slices.Compact(shown)
}

// names are labels that are also the names of things, which sentences use as
// words of the language: they don't have to be placeholders there.
var names = []string{"icloud", "icloud-backup", "wi-fi", "this-iphone", "general", "storage", "backups", "reset", "cellular", "about"}

// phrases are labels that are ordinary words in most languages. English has them
// with capitals.
var phrases = []string{"delete-backup", "sign-out", "stop-restoring-iphone", "reset-network-settings", "reset-all-settings", "manage-storage",
	"manage-account-storage", "verification-failed", "backup-not-supported", "choose-data-to-back-up", "iphone-storage", "set-automatically", "iphone-not-backed-up"}

// typed returns a label of iOS that a text has as words.
func typed(tag, text string, labels map[string][]string) string {
	text = placeholder.ReplaceAllString(text, "{}")
	for _, id := range slices.Sorted(maps.Keys(labels)) {
		if slices.Contains(names, id) || tag != "en" && slices.Contains(phrases, id) {
			continue
		}
		for _, name := range labels[id] {
			switch {
			case strings.ContainsAny(name, " \u00a0-"): // several words
				if occurs(text, name, "") {
					return name
				}
			case tag == "en": // one word, capitalized within a sentence
				if occurs(text, name, " ") {
					return name
				}
			case utf8.RuneCountInString(name) >= 6 && !alphabet.MatchString(name): // no spaces between words
				if strings.Contains(text, name) {
					return name
				}
			}
		}
	}
	return ""
}

var alphabet = regexp.MustCompile(`\p{Latin}|\p{Cyrillic}|\p{Arabic}`)

// occurs reports whether a text has a word, and before it certain characters after
// a letter or a comma.
func occurs(text, word, before string) bool {
	isWord := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	for from := 0; ; {
		i := strings.Index(text[from:], before+word)
		if i < 0 {
			return false
		}
		at := from + i
		last, _ := utf8.DecodeLastRuneInString(text[:at])
		next, _ := utf8.DecodeRuneInString(text[at+len(before+word):])
		inside := before == "" && !isWord(last) || before != "" && (isWord(last) || strings.ContainsRune(",;)}", last))
		if inside && !isWord(next) {
			return true
		}
		from = at + 1
	}
}

// withoutWords are the ids whose texts may be the same in every language.
var withoutWords = regexp.MustCompile(`^(date|length|number|list|label|landing\.title|language\.dir|language\.quotes|device\.ip|support\.tried-item)`)

var notLetters = regexp.MustCompile(`\{[^}]*\}|[^\p{L}]`)

// check returns the problems of a language's files, compared with English, and
// the sentences that describe something for which the language has no label.
func check(f, englishFile file) (problems, describing []string) {
	texts, problems := parse(f.texts)
	labels, more := parseLabels(f.labels)
	problems = append(problems, more...)
	english, _ := parse(englishFile.texts)
	englishLabels, _ := parseLabels(englishFile.labels)
	add := func(format string, values ...any) { problems = append(problems, fmt.Sprintf(format, values...)) }

	if parsed, err := language.Parse(f.tag); err != nil || parsed.String() != f.tag {
		add("%s is not a BCP 47 tag in its usual form", f.tag)
	}
	if dir := texts["language.dir"]; dir != "ltr" && dir != "rtl" {
		add("language.dir is %q, not ltr or rtl", dir)
	}
	for id := range labels {
		if englishLabels[id] == nil {
			add("label %s is unknown", id)
		}
	}
	catalogue := locale.Open(f.tag, f.texts, f.labels)
	// A row of a path without a label needs a description.
	described := map[string]bool{"describe.your-name": true}
	for place, paths := range locale.Places() {
		for _, row := range strings.FieldsFunc(strings.Join(paths, "|"), func(r rune) bool { return r == '|' || r == '>' }) {
			if row = strings.TrimSpace(row); strings.HasSuffix(place, "-path") && labels[row] == nil {
				described["describe."+row] = true
			}
		}
	}
	for id := range described {
		if _, ok := texts[id]; !ok {
			add("%s is missing", id)
		}
	}

	// Invisible characters, and those that change the direction of what follows.
	forbidden := regexp.MustCompile(`[\p{Cc}\x{ad}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{2069}<]`)
	quotes := regexp.MustCompile(`["“”„‟«»‹›「」『』〝〟＂]`)
	paths := regexp.MustCompile(`>|[→←›»]`)
	words := languages[f.tag]
	for id, text := range texts {
		if strings.HasPrefix(id, "describe.") && id != "describe.your-name" {
			if !described[id] {
				add("%s is unknown: there is a label, or no path has it", id)
			}
			english[id] = "the row" // not translated
		}
		original, known := english[id]
		if m := pluralForm.FindStringSubmatch(id); !known && m != nil && (english[m[1]+".one"] != "" || m[1] == "network.nights") {
			original, known = english[m[1]], true
		}
		if !known {
			add("%s is unknown", id)
			continue
		}
		got, shown := placeholders(text)
		want, wanted := placeholders(original)
		if !slices.Equal(got, want) && !(strings.HasSuffix(id, ".one") && len(got) == 0) {
			add("%s has the placeholders %q, not %q", id, got, want)
		}
		describes := false
		for _, name := range wanted {
			if slices.Contains(shown, name) {
				continue
			}
			if _, ok := catalogue.Shown(name); ok {
				add("%s lacks the label %s", id, name)
			} else {
				describing = append(describing, id+" describes "+name)
				describes = true
			}
		}
		for _, name := range shown {
			if _, ok := catalogue.Shown(name); !ok {
				add("%s: the language has no %s: describe what is on the screen", id, name)
			} else if !slices.Contains(wanted, name) && !(describes && strings.HasSuffix(name, "-path")) { // a description may say where
				add("%s has the label %s, which English doesn't have there", id, name)
			}
		}
		if strings.ContainsAny(placeholder.ReplaceAllString(text, ""), "{}") {
			add("%s has a brace outside of a placeholder", id)
		}
		if found := forbidden.FindString(text); found != "" {
			add("%s has %q", id, found)
		}
		if id == "language.quotes" {
			continue
		}
		if found := quotes.FindString(text); found != "" {
			add("%s has the quotation mark %s: words on the screen are placeholders", id, found)
		}
		if found := paths.FindString(text); found != "" {
			add("%s has %s: paths are placeholders", id, found)
		}
		if area, _, _ := strings.Cut(id, "."); !slices.Contains([]string{"landing", "history", "date", "describe"}, area) {
			if label := typed(f.tag, text, labels); label != "" {
				add("%s has the label %q as words", id, label)
			}
		}
		if found := forbiddenWord(f.tag, text); found != "" {
			add("%s has %q, which is a forbidden word", id, found)
		}
		letters := notLetters.ReplaceAllString(text, "")
		if f.tag != "en" && text == original && letters != "" && !withoutWords.MatchString(id) && !slices.Contains(words.same, id) {
			add("%s is as in English", id)
		}
		if n := utf8.RuneCountInString(text); n > 430 {
			add("%s has %d characters, more than 430", id, n)
		}
	}
	for id := range english {
		if _, ok := texts[id]; !ok && !strings.HasPrefix(id, "describe.") {
			add("%s is missing", id)
		}
	}
	iPhone, iPad := strings.Split(texts["device.iphone-words"], ", "), strings.Split(texts["device.ipad-words"], ", ")
	if len(iPhone) != len(iPad) {
		add("%d words for an iPhone have %d counterparts", len(iPhone), len(iPad))
	}
	slices.Sort(problems)
	slices.Sort(describing)
	return problems, describing
}

// english returns the texts of en.json by id.
func english(t *testing.T) map[string]string {
	t.Helper()
	texts, problems := parse(readFile(t, "en").texts)
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
	tags := locale.Languages()
	if len(tags) != len(names) || tags[0] != "en" || !slices.IsSorted(tags[1:]) {
		t.Errorf("the languages %v of the files %v", tags, names)
	}
	en := readFile(t, "en")
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			tag := strings.TrimSuffix(name, ".json")
			f := readFile(t, tag)
			problems, describing := check(f, en)
			for _, problem := range problems {
				t.Error(problem)
			}
			t.Logf("no label in %d places:\n%s", len(describing), strings.Join(describing, "\n"))
			if !slices.Contains(tags, tag) {
				t.Error("the program doesn't have this file")
			}
			c := locale.For(tag)
			if c.Lang() != tag || c.Dir() != gjson.GetBytes(f.texts, `language\.dir`).Str {
				t.Errorf("For(%q) is %s, %s", tag, c.Lang(), c.Dir())
			}
		})
	}
}

// The tables of labels are there before the languages are translated.
func TestEveryTableOfLabelsIsGood(t *testing.T) {
	english, problems := parseLabels(readFile(t, "en").labels)
	if len(problems) > 0 || len(english) < 60 {
		t.Fatalf("%d labels, %v", len(english), problems)
	}
	for tag := range languages {
		data, err := os.ReadFile("labels/" + tag + ".json")
		if err != nil {
			t.Error(err)
			continue
		}
		labels, problems := parseLabels(data)
		for _, problem := range problems {
			t.Errorf("%s: %s", tag, problem)
		}
		for id := range labels {
			if english[id] == nil {
				t.Errorf("%s: label %s is unknown", tag, id)
			}
		}
		if len(labels) < 45 {
			t.Errorf("%s has only %d labels", tag, len(labels))
		}
	}
}

// A label that nothing names is one that nobody checks.
func TestEveryLabelIsUsed(t *testing.T) {
	used := strings.Builder{}
	for _, text := range english(t) {
		for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
			_, id, _ := strings.Cut(m[1], ".")
			fmt.Fprintf(&used, "|%s|", id)
		}
	}
	for _, rows := range locale.Places() {
		for _, row := range rows {
			fmt.Fprintf(&used, "|%s|", strings.ReplaceAll(row, " > ", "|"))
		}
	}
	labels, _ := parseLabels(readFile(t, "en").labels)
	for id := range labels {
		if !strings.Contains(used.String(), "|"+id+"|") {
			t.Errorf("no text has the label %s", id)
		}
	}
}

func TestIncompleteLanguagesAreFound(t *testing.T) {
	const english = `{"language.name": "English", "language.dir": "ltr", "language.quotes": "“{label}”", "describe.your-name": "your name",
		"a": "{name} at {time}", "b.1": "one", "b.2": "two", "l": "Tap {label.back-up-now}", "p": "Open {backup-path}.", "s": "Turn {backup-switch} on.", "choice.x": "No"}`
	const good = `{"language.name": "Deutsch", "language.dir": "ltr", "language.quotes": "„{label}“", "describe.your-name": "dein Name",
		"a": "Vor {time}, {name}", "b.1": "eins", "b.2": "zwei", "l": "Tippe auf {label.back-up-now}", "p": "Öffne {backup-path}.", "s": "Schalte ihn ein.", "choice.x": "Nein"}`
	labels := func(tag string) []byte {
		data, err := os.ReadFile("labels/" + tag + ".json")
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	// Rows of paths that German has no label for.
	described := ""
	for _, row := range []string{"storage", "payment-and-shipping", "about"} {
		described += `, "describe.` + row + `": "die Zeile"`
	}
	replaced := func(old, replacement string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("no %s", old)
		}
		return strings.Replace(good, old, replacement, 1)
	}
	tests := []struct{ name, tag, data, want string }{
		{"complete", "de", good, ""},
		{"a label without marks", "de", replaced("{label.back-up-now}", "{name.back-up-now}"), ""},
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
		{"markup", "de", replaced("zwei", "<b>zwei"), `b.2 has "<"; b.2 has >: paths are placeholders`},
		{"words of devices", "de", replaced(`"a":`, `"device.iphone-words": "iPhone, iPhones, iOS", "device.ipad-words": "iPad, iPadOS", "a":`),
			"3 words for an iPhone have 2 counterparts; device.iphone-words is unknown; device.ipad-words is unknown"},
		{"control of the direction", "de", replaced("zwei", `\u202ezwei`), `b.2 has "\u202e"`},
		{"invisible character", "de", replaced("zwei", `z\u00adwei`), `b.2 has "\u00ad"`},
		{"missing label", "de", replaced("{label.back-up-now}", "den Knopf"), "l lacks the label label.back-up-now"},
		{"another label", "de", replaced("zwei", "zwei {label.delete-backup}"), "b.2 has the label label.delete-backup, which English doesn't have there"},
		{"label that isn't known in the language", "de", replaced("Schalte ihn ein.", "Schalte {backup-switch} ein."), "s: the language has no backup-switch: describe what is on the screen"},
		{"unknown label", "de", replaced("{label.back-up-now}", "{label.back-up-now} {label.none}"), "l: the language has no label.none: describe what is on the screen"},
		{"typed label", "de", replaced("zwei", "Tippe auf Backup jetzt erstellen"), `b.2 has the label "Backup jetzt erstellen" as words`},
		{"quoted words", "de", replaced("zwei", "Tippe auf „Sichern“"), `b.2 has the quotation mark „: words on the screen are placeholders; b.2 has "Sichern", which is a forbidden word`},
		{"typed path", "de", replaced("zwei", "Einstellungen > Allgemein"), "b.2 has >: paths are placeholders"},
		{"wrong address", "de", replaced("zwei", "Öffnen Sie es"), `b.2 has "n Sie", which is a forbidden word`},
		{"English", "de", replaced("zwei", "two"), "b.2 is as in English"},
		{"missing description", "de", replaced(`"describe.your-name": "dein Name",`, ""), "describe.your-name is missing; p: the language has no backup-path: describe what is on the screen"},
		{"description of what has a label", "de", replaced(`"a":`, `"describe.general": "die Zeile", "a":`), "describe.general is unknown: there is a label, or no path has it"},
		{"no JSON", "de", good[1:], ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want := strings.Split(tt.want, "; ")
			if tt.want == "" {
				want = nil
			}
			slices.Sort(want)
			data := strings.TrimSuffix(tt.data, "}") + described + "}"
			got, _ := check(file{tt.tag, []byte(data), labels("de")}, file{"en", []byte(english), labels("en")})
			if tt.name == "no JSON" {
				if !slices.Contains(got, "is not a JSON object") {
					t.Errorf("%q", got)
				}
				return
			}
			if !slices.Equal(got, want) {
				t.Errorf("%q, want %q", got, want)
			}
		})
	}
}

func TestIncompleteFormsOfNumbersAreFound(t *testing.T) {
	const english = `{"c": "{n} steps", "c.one": "one step"}`
	for forms, want := range map[string]string{
		`"c.one": "jeden", "c.few": "{n} kroki"`:  "",
		`"c.one": "jeden", "c.few": "kroki"`:      `c.few has the placeholders [], not ["n"]`,
		`"c.one": "jeden", "c.some": "{n} kroki"`: "c.some is unknown",
	} {
		got, _ := check(file{"pl", []byte(`{"c": "{n} kroków", ` + forms + `}`), nil}, file{"en", []byte(english), nil})
		found := slices.DeleteFunc(got, func(problem string) bool { return !strings.HasPrefix(problem, "c") })
		if strings.Join(found, "; ") != want {
			t.Errorf("%s: %q, want %q", forms, found, want)
		}
	}
}

func TestBadLabelsAreFound(t *testing.T) {
	for data, want := range map[string]string{
		`{"A": {"wi-fi": "WLAN", "screen-time": {"15": "alt", "26": "neu"}}}`: "",
		`{"M": {"wi-fi": "WLAN"}}`:                      "labels: no such grade: M",
		`{"A": {"wi-fi": "WLAN"}, "B": {"wi-fi": "W"}}`: "label wi-fi is there twice",
		`{"A": {"x": {"16": "a"}}}`:                     "label x: the version 16 is not the next one, the first is 15",
		`{"A": {"x": {"15": "a", "15": "b"}}}`:          "label x: the version 15 is not the next one, the first is 15",
		`{"A": {"x": ""}}`:                              `label x: "" is not a plain text`,
		`{"A": {"x": "Wi` + "\u2011" + `Fi"}}`:          `label x: "Wi` + "\u2011" + `Fi" is not a plain text`,
		`{"A": {"x": 1}}`:                               "label x: 1 is not a plain text",
		`[]`:                                            "the labels are not a JSON object",
	} {
		if _, problems := parseLabels([]byte(data)); strings.Join(problems, "; ") != want {
			t.Errorf("%s: %q, want %q", data, problems, want)
		}
	}
}

// Notes are for texts that there are.
func TestNotesAreOfTexts(t *testing.T) {
	notes, err := os.ReadFile("notes.md")
	if err != nil {
		t.Fatal(err)
	}
	texts := english(t)
	rows := regexp.MustCompile("(?m)^\\| `([^`]+)` \\|").FindAllStringSubmatch(string(notes), -1)
	for _, row := range rows {
		pattern := regexp.MustCompile("^" + strings.ReplaceAll(regexp.QuoteMeta(row[1]), "…", ".+") + "$")
		if !slices.ContainsFunc(slices.Collect(maps.Keys(texts)), pattern.MatchString) {
			t.Errorf("there is no text %s", row[1])
		}
	}
	if len(rows) < 70 {
		t.Errorf("%d notes", len(rows))
	}
}

// The table in docs/languages.md is that of the files.
func TestGradesAreDocumented(t *testing.T) {
	var want strings.Builder
	want.WriteString("| language | address | A | B | C | without a label |\n| --- | --- | --: | --: | --: | --- |\n")
	english, _ := parseLabels(readFile(t, "en").labels)
	for _, tag := range slices.Sorted(maps.Keys(languages)) {
		data, err := os.ReadFile("labels/" + tag + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var missing []string
		labels, _ := parseLabels(data)
		for _, id := range slices.Sorted(maps.Keys(english)) {
			if labels[id] == nil {
				missing = append(missing, id)
			}
		}
		fmt.Fprintf(&want, "| %s | %s |", tag, languages[tag].address)
		for _, grade := range []string{"A", "B", "C"} {
			fmt.Fprintf(&want, " %d |", len(gjson.GetBytes(data, grade).Map()))
		}
		fmt.Fprintf(&want, " %s |\n", strings.Join(missing, ", "))
	}
	docs, err := os.ReadFile("../../docs/languages.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(docs), want.String()) {
		t.Errorf("docs/languages.md doesn't have this table:\n%s", want.String())
	}
}
