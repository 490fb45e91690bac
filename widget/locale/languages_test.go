package locale_test

import "regexp"

// rules are what the texts of a language keep to. How each word was
// found is in docs/languages.md.
type rules struct {
	// address is how iOS speaks to people in this language.
	address string
	// forbidden are words that iOS doesn't use, or that speak to the reader in
	// another way.
	forbidden *regexp.Regexp
	// same are ids of texts that are right although they are as in English.
	same []string
}

// languages are those that the widget is made for, by BCP 47 tag.
var languages = map[string]rules{
	"en": {address: "you", forbidden: regexp.MustCompile(`(?i)[!]|\b(simply|just|easy|oops)\b`)},
	"de": {
		address: "du, small",
		// Wi-Fi is WLAN; a Backup is "erstellt", never "gesichert"; no Sie.
		forbidden: regexp.MustCompile(`(?i)!|wi-?fi\b|\bgesichert|\b(zu |ab)?sichern\b|sicherungs?(kopie|datei)|apple[- ]id\b|\bhandy|\beinfach\b|\bklick|(?-i:[a-zäöüß,;“] (Sie|Ihnen|Ihr|Ihre|Ihren|Ihrem|Ihrer|Ihres)\b|[a-zäöüß,;] (Du|Dein|Deine|Deinen|Deinem|Deiner|Dir|Dich)\b)`),
		same:      []string{"history.column.degraded", "history.incident.degraded", "history.legend.troubled"},
	},
	"fr": {
		address:   "vous",
		forbidden: regexp.MustCompile(`(?i)!|param[eè]tres\b|données mobiles|\bbackups?\b|\b(tu|ton|ta|tes|toi)\b|\bcliqu|simplement|identifiant apple`),
	},
	"es": {
		address:   "tú",
		forbidden: regexp.MustCompile(`(?i)[!¡]|configuración|\brespald|\bcelular|\busted|\bbackups?\b|simplemente|\bclic\b`),
	},
	"es-419": {
		address:   "tú",
		forbidden: regexp.MustCompile(`(?i)[!¡]|\bajustes\b|copias? de seguridad|datos móviles|\busted\b|\bvos\b|\bbackups?\b|simplemente|\bclic\b|\bmóvil\b|\bordenador`),
	},
	"it": {
		address:   "tu",
		forbidden: regexp.MustCompile(`(?i)!|\bcopi[ae] di (sicurezza|backup)|\bclicca|semplicemente|\bla sua\b|dati mobili`),
	},
	"pt-BR": {
		address:   "você",
		forbidden: regexp.MustCompile(`(?i)!|configuraç(ão|ões) do (iphone|ios)|cópias? de segurança|dados móveis|\btelemóvel|\b(tu|teu|tua)\b|simplesmente|\bclique|\bficheiro`),
	},
	"nl": {
		address:   "je",
		forbidden: regexp.MustCompile(`(?i)!|reservekopie|\b(u|uw)\b|\bbackup|wi-fi|simpelweg|gewoonweg|\bklik`),
	},
	"ja": {
		address:   "です・ます",
		forbidden: regexp.MustCompile(`[!！]|ソフトウェア・|あなた|携帯電話|バックアップをとる|簡単に|クリック`),
	},
	"ko": {
		address:   "하십시오체",
		forbidden: regexp.MustCompile(`[!]|(해요|세요|어요|아요|예요|이에요|거예요)([.? ]|$)|당신|휴대폰 데이터|클릭`),
	},
	"zh-Hans": {
		address:   "你",
		forbidden: regexp.MustCompile(`[!！]|您|帐户|帐号|手机数据|点击|iCloud ?备份`),
	},
	"zh-Hant": {
		address:   "你",
		forbidden: regexp.MustCompile(`[!！]|您|帳戶|還原|行動網絡|設備|信息|點擊|軟件|網絡`),
	},
	"ru": {
		address:   "Вы, with a capital",
		forbidden: regexp.MustCompile(`!|[а-я,] (вы|вас|вам|вами|ваш\p{L}*)\b|\b(ты|тебе|твой)\b|бэкап|просто|кликн`),
	},
	"ar": {
		address:   "singular, masculine imperative",
		forbidden: regexp.MustCompile(`[!→←]|الجوال|بيانات الهاتف|أنتم`),
	},
	"tr": {
		address:   "siz",
		forbidden: regexp.MustCompile(`(?i)!|\b(sen|senin|sana)\b|\bbackup|mobil veri|\btıkla|kopyasını al|basitçe|cep telefonu`),
	},
	"pl": {
		address:   "you in the singular, mostly impersonal",
		forbidden: regexp.MustCompile(`(?i)!|kopi[aęei] zapasow|\b(pan|pani|państwo)\b|kliknij|po prostu|telefon komórkowy`),
	},
}
