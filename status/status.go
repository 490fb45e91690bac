// Package status is the project's domain: what Apple reports about iCloud
// Backup, and the verdict on it. It is independent of HTTP, of Apple's formats
// and of the platform; the clock, the source of readings and their cache are
// passed in.
package status

// ServiceName is the name of the service's row on Apple's English page, since
// May 2018. Pages in other languages have other names.
const ServiceName = "iCloud Backup"

// SourceURL is the public page with Apple's status.
const SourceURL = "https://www.apple.com/support/systemstatus/"

// RelatedNames returns the names of the rows of Apple's page that affect the
// troubleshooting steps, the sign-in rows first. Other lists of these rows
// follow from this one, or a test compares them with it: the widget's steps
// import nothing of this package, so their Wasm module stays small.
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
