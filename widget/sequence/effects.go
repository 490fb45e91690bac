package sequence

// Row names a service whose state bears on the steps, in English, exactly as on
// Apple's System Status page.
type Row string

// The related rows.
const (
	Account              Row = "iCloud Account & Sign In"
	AppleAccount         Row = "Apple Account"
	StorageUpgrades      Row = "iCloud Storage Upgrades"
	SubscriptionPurchase Row = "Subscription Purchase"
	AppStore             Row = "App Store"
	ITunesStore          Row = "iTunes Store"
	Photos               Row = "Photos"
	Drive                Row = "iCloud Drive"
	Mail                 Row = "iCloud Mail"
	WebApps              Row = "iCloud Web Apps (iCloud.com)"
	Keychain             Row = "iCloud Keychain"
	FindMy               Row = "Find My"
	PrivateRelay         Row = "iCloud Private Relay"
	Activation           Row = "iOS Device Activation"
	ScreenTime           Row = "Screen Time"
	Messages             Row = "iMessage"
)

// Rows returns the related rows in a fixed order, the sign-in rows first. Some
// of them change no step yet and are only shown.
func Rows() []Row {
	return []Row{
		Account, AppleAccount,
		StorageUpgrades, SubscriptionPurchase, AppStore, ITunesStore,
		Photos, Drive, Mail, WebApps,
		Keychain, FindMy, PrivateRelay, Activation, ScreenTime, Messages,
	}
}

// effect is what one part of Apple's report does to some of the steps. It
// applies when iCloud Backup is in one of the states in backup, or when any of
// rows is of the given health.
type effect struct {
	backup []BackupState
	rows   []Row
	health Health // of rows

	destructive bool     // concerns every Destructive step
	steps       []string // and these steps

	held string // text id of a reason to hold the steps back, or ""
	note string // text id of a sentence to show with them, or ""
}

// effects are ordered by weight: the first reason that holds a step is told.
var effects = []effect{
	{backup: []BackupState{BackupOutage}, destructive: true, held: "held.outage"},
	{backup: []BackupState{BackupDegraded}, destructive: true, held: "held.degraded"},
	{backup: []BackupState{BackupMaintenance}, destructive: true, held: "held.maintenance"},
	// An account that cannot sign in again is worse than a failed backup, so
	// signing out takes sign-in rows that are known to be fine.
	{rows: []Row{Account, AppleAccount}, health: Affected, steps: []string{"sign-out"}, held: "held.sign-in-affected"},
	{backup: []BackupState{BackupUnknown}, steps: []string{"delete-backup", "sign-out"}, held: "held.unknown"},
	{rows: []Row{Account, AppleAccount}, health: Unknown, steps: []string{"sign-out"}, held: "held.sign-in-unknown"},
	{rows: []Row{FindMy}, health: Affected, steps: []string{"sign-out"}, held: "held.find-my"},

	{backup: []BackupState{BackupMaintenance, BackupDegraded, BackupOutage}, steps: []string{"back-up-now", "that-was-apple"}, note: "note.not-available"},
	{backup: []BackupState{BackupRecovered}, steps: []string{"back-up-now"}, note: "note.recovered"},
	{rows: []Row{Account, AppleAccount}, health: Affected, steps: []string{"account-alert"}, note: "note.sign-in"},
	{rows: []Row{StorageUpgrades}, health: Affected, steps: []string{"compare-storage", "larger-plan"}, note: "note.storage-upgrades"},
	{rows: []Row{SubscriptionPurchase, AppStore, ITunesStore}, health: Affected, steps: []string{"compare-storage", "larger-plan"}, note: "note.purchases"},
	{rows: []Row{Photos, Drive, Mail, WebApps}, health: Affected, steps: []string{"compare-storage", "trim-old-backups", "trim-apps", "trim-photos"}, note: "note.space-late"},
	{rows: []Row{PrivateRelay}, health: Affected, steps: []string{"vpn"}, note: "note.private-relay"},
	{rows: []Row{Keychain}, health: Affected, steps: []string{"sign-out"}, note: "note.keychain"},
	{rows: []Row{Activation}, health: Affected, steps: []string{"computer-backup", "computer-mac", "computer-windows", "support", "apple-support"}, note: "note.activation"},
}
