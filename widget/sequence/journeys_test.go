package sequence

import (
	"slices"
	"strings"
	"testing"
)

func choose(t *testing.T, s *Session, choices ...string) {
	t.Helper()
	for _, c := range choices {
		if !s.Choose(c) {
			t.Fatalf("%s isn't offered by %v", c, s.Screen())
		}
	}
}

// undated is a session in which nobody asks when it failed.
func undated(backup BackupState) *Session {
	a := fine(backup)
	a.Incidents = nil
	return Start(a)
}

func TestJourneys(t *testing.T) {
	for _, tt := range []struct{ name, choices, nodes string }{
		{"storage", "not-enough-storage too-large trim", "compare-storage make-room before-trim-old-backups"},
		{"storage that fits", "not-enough-storage fits same-message", "compare-storage back-up-now backup-on"},
		{"larger plan", "not-enough-storage too-large larger-plan worked", "compare-storage make-room larger-plan fixed"},
		{"no larger plan", "not-enough-storage too-large larger-plan not-now", "compare-storage make-room larger-plan before-trim-old-backups"},
		{"no room at all", "not-enough-storage too-large not-now no-computer", "compare-storage make-room computer-backup support"},
		{"new iPhone", "not-enough-storage too-large new-iphone worked", "compare-storage make-room temporary-storage fixed"},
		{"not completed", "last-not-completed done same-message still-failing still-failing fits is-on", "conditions back-up-now update other-network compare-storage backup-on low-data-mode"},
		{"stuck", "stuck-estimating leave-it nothing-moved", "stuck wait-night restart"},
		{"restore runs", "greyed-out restoring restore-done", "greyed-out wait-restore backup-on"},
		{"profile", "greyed-out profile", "greyed-out ask-it"},
		{"switch turns off", "greyed-out turns-off", "greyed-out update"},
		{"weeks", "not-backed-up-weeks is-on done was-off worked", "backup-on conditions low-data-mode back-up-now fixed"},
		{"password", "account-access request-gone", "account-alert back-up-now"},
		{"restoring", "restoring restore-done", "wait-restore backup-on"},
		{"another message", "account-access request-gone another-message not-enough-storage", "account-alert back-up-now another-message compare-storage"},
		{"main order", "something-else is-on fits done was-off no-vpn same-message still-failing still-failing still-failing mac done", "backup-on compare-storage conditions low-data-mode vpn back-up-now other-network restart update computer-backup computer-mac before-delete-backup"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := undated(BackupFine)
			var got []string
			for c := range strings.FieldsSeq(tt.choices) {
				choose(t, s, c)
				got = append(got, s.Screen().Node)
			}
			if want := strings.Fields(tt.nodes); !slices.Equal(got, want) {
				t.Errorf("\n got %v\nwant %v", got, want)
			}
		})
	}
}

func TestSignOutTakesItsGate(t *testing.T) {
	s := undated(BackupFine)
	choose(t, s, "something-else", "is-on", "fits", "done", "was-off", "no-vpn", "same-message", "no-other", "not-now", "not-now", "have-one", "not-now", "not-now")
	boxes := []string{"computer-backup", "password", "trusted-number"}
	for _, id := range boxes {
		if s.Screen().Node != "before-sign-out" || s.Choose("continue") || !s.Confirm(id, true) {
			t.Fatalf("%v", s.Screen())
		}
	}
	if s.Confirm("none", true) || !s.Confirm("password", false) || s.Choose("continue") || !s.Confirm("password", true) {
		t.Errorf("%v", s.Screen())
	}
	declined := s.Clone()
	choose(t, declined, "not-now")
	if got := declined.Screen(); got.Node != "support" || got.Left != 0 {
		t.Errorf("declining leads to %v", got)
	}
	choose(t, s, "continue")
	if s.Screen().Node != "sign-out" {
		t.Fatalf("%v", s.Screen())
	}
	unread := undated(BackupFine).apple.Apple
	unread.Rows[AppleAccount] = Unknown
	s.SetApple(unread)
	if got := s.Screen(); got.Held != "held.sign-in-unknown" || got.Kind != Gate || s.Confirm("password", true) || s.Choose("worked") {
		t.Errorf("%v", got)
	}
	choose(t, s, "go-on")
	if s.Screen().Node != "support" {
		t.Errorf("%v", s.Screen())
	}
}

func TestHeldStepsComeWhenAppleIsDone(t *testing.T) {
	s := undated(BackupOutage)
	if got := s.Screen(); got.Node != "wait" || got.Kind != End || got.Left != 0 {
		t.Fatalf("%v", got)
	}
	choose(t, s, "older", "not-enough-storage", "too-large", "trim")
	if got := s.Screen(); got.Held != "held.outage" || got.Node != "before-trim-old-backups" {
		t.Fatalf("%v", got)
	}
	choose(t, s, "go-on") // told once; the same reason isn't told again
	if got := s.Screen(); got.Node != "larger-plan" {
		t.Fatalf("%v", got)
	}
	s.SetApple(undated(BackupRecovered).apple.Apple)
	if got := s.Screen(); got.Node != "larger-plan" {
		t.Fatalf("the screen changed to %v", got)
	}
	choose(t, s, "not-now")
	if got := s.Screen(); got.Node != "before-trim-old-backups" || got.Held != "" {
		t.Fatalf("%v", got)
	}
}

