package apple

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"backupcheck/status"
)

// translations are the languages of Apple's data, with the locale in its address
// and what the name of iCloud Backup contains in it, in lower case. Not all of them
// are known to be published; readers of one that isn't get English.
var translations = []struct{ language, locale, backup string }{
	{"de", "de_DE", "backup"},
	{"fr", "fr_FR", "sauvegarde"},
	{"es", "es_ES", "copia"},
	{"ja", "ja_JP", "バックアップ"},
	{"pt-BR", "pt_BR", "backup"},
	{"it", "it_IT", "backup"},
	{"zh-Hans", "zh_CN", "备份"},
	{"ko", "ko_KR", "백업"},
	{"ru", "ru_RU", "копи"},
	{"es-419", "es_MX", "respaldo"},
	{"nl", "nl_NL", "back-up"},
	{"zh-Hant", "zh_TW", "備份"},
	{"tr", "tr_TR", "yedek"},
	{"pl", "pl_PL", "backup"},
	{"ar", "ar_AE", "نسخ"},
}

// Languages implements status.Translator.
func (r Reader) Languages() []string {
	tags := make([]string, len(translations))
	for i, t := range translations {
		tags[i] = t.language
	}
	return tags
}

// Words implements status.Translator. The limits are those of the English data.
func (r Reader) Words(ctx context.Context, language string) (map[string]status.Words, error) {
	i := slices.Index(r.Languages(), language)
	if i < 0 {
		return nil, fmt.Errorf("the language %q of Apple's data isn't known", language)
	}
	origin, err := r.origin()
	if err != nil {
		return nil, err
	}
	feed, err := r.feed(r.limited(ctx), origin.JoinPath(dataPath+"system_status_"+translations[i].locale+".js"))
	if err != nil {
		return nil, err
	}
	return feed.words(translations[i].backup), nil
}

// words returns the words about the incidents of iCloud Backup, whose name contains
// backup. If no name does, all services are looked at. Apple can say something else
// about an incident on each service; words that are contradicted are empty.
func (f Feed) words(backup string) map[string]status.Words {
	named := func(s feedService) bool {
		name := strings.ToLower(s.name)
		return strings.Contains(name, "icloud") && strings.Contains(name, backup)
	}
	services := slices.DeleteFunc(slices.Clone(f.services), func(s feedService) bool { return !named(s) })
	if len(services) == 0 {
		services = f.services
	}
	words, events := map[string]status.Words{}, 0
	for _, s := range services {
		if !s.events.IsArray() {
			continue
		}
		s.events.ForEach(func(_, event gjson.Result) bool {
			if events++; events > maxEvents {
				return false
			}
			i := incident(event)
			own := status.Words{Message: i.Message, UsersAffected: i.UsersAffected}
			switch was, seen := words[i.ID]; {
			case seen && was != own:
				words[i.ID] = status.Words{}
			case i.ID != "" && i.State == status.StateOngoing:
				words[i.ID] = own
			}
			return true
		})
	}
	return words
}
