package icloudbackup

import "backupcheck/widget/sequence"

// The nodes, by their place in the table. Saved progress names nodes and
// choices by their places: append to both, or change the version.
const (
	symptom sequence.Place = iota // the start
	more
	when
	wait
	thatWasApple
	anotherMessage

	backupOn
	fresh
	backUpNow
	greyedOut
	screenTime
	newTerms
	accountAlert
	verifyEmail
	problemEnabling
	notSupported

	compareStorage
	storageDetails
	absurdSize
	makeRoom
	whatTakesRoom
	paid
	payment
	planArrival
	sharedPlan
	country
	largerPlan
	temporaryStorage
	appDownloads
	beforeTrimApps
	trimApps
	beforeTrimMessages
	trimMessages
	beforeTrimOldBackups
	trimOldBackups
	beforeTrimFiles
	trimFiles
	beforeTrimPhotos
	trimPhotos
	beforeDeleteUnfinished
	deleteUnfinished
	notice
	turnOffPhotos
	turnOffBackup
	deletedAlready

	internet
	airplane
	vpn
	otherNetwork
	noWifi
	cellular
	conditions
	lowDataMode
	notByItself
	stuck
	deviceSpace
	unlockOnce
	inUse

	restart
	toggleBackup
	unusual
	anyBackup
	safeCopy
	update
	beta
	newerBackup
	computerBackup
	computerMac
	computerWindows
	computerHelp
	beforeBackupPassword
	backupPassword
	noComputer
	beforeBrokenApps
	brokenApps
	beforeDeleteBackup
	deleteBackup
	beforeResetNetwork
	resetNetwork
	beforeSignOut
	signOut

	whichRestore
	unfinishedRestore
	pausedRestore
	endlessRestore
	beforeStopRestore
	stopRestore
	otherDevice

	aboutBackup
	findBackup
	contents
	chats
	kept
	getBack
	listBackups
	beforeRestoreBackup
	restoreBackup
	whatHappened
	deadPhone
	brokenScreen
	lostPhone
	lockedOut
	beforeRepair

	waitRestore
	waitDay
	tonight
	askIT
	homeNetwork
	blockerFound
	away
	recentBackup
	automatic
	backupGone
	keepBackup
	nextIPhone
	withoutWifi
	computerOnlyEnd
	answered
	fixed
	support

	nodeCount
)

// order is the main order, after what the symptom puts first: what tells most
// and costs least comes first, what deletes comes last.
var order = steps{
	backupOn, when, fresh, backUpNow, internet, safeCopy,
	vpn, otherNetwork, toggleBackup, restart,
	compareStorage, makeRoom, appDownloads, trimOldBackups, trimMessages, trimFiles, trimApps, trimPhotos, largerPlan,
	conditions, lowDataMode, unusual, anyBackup, safeCopy, update,
	computerBackup, computerMac, computerWindows, turnOffBackup,
	deleteBackup, resetNetwork, signOut, withoutWifi,
}

// plain is the order of the document's own list: cheap and reversible first, a
// backup on a computer before anything that puts the iPhone's only backup or its
// account at risk.
var plain = steps{
	backupOn, backUpNow, stuck, greyedOut, accountAlert, compareStorage,
	internet, vpn, otherNetwork, conditions, lowDataMode, restart, update,
	trimOldBackups, trimApps, trimPhotos,
	computerBackup, deleteBackup, resetNetwork, signOut,
	support,
}

// What comes before the main order, by what the reader sees on the iPhone.
var (
	storageFirst = steps{backupOn, compareStorage, makeRoom, appDownloads, trimOldBackups, trimMessages, trimFiles, trimApps, trimPhotos,
		largerPlan, backUpNow, restart, anyBackup, safeCopy, computerMac, computerWindows, update}
	bannerFirst = steps{backupOn, compareStorage, makeRoom, appDownloads, trimOldBackups, trimMessages, trimFiles, trimApps, trimPhotos,
		largerPlan, backUpNow, internet, vpn, otherNetwork, toggleBackup}
	failedFirst = steps{backupOn, when, fresh, backUpNow, internet, safeCopy, computerMac, computerWindows,
		vpn, otherNetwork, toggleBackup, unusual, anyBackup, update, compareStorage}
	weeksFirst = steps{backupOn, when, fresh, backUpNow, conditions, lowDataMode, internet, safeCopy, computerMac, computerWindows,
		vpn, otherNetwork, toggleBackup}
	stuckFirst         = steps{stuck, when, restart, vpn, otherNetwork, compareStorage}
	greyedOutFirst     = steps{greyedOut, restart, anyBackup, safeCopy, computerMac, computerWindows, update}
	accountFirst       = steps{accountAlert, vpn, otherNetwork, restart, backUpNow}
	networkFirst       = steps{otherNetwork, internet, vpn, backUpNow, restart, toggleBackup}
	paidFirst          = steps{backupOn, backUpNow, compareStorage}
	computerFirst      = steps{computerBackup, computerMac, computerWindows, turnOffBackup}
	newerFirst         = steps{newerBackup, computerBackup, computerMac, computerWindows}
	enablingFirst      = steps{problemEnabling, internet, restart, anyBackup, safeCopy, computerMac, computerWindows, update}
	unlockFirst        = steps{unlockOnce, anyBackup, safeCopy, computerMac, computerWindows, update}
	deviceSpaceFirst   = steps{deviceSpace}
	storageDetailFirst = steps{storageDetails, backUpNow, makeRoom, internet, vpn, otherNetwork}
	dueFirst           = steps{fresh, backUpNow, conditions, lowDataMode}
)

