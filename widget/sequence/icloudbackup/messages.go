package icloudbackup

// messages are what iOS itself says about backups, by the ids of package
// messages. Where the message names the cause, its step comes first, and
// nothing that can't be the cause comes at all.
var messages = []choice{
	message("newer-ios-backup", choice{Set: newerIOS, Clear: network | named, Priority: newerFirst}),
	message("poor-network", choice{Set: network | mayWorkNow, Clear: named, Priority: networkFirst}),
	message("other-device-restoring", choice{Set: named, Clear: network, To: otherDevice}),
	message("restore-unfinished", choice{Clear: network | named, To: unfinishedRestore}),
	message("restore-paused", choice{Clear: network | named, To: pausedRestore}),
	message("being-restored", choice{Clear: network | named, To: waitRestore}),
	message("device-space", choice{Set: named, Clear: network, Priority: deviceSpaceFirst}),
	message("some-files-unavailable", choice{Set: named, Clear: network, Priority: unlockFirst}),
	message("additional-space-needed", choice{Set: lowStorage | mayTrim | tooLarge, Clear: fits | unsure | network | named, Priority: storageFirst}),
	message("not-enough-icloud-storage", choice{Set: lowStorage | mayTrim | mayWorkNow, Clear: fits | unsure | network | named, Priority: storageFirst}),
	message("storage-details-unavailable", choice{Set: unsure | named, Clear: network, Priority: storageDetailFirst}),
	message("icloud-storage-full", choice{Set: lowStorage | mayTrim, Clear: fits | unsure | network | named, Priority: storageFirst}),
	message("airplane-mode", choice{Set: network, Clear: named, To: airplane, Priority: networkFirst}),
	message("internet-required", choice{Set: network, Clear: named, To: internet, Priority: networkFirst}),
	message("wifi-required", choice{Set: network, Clear: named, To: internet, Priority: networkFirst}),
	message("verified-email", choice{Set: named, Clear: network, To: verifyEmail}),
	message("verify-password", choice{Set: named, Clear: network, Priority: accountFirst}),
	message("account-access", choice{Set: named, Clear: network, Priority: accountFirst}),
	message("verification-failed", choice{Set: named, Clear: network, Priority: accountFirst}),
	message("new-terms", choice{Set: named, Clear: network, To: newTerms}),
	message("cannot-delete-backup", choice{Clear: network | named, To: inUse}),
	message("cannot-turn-off-backup", choice{Clear: network | named, To: inUse}),
	message("cellular-question", choice{Clear: network | named, To: cellular}),
	message("late-backup", choice{Set: mayWorkNow | byItself, Clear: network | named, Priority: weeksFirst}),
	message("never-backed-up", choice{Set: needsCopy | maybeNew | mayWorkNow | byItself, Clear: network | named, Priority: weeksFirst}),
	message("will-occur-later", choice{Set: needsCopy | maybeNew | byItself, Clear: network | named, Priority: dueFirst}),
	message("backup-off", choice{Set: maybeNew, Clear: network | named | gray, To: backupOn}),
	message("backup-not-supported", choice{Clear: network | named, To: notSupported}),
	message("problem-enabling", choice{Clear: network | named, Priority: enablingFirst}),
	message("cannot-connect-icloud", choice{Set: network, Clear: named, To: internet, Priority: networkFirst}),
	message("estimating", choice{Set: mayWorkNow, Clear: network | named, Priority: stuckFirst}),
	message("last-backup-not-completed", choice{Set: mayWorkNow, Clear: network | named, Priority: failedFirst}),
	message("backup-failed", choice{Set: lowStorage | mayTrim | mayWorkNow, Clear: fits | unsure | network | named, Priority: bannerFirst}),
}

// Messages returns the ids of the messages.
func Messages() []string {
	var ids []string
	for _, m := range messages {
		ids = append(ids, m.ID)
	}
	return ids
}

func message(id string, c choice) choice {
	c.ID, c.Unlisted = id, true
	return c
}
