// Package messages recognizes what an iPhone or iPad says about backups, as a
// reader types, pastes or dictates it, in 16 languages. It is also compiled into
// the Wasm module for the browser, so that nothing typed leaves the page.
//
// The messages are those of iOS 15, by their words in Apple's own tables
// (bundles iCloudQuotaUI, MobileBackup, AppleAccount, AppleAccountUI and
// DisembarkUI, January 2022). A newer iOS may word a message differently, so
// phrases of a few words are compared, never sentences, and the words that people
// use for what a message says.
package messages

// The ids, from specific to general, and what each means:
//
//	newer-ios-backup             iCloud has a backup of a newer iOS than this iPhone runs
//	poor-network                 the connection broke, or was too slow
//	other-device-restoring       another device is being restored from this iPhone's backup
//	restore-unfinished           a restore of this iPhone never ended, and blocks backups
//	restore-paused               a restore waits for Wi-Fi, power or cooling
//	being-restored               this iPhone is still being restored, which is normal
//	device-space                 the iPhone itself is too full to prepare a backup
//	some-files-unavailable       the rest was backed up; the keys of some files couldn't be had
//	additional-space-needed      how much iCloud storage is missing
//	not-enough-icloud-storage    the next backup doesn't fit
//	storage-details-unavailable  the numbers couldn't be loaded; no sign of full storage
//	icloud-storage-full          no storage is left, and syncing stops too
//	airplane-mode                Airplane Mode was on when backup was turned on
//	internet-required            there was no connection when backup was turned on
//	wifi-required                Back Up Now without Wi-Fi
//	verified-email               the account's address isn't verified
//	verify-password              the sign-in needs the password again
//	account-access               the account couldn't be used: password, or Apple's service
//	new-terms                    new terms and conditions wait to be accepted
//	verification-failed          signing in failed, not the backup
//	cannot-delete-backup         a backup or a restore is using it
//	cannot-turn-off-backup       the same, for an app or a device
//	cellular-question            iOS asks before it uses cellular data for a backup
//	late-backup                  days or weeks without power, Wi-Fi and lock at once
//	never-backed-up              there is no backup at all yet
//	will-occur-later             the first backup is due, no error
//	backup-off                   the switch is off
//	backup-not-supported         not clear when iOS says so
//	problem-enabling             turning the switch on failed
//	cannot-connect-icloud        a general error
//	estimating                   a backup is running, perhaps stuck
//	last-backup-not-completed    a general failure, without a cause
//	backup-failed                the title of a notification, without a cause
//
// new-terms and backup-failed aren't in the bundles above; their words are those
// that people quote and type.

// IDs returns the ids of all messages, from specific to general.
func IDs() []string { return append([]string(nil), load().ids...) }

// Recognize returns the ids of the messages that a text may be, the best first,
// at most three, nil if it is none. lang is the language to try first, as a BCP
// 47 tag or with underscores, or "". Only the first 1,000 characters are read.
//
// A phrase that occurs in the text outranks one that nearly does, and a specific
// message outranks a general one. So "The last backup could not be completed"
// comes after a cause that the same text names, even with a spelling mistake.
func Recognize(text, lang string) []string {
	t := normalize(text)
	if len(t.letters) < 2 {
		return nil
	}
	table := load()
	m := matcher{text: t, table: table, lang: language(lang)}
	m.run()
	var ids []string
	for _, id := range m.ranked() {
		ids = append(ids, table.ids[id])
	}
	return ids
}
