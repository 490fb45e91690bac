package sequence_test

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"backupcheck/widget/sequence"
)

var (
	backups = []sequence.BackupState{
		sequence.BackupUnknown, sequence.BackupFine, sequence.BackupRecovered,
		sequence.BackupMaintenance, sequence.BackupDegraded, sequence.BackupOutage,
	}
	healths = []sequence.Health{sequence.Unknown, sequence.Fine, sequence.Affected}
)

// reports yields every state of iCloud Backup with every health of both sign-in
// rows and every health of each single other row, the remaining rows being fine.
func reports(yield func(sequence.Apple) bool) {
	for _, backup := range backups {
		for _, account := range healths {
			for _, apple := range healths {
				for _, row := range sequence.Rows()[2:] {
					for _, health := range healths {
						a := report(backup)
						a.Rows[sequence.Account] = account
						a.Rows[sequence.AppleAccount] = apple
						a.Rows[row] = health
						if !yield(a) {
							return
						}
					}
				}
			}
		}
	}
}

// report returns the state with all related rows fine.
func report(backup sequence.BackupState) sequence.Apple {
	a := sequence.Apple{Backup: backup, Rows: map[sequence.Row]sequence.Health{}}
	for _, row := range sequence.Rows() {
		a.Rows[row] = sequence.Fine
	}
	return a
}

func entry(t *testing.T, plan []sequence.Entry, id string) sequence.Entry {
	t.Helper()
	i := position(plan, id)
	if i < 0 {
		t.Fatalf("no step %q", id)
	}
	return plan[i]
}

func position(plan []sequence.Entry, id string) int {
	return slices.IndexFunc(plan, func(e sequence.Entry) bool { return e.Step.ID == id })
}

func TestPlanKeepsTheOrder(t *testing.T) {
	want := strings.Fields(`
		backup-on greyed-out account-alert compare-storage
		conditions low-data-mode vpn back-up-now stuck other-network restart update
		temporary-storage trim-old-backups trim-apps trim-photos
		computer-backup delete-backup reset-network sign-out apple-support`)
	for a := range reports {
		var got []string
		for _, e := range sequence.Plan(a) {
			got = append(got, e.Step.ID)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("Plan(%v):\n got %v\nwant %v", a, got, want)
		}
	}
}

func TestRowsAreNamedAsOnApplesPage(t *testing.T) {
	want := []sequence.Row{
		"iCloud Account & Sign In", "Apple Account", "iCloud Storage Upgrades", "Subscription Purchase",
		"App Store", "iTunes Store", "Photos", "iCloud Drive", "iCloud Mail", "iCloud Web Apps (iCloud.com)",
		"iCloud Keychain", "Find My", "iCloud Private Relay", "iOS Device Activation", "Screen Time", "iMessage",
	}
	if got := sequence.Rows(); !slices.Equal(got, want) {
		t.Errorf("Rows():\n got %q\nwant %q", got, want)
	}
}

func TestDestructiveStepsComeAfterTheComputerBackup(t *testing.T) {
	plan := sequence.Plan(report(sequence.BackupFine))
	gate := position(plan, "computer-backup")
	for i, e := range plan {
		// Trimming comes first, because it makes the backup possible; package
		// locale proves that it carries a warning.
		if e.Step.Risk == sequence.Destructive && i < gate && !strings.HasPrefix(e.Step.ID, "trim-") {
			t.Errorf("%s stands before computer-backup", e.Step.ID)
		}
	}
	for _, id := range []string{"trim-old-backups", "trim-apps", "trim-photos", "delete-backup", "reset-network", "sign-out"} {
		if entry(t, plan, id).Step.Risk != sequence.Destructive {
			t.Errorf("%s is not Destructive", id)
		}
	}
}

func TestNothingDestructiveIsOfferedWhileBackupIsAffected(t *testing.T) {
	for a := range reports {
		if a.Backup < sequence.BackupMaintenance {
			continue
		}
		for _, e := range sequence.Plan(a) {
			if e.Step.Risk == sequence.Destructive && e.Held == "" {
				t.Errorf("%s is offered under %v", e.Step.ID, a)
			}
		}
	}
}

func TestSignOutIsOfferedOnlyWhenBackupAndSignInAreKnownFine(t *testing.T) {
	offered := 0
	for a := range reports {
		if entry(t, sequence.Plan(a), "sign-out").Held != "" {
			continue
		}
		offered++
		backup := a.Backup == sequence.BackupFine || a.Backup == sequence.BackupRecovered
		if !backup || a.Rows[sequence.Account] != sequence.Fine || a.Rows[sequence.AppleAccount] != sequence.Fine {
			t.Errorf("sign-out is offered under %v", a)
		}
	}
	if offered == 0 {
		t.Error("sign-out is never offered")
	}
}

func TestNothingIsHeldOrNotedWhenAllIsFine(t *testing.T) {
	for _, e := range sequence.Plan(report(sequence.BackupFine)) {
		if e.Held != "" || len(e.Notes) > 0 {
			t.Errorf("%s: held %q, notes %q", e.Step.ID, e.Held, e.Notes)
		}
	}
}

