package sequence

// Kind is what a screen asks of the reader.
type Kind uint8

// The kinds of a screen.
const (
	Question Kind = iota
	Fix           // something to do, and how it went
	Gate          // what has to be true before a destructive step
	End
)

// fact is what the answers so far have come to.
type fact uint16

const (
	short       fact = 1 << iota // of iCloud storage, by what is on screen or by the comparison
	tooLarge                     // the next backup, by the comparison
	fits                         // the next backup fits now
	trim                         // the reader wants to make room
	noRoom                       // the reader wants neither to make room nor to buy it
	managed                      // by work or school
	mac                          // is to be backed up to
	windows                      // the same
	hasComputer                  // a backup on a computer
	older                        // the problem is older than the one that Apple has now
	blocked                      // derived: tooLarge and not fits, so nothing but room helps
)

// node is a screen of the graph.
type node struct {
	id      string
	kind    Kind
	article string
	risk    Risk

	need, not fact // where the order comes to it, it is left out unless these hold

	gate    uint8    // of a Destructive node
	step    uint8    // of a Gate: what it stands before
	confirm []string // of a Gate
	choices []choice
}

// choice is an answer. Where it says nothing else, the next node of the order
// follows.
type choice struct {
	id         string
	set, clear fact
	to         uint8   // go there first, unless it has been answered
	head       []uint8 // from now on these come before the order
	stay       bool    // the node is not answered yet: its gate is open, or it is looked at all the same
	bleak      bool    // what is answered when nothing helps
	span       bool    // shown, and answered by a time
	hidden     bool    // what a time comes to
	retry      bool    // of a symptom: Back Up Now may be all it takes after Apple's problem
	undated    bool    // of a symptom: when it began doesn't matter
}

// The nodes, by their place in the table. Saved progress names nodes and
// choices by their place: append to both, or raise the version.
const (
	symptom uint8 = iota // 0, which no choice leads to
	when
	wait
	thatWasApple
	anotherMessage
	backupOn
	greyedOut
	accountAlert
	compareStorage
	makeRoom
	largerPlan
	temporaryStorage
	beforeTrimOldBackups
	trimOldBackups
	beforeTrimApps
	trimApps
	beforeTrimPhotos
	trimPhotos
	conditions
	lowDataMode
	vpn
	backUpNow
	stuck
	otherNetwork
	restart
	update
	computerBackup
	computerMac
	computerWindows
	beforeDeleteBackup
	deleteBackup
	beforeResetNetwork
	resetNetwork
	beforeSignOut
	signOut
	waitRestore
	waitNight
	askIT
	fixed
	support

	nodeCount
)

// order is the main order, after the head of the symptom.
var order = []uint8{
	backupOn,
	compareStorage, makeRoom, trimOldBackups, trimApps, trimPhotos, largerPlan,
	conditions, lowDataMode, vpn, backUpNow,
	otherNetwork, restart, update,
	computerBackup, computerMac, computerWindows,
	deleteBackup, resetNetwork, signOut,
}

// tried are the answers to a step after which Back Up Now is tried.
func tried(more ...choice) []choice {
	return append([]choice{{id: "worked", to: fixed}, {id: "still-failing", bleak: true}}, more...)
}

var (
	notNow   = choice{id: "not-now"}
	gated    = []choice{{id: "continue", stay: true, bleak: true}, notNow}
	trimmed  = []choice{{id: "worked", to: fixed}, {id: "still-too-large", bleak: true}, {id: "fits-but-fails", set: fits}, notNow}
	computer = []choice{
		{id: "done", set: hasComputer, clear: mac | windows, bleak: true},
		{id: "failed", clear: mac | windows}, {id: "not-now", clear: mac | windows},
	}
)

var (
	headStorage  = []uint8{compareStorage, makeRoom, trimOldBackups, trimApps, trimPhotos, largerPlan, backUpNow}
	headFailed   = []uint8{conditions, backUpNow, update, otherNetwork, compareStorage}
	headStuck    = []uint8{stuck, restart, otherNetwork, compareStorage}
	headGrey     = []uint8{greyedOut, backupOn}
	headWeeks    = []uint8{backupOn, conditions, lowDataMode, backUpNow}
	headAccount  = []uint8{accountAlert, backUpNow}
	headRestores = []uint8{waitRestore}
)

