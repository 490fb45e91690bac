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
		{"the latest message first", "last-not-completed done another-message stuck-estimating nothing-moved still-failing still-failing", "conditions back-up-now another-message stuck restart other-network compare-storage"},
		{"then the earlier one", "last-not-completed done another-message greyed-out none is-on", "conditions back-up-now another-message greyed-out backup-on update"},
		{"main order", "something-else is-on fits done was-off no-vpn same-message still-failing still-failing still-failing mac done", "backup-on compare-storage conditions low-data-mode vpn back-up-now other-network restart update computer-backup computer-mac before-delete-backup"},
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
	choose(t, s, "something-else", "is-on", "fits", "done", "was-off", "no-vpn", "same-message", "no-other", "not-now", "not-now", "have-one")
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
	choose(t, s, "older", "not-enough-storage", "too-large", "trim")
	if got := s.Screen(); got.Held != "held.outage" || got.Node != "before-trim-old-backups" {
		t.Fatalf("%v", got)
	}
	choose(t, s, "go-on") // a reason is shown once
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
	for symptom, want := range map[string]string{
		"last-not-completed": "back-up-now", "something-else": "back-up-now", "greyed-out": "greyed-out", "restoring": "wait-restore",
	} {
		s := icloudbackup.Start(noIncidents(sequence.ServiceRecovered))
		choose(t, s, symptom)
		if got := s.Screen().Node; got != want {
			t.Errorf("%s leads to %s", symptom, got)
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
		{sequence.Span{From: 0, To: 999}, "backup-on"},
		{sequence.Span{From: 2001, To: 4999}, "backup-on"},
		{sequence.Span{From: 6001, To: 0}, "backup-on"},
		{sequence.Span{From: 9, To: 5}, ""},
	} {
		s := icloudbackup.Start(report(sequence.ServiceFine))
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
	// There is no question about the time for a message that doesn't depend on
	// Apple, nor while Apple has a problem.
	s := icloudbackup.Start(report(sequence.ServiceFine))
	choose(t, s, "not-enough-storage")
	if got := s.Screen().Node; got != "compare-storage" {
		t.Error(got)
	}
	s = icloudbackup.Start(report(sequence.ServiceFine))
	choose(t, s, "something-else")
	s.SetApple(report(sequence.ServiceOutage))
	if got := s.Screen().Node; got != "backup-on" {
		t.Error(got)
	}
}

func TestBackAndRestart(t *testing.T) {
	s := icloudbackup.Start(noIncidents(sequence.ServiceFine))
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