func TestNothingReadHoldsWhatCannotBeUndone(t *testing.T) {
	want := map[string]string{"delete-backup": "held.unknown", "sign-out": "held.unknown"}
	for _, e := range sequence.Plan(sequence.Apple{}) {
		if e.Held != want[e.Step.ID] {
			t.Errorf("%s: held %q, want %q", e.Step.ID, e.Held, want[e.Step.ID])
		}
	}
}

func TestEffects(t *testing.T) {
	with := func(backup sequence.BackupState, health sequence.Health, rows ...sequence.Row) sequence.Apple {
		a := report(backup)
		for _, row := range rows {
			a.Rows[row] = health
		}
		return a
	}
	const fine = sequence.BackupFine
	tests := []struct {
		name  string
		apple sequence.Apple
		steps string // separated by spaces
		held  string
		notes []string
	}{
		{"outage", report(sequence.BackupOutage), "trim-old-backups trim-apps trim-photos delete-backup reset-network sign-out", "held.outage", nil},
		{"degraded", report(sequence.BackupDegraded), "trim-old-backups delete-backup reset-network sign-out", "held.degraded", nil},
		{"maintenance", report(sequence.BackupMaintenance), "trim-old-backups delete-backup reset-network sign-out", "held.maintenance", nil},
		{"outage leaves the computer backup", report(sequence.BackupOutage), "compare-storage restart computer-backup apple-support", "", nil},
		{"outage outweighs sign-in", with(sequence.BackupOutage, sequence.Affected, sequence.Account), "sign-out", "held.outage", nil},
		{"a known sign-in problem outweighs unknown", with(sequence.BackupUnknown, sequence.Affected, sequence.Account), "sign-out", "held.sign-in-affected", nil},
		{"affected", report(sequence.BackupDegraded), "back-up-now", "", []string{"note.not-available"}},
		{"recovered", report(sequence.BackupRecovered), "back-up-now", "", []string{"note.recovered"}},
		{"recovered holds nothing", report(sequence.BackupRecovered), "delete-backup sign-out", "", nil},
		{"account affected", with(fine, sequence.Affected, sequence.Account), "sign-out", "held.sign-in-affected", nil},
		{"Apple Account affected", with(fine, sequence.Affected, sequence.AppleAccount), "sign-out", "held.sign-in-affected", nil},
		{"account unknown", with(fine, sequence.Unknown, sequence.Account), "sign-out", "held.sign-in-unknown", nil},
		{"sign-in leaves other steps", with(fine, sequence.Affected, sequence.Account), "delete-backup reset-network", "", nil},
		{"password requests", with(fine, sequence.Affected, sequence.Account, sequence.AppleAccount), "account-alert", "", []string{"note.sign-in"}},
		{"Find My", with(fine, sequence.Affected, sequence.FindMy), "sign-out", "held.find-my", nil},
		{"Find My unknown", with(fine, sequence.Unknown, sequence.FindMy), "sign-out", "", nil},
		{"keychain", with(fine, sequence.Affected, sequence.Keychain), "sign-out", "", []string{"note.keychain"}},
		{"upgrades and stores", with(fine, sequence.Affected, sequence.StorageUpgrades, sequence.AppStore, sequence.ITunesStore), "compare-storage", "", []string{"note.storage-upgrades", "note.purchases"}},
		{"purchases", with(fine, sequence.Affected, sequence.SubscriptionPurchase), "compare-storage", "", []string{"note.purchases"}},
		{"Photos", with(fine, sequence.Affected, sequence.Photos), "compare-storage trim-old-backups trim-apps trim-photos", "", []string{"note.space-late"}},
		{"Drive, Mail and iCloud.com", with(fine, sequence.Affected, sequence.Drive, sequence.Mail, sequence.WebApps), "compare-storage trim-photos", "", []string{"note.space-late"}},
		{"Private Relay", with(fine, sequence.Affected, sequence.PrivateRelay), "vpn", "", []string{"note.private-relay"}},
		{"activation", with(fine, sequence.Affected, sequence.Activation), "computer-backup apple-support", "", []string{"note.activation"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			plan := sequence.Plan(tt.apple)
			for id := range strings.FieldsSeq(tt.steps) {
				e := entry(t, plan, id)
				if e.Held != tt.held || !slices.Equal(e.Notes, tt.notes) {
					t.Errorf("%s: held %q, notes %q; want %q, %q", id, e.Held, e.Notes, tt.held, tt.notes)
				}
			}
		})
	}
}

func TestAnAffectedSignInRowOutweighsAnUnknownOne(t *testing.T) {
	a := report(sequence.BackupFine)
	a.Rows[sequence.Account] = sequence.Unknown
	a.Rows[sequence.AppleAccount] = sequence.Affected
	if got := entry(t, sequence.Plan(a), "sign-out").Held; got != "held.sign-in-affected" {
		t.Errorf("held %q", got)
	}
}

func TestImportsStaySmall(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range f.Imports {
			if spec.Path.Value != `"slices"` {
				t.Errorf("%s imports %s", file, spec.Path.Value)
			}
		}
	}
}
