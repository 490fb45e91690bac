package locale_test

import (
	"regexp"
	"strings"
	"testing"
)

// rules are what the texts of a language keep to.
type rules struct {
	// address is how iOS speaks to people in this language.
	address string
	// forbidden are words that iOS doesn't use, or that speak to the reader in
	// another way.
	forbidden *regexp.Regexp
	// same are ids of texts that are right although they are as in English.
	same []string
}

// anyOf matches parts of words in any case, or exclamation marks; and whole words,
// also of letters for which \b knows no boundary.
func anyOf(parts string, words ...string) *regexp.Regexp {
	pattern := `(?i)[!！¡]`
	if parts != "" {
		pattern += "|" + parts
	}
	for _, word := range words {
		pattern += `|(?:^|[^\p{L}])` + word + `(?:$|[^\p{L}])`
	}
	return regexp.MustCompile(pattern)
}

// languages are those that the widget is made for, by BCP 47 tag.
var languages = map[string]rules{
	"en": {address: "you", forbidden: anyOf("", "simply", "just", "easy", "oops")},
	"de": {
		address: "du, small",
		// Wi-Fi is WLAN; a backup is "erstellt", never "gesichert". Whether Sie is polite shows in the letter before it.
		forbidden: anyOf(`wi-?fi|gesichert|sicherungs?(kopie|datei)|apple[- ]id|handy|klick|`+
			`(?-i:[a-zäöüß,;] (Sie|Ihnen|Ihr|Ihre|Ihren|Ihrem|Ihrer|Ihres|Du|Dein|Deine|Deinen|Deinem|Deiner|Dir|Dich)(?:$|[^\p{L}]))`,
			"(ab)?sichern", "einfach"),
		same: []string{"history.column.degraded", "history.incident.degraded", "history.legend.troubled"},
	},
	"fr": {
		address:   "vous",
		forbidden: anyOf(`données mobiles|cliqu|identifiant apple`, "param[eè]tres", "backups?", "tu", "ton", "ta", "tes", "toi", "simplement"),
		same:      []string{"history.column.maintenance", "history.incident.maintenance", "history.incidents", "history.legend.maintained"},
	},
	"es": {
		address:   "tú",
		forbidden: anyOf(`respald|celular|en configuración`, "usted", "backups?", "simplemente", "clic"),
	},
	"es-419": {
		address:   "tú",
		forbidden: anyOf(`copias? de seguridad|datos móviles|ordenador`, "ajustes", "usted", "vos", "backups?", "simplemente", "clic", "móvil"),
	},
	"it": {
		address:   "tu",
		forbidden: anyOf(`copi[ae] di (sicurezza|backup)|clicca|dati mobili`, "semplicemente", "Lei"),
	},
	"pt-BR": {
		address:   "você",
		forbidden: anyOf(`cópias? de segurança|dados móveis|telemóvel|cliqu|ficheiro`, "tu", "teus?", "tuas?", "simplesmente"),
	},
	"nl": {
		address:   "je",
		forbidden: anyOf(`reservekopie|wi-fi|klik`, "u", "uw", "backups?", "simpelweg", "gewoonweg"),
	},
	"ja": {
		address:   "です・ます",
		forbidden: anyOf(`ソフトウェア・|あなた|携帯電話|簡単に|クリック`),
	},
	"ko": {
		address:   "하십시오체",
		forbidden: anyOf(`(해요|세요|어요|아요|예요|이에요|거예요)([.? ]|$)|당신|휴대폰 데이터|클릭`),
	},
	"zh-Hans": {
		address:   "你",
		forbidden: anyOf(`您|帐户|帐号|手机数据|点击|iCloud ?备份`),
	},
	"zh-Hant": {
		address:   "你",
		forbidden: anyOf(`您|帳戶|還原|設備|信息|點擊|軟件|網絡`),
	},
	"ru": {
		address:   "Вы, with a capital",
		forbidden: anyOf(`бэкап|кликн`, "(?-i:вы)", "(?-i:вас)", "(?-i:вам)", "(?-i:вами)", "(?-i:ваш[а-яё]*)", "ты", "тебе", "тебя", "тво[а-яё]+", "просто"),
	},
	"ar": {
		address:   "singular, masculine imperative",
		forbidden: anyOf(`[→←]|الجوال|بيانات الهاتف`, "أنتم"),
	},
	"tr": {
		address:   "siz",
		forbidden: anyOf(`mobil veri|cep telefonu`, "sen", "senin", "sana", "backups?", "tıkla[a-zçğıöşü]*", "basitçe"),
	},
	"pl": {
		address:   "you in the singular, mostly impersonal",
		forbidden: anyOf(`kopi[aęei] zapasow|kliknij|telefon komórkowy`, "pan", "pani", "państwo", "po prostu"),
		same:      []string{"history.legend.troubled", "history.day.degraded", "history.column.degraded", "history.incident.degraded"},
	},
}

