package replay

import (
	"slices"
	"time"
)

// theService is the name in a scenario for Options.Service.
const theService = ""

// scenario is a generated feed.
type scenario struct {
	name, description string
	incidents         []incident
	unlisted          bool   // the service has no row
	light             string // of the service in the page's HTML; empty: none
}

// incident is the event with one messageId. Its times are relative to the time
// when its scenario was chosen. That is also its datePosted, since of two copies
// of an event the one posted later counts.
type incident struct {
	id, state, users, message string
	start, end                time.Duration // end zero: not known
	rows                      []rowImpact
}

// rowImpact is an incident's type on one row. Apple publishes one for each row.
type rowImpact struct{ row, kind string }

const (
	someAffected     = "Some users are affected"
	someWereAffected = "Some users were affected"

	// Several scenarios have the same incident: choosing issue, then outage, then
	// recovered is the course of one incident.
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
			rows:    []rowImpact{{theService, "Issue"}, {"Photos", "Issue"}},
		}},
	}, {
		name:        "performance",
		description: "The service is slow.",
		incidents: []incident{{
			id: backupIncident, state: "ongoing", users: someAffected, start: -70 * time.Minute,
			message: "Backups may take much longer than they should.",
			rows:    []rowImpact{{theService, "Performance"}},
		}},
	}, {
		name:        "outage",
		description: "An outage of the service; the same incident is an issue on Photos and iCloud Drive.",
		incidents: []incident{{
			id: backupIncident, state: "ongoing", users: "All users are affected", start: -70 * time.Minute,
			message: "The service can't be reached.",
			rows:    []rowImpact{{theService, "Outage"}, {"Photos", "Issue"}, {"iCloud Drive", "Issue"}},
		}},
	}, {
		name:        "maintenance",
		description: "Maintenance for half an hour now, planned to end in two hours.",
		incidents: []incident{{
			id: "2000009002", state: "ongoing", users: someAffected, start: -30 * time.Minute, end: 2 * time.Hour,
			message: "Backups may wait until the maintenance is over.",
			rows:    []rowImpact{{theService, "Maintenance"}},
		}},
	}, {
		name:        "upcoming",
		description: "Nothing now; maintenance is announced for tomorrow, for two hours.",
		incidents: []incident{{
			id: "2000009003", state: "upcoming", users: "Some users will be affected", start: 24 * time.Hour, end: 26 * time.Hour,
			message: "Backups may have to wait during the maintenance.",
			rows:    []rowImpact{{theService, "Maintenance"}},
		}},
	}, {
		name:        "recovered",
		description: "An issue that was resolved 40 minutes ago.",
		incidents: []incident{{
			id: backupIncident, state: "resolved", users: someWereAffected, start: -130 * time.Minute, end: -40 * time.Minute,
			message: "Some backups stopped before they were complete.",
			rows:    []rowImpact{{theService, "Issue"}},
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
		description: "The feed has no problem, the page's HTML shows an outage of the service.",
		light:       "outage",
	},
}

// background is in every scenario, since Apple's feed nearly always has an
// incident that has ended. It must not affect anything.
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