// What the answers so far have established.
const (
	lowStorage    sequence.Fact = 1 << iota // of iCloud, by the message on the iPhone or by the comparison
	mayTrim                                 // Back Up Now failed, or the iPhone says that storage is the matter
	tooLarge                                // the next backup, by the comparison, so only room helps
	fits                                    // the next backup fits now
	unsure                                  // the two numbers can't be found, so nothing is deleted for room
	wantsRoom                               // the reader wants to make room
	noRoom                                  // the reader wants neither to make room nor to buy it
	managed                                 // by work or school
	mac                                     // the reader wants to back up to a Mac
	windows                                 // the same with Windows
	copyAsked                               // whether there is a computer to back up to was asked
	hasComputer                             // there is a backup on a computer
	computerOnly                            // the reader wants no backup in iCloud
	older                                   // the problem is older than the one that Apple has now
	mayWorkNow                              // after a problem of Apple's, Back Up Now may be all it takes
	seen                                    // the switch and the date were looked at
	needsCopy                               // there is no backup, or only an old one
	maybeNew                                // the iPhone may be newly set up, so what is in iCloud may be more than what is on it
	tried                                   // Back Up Now failed, so the backup is known not to work
	byItself                                // whether it works by hand isn't enough: it stopped to back up by itself
	madeOne                                 // Back Up Now worked
	gray                                    // the switch or the button
	network                                 // the message on the iPhone names the network, so storage can't be the cause
	failsAnywhere                           // it fails on another network too
	newerIOS                                // the backup in iCloud was made by a newer iOS
	named                                   // the message on the iPhone names a cause that neither room nor a reset can mend
	restarted                               // a step included a restart
	toRestore                               // there is a backup with what is missing on the iPhone: no new one takes its place
	noNetwork                               // there is no Wi-Fi at all, so only a computer can help
	mayUpdate                               // whether there is a backup to go back to was asked
)

const (
	// pointless are the facts with which nothing helps but what they ask for.
	pointless = tooLarge | newerIOS | toRestore | computerOnly | noNetwork
	// noDeleting are the facts with which making room can't help, or isn't known
	// to help.
	noDeleting = fits | unsure | network | named | gray | madeOne | noNetwork
)

const (
	question = sequence.Question
	fix      = sequence.Fix
	gate     = sequence.Gate
	end      = sequence.End

	costs       = sequence.Costs
	destructive = sequence.Destructive
)

// movesOn are the choices that say that a step has done its part.
var movesOn = []string{
	"worked", "done", "continue", "recent", "not-grey", "accepted", "request-gone", "stays-on", "fits", "paid",
	"arrived", "turned-off", "uses-wifi", "date-is-new", "new-date", "went-away", "copied", "downloading",
	"finished", "answers-it", "found", "restored",
}

// The choices that several nodes offer. The first one of a node is the answer
// that moves on well; failures and skips come after it.
var (
	notNow  = choice{ID: "not-now"}
	gated   = []choice{{ID: "continue", Stay: true, WorstCase: true}, notNow}
	trimmed = []choice{
		{ID: "worked", To: fixed}, {ID: "still-too-large", WorstCase: true},
		{ID: "fits-but-fails", Set: fits, Clear: tooLarge}, notNow,
	}
	outOfReach = information(nextIPhone, choice{ID: "get-back", To: getBack})
	computers  = []choice{
		{ID: "mac", Set: mac | copyAsked | mayUpdate, To: computerMac, WorstCase: true},
		{ID: "windows", Set: windows | copyAsked | mayUpdate, To: computerWindows},
		{ID: "have-one", Set: hasComputer | copyAsked | mayUpdate},
		{ID: "no-computer", Set: copyAsked | mayUpdate, To: noComputer},
	}
	computer = []choice{
		{ID: "done", Set: hasComputer | mayUpdate, Clear: mac | windows, WorstCase: true},
		{ID: "failed", Clear: mac | windows, To: computerHelp}, {ID: "not-now", Clear: mac | windows},
	}
)

// triedAgain are the choices of a step after which Back Up Now is tried.
func triedAgain(others ...choice) []choice { return triedAfter(0, others...) }

// triedAfter are the same for a step that establishes facts besides.
func triedAfter(done sequence.Fact, others ...choice) []choice {
	return append([]choice{
		{ID: "worked", Clear: byItself, To: fixed}, {ID: "still-failing", Set: tried | mayTrim | done, WorstCase: true},
	}, others...)
}

// information are the choices of a node that answers a question, before an ending.
func information(ending sequence.Place, others ...choice) []choice {
	return append([]choice{{ID: "answers-it", To: ending}}, append(others, choice{ID: "not-enough", To: support, WorstCase: true})...)
}

