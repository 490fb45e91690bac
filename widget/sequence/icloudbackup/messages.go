package icloudbackup

// messages are what iOS itself says about backups, by the ids of package
// messages. Where the message names the cause, its step comes first, and
// nothing that can't be the cause comes at all.
var messages = []choice{
	message("newer-ios-backup", choice{Set: newerIOS, Clear: network, Priority: newerFirst}),
	message("poor-network", choice{Set: network | mayWorkNow, Priority: networkFirst}),
	message("other-device-restoring", choice{Clear: network, To: otherDevice}),
	message("restore-unfinished", choice{Clear: network, To: unfinishedRestore}),
	message("restore-paused", choice{Clear: network, To: pausedRestore}),
	message("being-restored", choice{Clear: network, To: waitRestore}),
	message("device-space", choice{Clear: network, Priority: deviceSpaceFirst}),
	message("some-files-unavailable", choice{Clear: network, Priority: unlockFirst}),
	message("additional-space-needed", choice{Set: lowStorage | mayTrim | tooLarge, Clear: fits | unsure | network, Priority: storageFirst}),
	message("not-enough-icloud-storage", choice{Set: lowStorage | mayTrim | mayWorkNow, Clear: fits | unsure | network, Priority: storageFirst}),
	message("storage-details-unavailable", choice{Set: unsure, Clear: network, Priority: storageDetailFirst}),
	message("icloud-storage-full", choice{Set: lowStorage | mayTrim, Clear: fits | unsure | network, Priority: storageFirst}),
	message("airplane-mode", choice{Set: network, To: airplane, Priority: networkFirst}),
	message("internet-required", choice{Set: network, To: internet, Priority: networkFirst}),
	message("wifi-required", choice{Set: network, To: internet, Priority: networkFirst}),
	message("verified-email", choice{Clear: network, To: verifyEmail}),
	message("verify-password", choice{Set: keepSignedIn, Clear: network, Priority: accountFirst}),
	message("account-access", choice{Set: keepSignedIn, Clear: network, Priority: accountFirst}),
	message("verification-failed", choice{Set: keepSignedIn, Clear: network, Priority: accountFirst}),
	message("new-terms", choice{Clear: network, To: newTerms}),
	message("cannot-delete-backup", choice{Clear: network, To: inUse}),
	message("cannot-turn-off-backup", choice{Clear: network, To: inUse}),
	message("cellular-question", choice{Clear: network, To: cellular}),
	message("late-backup", choice{Set: mayWorkNow | byItself, Clear: network, Priority: weeksFirst}),
	message("never-backed-up", choice{Set: undated | mayWorkNow | byItself, Clear: network, Priority: weeksFirst}),
	message("will-occur-later", choice{Set: undated | byItself, Clear: network, Priority: dueFirst}),
	message("backup-off", choice{Clear: network | gray, To: backupOn}),
	message("backup-not-supported", choice{Clear: network, To: notSupported}),
	message("problem-enabling", choice{Clear: network, Priority: enablingFirst}),
	message("cannot-connect-icloud", choice{Set: network, To: internet, Priority: networkFirst}),
	message("estimating", choice{Set: mayWorkNow, Clear: network, Priority: stuckFirst}),
	message("last-backup-not-completed", choice{Set: mayWorkNow, Clear: network, Priority: failedFirst}),
	message("backup-failed", choice{Set: lowStorage | mayTrim | mayWorkNow, Clear: fits | unsure | network, Priority: storageFirst}),
}

func message(id string, c choice) choice {
	c.ID, c.Unlisted = id, true
	return c
}