var nodes = [nodeCount]node{
	symptom: {id: "symptom", kind: Question, choices: []choice{
		{id: "not-enough-storage", set: short, head: headStorage, retry: true, undated: true},
		{id: "last-not-completed", head: headFailed, retry: true},
		{id: "stuck-estimating", head: headStuck, retry: true},
		{id: "greyed-out", head: headGrey},
		{id: "not-backed-up-weeks", head: headWeeks, retry: true},
		{id: "account-access", head: headAccount},
		{id: "restoring", head: headRestores, undated: true},
		{id: "something-else", retry: true, bleak: true},
	}},
	when: {id: "when", kind: Question, choices: []choice{
		{id: "today", span: true},
		{id: "last-night", span: true},
		{id: "pick", span: true},
		{id: "skip", bleak: true},
		{id: "covered", hidden: true, to: thatWasApple},
		{id: "not-covered", hidden: true},
	}},
	wait:         {id: "wait", kind: End, choices: []choice{{id: "older", set: older, stay: true}}},
	thatWasApple: {id: "that-was-apple", kind: Fix, article: "108366", choices: tried(notNow)},
	anotherMessage: {id: "another-message", kind: Question, choices: []choice{
		{id: "not-enough-storage", set: short | tooLarge, clear: fits, head: headStorage},
		{id: "last-not-completed", head: headFailed},
		{id: "stuck-estimating", head: headStuck},
		{id: "greyed-out", head: headGrey},
		{id: "account-access", head: headAccount},
		{id: "something-else", bleak: true},
	}},

	backupOn: {id: "backup-on", kind: Fix, article: "108366", not: blocked, choices: []choice{
		{id: "is-on", bleak: true}, {id: "turns-off", to: update}, {id: "grey", to: greyedOut},
	}},
	greyedOut: {id: "greyed-out", kind: Fix, article: "102563", choices: []choice{
		{id: "restoring", to: waitRestore}, {id: "profile", to: askIT},
		{id: "no-wifi", to: conditions}, {id: "turns-off", to: update}, {id: "none", bleak: true},
	}},
	accountAlert: {id: "account-alert", kind: Fix, article: "102563", choices: []choice{
		{id: "request-gone"}, {id: "keeps-coming", bleak: true},
	}},

	compareStorage: {id: "compare-storage", kind: Fix, article: "108922", choices: []choice{
		{id: "too-large", set: short | tooLarge}, {id: "fits", set: fits}, {id: "cannot-find", bleak: true},
	}},
	makeRoom: {id: "make-room", kind: Question, article: "108922", need: short, not: fits, choices: []choice{
		{id: "trim", set: trim, bleak: true}, {id: "larger-plan", to: largerPlan},
		{id: "new-iphone", to: temporaryStorage}, {id: "not-now", set: noRoom},
	}},
	largerPlan: {id: "larger-plan", kind: Fix, article: "108047", risk: Costs, need: short, not: fits | noRoom, choices: []choice{
		{id: "worked", to: fixed}, {id: "still-failing", set: fits}, {id: "not-now", set: trim, bleak: true},
	}},
	temporaryStorage: {id: "temporary-storage", kind: Fix, article: "104980", choices: []choice{
		{id: "worked", to: fixed}, {id: "not-offered", set: trim, bleak: true}, {id: "not-now", set: trim},
	}},
	beforeTrimOldBackups: {id: "before-trim-old-backups", kind: Gate, step: trimOldBackups, choices: gated,
		confirm: []string{"old-backup-not-needed"}},
	trimOldBackups: {id: "trim-old-backups", kind: Fix, article: "108922", risk: Destructive, gate: beforeTrimOldBackups,
		need: trim, not: fits, choices: trimmed},
	beforeTrimApps: {id: "before-trim-apps", kind: Gate, step: trimApps, choices: gated,
		confirm: []string{"apps-kept-elsewhere"}},
	trimApps: {id: "trim-apps", kind: Fix, article: "102563", risk: Destructive, gate: beforeTrimApps,
		need: trim, not: fits, choices: trimmed},
	beforeTrimPhotos: {id: "before-trim-photos", kind: Gate, step: trimPhotos, choices: gated,
		confirm: []string{"photos-kept"}},
	trimPhotos: {id: "trim-photos", kind: Fix, article: "108922", risk: Destructive, gate: beforeTrimPhotos,
		need: trim, not: fits, choices: trimmed},

	conditions: {id: "conditions", kind: Fix, article: "108366", not: blocked, choices: []choice{
		{id: "done", bleak: true}, {id: "worked", to: fixed}, {id: "no-wifi", to: otherNetwork},
	}},
	lowDataMode: {id: "low-data-mode", kind: Fix, risk: Costs, not: blocked, choices: []choice{
		{id: "turned-off"}, {id: "was-off", bleak: true}, notNow,
	}},
	vpn: {id: "vpn", kind: Fix, not: blocked, choices: []choice{
		{id: "disconnected"}, {id: "no-vpn", bleak: true}, {id: "managed", set: managed},
	}},
	backUpNow: {id: "back-up-now", kind: Fix, article: "108366", not: blocked, choices: []choice{
		{id: "worked", to: fixed}, {id: "same-message", bleak: true},
		{id: "another-message", to: anotherMessage}, {id: "still-running", to: stuck},
	}},
	stuck: {id: "stuck", kind: Fix, article: "102563", choices: []choice{
		{id: "leave-it", to: waitNight}, {id: "worked", to: fixed}, {id: "nothing-moved", bleak: true},
	}},
	otherNetwork: {id: "other-network", kind: Fix, article: "102563", risk: Costs, not: blocked,
		choices: tried(choice{id: "no-other"})},
	restart: {id: "restart", kind: Fix, not: blocked, choices: tried(notNow)},
	update: {id: "update", kind: Fix, article: "102563", risk: Costs, not: blocked,
		choices: tried(choice{id: "up-to-date"}, notNow)},

	computerBackup: {id: "computer-backup", kind: Question, article: "118426", risk: Costs, choices: []choice{
		{id: "mac", set: mac, bleak: true}, {id: "windows", set: windows}, {id: "have-one", set: hasComputer}, {id: "no-computer"},
	}},
	computerMac:     {id: "computer-mac", kind: Fix, article: "108796", risk: Costs, need: mac, choices: computer},
	computerWindows: {id: "computer-windows", kind: Fix, article: "108967", risk: Costs, need: windows, choices: computer},

	beforeDeleteBackup: {id: "before-delete-backup", kind: Gate, step: deleteBackup, choices: gated,
		confirm: []string{"computer-backup"}},
	deleteBackup: {id: "delete-backup", kind: Fix, article: "108922", risk: Destructive, gate: beforeDeleteBackup,
		need: hasComputer, not: blocked, choices: tried(notNow)},
	beforeResetNetwork: {id: "before-reset-network", kind: Gate, step: resetNetwork, choices: gated,
		confirm: []string{"wifi-password"}},
	resetNetwork: {id: "reset-network", kind: Fix, risk: Destructive, gate: beforeResetNetwork,
		not: blocked | managed, choices: tried(notNow)},
	beforeSignOut: {id: "before-sign-out", kind: Gate, step: signOut, choices: gated,
		confirm: []string{"computer-backup", "password", "trusted-number"}},
	signOut: {id: "sign-out", kind: Fix, risk: Destructive, gate: beforeSignOut,
		need: hasComputer, not: blocked | managed, choices: tried(notNow)},

	waitRestore: {id: "wait-restore", kind: End, article: "102325", choices: []choice{{id: "restore-done"}}},
	waitNight:   {id: "wait-night", kind: End, choices: []choice{{id: "worked", to: fixed}, {id: "nothing-moved"}}},
	askIT:       {id: "ask-it", kind: End, choices: []choice{{id: "not-the-profile", set: managed}}},
	fixed:       {id: "fixed", kind: End},
	support:     {id: "support", kind: End, article: "102563"},
}