var nodes = [nodeCount]node{
	symptom: {ID: "symptom", Kind: question, Before: wait, Then: &retryAfterRecovery, Choices: append([]choice{
		{ID: "not-enough-storage", Set: lowStorage | mayTrim | mayWorkNow, Priority: storageFirst},
		{ID: "last-not-completed", Set: mayWorkNow, Priority: failedFirst},
		{ID: "not-backed-up-weeks", Set: mayWorkNow | byItself, Priority: weeksFirst},
		{ID: "is-there-a-backup", To: aboutBackup},
		{ID: "broken-or-lost", To: whatHappened},
		{ID: "stop-the-notice", To: notice},
		{ID: "paid-still-full", To: paid},
		{ID: "something-else", To: more, WorstCase: true},
	}, messages...)},
	more: {ID: "more", Kind: question, Then: &retryAfterRecovery, Choices: append([]choice{
		{ID: "stuck-estimating", Set: mayWorkNow, Priority: stuckFirst},
		{ID: "greyed-out", Set: gray, Priority: greyedOutFirst},
		{ID: "asks-to-sign-in", Set: named, Priority: accountFirst},
		{ID: "restoring", To: whichRestore},
		{ID: "just-set-up", To: listBackups},
		{ID: "computer-fails", To: computerHelp},
		{ID: "iphone-full", Set: named, Priority: deviceSpaceFirst},
		{ID: "none", Set: mayWorkNow, WorstCase: true},
	}, messages...)},
	when: {ID: "when", Kind: question, Not: toRestore | tried, If: &timeMatters, Then: &retryAfterRecovery, Choices: []choice{
		{ID: "today", Time: sequence.TakesTime},
		{ID: "last-night", Time: sequence.TakesTime},
		{ID: "pick", Time: sequence.TakesTime},
		{ID: "skip", WorstCase: true},
		{ID: "covered", Time: sequence.DuringIncident, To: thatWasApple},
		{ID: "not-covered", Time: sequence.OutsideIncident},
	}},
	wait:         {ID: "wait", Kind: end, If: &serviceDown, Choices: []choice{{ID: "older", Set: older, Stay: true}}},
	thatWasApple: {ID: "that-was-apple", Kind: fix, Article: "108366", Choices: triedAgain(notNow)},
	anotherMessage: {ID: "another-message", Kind: question, Choices: append([]choice{
		{ID: "not-enough-storage", Set: lowStorage | mayTrim, Clear: fits | unsure | network | named, Priority: storageFirst},
		{ID: "last-not-completed", Clear: network | named, Priority: failedFirst},
		{ID: "stuck-estimating", Clear: network | named, Priority: stuckFirst},
		{ID: "greyed-out", Set: gray, Clear: network, Priority: greyedOutFirst},
		{ID: "asks-to-sign-in", Set: named, Clear: network, Priority: accountFirst},
		{ID: "iphone-full", Set: named, Clear: network, Priority: deviceSpaceFirst},
		{ID: "something-else", WorstCase: true},
	}, messages...)},

	// Whether it is on, and of when the last backup is.
	backupOn: {ID: "backup-on", Kind: fix, Article: "108366", Not: pointless | gray | seen, Choices: []choice{
		{ID: "recent", Set: mayUpdate, To: recentBackup}, {ID: "is-on", WorstCase: true}, {ID: "never", Set: needsCopy | maybeNew},
		{ID: "was-off", Set: maybeNew}, {ID: "grey", Set: gray, Priority: greyedOutFirst, To: greyedOut},
	}},
	fresh: {ID: "fresh", Kind: question, Need: maybeNew, Choices: []choice{
		{ID: "just-set-up", To: listBackups}, {ID: "in-use", WorstCase: true},
	}},
	backUpNow: {ID: "back-up-now", Kind: fix, Article: "108366", Not: pointless | gray | tried, If: &nothingToRestore, Choices: []choice{
		{ID: "worked", Set: madeOne | mayUpdate, Clear: needsCopy, To: fixed}, {ID: "same-message", Set: tried | mayTrim, WorstCase: true},
		{ID: "another-message", Set: tried | mayTrim, To: anotherMessage}, {ID: "still-running", Set: tried | mayTrim, To: stuck},
		{ID: "no-wifi", Set: tried | mayTrim, To: noWifi}, {ID: "grey", Set: gray, Priority: greyedOutFirst, To: greyedOut},
		{ID: "just-set-up", To: listBackups},
	}},
	greyedOut: {ID: "greyed-out", Kind: fix, Article: "102563", Not: toRestore, Choices: []choice{
		{ID: "not-grey", Clear: gray, To: backUpNow}, {ID: "restoring", Clear: gray, To: whichRestore}, {ID: "profile", To: askIT},
		{ID: "screen-time", To: screenTime}, {ID: "terms", To: newTerms}, {ID: "no-wifi", Clear: gray, To: internet},
		{ID: "turns-off", To: problemEnabling}, {ID: "none", WorstCase: true},
	}},
	screenTime: {ID: "screen-time", Kind: fix, Article: "102563", Choices: []choice{
		{ID: "not-grey", Clear: gray, To: backUpNow}, {ID: "still-grey", WorstCase: true}, {ID: "managed", Set: managed, To: askIT},
	}},
	newTerms: {ID: "new-terms", Kind: fix, Choices: []choice{
		{ID: "accepted", Clear: gray, To: backUpNow}, {ID: "keeps-coming", WorstCase: true},
	}},
	accountAlert: {ID: "account-alert", Kind: fix, Article: "102563", Not: toRestore, Choices: []choice{
		{ID: "request-gone", To: backUpNow}, {ID: "keeps-coming", WorstCase: true}, {ID: "terms", To: newTerms},
		{ID: "verified-email", To: verifyEmail},
	}},
	verifyEmail: {ID: "verify-email", Kind: fix, Article: "102563", Choices: []choice{
		{ID: "request-gone", To: backUpNow}, {ID: "keeps-coming", WorstCase: true},
	}},
	problemEnabling: {ID: "problem-enabling", Kind: fix, Article: "102563", Not: toRestore, Choices: []choice{
		{ID: "stays-on", Set: seen, Clear: gray, To: backUpNow}, {ID: "still-turns-off", Set: seen | restarted, WorstCase: true}, {ID: "managed", Set: managed, To: askIT},
	}},
	notSupported: {ID: "not-supported", Kind: fix, Article: "102563", Choices: []choice{
		{ID: "not-managed", Set: named, To: computerBackup, WorstCase: true}, {ID: "managed", Set: managed, To: askIT},
		{ID: "old-ios", Set: computerOnly, Priority: computerFirst, To: computerBackup},
	}},

	compareStorage: {ID: "compare-storage", Kind: fix, Article: "108922", Need: mayTrim, Not: pointless | noDeleting, Choices: []choice{
		{ID: "fits", Set: fits}, {ID: "too-large", Set: lowStorage | tooLarge},
		{ID: "cannot-find", Set: unsure, To: storageDetails, WorstCase: true}, {ID: "absurd", Set: lowStorage | tooLarge, To: absurdSize}, {ID: "on-device", Set: named, Priority: deviceSpaceFirst},
	}},
	storageDetails: {ID: "storage-details", Kind: fix, Article: "102563", Choices: []choice{
		{ID: "fits", Set: fits, Clear: unsure | named}, {ID: "too-large", Set: lowStorage, Clear: unsure | named},
		{ID: "cannot-find", Set: unsure, WorstCase: true},
	}},
	absurdSize: {ID: "absurd-size", Kind: fix, Choices: []choice{
		{ID: "fits", Set: fits, Clear: tooLarge}, {ID: "still-too-large", Set: wantsRoom, To: trimApps, WorstCase: true}, notNow,
	}},
	makeRoom: {ID: "make-room", Kind: question, Article: "108922", Need: lowStorage | mayTrim, Not: noDeleting, Choices: []choice{
		{ID: "trim", To: whatTakesRoom, WorstCase: true}, {ID: "larger-plan", To: largerPlan},
		{ID: "plan-lapsed", To: payment}, {ID: "shared-plan", To: sharedPlan},
		{ID: "new-iphone", To: temporaryStorage}, {ID: "not-now", Set: noRoom, To: notice},
	}},
	whatTakesRoom: {ID: "what-takes-room", Kind: question, Article: "108922", Choices: []choice{
		{ID: "apps", Set: wantsRoom, Priority: steps{appDownloads, trimApps}}, {ID: "messages", Set: wantsRoom, To: trimMessages},
		{ID: "photos", Set: wantsRoom, To: trimPhotos}, {ID: "files", Set: wantsRoom, To: trimFiles}, {ID: "old-backups", Set: wantsRoom, To: trimOldBackups},
		{ID: "own-backup", Set: wantsRoom, To: deleteUnfinished}, {ID: "deleted-already", Set: wantsRoom, To: deletedAlready},
		{ID: "photos-off", Set: wantsRoom, To: turnOffPhotos}, {ID: "not-sure", Set: wantsRoom, WorstCase: true},
	}},
	paid: {ID: "paid", Kind: question, Article: "108047", Choices: []choice{
		{ID: "not-arrived", To: planArrival}, {ID: "refused", To: payment},
		{ID: "still-full", Set: lowStorage | mayTrim, Priority: storageFirst, WorstCase: true},
		{ID: "shared-plan", Set: lowStorage | mayTrim, To: sharedPlan}, {ID: "country", To: country},
	}},
	payment: {ID: "payment", Kind: fix, Article: "108047", Risk: costs, Choices: []choice{
		{ID: "paid", Set: fits, Clear: tooLarge | tried, Priority: paidFirst}, {ID: "refused", Set: noRoom, To: notice, WorstCase: true},
		{ID: "not-now", Set: noRoom, To: notice},
	}},
	planArrival: {ID: "plan-arrival", Kind: fix, Article: "108047", Choices: []choice{
		{ID: "arrived", Clear: tried, Priority: paidFirst}, {ID: "not-there", To: support, WorstCase: true}, {ID: "shared-plan", Set: lowStorage | mayTrim, To: sharedPlan},
	}},
	sharedPlan: {ID: "shared-plan", Kind: fix, Article: "108922", Choices: []choice{
		{ID: "ask", Set: managed, To: askIT}, {ID: "own-plan", To: largerPlan}, {ID: "not-shared", Set: wantsRoom, WorstCase: true},
	}},
	country: {ID: "country", Kind: fix, Choices: []choice{
		{ID: "back-up-first", To: computerBackup, WorstCase: true}, {ID: "answers-it", To: answered},
	}},
	largerPlan: {ID: "larger-plan", Kind: fix, Article: "108047", Risk: costs, Need: lowStorage, Not: noDeleting | noRoom, Choices: []choice{
		{ID: "worked", To: fixed}, {ID: "still-failing", Set: fits, Clear: tooLarge}, {ID: "refused", To: payment},
		{ID: "not-now", Set: wantsRoom, WorstCase: true},
	}},
	temporaryStorage: {ID: "temporary-storage", Kind: fix, Article: "104980", Choices: []choice{
		{ID: "worked", To: getBack}, {ID: "not-offered", Set: wantsRoom, WorstCase: true}, {ID: "not-now", Set: wantsRoom},
	}},
	appDownloads: {ID: "app-downloads", Kind: fix, Article: "108922", Risk: costs, Need: wantsRoom | mayTrim, Not: noDeleting,
		Choices: append(trimmed[:3:3], choice{ID: "show-list", To: trimApps}, notNow)},
	beforeTrimApps: {ID: "before-trim-apps", Kind: gate, Choices: gated, Confirm: []string{"apps-kept-elsewhere"}},
	trimApps: {ID: "trim-apps", Kind: fix, Article: "102563", Risk: destructive, Before: beforeTrimApps,
		Need: wantsRoom | mayTrim, Not: noDeleting, Choices: trimmed},
	beforeTrimMessages: {ID: "before-trim-messages", Kind: gate, Choices: gated, Confirm: []string{"attachments-kept"}},
	trimMessages: {ID: "trim-messages", Kind: fix, Article: "108770", Risk: destructive, Before: beforeTrimMessages,
		Need: wantsRoom | mayTrim, Not: noDeleting, Choices: trimmed},
	beforeTrimOldBackups: {ID: "before-trim-old-backups", Kind: gate, Choices: gated, Confirm: []string{"old-backup-not-needed"}},
	trimOldBackups: {ID: "trim-old-backups", Kind: fix, Article: "108922", Risk: destructive, Before: beforeTrimOldBackups,
		Need: wantsRoom | mayTrim, Not: noDeleting, Choices: trimmed},
	beforeTrimFiles: {ID: "before-trim-files", Kind: gate, Choices: gated, Confirm: []string{"files-kept"}},
	trimFiles: {ID: "trim-files", Kind: fix, Article: "108922", Risk: destructive, Before: beforeTrimFiles,
		Need: wantsRoom | mayTrim, Not: noDeleting, Choices: trimmed},
	beforeTrimPhotos: {ID: "before-trim-photos", Kind: gate, Choices: gated, Confirm: []string{"photos-kept"}},
	trimPhotos: {ID: "trim-photos", Kind: fix, Article: "108922", Risk: destructive, Before: beforeTrimPhotos,
		Need: wantsRoom | mayTrim, Not: noDeleting, Choices: trimmed},
	beforeDeleteUnfinished: {ID: "before-delete-unfinished", Kind: gate, Choices: gated, Confirm: []string{"no-date", "nothing-to-restore"}},
	deleteUnfinished: {ID: "delete-unfinished", Kind: fix, Article: "108922", Risk: destructive, Before: beforeDeleteUnfinished,
		Need: wantsRoom | mayTrim, Not: noDeleting, Choices: trimmed},
	notice: {ID: "notice", Kind: fix, Article: "108922", Choices: []choice{
		{ID: "computer-only", Set: computerOnly, Priority: computerFirst},
		{ID: "make-room", Set: lowStorage | mayTrim | noRoom | wantsRoom, Priority: storageFirst, WorstCase: true},
		{ID: "icloud-off", To: turnOffPhotos}, {ID: "answers-it", To: answered},
	}},
	turnOffPhotos: {ID: "turn-off-photos", Kind: fix, Article: "108922", Choices: []choice{
		{ID: "answers-it", To: answered}, {ID: "computer-only", Set: computerOnly, Priority: computerFirst},
		{ID: "make-room", Set: lowStorage | mayTrim | noRoom | wantsRoom, Priority: storageFirst, WorstCase: true},
	}},
	turnOffBackup: {ID: "turn-off-backup", Kind: fix, Article: "108366", Risk: costs, Need: computerOnly, Choices: []choice{
		{ID: "turned-off", To: computerOnlyEnd}, {ID: "not-now", Clear: computerOnly, WorstCase: true},
	}},
	deletedAlready: {ID: "deleted-already", Kind: fix, Article: "108922", Choices: []choice{
		{ID: "worked", To: fixed}, {ID: "still-too-large", WorstCase: true}, {ID: "fits-but-fails", Set: fits, Clear: tooLarge},
	}},

	internet: {ID: "internet", Kind: fix, Article: "102563", Not: pointless | gray,
		Choices: triedAgain(choice{ID: "no-wifi", To: noWifi})},
	airplane: {ID: "airplane", Kind: fix, Article: "102563", Choices: triedAgain(choice{ID: "no-wifi", To: noWifi})},
	vpn: {ID: "vpn", Kind: fix, Not: pointless | gray, Choices: []choice{
		{ID: "worked", Clear: byItself, To: blockerFound}, {ID: "still-failing", Set: tried | mayTrim}, {ID: "no-vpn", WorstCase: true},
		{ID: "managed", Set: managed},
	}},
	otherNetwork: {ID: "other-network", Kind: fix, Article: "102563", Risk: costs, Not: pointless | gray, Choices: []choice{
		{ID: "worked", Clear: byItself, To: homeNetwork}, {ID: "still-failing", Set: tried | mayTrim | failsAnywhere, WorstCase: true}, {ID: "no-other"},
	}},
	noWifi: {ID: "no-wifi", Kind: fix, Article: "108366", Risk: costs, Not: pointless, Choices: []choice{
		{ID: "worked", Clear: byItself, To: away}, {ID: "still-failing", Set: tried | mayTrim, WorstCase: true}, {ID: "no-other", Set: noNetwork, To: computerBackup},
	}},
	cellular: {ID: "cellular", Kind: fix, Article: "108366", Risk: costs, Choices: []choice{
		{ID: "uses-wifi", To: internet, WorstCase: true}, {ID: "worked", Clear: byItself, To: fixed}, {ID: "no-wifi", To: noWifi},
	}},
	conditions: {ID: "conditions", Kind: fix, Article: "108366", Need: madeOne, Not: pointless, Choices: []choice{
		{ID: "done", Clear: byItself, WorstCase: true}, {ID: "no-wifi", Clear: byItself, To: noWifi},
	}},
	lowDataMode: {ID: "low-data-mode", Kind: fix, Article: "102433", Risk: costs, Need: madeOne, Not: pointless, Choices: []choice{
		{ID: "turned-off", To: tonight}, {ID: "was-off", To: tonight, WorstCase: true}, {ID: "not-now", To: tonight},
	}},
	notByItself: {ID: "not-by-itself", Kind: fix, Article: "102563", Choices: []choice{
		{ID: "new-date", To: automatic}, {ID: "no-new-date", To: support, WorstCase: true},
	}},
	stuck: {ID: "stuck", Kind: fix, Article: "102563", Choices: []choice{
		{ID: "date-is-new", Clear: byItself, To: fixed}, {ID: "leave-it", To: waitDay}, {ID: "nothing-moved", Set: tried | mayTrim, WorstCase: true},
		{ID: "chat-backup", To: chats},
	}},
	deviceSpace: {ID: "device-space", Kind: fix, Article: "102670", Risk: costs,
		Choices: triedAfter(restarted, choice{ID: "restoring", To: whichRestore}, notNow)},
	unlockOnce: {ID: "unlock-once", Kind: fix, Article: "102563", Choices: triedAfter(restarted, notNow)},
	inUse: {ID: "in-use", Kind: fix, Article: "108922", Choices: []choice{
		{ID: "went-away", To: answered}, {ID: "still-refused", To: support, WorstCase: true}, {ID: "restoring", To: whichRestore},
	}},

	restart: {ID: "restart", Kind: fix, Not: pointless | restarted, Choices: triedAgain(notNow)},
	toggleBackup: {ID: "toggle-backup", Kind: fix, Risk: costs, Need: tried, Not: pointless | gray, Choices: []choice{
		{ID: "worked", Clear: byItself, To: fixed}, {ID: "still-failing", Set: restarted, WorstCase: true}, notNow,
	}},
	unusual: {ID: "unusual", Kind: question, Need: tried, Not: pointless | gray | network, Choices: []choice{
		{ID: "beta", Set: named, To: beta}, {ID: "waiting-apps", To: brokenApps}, {ID: "neither", WorstCase: true},
	}},
	anyBackup: {ID: "any-backup", Kind: question, Not: pointless | mayUpdate | needsCopy, Choices: []choice{
		{ID: "has-date", Set: mayUpdate}, {ID: "older-one", Set: needsCopy}, {ID: "no-date", Set: needsCopy, WorstCase: true},
	}},
	safeCopy: {ID: "safe-copy", Kind: question, Article: "118426", Risk: costs, Need: needsCopy, Not: pointless | copyAsked | hasComputer | madeOne, Choices: computers},
	update: {ID: "update", Kind: fix, Article: "102563", Risk: costs, Need: mayUpdate, Not: pointless,
		Choices: triedAgain(choice{ID: "up-to-date"}, notNow)},
	beta: {ID: "beta", Kind: fix, Risk: costs, Choices: triedAgain(notNow)},
	newerBackup: {ID: "newer-backup", Kind: fix, Article: "102563", Risk: costs,
		Choices: triedAgain(choice{ID: "not-offered"}, choice{ID: "back-up-first", To: computerBackup}, choice{ID: "just-set-up", Clear: newerIOS, To: listBackups}, notNow)},
	computerBackup:  {ID: "computer-backup", Kind: question, Article: "118426", Risk: costs, Not: copyAsked | hasComputer, Choices: computers},
	computerMac:     {ID: "computer-mac", Kind: fix, Article: "108796", Risk: costs, Need: mac, Choices: computer},
	computerWindows: {ID: "computer-windows", Kind: fix, Article: "108967", Risk: costs, Need: windows, Choices: computer},
	computerHelp: {ID: "computer-help", Kind: fix, Article: "108346", Choices: []choice{
		{ID: "answers-it", To: answered}, {ID: "done", Set: hasComputer | copyAsked | mayUpdate},
		{ID: "still-failing", Set: copyAsked | mayUpdate, To: noComputer, WorstCase: true},
		{ID: "password", To: backupPassword}, {ID: "managed", Set: managed, To: askIT},
	}},
	beforeBackupPassword: {ID: "before-backup-password", Kind: gate, Choices: gated, Confirm: []string{"passcode", "wifi-password"}},
	backupPassword: {ID: "backup-password", Kind: fix, Article: "108346", Risk: destructive, Before: beforeBackupPassword, Choices: []choice{
		{ID: "done", Set: hasComputer | copyAsked | mayUpdate}, {ID: "still-failing", Set: copyAsked | mayUpdate, To: noComputer, WorstCase: true}, {ID: "not-now", Set: copyAsked | mayUpdate, To: noComputer},
	}},
	noComputer: {ID: "no-computer", Kind: fix, Article: "104980", Choices: []choice{
		{ID: "copied"}, {ID: "not-now", WorstCase: true},
	}},
	beforeBrokenApps:   {ID: "before-broken-apps", Kind: gate, Choices: gated, Confirm: []string{"app-data-kept"}},
	brokenApps:         {ID: "broken-apps", Kind: fix, Risk: destructive, Before: beforeBrokenApps, Choices: triedAgain(notNow)},
	beforeDeleteBackup: {ID: "before-delete-backup", Kind: gate, Choices: gated, Confirm: []string{"computer-backup"}},
	deleteBackup: {ID: "delete-backup", Kind: fix, Article: "108922", Risk: destructive, Before: beforeDeleteBackup,
		Need: hasComputer | tried, Not: pointless | gray | network | named | madeOne, Choices: triedAgain(notNow)},
	beforeResetNetwork: {ID: "before-reset-network", Kind: gate, Choices: gated, Confirm: []string{"wifi-password"}},
	resetNetwork: {ID: "reset-network", Kind: fix, Risk: destructive, Before: beforeResetNetwork,
		Need: tried | failsAnywhere, Not: pointless | managed | gray | named | madeOne, Choices: triedAgain(notNow)},
	beforeSignOut: {ID: "before-sign-out", Kind: gate, Choices: gated, Confirm: []string{"computer-backup", "password", "trusted-number"}},
	signOut: {ID: "sign-out", Kind: fix, Risk: destructive, Before: beforeSignOut,
		Need: hasComputer | tried, Not: pointless | managed | gray | network | named | madeOne, Choices: triedAgain(notNow)},

	// A restore that is still running.
	whichRestore: {ID: "which-restore", Kind: question, Article: "102325", Choices: []choice{
		{ID: "this-one", To: waitRestore}, {ID: "asks", To: unfinishedRestore}, {ID: "paused", To: pausedRestore},
		{ID: "never-ends", To: endlessRestore}, {ID: "another-one", To: otherDevice}, {ID: "restore-done", WorstCase: true},
	}},
	unfinishedRestore: {ID: "unfinished-restore", Kind: fix, Article: "102325", Choices: []choice{
		{ID: "downloading", To: waitRestore}, {ID: "keeps-coming", To: endlessRestore, WorstCase: true},
	}},
	pausedRestore: {ID: "paused-restore", Kind: fix, Article: "102325", Choices: []choice{
		{ID: "downloading", To: waitRestore}, {ID: "still-paused", To: endlessRestore, WorstCase: true},
	}},
	endlessRestore: {ID: "endless-restore", Kind: fix, Article: "102325", Choices: []choice{
		{ID: "downloading", To: waitRestore}, {ID: "not-enough", To: support, WorstCase: true}, {ID: "stop", To: stopRestore},
	}},
	beforeStopRestore: {ID: "before-stop-restore", Kind: gate, Choices: gated, Confirm: []string{"all-there", "older-copy-kept"}},
	stopRestore:       {ID: "stop-restore", Kind: fix, Article: "102325", Risk: destructive, Before: beforeStopRestore, Choices: triedAgain(notNow)},
	otherDevice: {ID: "other-device", Kind: fix, Article: "102563", Choices: []choice{
		{ID: "finished", To: backUpNow}, {ID: "not-finished", To: waitRestore}, {ID: "no-other-device", WorstCase: true},
	}},

	// Questions that come before a failing backup.
	aboutBackup: {ID: "about-backup", Kind: question, Article: "108770", Choices: []choice{
		{ID: "see-date", To: findBackup, WorstCase: true}, {ID: "contents", To: contents}, {ID: "chats", To: chats},
		{ID: "how-long", To: kept}, {ID: "get-back", To: getBack},
	}},
	findBackup: {ID: "find-backup", Kind: fix, Article: "108922", Choices: []choice{
		{ID: "recent", Set: mayUpdate, To: recentBackup}, {ID: "old-date", Set: seen | byItself, Priority: weeksFirst},
		{ID: "no-date", Set: seen | needsCopy | maybeNew | byItself, Priority: weeksFirst, WorstCase: true}, {ID: "get-back", To: getBack},
	}},
	contents: {ID: "contents", Kind: fix, Article: "108770", Choices: information(answered, choice{ID: "chats", To: chats}, choice{ID: "see-date", To: findBackup})},
	chats:    {ID: "chats", Kind: fix, Article: "108770", Choices: information(answered, choice{ID: "see-date", To: findBackup})},
	kept: {ID: "kept", Kind: fix, Article: "108366", Choices: information(answered,
		choice{ID: "not-there", To: backupGone}, choice{ID: "see-date", To: findBackup})},
	getBack: {ID: "get-back", Kind: fix, Article: "102325", Choices: information(answered,
		choice{ID: "look", To: listBackups})},
	listBackups: {ID: "list-backups", Kind: fix, Article: "108922", Choices: []choice{
		{ID: "found", Set: toRestore, To: restoreBackup}, {ID: "nothing-missing", Clear: toRestore | maybeNew, To: backUpNow}, {ID: "still-restoring", Clear: toRestore, To: whichRestore}, {ID: "not-there", To: backupGone, WorstCase: true},
	}},
	beforeRestoreBackup: {ID: "before-restore-backup", Kind: gate, Choices: []choice{gated[0], {ID: "not-now", To: keepBackup}}, Confirm: []string{"date-seen", "nothing-new", "password"}},
	restoreBackup: {ID: "restore-backup", Kind: fix, Article: "102325", Risk: destructive, Before: beforeRestoreBackup, Choices: []choice{
		{ID: "restored", To: answered}, {ID: "still-missing", To: support, WorstCase: true}, {ID: "not-now", To: keepBackup},
	}},
	whatHappened: {ID: "what-happened", Kind: question, Choices: []choice{
		{ID: "wont-start", To: deadPhone, WorstCase: true}, {ID: "screen-broken", To: brokenScreen}, {ID: "lost", To: lostPhone}, {ID: "locked-out", To: lockedOut},
		{ID: "repair", To: beforeRepair}, {ID: "new-iphone", To: getBack},
	}},
	deadPhone:    {ID: "dead-phone", Kind: fix, Choices: outOfReach},
	brokenScreen: {ID: "broken-screen", Kind: fix, Choices: outOfReach},
	lostPhone:    {ID: "lost-phone", Kind: fix, Choices: outOfReach},
	lockedOut:    {ID: "locked-out", Kind: fix, Choices: outOfReach},
	beforeRepair: {ID: "before-repair", Kind: fix, Article: "118426", Choices: information(answered,
		choice{ID: "back-up-now", Clear: tried, Priority: paidFirst}, choice{ID: "computer", Priority: computerFirst, To: computerBackup})},

	waitRestore:  {ID: "wait-restore", Kind: end, Article: "102325", Choices: []choice{{ID: "restore-done", To: backUpNow}, {ID: "never-ends", To: endlessRestore}}},
	waitDay:      {ID: "wait-day", Kind: end, Article: "102563", Choices: []choice{{ID: "worked", Clear: byItself, To: fixed}, {ID: "nothing-moved", Set: tried | mayTrim}}},
	tonight:      {ID: "tonight", Kind: end, Article: "108366", Choices: []choice{{ID: "new-date", To: automatic}, {ID: "no-new-date", To: notByItself}}},
	askIT:        {ID: "ask-it", Kind: end, Choices: []choice{{ID: "not-the-profile", Set: managed}}},
	homeNetwork:  {ID: "home-network", Kind: end, Article: "102563", Choices: []choice{{ID: "worked", To: fixed}, {ID: "still-failing", To: support}}},
	blockerFound: {ID: "blocker-found", Kind: end},
	away:         {ID: "away", Kind: end},
	recentBackup: {ID: "recent-backup", Kind: end, If: &notAboutRoom, Choices: []choice{{ID: "message-stays"}}},
	automatic:    {ID: "automatic", Kind: end},
	backupGone:   {ID: "backup-gone", Kind: end, Article: "102325", Choices: []choice{{ID: "new-backup", Set: needsCopy, Clear: maybeNew | tried, Priority: paidFirst}}},

	keepBackup:  {ID: "keep-backup", Kind: end, Article: "108366"},
	nextIPhone:  {ID: "next-iphone", Kind: end, Article: "102325"},
	withoutWifi: {ID: "without-wifi", Kind: end, Article: "108366", Need: noNetwork},

	computerOnlyEnd: {ID: "computer-only", Kind: end},
	answered:        {ID: "all-answered", Kind: end, Choices: []choice{{ID: "check", Clear: toRestore, Priority: weeksFirst}}},
	fixed:           {ID: "fixed", Kind: end, If: &proven},
	support:         {ID: "support", Kind: end, Article: "102563", Plain: "apple-support"},
}
