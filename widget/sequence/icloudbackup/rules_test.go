package icloudbackup_test

import (
	"slices"
	"strings"
	"testing"

	"backupcheck/widget/sequence"
	"backupcheck/widget/sequence/icloudbackup"
)

func entry(t *testing.T, plan []sequence.Entry, id string) sequence.Entry {
	t.Helper()
	i := indexOf(plan, id)
	if i < 0 {
		t.Fatalf("no step %q", id)
	}
	return plan[i]
}

func indexOf(plan []sequence.Entry, id string) int {
	return slices.IndexFunc(plan, func(e sequence.Entry) bool { return e.Step.ID == id })
}

// New steps may be inserted between these.
func TestPlanHasTheSameOrderUnderEveryReport(t *testing.T) {
	known := strings.Fields(`
		backup-on back-up-now stuck greyed-out account-alert compare-storage
		internet vpn other-network conditions low-data-mode restart update
		trim-old-backups trim-apps trim-photos
		computer-backup delete-backup reset-network sign-out apple-support`)
	ids := func(a sequence.Apple) (ids []string) {
		for _, e := range icloudbackup.Plan(a) {
			ids = append(ids, e.Step.ID)
		}
		return ids
	}
	want := ids(sequence.Apple{})
	rest := want
	for _, id := range known {
		i := slices.Index(rest, id)
		if i < 0 {
			t.Fatalf("%s is missing, or in the wrong order: %v", id, want)
		}
		rest = rest[i+1:]
	}
	if len(rest) > 0 {
		t.Errorf("after Apple's support come %v", rest)
	}
	for a := range reports {
		if got := ids(a); !slices.Equal(got, want) {
			t.Fatalf("Plan(%v):\n got %v\nwant %v", a, got, want)
		}
	}
}

func TestRulesUseTheNamesOfApplesRows(t *testing.T) {
	for _, row := range []sequence.Row{
		"iCloud Account & Sign In", "Apple Account", "iCloud Storage Upgrades", "Subscription Purchase",
		"App Store", "iTunes Store", "Photos", "iCloud Drive", "iCloud Mail", "iCloud Web Apps (iCloud.com)",
		"iCloud Keychain", "Find My", "iCloud Private Relay", "iOS Device Activation",
	} {
		if !slices.Contains(icloudbackup.Graph().Rows(), row) {
			t.Errorf("no rule has %s", row)
		}
	}
}

func TestDestructiveStepsComeAfterTheComputerBackup(t *testing.T) {
	plan := icloudbackup.Plan(report(sequence.ServiceFine))
	computer := indexOf(plan, "computer-backup")
	for i, e := range plan {
		// Trimming comes first, because it makes the backup possible; package
		// locale checks that it has a warning.
		if e.Step.Risk == sequence.Destructive && i < computer && !strings.HasPrefix(e.Step.ID, "trim-") {
			t.Errorf("%s comes before computer-backup", e.Step.ID)
		}
	}
	for _, id := range []string{"trim-old-backups", "trim-apps", "trim-photos", "delete-backup", "reset-network", "sign-out"} {
		if entry(t, plan, id).Step.Risk != sequence.Destructive {
			t.Errorf("%s is not Destructive", id)
		}
	}
}

func TestNothingDestructiveIsOfferedWhileBackupIsAffected(t *testing.T) {
	checked := 0
	for a := range reports {
		if a.Service < sequence.ServiceMaintenance {
			continue
		}
		for _, e := range icloudbackup.Plan(a) {
			if e.Step.Risk != sequence.Destructive {
				continue
			}
			if checked++; e.Held == "" {
				t.Errorf("%s is offered under %v", e.Step.ID, a)
			}
		}
	}
	if checked == 0 {
		t.Error("no destructive step under such a report")
	}
}

func TestSignOutIsOfferedOnlyWhenBackupAndSignInAreKnownFine(t *testing.T) {
	offered := 0
	for a := range reports {
		if entry(t, icloudbackup.Plan(a), "sign-out").Held != "" {
			continue
		}
		offered++
		backup := a.Service == sequence.ServiceFine || a.Service == sequence.ServiceRecovered
		if !backup || a.Rows[icloudbackup.Account] != sequence.Fine || a.Rows[icloudbackup.AppleAccount] != sequence.Fine {
			t.Errorf("sign-out is offered under %v", a)
		}
	}
	if offered == 0 {
		t.Error("sign-out is never offered")
	}
}

func TestNothingIsHeldOrNotedWhenAllIsFine(t *testing.T) {
	for _, e := range icloudbackup.Plan(report(sequence.ServiceFine)) {
		if e.Held != "" || len(e.Notes) > 0 {
			t.Errorf("%s: held %q, notes %q", e.Step.ID, e.Held, e.Notes)
		}
	}
}