func TestWaitFollowsApple(t *testing.T) {
	s := undated(BackupFine)
	for _, tt := range []struct {
		backup BackupState
		node   string
	}{{BackupOutage, "wait"}, {BackupRecovered, "symptom"}, {BackupDegraded, "wait"}, {BackupMaintenance, "symptom"}, {BackupUnknown, "symptom"}} {
		s.SetApple(fine(tt.backup))
		if got := s.Screen().Node; got != tt.node {
			t.Errorf("%s under %d", got, tt.backup)
		}
	}
}

func TestRecoveredTriesBackUpNowFirst(t *testing.T) {
	for symptom, want := range map[string]string{
		"last-not-completed": "back-up-now", "something-else": "back-up-now", "greyed-out": "greyed-out", "restoring": "wait-restore",
	} {
		s := undated(BackupRecovered)
		choose(t, s, symptom)
		if got := s.Screen().Node; got != want {
			t.Errorf("%s leads to %s", symptom, got)
		}
	}
}

func TestTheTimeOfTheFailure(t *testing.T) {
	for _, tt := range []struct {
		span Span
		want string
	}{
		{Span{1500, 1500}, "that-was-apple"},
		{Span{0, 1000}, "that-was-apple"},
		{Span{2000, 3000}, "that-was-apple"},
		{Span{500, 0}, "that-was-apple"},
		{Span{5500, 9000}, "that-was-apple"},
		{Span{0, 999}, "backup-on"},
		{Span{2001, 4999}, "backup-on"},
		{Span{6001, 0}, "backup-on"},
		{Span{9, 5}, ""},
	} {
		s := Start(fine(BackupFine))
		if s.Failed(tt.span) {
			t.Error("the symptom has no time")
		}
		choose(t, s, "something-else")
		if s.Screen().Node != "when" || s.Choose("today") || s.Choose("covered") {
			t.Fatalf("%v", s.Screen())
		}
		if ok := s.Failed(tt.span); ok != (tt.want != "") || ok && s.Screen().Node != tt.want {
			t.Errorf("%v: %v, %s", tt.span, ok, s.Screen().Node)
		}
	}
	// While Apple has a problem, and where the time says nothing, it isn't asked.
	s := Start(fine(BackupFine))
	choose(t, s, "not-enough-storage")
	if got := s.Screen().Node; got != "compare-storage" {
		t.Error(got)
	}
	s = Start(fine(BackupFine))
	choose(t, s, "something-else")
	s.SetApple(fine(BackupOutage))
	if got := s.Screen().Node; got != "backup-on" {
		t.Error(got)
	}
}

func TestBackAndRestart(t *testing.T) {
	s := undated(BackupFine)
	if s.Back() {
		t.Error("went back from the start")
	}
	choose(t, s, "something-else", "is-on")
	if !s.Back() || s.Screen().Node != "backup-on" || len(s.Tried()) != 1 {
		t.Errorf("%v", s.Screen())
	}
	s.Restart()
	if got := s.Screen(); got.Node != "symptom" || got.Number != 1 || s.Tried() != nil {
		t.Errorf("%v", got)
	}
}

const placesOfVersion1 = `symptom: not-enough-storage last-not-completed stuck-estimating greyed-out not-backed-up-weeks account-access restoring something-else
when: today last-night pick skip covered not-covered
wait: older
that-was-apple: worked still-failing not-now
another-message: not-enough-storage last-not-completed stuck-estimating greyed-out account-access something-else
backup-on: is-on turns-off grey
greyed-out: restoring profile no-wifi turns-off none
account-alert: request-gone keeps-coming
compare-storage: too-large fits cannot-find
make-room: trim larger-plan new-iphone not-now
larger-plan: worked still-failing not-now
temporary-storage: worked not-offered not-now
before-trim-old-backups: continue not-now
trim-old-backups: worked still-too-large fits-but-fails not-now
before-trim-apps: continue not-now
trim-apps: worked still-too-large fits-but-fails not-now
before-trim-photos: continue not-now
trim-photos: worked still-too-large fits-but-fails not-now
conditions: done worked no-wifi
low-data-mode: turned-off was-off not-now
vpn: disconnected no-vpn managed
back-up-now: worked same-message another-message still-running
stuck: leave-it worked nothing-moved
other-network: worked still-failing no-other
restart: worked still-failing not-now
update: worked still-failing up-to-date not-now
computer-backup: mac windows have-one no-computer
computer-mac: done failed not-now
computer-windows: done failed not-now
before-delete-backup: continue not-now
delete-backup: worked still-failing not-now
before-reset-network: continue not-now
reset-network: worked still-failing not-now
before-sign-out: continue not-now
sign-out: worked still-failing not-now
wait-restore: restore-done
wait-night: worked nothing-moved
ask-it: not-the-profile
fixed:
support:
`
