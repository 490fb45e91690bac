package bundle

import (
	"encoding/json"

	"backupcheck/widget/locale"
)

// embedTexts returns the module "locale:embed": the texts of embed.js in all
// languages, by BCP 47 tag. The script works on pages that load no catalogue.
func embedTexts() ([]byte, error) {
	type texts struct {
		Title string `json:"title"`
	}
	all := map[string]texts{}
	for _, lang := range locale.Languages() {
		all[lang] = texts{Title: locale.For(lang).Text("embed.title")}
	}
	object, err := json.Marshal(all)
	return append([]byte("export default "), object...), err
}
