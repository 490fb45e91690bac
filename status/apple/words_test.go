package apple

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"backupcheck/status"
	"backupcheck/status/apple/fixtures"
)

// localized is a feed in another language: lines of service, ID, state, message.
func localized(lines ...[4]string) string {
	var services []string
	for _, l := range lines {
		services = append(services, fmt.Sprintf(`{"serviceName":%q,"events":[{"messageId":%q,"eventStatus":%q,"statusType":"Issue","message":"%s","usersAffected":"Manche"}]}`, l[0], l[1], l[2], l[3]))
	}
	return `jsonCallback({"services":[` + strings.Join(services, ",") + `]});`
}

func TestWordsOfTheServiceInAnotherLanguage(t *testing.T) {
	const hostile = `<img src=x onerror=alert(1)>Langsam&lt;b&gt;\u202e\u0007.`
	for _, tt := range []struct {
		name, language, locale, feed string
		want                         string // of ID 7; empty: none
	}{
		{"its row", "de", "de_DE", localized([4]string{"Fotos", "7", "ongoing", "Anderes."}, [4]string{"iCloud-Backup", "7", "ongoing", "Langsam."}), "Langsam."},
		{"a no-break space and capitals", "de", "de_DE", localized([4]string{"ICLOUD\u00a0BACKUP", "7", "Ongoing", "Langsam."}), "Langsam."},
		{"Japanese", "ja", "ja_JP", localized([4]string{"iCloudバックアップ", "7", "ongoing", "遅いです。"}), "遅いです。"},
		{"a row of another name, and all agree", "de", "de_DE", localized([4]string{"Sicherung", "7", "ongoing", "Langsam."}, [4]string{"Fotos", "7", "ongoing", "Langsam."}), "Langsam."},
		{"a row of another name, and others disagree", "de", "de_DE", localized([4]string{"Sicherung", "7", "ongoing", "Langsam."}, [4]string{"Fotos", "7", "ongoing", "Anderes."}), ""},
		{"a row of another name, and a third repeats the first", "de", "de_DE", localized([4]string{"A", "7", "ongoing", "Langsam."}, [4]string{"B", "7", "ongoing", "Anderes."}, [4]string{"C", "7", "ongoing", "Langsam."}), ""},
		{"over already", "de", "de_DE", localized([4]string{"iCloud-Backup", "7", "resolved", "War langsam."}), ""},
		{"another incident", "de", "de_DE", localized([4]string{"iCloud-Backup", "8", "ongoing", "Langsam."}), ""},
		{"hostile", "de", "de_DE", localized([4]string{"iCloud-Backup", "7", "ongoing", hostile}), "Langsam<b>."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			words, err := site{dataPath + "system_status_" + tt.locale + ".js": respond(tt.feed)}.reader(t).Words(t.Context(), tt.language)
			want := status.Words{Message: tt.want, UsersAffected: "Manche"}
			if tt.want == "" {
				want = status.Words{}
			}
			if err != nil || words["7"] != want {
				t.Errorf("%+v, %v", words, err)
			}
		})
	}
}

func TestWordsThatCantBeRead(t *testing.T) {
	for name, handler := range map[string]http.HandlerFunc{
		"missing":     http.NotFound,
		"not JSON":    respond("<html>"),
		"no services": respond(`{}`),
		"another origin": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://192.0.2.1/", http.StatusFound)
		},
		"too large":       func(w http.ResponseWriter, r *http.Request) { io.Copy(w, io.LimitReader(zeros{}, MaxBytes+2)) },
		"never an answer": func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
	} {
		if words, err := (site{dataPath + "system_status_de_DE.js": handler}).reader(t).Words(t.Context(), "de"); err == nil || len(words) > 0 {
			t.Errorf("%s: %v, %v", name, words, err)
		}
	}
	if _, err := (site{}).reader(t).Words(t.Context(), "../en_US"); err == nil {
		t.Error("an unknown language is read")
	}
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { return len(b), nil }

// In each Japanese recording with an ongoing incident of iCloud Backup its message
// is found.
func TestWordsOfRecordings(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join(fixtures.Dir(t, "apple/feed/ja_JP"), "*ongoing.js"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("%v, %v", paths, err)
	}
	found := 0
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		feed, err := ParseFeed(data)
		if err != nil {
			t.Fatal(err)
		}
		row, _ := feed.row("iCloudバックアップ", now)
		words := feed.words("バックアップ")
		for _, i := range row.Incidents {
			if i.State != status.StateOngoing {
				continue
			}
			found++
			if own := words[i.ID]; own.Message != i.Message || own.Message == "" || own.UsersAffected != i.UsersAffected {
				t.Errorf("%s: %s: %+v", filepath.Base(path), i.ID, own)
			}
		}
	}
	if found == 0 {
		t.Error("no recording has an ongoing incident")
	}
}
