// Package status is the project's domain: what Apple reports about iCloud
// Backup, and what follows from it. It knows nothing of HTTP, of Apple's
// formats or of the place where it runs; a clock, a source of readings and a
// store for them are handed in.
package status

// ServiceName is the name of the row that matters, as Apple's English page
// has had it since May 2018. Other languages have other names.
const ServiceName = "iCloud Backup"

// SourceURL is the page that people can check for themselves.
const SourceURL = "https://www.apple.com/support/systemstatus/"

// RelatedNames lists the rows of Apple's page that bear on the
// troubleshooting steps, sign-in first: a step that such a row makes useless
// or harmful is held back.
func RelatedNames() []string {
	return []string{
		"iCloud Account & Sign In",
		"Apple Account",
		"iCloud Storage Upgrades",
		"Subscription Purchase",
		"App Store",
		"iTunes Store",
		"Photos",
		"iCloud Drive",
		"iCloud Mail",
		"iCloud Web Apps (iCloud.com)",
		"iCloud Keychain",
		"Find My",
		"iCloud Private Relay",
		"iOS Device Activation",
		"Screen Time",
		"iMessage",
	}
}
