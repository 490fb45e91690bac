package icloudbackup_test

import (
	"slices"
	"strings"
	"testing"

	"backupcheck/widget/sequence"
	"backupcheck/widget/sequence/icloudbackup"
)

func choose(t *testing.T, s *sequence.Session, choices ...string) {
	t.Helper()
	for _, c := range choices {
		if !s.Choose(c) {
			t.Fatalf("%s isn't offered by %v", c, s.Screen())
		}
	}
}

func TestJourneys(t *testing.T) {
	for _, tt := range []struct{ name, choices, nodes string }{
		{"storage", "not-enough-storage is-on too-large trim not-sure", "backup-on compare-storage make-room what-takes-room app-downloads"},
		{"storage that fits", "not-enough-storage is-on fits same-message", "backup-on compare-storage back-up-now restart"},
		{"numbers that can't be found delete nothing", "not-enough-storage is-on cannot-find cannot-find same-message", "backup-on compare-storage storage-details back-up-now restart"},
		{"larger plan", "not-enough-storage is-on too-large larger-plan worked", "backup-on compare-storage make-room larger-plan fixed"},
		{"no larger plan", "not-enough-storage is-on too-large larger-plan not-now", "backup-on compare-storage make-room larger-plan app-downloads"},
		{"no room at all", "not-enough-storage is-on too-large not-now computer-only no-computer copied", "backup-on compare-storage make-room notice computer-backup no-computer turn-off-backup"},
		{"new iPhone", "not-enough-storage is-on too-large new-iphone worked", "backup-on compare-storage make-room temporary-storage get-back"},
		{"not completed", "last-not-completed is-on same-message still-failing no-vpn still-failing still-failing neither has-date up-to-date fits", "backup-on back-up-now internet vpn other-network toggle-backup unusual any-backup update compare-storage computer-backup"},
		{"stuck", "something-else stuck-estimating leave-it nothing-moved", "more stuck wait-day restart"},
		{"restore runs", "something-else greyed-out restoring this-one restore-done", "more greyed-out which-restore wait-restore back-up-now"},
		{"profile", "something-else greyed-out profile", "more greyed-out ask-it"},
		{"switch turns off", "something-else greyed-out turns-off still-turns-off", "more greyed-out problem-enabling any-backup"},
		{"by hand it works", "not-backed-up-weeks is-on worked done was-off no-new-date", "backup-on back-up-now conditions low-data-mode tonight not-by-itself"},
		{"password", "something-else asks-to-sign-in request-gone", "more account-alert back-up-now"},
		{"another message", "something-else asks-to-sign-in request-gone another-message not-enough-storage", "more account-alert back-up-now another-message backup-on"},
		{"the latest message first", "last-not-completed is-on another-message stuck-estimating nothing-moved still-failing no-vpn", "backup-on back-up-now another-message stuck restart vpn other-network"},
		{"a message leads", "poor-network still-failing still-failing no-vpn", "other-network internet vpn restart"},
		{"a message instead of the question", "something-else device-space", "more device-space"},
		{"beta", "last-not-completed is-on same-message still-failing no-vpn no-other not-now beta", "backup-on back-up-now internet vpn other-network toggle-backup unusual beta"},
		{"a newer iOS made the backup", "newer-ios-backup not-offered mac done", "newer-backup computer-backup computer-mac support"},
		{"main order", "something-else none is-on same-message still-failing no-vpn still-failing not-now still-failing fits neither has-date up-to-date mac done", "more backup-on back-up-now internet vpn other-network toggle-backup restart compare-storage unusual any-backup update computer-backup computer-mac before-delete-backup"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := icloudbackup.Start(noIncidents(sequence.ServiceFine))
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

// decline chooses "not-now" until a node is on screen, so that a test doesn't
// depend on the steps before it.
func decline(t *testing.T, s *sequence.Session, node string) {
	t.Helper()
	for range icloudbackup.Graph().Nodes {
		if s.Screen().Node == node {
			return
		}
		choose(t, s, "not-now")
	}
	t.Fatalf("%s isn't reached", node)
}

func TestSignOutRequiresItsGate(t *testing.T) {
	s := icloudbackup.Start(noIncidents(sequence.ServiceFine))
	choose(t, s, "something-else", "none", "is-on", "same-message", "still-failing", "no-vpn", "no-other", "not-now", "not-now", "fits", "neither", "has-date", "not-now", "have-one")
	decline(t, s, "before-sign-out")
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
	unread := noIncidents(sequence.ServiceFine)
	unread.Rows[icloudbackup.AppleAccount] = sequence.Unknown
	s.SetApple(unread)
	if got := s.Screen(); got.Held != "held.sign-in-unknown" || got.Kind != sequence.Gate || s.Confirm("password", true) || s.Choose("worked") {
		t.Errorf("%v", got)
	}
	choose(t, s, "go-on")
	if s.Screen().Node != "support" {
		t.Errorf("%v", s.Screen())
	}
}

func TestHeldStepsReturnWhenAppleHasRecovered(t *testing.T) {
	s := icloudbackup.Start(noIncidents(sequence.ServiceOutage))
	if got := s.Screen(); got.Node != "wait" || got.Kind != sequence.End || got.Left != 0 {
		t.Fatalf("%v", got)
	}
	choose(t, s, "older", "not-enough-storage", "is-on", "too-large", "trim", "photos")
	if got := s.Screen(); got.Held != "held.outage" || got.Node != "before-trim-photos" {
		t.Fatalf("%v", got)
	}
	choose(t, s, "go-on", "still-too-large") // a reason is shown once
	if got := s.Screen(); got.Node != "larger-plan" {
		t.Fatalf("%v", got)
	}
	s.SetApple(noIncidents(sequence.ServiceRecovered))
	if got := s.Screen(); got.Node != "larger-plan" {
		t.Fatalf("the screen changed to %v", got)
	}
	choose(t, s, "not-now")
	if got := s.Screen(); got.Node != "before-trim-old-backups" || got.Held != "" {
		t.Fatalf("%v", got)
	}
}

func TestWaitFollowsApple(t *testing.T) {
	s := icloudbackup.Start(noIncidents(sequence.ServiceFine))
	for _, tt := range []struct {
		service sequence.ServiceState
		node    string
	}{
		{sequence.ServiceOutage, "wait"}, {sequence.ServiceRecovered, "symptom"}, {sequence.ServiceDegraded, "wait"},
		{sequence.ServiceMaintenance, "symptom"}, {sequence.ServiceUnknown, "symptom"},
	} {
		s.SetApple(report(tt.service))
		if got := s.Screen().Node; got != tt.node {
			t.Errorf("%s under %d", got, tt.service)
		}
	}
}

func TestRecoveredTriesBackUpNowFirst(t *testing.T) {
	for answers, want := range map[string]string{
		"last-not-completed": "back-up-now", "something-else none": "back-up-now", "poor-network": "back-up-now",
		"something-else greyed-out": "greyed-out", "something-else restoring": "which-restore", "device-space": "device-space",
		"is-there-a-backup": "about-backup",
	} {
		s := icloudbackup.Start(noIncidents(sequence.ServiceRecovered))
		choose(t, s, strings.Fields(answers)...)
		if got := s.Screen().Node; got != want {
			t.Errorf("%s leads to %s", answers, got)
		}
	}
}

func TestTimeOfTheFailure(t *testing.T) {
	for _, tt := range []struct {
		span sequence.Span
		want string
	}{
		{sequence.Span{From: 1500, To: 1500}, "that-was-apple"},
		{sequence.Span{From: 0, To: 1000}, "that-was-apple"},
		{sequence.Span{From: 2000, To: 3000}, "that-was-apple"},
		{sequence.Span{From: 500, To: 0}, "that-was-apple"},
		{sequence.Span{From: 5500, To: 9000}, "that-was-apple"},
		{sequence.Span{From: 0, To: 999}, "back-up-now"},
		{sequence.Span{From: 2001, To: 4999}, "back-up-now"},
		{sequence.Span{From: 6001, To: 0}, "back-up-now"},
		{sequence.Span{From: 9, To: 5}, ""},
	} {
		s := icloudbackup.Start(report(sequence.ServiceFine))
		if s.Failed(tt.span) {
			t.Error("the symptom has no time")
		}
		choose(t, s, "last-not-completed", "is-on")
		if s.Screen().Node != "when" || s.Choose("today") || s.Choose("covered") {
			t.Fatalf("%v", s.Screen())
		}
		if ok := s.Failed(tt.span); ok != (tt.want != "") || ok && s.Screen().Node != tt.want {
			t.Errorf("%v: %v, %s", tt.span, ok, s.Screen().Node)
		}
	}
	// There is no question about the time for a message that doesn't depend on
	// Apple, nor while Apple has a problem.
	s := icloudbackup.Start(report(sequence.ServiceFine))
	choose(t, s, "not-enough-storage", "is-on")
	if got := s.Screen().Node; got != "compare-storage" {
		t.Error(got)
	}
	s = icloudbackup.Start(report(sequence.ServiceFine))
	choose(t, s, "last-not-completed", "is-on")
	s.SetApple(report(sequence.ServiceOutage))
	if got := s.Screen().Node; got != "back-up-now" {
		t.Error(got)
	}
}

func TestBackAndRestart(t *testing.T) {
	s := icloudbackup.Start(noIncidents(sequence.ServiceFine))
	if s.Back() {
		t.Error("went back from the start")
	}
	choose(t, s, "last-not-completed", "is-on")
	if !s.Back() || s.Screen().Node != "backup-on" || len(s.Tried()) != 1 {
		t.Errorf("%v", s.Screen())
	}
	s.Restart()
	if got := s.Screen(); got.Node != "symptom" || got.Number != 1 || s.Tried() != nil {
		t.Errorf("%v", got)
	}
}
