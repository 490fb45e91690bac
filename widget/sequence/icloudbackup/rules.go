package icloudbackup

import "backupcheck/widget/sequence"

// The rows of Apple's System Status page that rules name. Package status has to
// read them; see status.RelatedNames.
const (
	Account              sequence.Row = "iCloud Account & Sign In"
	AppleAccount         sequence.Row = "Apple Account"
	StorageUpgrades      sequence.Row = "iCloud Storage Upgrades"
	SubscriptionPurchase sequence.Row = "Subscription Purchase"
	AppStore             sequence.Row = "App Store"
	ITunesStore          sequence.Row = "iTunes Store"
	Photos               sequence.Row = "Photos"
	Drive                sequence.Row = "iCloud Drive"
	Mail                 sequence.Row = "iCloud Mail"
	WebApps              sequence.Row = "iCloud Web Apps (iCloud.com)"
	Keychain             sequence.Row = "iCloud Keychain"
	FindMy               sequence.Row = "Find My"
	PrivateRelay         sequence.Row = "iCloud Private Relay"
	Activation           sequence.Row = "iOS Device Activation"
)

const (
	affected = sequence.Affected
	unknown  = sequence.Unknown

	unread      = sequence.ServiceUnknown
	fine        = sequence.ServiceFine
	recovered   = sequence.ServiceRecovered
	maintenance = sequence.ServiceMaintenance
	degraded    = sequence.ServiceDegraded
	outage      = sequence.ServiceOutage
)

// rules are ordered by weight: the first rule that holds a step gives the
// reason.
var rules = []sequence.Rule{
	{Service: states{outage}, Destructive: true, Held: "held.outage"},
	{Service: states{degraded}, Destructive: true, Held: "held.degraded"},
	{Service: states{maintenance}, Destructive: true, Held: "held.maintenance"},
	// An account that cannot sign in again is worse than a failed backup, so
	// signing out takes sign-in rows that are known to be fine.
	{Rows: rows{Account, AppleAccount}, Health: affected, Steps: steps{signOut}, Held: "held.sign-in-affected"},
	{Service: states{unread}, Steps: steps{deleteBackup, signOut}, Held: "held.unknown"},
	{Rows: rows{Account, AppleAccount}, Health: unknown, Steps: steps{signOut}, Held: "held.sign-in-unknown"},
	{Rows: rows{FindMy}, Health: affected, Steps: steps{signOut}, Held: "held.find-my"},

	{Service: states{maintenance, degraded, outage}, Steps: steps{backUpNow, thatWasApple}, Note: "note.not-available"},
	{Service: states{recovered}, Steps: steps{backUpNow}, Note: "note.recovered"},
	{Rows: rows{Account, AppleAccount}, Health: affected, Steps: steps{accountAlert}, Note: "note.sign-in"},
	{Rows: rows{StorageUpgrades}, Health: affected,
		Steps: steps{compareStorage, largerPlan}, Note: "note.storage-upgrades"},
	{Rows: rows{SubscriptionPurchase, AppStore, ITunesStore}, Health: affected,
		Steps: steps{compareStorage, largerPlan}, Note: "note.purchases"},
	{Rows: rows{Photos, Drive, Mail, WebApps}, Health: affected,
		Steps: steps{compareStorage, trimOldBackups, trimFiles, trimApps, trimPhotos}, Note: "note.space-late"},
	{Rows: rows{PrivateRelay}, Health: affected, Steps: steps{vpn}, Note: "note.private-relay"},
	{Rows: rows{Keychain}, Health: affected, Steps: steps{signOut}, Note: "note.keychain"},
	{Rows: rows{Activation}, Health: affected,
		Steps: steps{computerBackup, computerMac, computerWindows, support}, Note: "note.activation"},
}
