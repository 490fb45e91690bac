package replay

// translations are the texts of scenarios in the locales that a Server has beside
// English; in others it has English texts, as Apple has until it has translated an
// incident. The names of services are those of Apple.
var translations = map[string]map[string]string{
	"de_DE": {
		"iCloud Backup":                                   "iCloud-Backup",
		"Some users are affected":                         "Einige Benutzer sind betroffen",
		"All users are affected":                          "Alle Benutzer sind betroffen",
		"Backups may stop before they are complete.":      "Backups brechen möglicherweise ab, bevor sie vollständig sind.",
		"Backups may take much longer than they should.":  "Backups dauern möglicherweise viel länger als gewöhnlich.",
		"The service can't be reached.":                   "Der Dienst ist nicht erreichbar.",
		"Backups may wait until the maintenance is over.": "Backups warten möglicherweise, bis die Wartung beendet ist.",
	},
	"ja_JP": {
		"iCloud Backup":                                   "iCloudバックアップ",
		"Some users are affected":                         "一部のユーザに影響しています",
		"All users are affected":                          "すべてのユーザに影響しています",
		"Backups may stop before they are complete.":      "バックアップが完了前に停止することがあります。",
		"Backups may take much longer than they should.":  "バックアップに通常よりはるかに時間がかかることがあります。",
		"The service can't be reached.":                   "このサービスに接続できません。",
		"Backups may wait until the maintenance is over.": "メンテナンスが終わるまでバックアップが待機することがあります。",
	},
	"ar_AE": {
		"Some users are affected":                         "يتأثر بعض المستخدمين",
		"All users are affected":                          "يتأثر جميع المستخدمين",
		"Backups may stop before they are complete.":      "قد تتوقف النسخ الاحتياطية قبل أن تكتمل.",
		"Backups may take much longer than they should.":  "قد تستغرق النسخ الاحتياطية وقتًا أطول بكثير من المعتاد.",
		"The service can't be reached.":                   "يتعذر الوصول إلى الخدمة.",
		"Backups may wait until the maintenance is over.": "قد تنتظر النسخ الاحتياطية حتى تنتهي الصيانة.",
	},
}

// translated returns a text in the language of a locale, or unchanged.
func translated(text, locale string) string {
	if own := translations[locale][text]; own != "" {
		return own
	}
	return text
}
