package icloudbackup

import "backupcheck/widget/sequence"

// The nodes, by their place in the table. Saved progress names nodes and
// choices by their places: append to both, or change the version.
const (
	symptom sequence.Place = iota // the start
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

// order is the main order, after what the symptom puts first.
var order = steps{
	backupOn,
	compareStorage, makeRoom, trimOldBackups, trimApps, trimPhotos, largerPlan,
	conditions, lowDataMode, vpn, backUpNow,
	otherNetwork, restart, update,
	computerBackup, computerMac, computerWindows,
	deleteBackup, resetNetwork, signOut,
}

// plain is the order of the plain document: cheap and reversible first, a backup
// on a computer before anything that puts the iPhone's only backup or its
// account at risk.
var plain = steps{
	backupOn, greyedOut, accountAlert, compareStorage,
	conditions, lowDataMode, vpn, backUpNow, stuck, otherNetwork, restart, update,
	temporaryStorage, trimOldBackups, trimApps, trimPhotos,
	computerBackup, deleteBackup, resetNetwork, signOut,
	support,
}

// What comes before the main order, by what the reader sees on the iPhone.
var (
	storageFirst   = steps{compareStorage, makeRoom, trimOldBackups, trimApps, trimPhotos, largerPlan, backUpNow}
	failedFirst    = steps{conditions, backUpNow, update, otherNetwork, compareStorage}
	stuckFirst     = steps{stuck, restart, otherNetwork, compareStorage}
	greyedOutFirst = steps{greyedOut, backupOn}
	backupOnFirst  = steps{backupOn, conditions, lowDataMode, backUpNow}
	accountFirst   = steps{accountAlert, backUpNow}
	restoreFirst   = steps{waitRestore}
)

// What the answers so far have established.
const (
	lowStorage  sequence.Fact = 1 << iota // of iCloud, by the message on the iPhone or by the comparison
	tooLarge                              // the next backup, by the comparison, so only room helps
	fits                                  // the next backup fits now
	wantsRoom                             // the reader wants to make room
	noRoom                                // the reader wants neither to make room nor to buy it
	managed                               // by work or school
	mac                                   // the reader wants to back up to a Mac
	windows                               // the same with Windows
	hasComputer                           // there is a backup on a computer
	older                                 // the problem is older than the one that Apple has now
	mayWorkNow                            // after a problem of Apple's, Back Up Now may be all it takes
)

const (
	question = sequence.Question
	fix      = sequence.Fix
	gate     = sequence.Gate
	end      = sequence.End

	costs       = sequence.Costs
	destructive = sequence.Destructive
)

// The choices that several nodes offer.
var (
	notNow  = choice{ID: "not-now"}
	gated   = []choice{{ID: "continue", Stay: true, WorstCase: true}, notNow}
	trimmed = []choice{
		{ID: "worked", To: fixed}, {ID: "still-too-large", WorstCase: true},
		{ID: "fits-but-fails", Set: fits, Clear: tooLarge}, notNow,
	}
	computer = []choice{
		{ID: "done", Set: hasComputer, Clear: mac | windows, WorstCase: true},
		{ID: "failed", Clear: mac | windows}, {ID: "not-now", Clear: mac | windows},
	}
)

// tried are the choices of a step after which Back Up Now is tried.
func tried(more ...choice) []choice {
	return append([]choice{{ID: "worked", To: fixed}, {ID: "still-failing", WorstCase: true}}, more...)
}

var nodes = [nodeCount]node{
	symptom: {ID: "symptom", Kind: question, Before: wait, Then: &retryAfterRecovery, Choices: []choice{
		{ID: "not-enough-storage", Set: lowStorage | mayWorkNow, Priority: storageFirst},
		{ID: "last-not-completed", Set: mayWorkNow, Priority: failedFirst, To: when},
		{ID: "stuck-estimating", Set: mayWorkNow, Priority: stuckFirst, To: when},
		{ID: "greyed-out", Priority: greyedOutFirst, To: when},
		{ID: "not-backed-up-weeks", Set: mayWorkNow, Priority: backupOnFirst, To: when},
		{ID: "account-access", Priority: accountFirst, To: when},
		{ID: "restoring", Priority: restoreFirst},
		{ID: "something-else", Set: mayWorkNow, To: when, WorstCase: true},
	}},
	when: {ID: "when", Kind: question, If: &timeMatters, Then: &retryAfterRecovery, Choices: []choice{
		{ID: "today", Time: sequence.TakesTime},
		{ID: "last-night", Time: sequence.TakesTime},
		{ID: "pick", Time: sequence.TakesTime},
		{ID: "skip", WorstCase: true},
		{ID: "covered", Time: sequence.DuringIncident, To: thatWasApple},
		{ID: "not-covered", Time: sequence.OutsideIncident},
	}},
	wait:         {ID: "wait", Kind: end, If: &serviceDown, Choices: []choice{{ID: "older", Set: older, Stay: true}}},
	thatWasApple: {ID: "that-was-apple", Kind: fix, Article: "108366", Choices: tried(notNow)},
	anotherMessage: {ID: "another-message", Kind: question, Choices: []choice{
		{ID: "not-enough-storage", Set: lowStorage | tooLarge, Clear: fits, Priority: storageFirst},
		{ID: "last-not-completed", Priority: failedFirst},
		{ID: "stuck-estimating", Priority: stuckFirst},
		{ID: "greyed-out", Priority: greyedOutFirst},
		{ID: "account-access", Priority: accountFirst},
		{ID: "something-else", WorstCase: true},
	}},

	backupOn: {ID: "backup-on", Kind: fix, Article: "108366", Not: tooLarge, Choices: []choice{
		{ID: "is-on", WorstCase: true}, {ID: "turns-off", To: update}, {ID: "grey", To: greyedOut},
	}},
	greyedOut: {ID: "greyed-out", Kind: fix, Article: "102563", Choices: []choice{
		{ID: "restoring", To: waitRestore}, {ID: "profile", To: askIT},
		{ID: "no-wifi", To: conditions}, {ID: "turns-off", To: update}, {ID: "none", WorstCase: true},
	}},
	accountAlert: {ID: "account-alert", Kind: fix, Article: "102563", Choices: []choice{
		{ID: "request-gone"}, {ID: "keeps-coming", WorstCase: true},
	}},

	compareStorage: {ID: "compare-storage", Kind: fix, Article: "108922", Choices: []choice{
		{ID: "too-large", Set: lowStorage | tooLarge}, {ID: "fits", Set: fits, Clear: tooLarge}, {ID: "cannot-find", WorstCase: true},
	}},
	makeRoom: {ID: "make-room", Kind: question, Article: "108922", Need: lowStorage, Not: fits, Choices: []choice{
		{ID: "trim", Set: wantsRoom, WorstCase: true}, {ID: "larger-plan", To: largerPlan},
		{ID: "new-iphone", To: temporaryStorage}, {ID: "not-now", Set: noRoom},
	}},
	largerPlan: {ID: "larger-plan", Kind: fix, Article: "108047", Risk: costs, Need: lowStorage, Not: fits | noRoom, Choices: []choice{
		{ID: "worked", To: fixed}, {ID: "still-failing", Set: fits, Clear: tooLarge}, {ID: "not-now", Set: wantsRoom, WorstCase: true},
	}},
	temporaryStorage: {ID: "temporary-storage", Kind: fix, Article: "104980", Choices: []choice{
		{ID: "worked", To: fixed}, {ID: "not-offered", Set: wantsRoom, WorstCase: true}, {ID: "not-now", Set: wantsRoom},
	}},
	beforeTrimOldBackups: {ID: "before-trim-old-backups", Kind: gate, Choices: gated, Confirm: []string{"old-backup-not-needed"}},
	trimOldBackups: {ID: "trim-old-backups", Kind: fix, Article: "108922", Risk: destructive, Before: beforeTrimOldBackups,
		Need: wantsRoom, Not: fits, Choices: trimmed},
	beforeTrimApps: {ID: "before-trim-apps", Kind: gate, Choices: gated, Confirm: []string{"apps-kept-elsewhere"}},
	trimApps: {ID: "trim-apps", Kind: fix, Article: "102563", Risk: destructive, Before: beforeTrimApps,
		Need: wantsRoom, Not: fits, Choices: trimmed},
	beforeTrimPhotos: {ID: "before-trim-photos", Kind: gate, Choices: gated, Confirm: []string{"photos-kept"}},
	trimPhotos: {ID: "trim-photos", Kind: fix, Article: "108922", Risk: destructive, Before: beforeTrimPhotos,
		Need: wantsRoom, Not: fits, Choices: trimmed},

	conditions: {ID: "conditions", Kind: fix, Article: "108366", Not: tooLarge, Choices: []choice{
		{ID: "done", WorstCase: true}, {ID: "worked", To: fixed}, {ID: "no-wifi", To: otherNetwork},
	}},
	lowDataMode: {ID: "low-data-mode", Kind: fix, Risk: costs, Not: tooLarge, Choices: []choice{
		{ID: "turned-off"}, {ID: "was-off", WorstCase: true}, notNow,
	}},
	vpn: {ID: "vpn", Kind: fix, Not: tooLarge, Choices: []choice{
		{ID: "disconnected"}, {ID: "no-vpn", WorstCase: true}, {ID: "managed", Set: managed},
	}},
	backUpNow: {ID: "back-up-now", Kind: fix, Article: "108366", Not: tooLarge, Choices: []choice{
		{ID: "worked", To: fixed}, {ID: "same-message", WorstCase: true},
		{ID: "another-message", To: anotherMessage}, {ID: "still-running", To: stuck},
	}},
	stuck: {ID: "stuck", Kind: fix, Article: "102563", Choices: []choice{
		{ID: "leave-it", To: waitNight}, {ID: "worked", To: fixed}, {ID: "nothing-moved", WorstCase: true},
	}},
	otherNetwork: {ID: "other-network", Kind: fix, Article: "102563", Risk: costs, Not: tooLarge,
		Choices: tried(choice{ID: "no-other"})},
	restart: {ID: "restart", Kind: fix, Not: tooLarge, Choices: tried(notNow)},
	update: {ID: "update", Kind: fix, Article: "102563", Risk: costs, Not: tooLarge,
		Choices: tried(choice{ID: "up-to-date"}, notNow)},

	computerBackup: {ID: "computer-backup", Kind: question, Article: "118426", Risk: costs, Choices: []choice{
		{ID: "mac", Set: mac, WorstCase: true}, {ID: "windows", Set: windows}, {ID: "have-one", Set: hasComputer}, {ID: "no-computer"},
	}},
	computerMac:     {ID: "computer-mac", Kind: fix, Article: "108796", Risk: costs, Need: mac, Choices: computer},
	computerWindows: {ID: "computer-windows", Kind: fix, Article: "108967", Risk: costs, Need: windows, Choices: computer},

	beforeDeleteBackup: {ID: "before-delete-backup", Kind: gate, Choices: gated, Confirm: []string{"computer-backup"}},
	deleteBackup: {ID: "delete-backup", Kind: fix, Article: "108922", Risk: destructive, Before: beforeDeleteBackup,
		Need: hasComputer, Not: tooLarge, Choices: tried(notNow)},
	beforeResetNetwork: {ID: "before-reset-network", Kind: gate, Choices: gated, Confirm: []string{"wifi-password"}},
	resetNetwork: {ID: "reset-network", Kind: fix, Risk: destructive, Before: beforeResetNetwork,
		Not: tooLarge | managed, Choices: tried(notNow)},
	beforeSignOut: {ID: "before-sign-out", Kind: gate, Choices: gated, Confirm: []string{"computer-backup", "password", "trusted-number"}},
	signOut: {ID: "sign-out", Kind: fix, Risk: destructive, Before: beforeSignOut,
		Need: hasComputer, Not: tooLarge | managed, Choices: tried(notNow)},

	waitRestore: {ID: "wait-restore", Kind: end, Article: "102325", Choices: []choice{{ID: "restore-done"}}},
	waitNight:   {ID: "wait-night", Kind: end, Choices: []choice{{ID: "worked", To: fixed}, {ID: "nothing-moved"}}},
	askIT:       {ID: "ask-it", Kind: end, Choices: []choice{{ID: "not-the-profile", Set: managed}}},
	fixed:       {ID: "fixed", Kind: end},
	support:     {ID: "support", Kind: end, Article: "102563", Plain: "apple-support"},
}
