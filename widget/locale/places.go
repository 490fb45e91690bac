package locale

import (
	"slices"
	"strconv"
	"strings"
)

// place is where something is in iOS: the ids of the labels to tap, one row
// after the other. A row that may have one of several names lists them with "|",
// the most likely first. It holds from a version of iOS on.
type place struct {
	since int
	rows  string
}

const (
	// Separator is what is between the rows of a path in Settings.
	Separator  = " > "
	pathSuffix = "-path"

	anyVersion    = 0 // the reader's version isn't known
	oldestVersion = 15

	account = "settings > your-name"
	iCloud  = account + " > icloud"
	general = "settings > general"
	reset   = general + " > transfer-or-reset-iphone"
)

// places are what sentences name by a placeholder, the same in all languages.
// One that ends with "-path" is a path in Settings; others are shown in quotation
// marks.
var places = map[string][]place{
	"account-path":        {{oldestVersion, account}},
	"sign-out-path":       {{oldestVersion, account + " > sign-out"}},
	"payment-path":        {{oldestVersion, account + " > payment-and-shipping"}},
	"backup-path":         {{oldestVersion, iCloud + " > icloud-backup"}},
	"backup-switch":       {{oldestVersion, "icloud-backup|back-up-this-iphone"}, {16, "back-up-this-iphone"}},
	"storage-path":        storage(""),
	"backups-path":        storage(" > backups"),
	"own-backup-path":     storage(" > backups > this-iphone"),
	"apps-path":           appsPath(),
	"update-path":         {{oldestVersion, general + " > software-update"}},
	"vpn-path":            {{oldestVersion, general + " > vpn-and-device-management"}},
	"date-path":           {{oldestVersion, general + " > date-and-time"}},
	"about-path":          {{oldestVersion, general + " > about"}},
	"device-storage-path": {{oldestVersion, general + " > iphone-storage"}},
	"transfer-path":       {{oldestVersion, reset + " > get-started"}},
	"reset-path":          {{oldestVersion, reset + " > reset > reset-network-settings"}},
	"reset-all-path":      {{oldestVersion, reset + " > reset > reset-all-settings"}},
	"erase-path":          {{oldestVersion, reset + " > erase-all-content-and-settings"}},
	"wifi-path":           {{oldestVersion, "settings > wi-fi"}},
	"cellular-path":       {{oldestVersion, "settings > cellular"}},
	"cellular-data-path":  {{oldestVersion, "settings > cellular > cellular-data-options"}},
	"screen-time-path":    {{oldestVersion, "settings > screen-time > content-and-privacy-restrictions"}},
}

// storage is a place below the storage of the account.
func storage(below string) []place {
	return []place{
		{oldestVersion, iCloud + " > manage-storage" + below},
		{16, iCloud + " > manage-account-storage|storage" + below},
		{18, iCloud + " > storage|manage-account-storage" + below},
	}
}

// appsPath leads to the list of the apps in the backup, which had a heading of its
// own at first.
func appsPath() []place {
	list := storage(" > backups > this-iphone")
	list[0].rows += " > choose-data-to-back-up"
	return list
}

// in returns the place in a version of iOS, and the versions before it.
func in(list []place, version int) (now place, before []place) {
	at := len(list) - 1
	for version != anyVersion && at > 0 && list[at].since > version {
		at--
	}
	return list[at], list[:at]
}

// place returns the words for a place. If the version isn't known they include
// the names in older versions. There are none if a row has neither a label in
// this language nor a description.
func (d *data) place(id string, version int) (words string, ok bool) {
	list, known := places[id]
	if !known {
		return "", false
	}
	now, before := in(list, version)
	var rows []string
	for i, row := range strings.Split(now.rows, Separator) {
		names := d.names(id, row, version)
		if len(names) == 0 {
			return "", false
		}
		var older []string
		since := 0
		if version == anyVersion {
			older, since = d.olderNames(id, i, now, before, names)
		}
		rows = append(rows, d.alternatives(names, older, since))
	}
	return strings.Join(rows, Separator), true
}

// names returns what a row of a place may be called in a version, the likeliest
// first. Where a name isn't known in this language, a description of the row in
// square brackets follows the names that are.
func (d *data) names(id, row string, version int) []string {
	var names []string
	described := ""
	for label := range strings.SplitSeq(row, "|") {
		name := d.label(label, version)
		if name == "" {
			if text, ok := d.text("describe." + label); ok && described == "" {
				described = "[" + text + "]"
			}
			continue
		}
		if !strings.HasSuffix(id, pathSuffix) {
			name = d.quoted(name)
		}
		names = append(names, name)
	}
	if described != "" {
		names = append(names, described)
	}
	return names
}

// olderNames returns those names of a row in older versions that it doesn't have
// now, and from which version on it had the first of them.
func (d *data) olderNames(id string, i int, now place, before []place, names []string) (older []string, since int) {
	add := func(row string, version int) {
		for _, name := range d.names(id, row, version) {
			if !slices.Contains(names, name) && !slices.Contains(older, name) && !strings.HasPrefix(name, "[") {
				if older = append(older, name); len(older) == 1 {
					since = version
				}
			}
		}
	}
	for _, p := range before {
		if rows := strings.Split(p.rows, Separator); i < len(rows) {
			add(rows[i], p.since)
		}
	}
	row := strings.Split(now.rows, Separator)[i]
	for _, version := range d.versions(row) {
		add(row, version)
	}
	return older, since
}

// alternatives joins a name, another one and one of older versions.
func (d *data) alternatives(names, older []string, since int) string {
	switch {
	case len(names) == 1 && len(older) == 0:
		return names[0]
	case len(older) == 0:
		return d.format("label.or", "label", names[0], "other", names[1])
	case len(names) == 1:
		return d.format("label.older", "label", names[0], "old", older[0])
	}
	return d.format("label.or-older", "label", names[0], "other", names[1], "old", older[0], "version", strconv.Itoa(since))
}

// versions returns the versions from which on one of a row's labels has a name of
// its own; none if all have one name in all versions.
func (d *data) versions(row string) []int {
	var versions []int
	for label := range strings.SplitSeq(row, "|") {
		if names := d.labels[label]; len(names) > 1 {
			for _, n := range names {
				versions = append(versions, n.since)
			}
		}
	}
	slices.Sort(versions)
	return slices.Compact(versions)
}

// placeVersions returns the versions from which on the words for a place differ.
func (d *data) placeVersions(id string) []int {
	var versions []int
	for _, p := range places[id] {
		if len(places[id]) > 1 {
			versions = append(versions, p.since)
		}
		versions = append(versions, d.versions(strings.ReplaceAll(p.rows, Separator, "|"))...)
	}
	slices.Sort(versions)
	return slices.Compact(versions)
}