// forbiddenWord returns a forbidden word of a text. Placeholders and the name of
// the product are none.
func forbiddenWord(tag, text string) string {
	pattern := languages[tag].forbidden
	if pattern == nil {
		return ""
	}
	text = strings.ReplaceAll(placeholder.ReplaceAllString(text, ""), "Backup Check", "")
	return strings.Trim(pattern.FindString(text), " „“.,;:")
}

func TestForbiddenWordsAreFound(t *testing.T) {
	for tag, texts := range map[string][2][]string{
		"en":      {{"Simply tap it", "Done!"}, {"Adjust it. Backup Check"}},
		"de":      {{"Öffnen Sie es", "Hast Du es?", "Daten sichern", "im Wi-Fi", "ganz einfach"}, {"Das ist sicher: Sie steht in der Liste.", "Sichere Daten", "mehrfach"}},
		"fr":      {{"Ouvre les Paramètres", "As-tu essayé", "un backup"}, {"Ouvrez {label.settings}", "Les copies prêtes, l’état", "Backup Check"}},
		"es":      {{"Haz un respaldo", "Abra usted", "en Configuración"}, {"Un perfil de configuración, copia de seguridad"}},
		"es-419":  {{"Abre Ajustes", "copia de seguridad"}, {"Haz un respaldo"}},
		"it":      {{"Fai clic: clicca", "copia di sicurezza"}, {"Il backup e la sua data"}},
		"pt-BR":   {{"cópia de segurança", "o teu iPhone"}, {"Toque no backup"}},
		"nl":      {{"Maak een reservekopie", "Als u wilt", "een backup"}, {"Maak een back-up via wifi"}},
		"ja":      {{"あなたのiPhone", "クリックします"}, {"タップしてください"}},
		"ko":      {{"눌러 주세요.", "가능해요"}, {"탭하십시오."}},
		"zh-Hans": {{"请您点按", "点击"}, {"轻点“备份”"}},
		"zh-Hant": {{"您的設備"}, {"點一下"}},
		"ru":      {{"Если вы хотите", "на вашем iPhone", "Просто нажмите"}, {"Если Вы хотите", "пространство, простой"}},
		"ar":      {{"الإعدادات ← عام"}, {"افتح الإعدادات"}},
		"tr":      {{"Buna tıklayın", "senin"}, {"Dokunun", "seçenek"}},
		"pl":      {{"kopia zapasowa", "Kliknij", "niech pan"}, {"Stuknij w panel"}},
	} {
		for _, text := range texts[0] {
			if forbiddenWord(tag, text) == "" {
				t.Errorf("%s: nothing is found in %q", tag, text)
			}
		}
		for _, text := range texts[1] {
			if found := forbiddenWord(tag, text); found != "" {
				t.Errorf("%s: %q is found in %q", tag, found, text)
			}
		}
	}
	for tag := range languages {
		if languages[tag].address == "" || languages[tag].forbidden == nil {
			t.Errorf("%s has no rules", tag)
		}
	}
}
