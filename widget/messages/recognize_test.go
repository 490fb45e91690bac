package messages_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"backupcheck/widget/messages"
)

// input is a text that readers might give, with the id that it must be
// recognized as, "" for none.
type input struct{ id, lang, text string }

// inputs reads a file of testdata: "= id", then lines of language, tab and text.
func inputs(t testing.TB, name string) []input {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var all []input
	id := ""
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		switch after, isID := strings.CutPrefix(line, "="); {
		case strings.HasPrefix(line, "#"):
		case isID:
			id = strings.TrimSpace(after)
		case id == "":
			all = append(all, input{text: line})
		default:
			lang, text, _ := strings.Cut(line, "\t")
			all = append(all, input{id, lang, text})
		}
	}
	if len(all) < 50 {
		t.Fatalf("only %d inputs in %s", len(all), name)
	}
	return all
}

func first(ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	return ids[0]
}

func TestInputs(t *testing.T) {
	for _, name := range []string{"inputs.txt", "later.txt", "newer.txt"} {
		for _, in := range inputs(t, name) {
			for _, lang := range []string{in.lang, ""} {
				if ids := messages.Recognize(in.text, lang); first(ids) != in.id {
					t.Errorf("%q (%s, asked for %q) is recognized as %v, want %s", in.text, in.lang, lang, ids, in.id)
				}
			}
		}
	}
}

func TestOrdinaryText(t *testing.T) {
	for _, name := range []string{"ordinary.txt", "later-ordinary.txt"} {
		for _, in := range inputs(t, name) {
			if ids := messages.Recognize(in.text, ""); ids != nil {
				t.Errorf("%q is recognized as %v", in.text, ids)
			}
		}
	}
}

// facts are the phrases from which phrases.txt was made; see inputs for ours.
func TestPhrasesOfTheTables(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(factsDir(t), "message-words.json"))
	if err != nil {
		t.Skip("the phrases of Apple's tables aren't here: ", err)
	}
	var tables map[string]map[string][]string
	if err := json.Unmarshal(data, &tables); err != nil {
		t.Fatal(err)
	}
	for id, languages := range tables {
		for lang, phrases := range languages {
			for _, p := range phrases {
				if slices.Contains(common, p) {
					continue
				}
				// A phrase that is common elsewhere needs a word about backups.
				var ids []string
				for _, before := range []string{"", "iCloud. ", "iPhone: "} {
					if ids = messages.Recognize(before+"“"+strings.ToUpper(p)+"”", lang); ids != nil {
						break
					}
				}
				if first(ids) != id {
					t.Errorf("%q (%s) is recognized as %v, want %s", p, lang, ids, id)
				}
			}
		}
	}
}

// common are phrases that say how to do a backup as often as that it can't be
// done. With the rest of the message they count.
var common = []string{"to start a backup", "per avviare un backup", "para efetuar o backup", "yedeklemek için"}

func factsDir(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("BACKUPCHECK_FIXTURES")
	if dir == "" {
		dir = "../../../shared/fixtures"
	}
	return filepath.Join(dir, "..", "facts")
}

func TestRanking(t *testing.T) {
	for _, tt := range []struct{ name, text, lang, ids string }{
		{"a cause outranks what it caused", "The last backup could not be completed because of poor network conditions", "en",
			"poor-network last-backup-not-completed"},
		{"also with spelling mistakes", "last backup could not be completed because of poor netwrok conditons", "en",
			"poor-network last-backup-not-completed"},
		{"also in other words", "The last backup could not be completed because the network is bad", "en",
			"poor-network last-backup-not-completed"},
		{"but not in another sentence", "The last backup could not be completed. I do have enough storage in iCloud!", "en",
			"last-backup-not-completed"},
		{"scattered words say nothing beside a message", "Verification Failed, although airplane is not the mode", "en", "verification-failed"},
		{"a phrase within a longer one says nothing", "iCloud storage almost full", "en", "icloud-storage-full"},
		{"the language comes first", "Backup Not Supported, Flugmodus", "en", "backup-not-supported airplane-mode"},
		{"the other language comes first", "Backup Not Supported, Flugmodus", "de_CH", "airplane-mode backup-not-supported"},
		{"three at most", "Airplane Mode, poor network, verification failed, storage almost full, unknown error", "", "poor-network device-space airplane-mode"},
		{"the beginning of a long text", strings.Repeat("My phone is old. ", 50) + "It says poor network conditions", "", "poor-network"},
		{"only the beginning", strings.Repeat("My phone is old. ", 70) + "It says poor network conditions", "", ""},
		{"on isn't off", "iCloud Backup is on", "", ""},
		{"a prefix is no mistake", "Das iCloud-Backup ist aktiviert", "de", ""},
		{"nothing", " \n", "", ""},
	} {
		if got := strings.Join(messages.Recognize(tt.text, tt.lang), " "); got != tt.ids {
			t.Errorf("%s: %q is recognized as %q, want %q", tt.name, tt.text, got, tt.ids)
		}
	}
}

func TestIDs(t *testing.T) {
	ids := messages.IDs()
	if len(ids) != 33 {
		t.Errorf("%d ids", len(ids))
	}
	known := map[string]bool{}
	for _, in := range append(inputs(t, "inputs.txt"), inputs(t, "later.txt")...) {
		known[in.id] = true
	}
	for _, id := range ids {
		if !known[id] {
			t.Errorf("%s has no input", id)
		}
	}
	ids[0] = "changed"
	if messages.IDs()[0] != "newer-ios-backup" {
		t.Error("the caller can change the ids")
	}
}
