package apple

import (
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"backupcheck/status"
	"backupcheck/status/apple/fixtures"
)

// recordedFeeds returns the paths of the recorded feeds.
func recordedFeeds(t testing.TB) []string {
	t.Helper()
	var paths []string
	err := filepath.WalkDir(fixtures.Dir(t, "apple/feed"), func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			paths = append(paths, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

// fetched finds the time at which a feed of ja_JP was fetched, local to
// Japan, in its file's name.
var fetched = regexp.MustCompile(`_ja_JP-(\d{4}-\d\d-\d\dT\d{4})`)

func TestRecordedFeeds(t *testing.T) {
	names := map[string]string{"ja_JP": "iCloudバックアップ", "ru_RU": "Резервное копирование в iCloud", "en_US": "iCloud Backup"}
	japan := time.FixedZone("JST", 9*3600)
	read := 0
	for _, path := range recordedFeeds(t) {
		file := filepath.Base(path)
		t.Run(file, func(t *testing.T) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			f, err := ParseFeed(data)
			if err != nil {
				t.Fatal(err)
			}
			read++
			locale := filepath.Base(filepath.Dir(path))
			name := names[locale]
			if name == "" {
				return // the developers' feed has no iCloud Backup
			}
			at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
			if m := fetched.FindStringSubmatch(file); m != nil {
				if at, err = time.ParseInLocation("2006-01-02T1504", m[1], japan); err != nil {
					t.Fatal(err)
				}
			}
			v := status.Decide(NewReport(f, name, at), at)
			if want := levelInName(file); v.Level != want {
				t.Errorf("level %v, want %v", v.Level, want)
			}
			// The one without a time of posting was over for two days.
			if over := strings.Contains(file, "datePosted-null"); strings.Contains(file, "icloud-backup-resolved") && v.Recovered == over {
				t.Errorf("recovered is %v", v.Recovered)
			}
			for _, incident := range v.Incidents {
				if incident.ID == "" || incident.State == "" || incident.Message == "" || incident.StartedAt.IsZero() {
					t.Errorf("incident read in part only: %+v", incident)
				}
				if incident.PostedAt.IsZero() && !strings.Contains(file, "datePosted-null") {
					t.Errorf("time of posting not read: %+v", incident)
				}
			}
		})
	}
	if read < 40 {
		t.Errorf("only %d recorded feeds were read", read)
	}
}

// levelInName returns the level of iCloud Backup in a file's name.
func levelInName(file string) status.Level {
	switch {
	case strings.Contains(file, "icloud-backup-ongoing-outage"):
		return status.Outage
	case strings.Contains(file, "icloud-backup-ongoing"), strings.Contains(file, "icloud-backup-reopened"), strings.Contains(file, "flap-older-ongoing"):
		return status.Degraded
	case strings.Contains(file, "2012-12-19-old-format"), strings.Contains(file, "service-device-enrollment"):
		return status.Unknown
	}
	return status.Operational
}

// The two recorded readings were made 12 seconds apart, the older copy last.
func TestRecordedFlap(t *testing.T) {
	at := time.Date(2019, 10, 19, 22, 30, 20, 0, time.UTC)
	var reports []status.Report
	for _, path := range recordedFeeds(t) {
		if strings.Contains(path, "-flap-") {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			f, err := ParseFeed(data)
			if err != nil {
				t.Fatal(err)
			}
			reports = append(reports, NewReport(f, "iCloudバックアップ", at.Add(time.Duration(len(reports))*12*time.Second)))
		}
	}
	if len(reports) != 2 {
		t.Fatalf("%d readings of the flapping pair, want 2", len(reports))
	}
	now := at
	source := &sequence{reports: reports}
	m := status.NewMonitor(status.Options{Source: source, Service: "iCloudバックアップ", Now: func() time.Time { return now }, Every: 10 * time.Second, Log: slog.New(slog.DiscardHandler)})
	for range reports {
		m.Refresh(t.Context(), m.Claim().Lease)
		if v := m.Verdict(); v.Level != status.Operational || !v.Recovered {
			t.Errorf("at %v: %v, want the newer copy's operational", now, v.Level)
		}
		now = now.Add(12 * time.Second)
	}
	if source.reads != 2 {
		t.Errorf("%d readings, want 2", source.reads)
	}
}
