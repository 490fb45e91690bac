package bundle

import (
	"encoding/json"

	"backupcheck/widget/locale"
)

// embedTexts returns the module "locale:embed": the BCP 47 tags of the languages.
func embedTexts() ([]byte, error) { return defaultExport(locale.Languages()) }

// englishTexts returns the module "locale:english": the address of the English texts.
func englishTexts() ([]byte, error) {
	const tag = "en"
	return defaultExport(assetAddress(tag+".json", locale.Compiled(tag)))
}

// menuTexts returns the module "locale:menu": the name of each language in itself,
// and what the menu is called in it, by BCP 47 tag.
func menuTexts() ([]byte, error) {
	type texts struct {
		Name  string `json:"name"`
		Label string `json:"label"`
	}
	menu := map[string]texts{}
	for _, tag := range locale.Languages() {
		c := locale.For(tag)
		menu[tag] = texts{c.Text("language.name"), c.Text("language.menu")}
	}
	return defaultExport(menu)
}

func defaultExport(value any) ([]byte, error) {
	object, err := json.Marshal(value)
	return append([]byte("export default "), object...), err
}
