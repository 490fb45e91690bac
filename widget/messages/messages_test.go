package messages

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write source.go with phrases as normalize returns its phrases")

// normalized returns a line of the source with each phrase as normalize returns
// it, and each once.
func normalized(line string) string {
	if line == "" || line[0] == '=' {
		return line
	}
	var list []string
	for _, p := range strings.Split(line, "|") {
		if p = normalizedPhrase(p); !slices.Contains(list, p) {
			list = append(list, p)
		}
	}
	return strings.Join(list, "|")
}

func normalizedPhrase(p string) string {
	mark := ""
	if p[0] == '~' || p[0] == '^' || p[0] == '+' {
		mark = p[:1]
	}
	if mark != "+" {
		return mark + normalize(p).String()
	}
	var set []string
	for places := range strings.FieldsSeq(p) {
		var alternatives []string
		for w := range strings.SplitSeq(places, ",") {
			if w = normalize(w).String(); !slices.Contains(alternatives, w) {
				alternatives = append(alternatives, w)
			}
		}
		set = append(set, strings.Join(alternatives, ","))
	}
	return mark + strings.Join(set, " ")
}

func TestPhrasesAreNormalized(t *testing.T) {
	for _, tt := range []struct {
		name, lines string
		normalized  func(string) string
	}{{"source.go", source, normalized}, {"concepts.go", concepts, normalizedConcepts}} {
		file, err := os.ReadFile(tt.name)
		if err != nil {
			t.Fatal(err)
		}
		changed := string(file)
		for line := range strings.SplitSeq(tt.lines, "\n") {
			if want := tt.normalized(line); want != line {
				changed = strings.Replace(changed, `"`+line+`\n"`, `"`+want+`\n"`, 1)
			}
		}
		if changed == string(file) {
			continue
		}
		if *update {
			if err := os.WriteFile(tt.name, []byte(changed), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		t.Error(tt.name, "isn't normalized; run this in the root of the checkout:\n\tgo test ./widget/messages -run Normalized -update")
	}
}

// normalizedConcepts returns a line of the concepts as normalized returns one of
// the source.
func normalizedConcepts(line string) string {
	tag, line, found := strings.Cut(line, "=")
	if !found {
		return tag
	}
	var list []string
	for concept := range strings.SplitSeq(line, "|") {
		list = append(list, concept[:2]+normalizedPhrase("+" + concept[2:])[1:])
	}
	return tag + "=" + strings.Join(list, "|")
}

func TestEachLanguageHasALineForEachMessage(t *testing.T) {
	for i, lines := range strings.Split(source, "=")[1:] {
		tag, lines, _ := strings.Cut(lines, "\n")
		if n := strings.Count(lines, "\n"); n != len(load().ids) || tag != languages[i] {
			t.Errorf("%s has %d lines for %d messages", tag, n, len(load().ids))
		}
	}
}

func TestNormalize(t *testing.T) {
	for same, want := range map[string]string{
		"Wi-Fi":                  "wifi",
		"Wi\u2011Fi":             "wifi",
		"wi fi":                  "wifi",
		"WLAN":                   "wifi",
		"无线局域网":                  "wifi",
		"Back up":                "backup",
		"back\u00adup\u200b":     "backup",
		"i Cloud":                "icloud",
		"아이클라우드에":                "icloud 에",
		"айклауде":               "icloud",
		"iPad":                   "iphone",
		"iPod touch":             "iphone",
		"İCLOUD’DAN":             "icloud dan",
		"kapalı":                 "kapali",
		"größte":                 "grosste",
		"GRÖSSTE":                "grosste",
		"cœur":                   "coeur",
		"re\u0301sume\u0301":     "resume",
		"d’accès":                "d acces",
		"ещё":                    "еще",
		"е\u0308ж, мои\u0306":    "еж мои",
		"أُسْبُـــوع":            "اسبوع",
		"ＩＰＨＯＮＥ　ｆｕｌｌ":            "iphone full",
		"ﾊﾞｯｸｱｯﾌﾟ":               "ハックアッフ",
		"バックアップ":                 "ハックアッフ",
		"ハ\u3099ックアッフ\u309a":     "ハックアッフ",
		"您的iCloud 空间":            "你的 icloud 空间",
		"5 GB":                   "gb",
		"12.4GB":                 "gb",
		"Backing up…":            "backing up …",
		"Backing up... ":         "backing up …",
		"isn't, can’t, cannot":   "is not can not can not",
		"Kopia zapasowa":         "backup",
		"iCloud-reservekopie":    "icloud backup",
		"💾 «backup» \"x\"":       "backup x",
		"\xff\xfe":               "",
		"kaldırıldı! Son? Evet.": "kaldirildi son evet",
	} {
		if got := normalize(same).String(); got != want {
			t.Errorf("%q is %q, want %q", same, got, want)
		}
	}
	if n := len(normalize(strings.Repeat("é", 3000)).letters); n != maxRunes {
		t.Errorf("%d letters are read, want %d", n, maxRunes)
	}
}

func TestPhrasesCanBeFound(t *testing.T) {
	for _, p := range load().phrases {
		words := 0
		for _, w := range p.set {
			if w&lastOne != 0 {
				words++
			}
		}
		if len(p.letters) > maxPhrase || words > maxPhrase/4 || len(p.letters) == 0 && words < 2 {
			t.Errorf("%s: %q has %d letters and %d words", load().ids[p.id], string(p.letters), len(p.letters), words)
		}
	}
}

func TestRules(t *testing.T) {
	if n, want := strings.Count(rules, "\n"), len(load().ids); n != want {
		t.Errorf("%d lines for %d messages", n, want)
	}
	for set := range strings.FieldsFuncSeq(rules, func(r rune) bool { return r == '|' || r == '\n' }) {
		if strings.IndexAny(set, "!+") == 0 {
			t.Errorf("%q begins with a mark", set)
		}
		for _, concept := range strings.NewReplacer("!", "", "+", "").Replace(set) {
			if !strings.Contains(concepts, "|"+string(concept)+":") && !strings.Contains(concepts, "="+string(concept)+":") {
				t.Errorf("%q: %c has no words", set, concept)
			}
		}
	}
	for _, tag := range languages {
		if tag != "es-419" && !strings.Contains(concepts, "\n"+tag+"=") {
			t.Errorf("%s has no words for concepts", tag)
		}
	}
	if n := len(load().words); n > wordMask {
		t.Errorf("%d words have no place in a set", n)
	}
}

func TestLanguage(t *testing.T) {
	for tag, want := range map[string]string{
		"de": "de", "de-AT": "de", "pt_BR": "pt", "PT-br": "pt", "es": "es", "es-ES": "es", "es_419": "es-419", "es-MX": "es-419",
		"zh": "zh-Hans", "zh-CN": "zh-Hans", "zh_TW": "zh-Hant", "zh-Hant-HK": "zh-Hant", "zh-Hans-SG": "zh-Hans",
		"": "", "xx": "", "d": "", "-": "", strings.Repeat("de-", 20): "",
	} {
		got := ""
		if i := language(tag); i >= 0 {
			got = languages[i]
		}
		if got != want {
			t.Errorf("%q means %q, want %q", tag, got, want)
		}
	}
}