func TestWithoutAReadingIrreversibleStepsAreHeld(t *testing.T) {
	want := map[string]string{"delete-backup": "held.unknown", "sign-out": "held.unknown"}
	for _, e := range icloudbackup.Plan(sequence.Apple{}) {
		if e.Held != want[e.Step.ID] {
			t.Errorf("%s: held %q, want %q", e.Step.ID, e.Held, want[e.Step.ID])
		}
	}
}

func TestRules(t *testing.T) {
	fine := report(sequence.ServiceFine)
	tests := []struct {
		name  string
		apple sequence.Apple
		steps string // separated by spaces
		held  string
		notes []string
	}{
		{"outage", report(sequence.ServiceOutage), "trim-old-backups trim-apps trim-photos delete-backup reset-network sign-out", "held.outage", nil},
		{"degraded", report(sequence.ServiceDegraded), "trim-old-backups delete-backup reset-network sign-out", "held.degraded", nil},
		{"maintenance", report(sequence.ServiceMaintenance), "trim-old-backups delete-backup reset-network sign-out", "held.maintenance", nil},
		{"outage leaves the computer backup", report(sequence.ServiceOutage), "compare-storage restart computer-backup apple-support", "", nil},
		{"outage outweighs sign-in", with(report(sequence.ServiceOutage), sequence.Affected, icloudbackup.Account), "sign-out", "held.outage", nil},
		{"a known sign-in problem outweighs unknown", with(report(sequence.ServiceUnknown), sequence.Affected, icloudbackup.Account), "sign-out", "held.sign-in-affected", nil},
		{"affected", report(sequence.ServiceDegraded), "back-up-now", "", []string{"note.not-available"}},
		{"recovered", report(sequence.ServiceRecovered), "back-up-now", "", []string{"note.recovered"}},
		{"recovered holds nothing", report(sequence.ServiceRecovered), "delete-backup sign-out", "", nil},
		{"account affected", with(fine, sequence.Affected, icloudbackup.Account), "sign-out", "held.sign-in-affected", nil},
		{"Apple Account affected", with(fine, sequence.Affected, icloudbackup.AppleAccount), "sign-out", "held.sign-in-affected", nil},
		{"account unknown", with(fine, sequence.Unknown, icloudbackup.Account), "sign-out", "held.sign-in-unknown", nil},
		{"sign-in leaves other steps", with(fine, sequence.Affected, icloudbackup.Account), "delete-backup reset-network", "", nil},
		{"password requests", with(fine, sequence.Affected, icloudbackup.Account, icloudbackup.AppleAccount), "account-alert", "", []string{"note.sign-in"}},
		{"Find My", with(fine, sequence.Affected, icloudbackup.FindMy), "sign-out", "held.find-my", nil},
		{"Find My unknown", with(fine, sequence.Unknown, icloudbackup.FindMy), "sign-out", "", nil},
		{"keychain", with(fine, sequence.Affected, icloudbackup.Keychain), "sign-out", "", []string{"note.keychain"}},
		{"upgrades and stores", with(fine, sequence.Affected, icloudbackup.StorageUpgrades, icloudbackup.AppStore, icloudbackup.ITunesStore), "compare-storage", "", []string{"note.storage-upgrades", "note.purchases"}},
		{"purchases", with(fine, sequence.Affected, icloudbackup.SubscriptionPurchase), "compare-storage", "", []string{"note.purchases"}},
		{"Photos", with(fine, sequence.Affected, icloudbackup.Photos), "compare-storage trim-old-backups trim-apps trim-photos", "", []string{"note.space-late"}},
		{"Drive, Mail and iCloud.com", with(fine, sequence.Affected, icloudbackup.Drive, icloudbackup.Mail, icloudbackup.WebApps), "compare-storage trim-photos", "", []string{"note.space-late"}},
		{"Private Relay", with(fine, sequence.Affected, icloudbackup.PrivateRelay), "vpn", "", []string{"note.private-relay"}},
		{"activation", with(fine, sequence.Affected, icloudbackup.Activation), "computer-backup apple-support", "", []string{"note.activation"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			plan := icloudbackup.Plan(tt.apple)
			for id := range strings.FieldsSeq(tt.steps) {
				e := entry(t, plan, id)
				if e.Held != tt.held || !slices.Equal(e.Notes, tt.notes) {
					t.Errorf("%s: held %q, notes %q; want %q, %q", id, e.Held, e.Notes, tt.held, tt.notes)
				}
			}
		})
	}
}

func TestAffectedSignInRowOutweighsAnUnknownOne(t *testing.T) {
	a := report(sequence.ServiceFine)
	a.Rows[icloudbackup.Account] = sequence.Unknown
	a.Rows[icloudbackup.AppleAccount] = sequence.Affected
	if got := entry(t, icloudbackup.Plan(a), "sign-out").Held; got != "held.sign-in-affected" {
		t.Errorf("held %q", got)
	}
}
