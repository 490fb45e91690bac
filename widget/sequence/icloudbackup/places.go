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
