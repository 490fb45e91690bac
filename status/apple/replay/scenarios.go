package replay

import (
	"slices"
	"time"
)

// anyService stands in a scenario for the row that the Server is about.
const anyService = ""

// scenario is a feed that we make ourselves.
type scenario struct {
	name, description string
	incidents         []incident
	unlisted          bool   // the service has no row
	light             string // what the page's HTML says of the service; empty: it says nothing
}

// incident is one messageId, with its times counted from the moment its
// scenario was chosen. That moment is also when it was posted: whichever
// scenario was chosen last has the newest word about a messageId, as readers
// that settle between two copies by datePosted expect.
type incident struct {
	id, state, users, message string
	start, end                time.Duration // end zero: not known
	rows                      []rowImpact
}

// rowImpact says which type an incident has on one row. Apple tells it for each
// row on its own.
type rowImpact struct{ row, kind string }

const (
	someAffected     = "Some users are affected"
	someWereAffected = "Some users were affected"

	// One trouble that changes its face: choosing issue, then outage, then
	// recovered tells the story of a single incident.
	backupIncident = "2000009001"
)

var scenarios = []scenario{
	{
		name:        "fine",
		description: "Apple reports no problem.",
	}, {
		name:        "issue",
		description: "An issue for 70 minutes now, on Photos as well.",
		incidents: []incident{{
			id: backupIncident, state: "ongoing", users: someAffected, start: -70 * time.Minute,
			message: "Backups may stop before they are complete.",
			rows:    []rowImpact{{anyService, "Issue"}, {"Photos", "Issue"}},
		}},
	}, {
		name:        "performance",
		description: "The service is slow.",
		incidents: []incident{{
			id: backupIncident, state: "ongoing", users: someAffected, start: -70 * time.Minute,
			message: "Backups may take much longer than they should.",
			rows:    []rowImpact{{anyService, "Performance"}},
		}},
	}, {
		name:        "outage",
		description: "An outage of the service; the same incident is an issue on Photos and iCloud Drive.",
		incidents: []incident{{
			id: backupIncident, state: "ongoing", users: "All users are affected", start: -70 * time.Minute,
			message: "The service can't be reached.",
			rows:    []rowImpact{{anyService, "Outage"}, {"Photos", "Issue"}, {"iCloud Drive", "Issue"}},
		}},
	}, {
		name:        "maintenance",
		description: "Maintenance for half an hour now, planned to end in two hours.",
		incidents: []incident{{
			id: "2000009002", state: "ongoing", users: someAffected, start: -30 * time.Minute, end: 2 * time.Hour,
			message: "Backups may wait until the maintenance is over.",
			rows:    []rowImpact{{anyService, "Maintenance"}},
		}},
	}, {
		name:        "upcoming",
		description: "Nothing now; maintenance is announced for tomorrow, for two hours.",
		incidents: []incident{{
			id: "2000009003", state: "upcoming", users: "Some users will be affected", start: 24 * time.Hour, end: 26 * time.Hour,
			message: "Backups may have to wait during the maintenance.",
			rows:    []rowImpact{{anyService, "Maintenance"}},
		}},
	}, {
		name:        "recovered",
		description: "An issue that was resolved 40 minutes ago.",
		incidents: []incident{{
			id: backupIncident, state: "resolved", users: someWereAffected, start: -130 * time.Minute, end: -40 * time.Minute,
			message: "Some backups stopped before they were complete.",
			rows:    []rowImpact{{anyService, "Issue"}},
		}},
	}, {
		name:        "sign-in",
		description: "The service is fine, but signing in to iCloud has an outage.",
		incidents: []incident{{
			id: "2000009004", state: "ongoing", users: someAffected, start: -25 * time.Minute,
			message: "Signing in may fail, and a password may be asked for again and again.",
			rows:    []rowImpact{{"iCloud Account & Sign In", "Outage"}},
		}},
	}, {
		name:        "storage",
		description: "The service is fine, but upgrading iCloud storage has an issue.",
		incidents: []incident{{
			id: "2000009005", state: "ongoing", users: someAffected, start: -45 * time.Minute,
			message: "Storage that was bought may not show yet.",
			rows:    []rowImpact{{"iCloud Storage Upgrades", "Issue"}},
		}},
	}, {
		name:        "unlisted",
		description: "The service's row is missing from the feed.",
		unlisted:    true,
	}, {
		name:        "page-disagrees",
		description: "The feed says that all is fine, the page's HTML shows an outage of the service.",
		light:       "outage",
	},
}

// background is in every scenario, because Apple's feed is hardly ever without
// an incident that is over. It must not bear on anything.
var background = incident{
	id: "2000009000", state: "resolved", users: someWereAffected, start: -53 * time.Hour, end: -51 * time.Hour,
	message: "New mail arrived late.",
	rows:    []rowImpact{{"iCloud Mail", "Issue"}},
}

func findScenario(name string) *scenario {
	i := slices.IndexFunc(scenarios, func(sc scenario) bool { return sc.name == name })
	if i < 0 {
		return nil
	}
	return &scenarios[i]
}
