package replay

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // dates are told in Apple's zone, also on a machine without a zone database
)

// otherRows are the rows beside the service: all that bear on its
// troubleshooting, and a few that don't.
var otherRows = []string{
	"App Store", "Apple Account", "Apple Music", "FaceTime", "Find My",
	"iCloud Account & Sign In", "iCloud Calendar", "iCloud Drive", "iCloud Keychain", "iCloud Mail",
	"iCloud Private Relay", "iCloud Storage Upgrades", "iCloud Web Apps (iCloud.com)", "iMessage",
	"iOS Device Activation", "iTunes Store", "macOS Software Update", "Photos", "Screen Time",
	"Subscription Purchase",
}

// rowNames lists the service and the other rows in Apple's order: by name,
// regardless of case.
func rowNames(service string) []string {
	names := slices.Clone(otherRows)
	if !slices.Contains(names, service) {
		names = append(names, service)
	}
	slices.SortFunc(names, func(a, b string) int {
		return strings.Compare(strings.ToLower(a), strings.ToLower(b))
	})
	return names
}

// The feed in Apple's shape and order of keys.
type (
	feedBody struct {
		DRPost    bool      `json:"drpost"`
		DRMessage *string   `json:"drMessage"`
		Services  []feedRow `json:"services"`
	}
	feedRow struct {
		RedirectURL *string     `json:"redirectUrl"`
		ServiceName string      `json:"serviceName"`
		Events      []feedEvent `json:"events"`
	}
	feedEvent struct {
		UsersAffected    string   `json:"usersAffected"`
		EpochStartDate   int64    `json:"epochStartDate"` // milliseconds
		EpochEndDate     *int64   `json:"epochEndDate"`
		MessageID        string   `json:"messageId"`
		StatusType       string   `json:"statusType"`
		DatePosted       string   `json:"datePosted"`
		StartDate        string   `json:"startDate"`
		EndDate          *string  `json:"endDate"`
		AffectedServices []string `json:"affectedServices"` // null where it is one service only
		EventStatus      string   `json:"eventStatus"`
		Message          string   `json:"message"`
	}
)

// feed returns the scenario as Apple would publish it, chosen at that moment.
func (sc *scenario) feed(service string, chosen time.Time) []byte {
	body := feedBody{Services: []feedRow{}}
	for _, name := range rowNames(service) {
		if name == service && sc.unlisted {
			continue
		}
		row := feedRow{ServiceName: name, Events: []feedEvent{}}
		for _, in := range append([]incident{background}, sc.incidents...) {
			if event, ok := in.on(name, service, chosen); ok {
				row.Events = append(row.Events, event)
			}
		}
		body.Services = append(body.Services, row)
	}
	return encode(body)
}

// on returns the incident's event on one row, or false if it doesn't rowImpact it.
func (in incident) on(row, service string, chosen time.Time) (feedEvent, bool) {
	affected, kind := []string{}, ""
	for _, t := range in.rows {
		if t.row == anyService {
			t.row = service
		}
		if slices.Contains(affected, t.row) {
			continue // the service itself is one of the other rows
		}
		affected = append(affected, t.row)
		if t.row == row {
			kind = t.kind
		}
	}
	if kind == "" {
		return feedEvent{}, false
	}
	start, started := appleTime(chosen.Add(in.start))
	_, posted := appleTime(chosen)
	event := feedEvent{
		UsersAffected: in.users, MessageID: in.id, StatusType: kind, EventStatus: in.state, Message: in.message,
		EpochStartDate: start, StartDate: started, DatePosted: posted,
	}
	if in.end != 0 {
		end, ended := appleTime(chosen.Add(in.end))
		event.EpochEndDate, event.EndDate = &end, &ended
	}
	if len(affected) > 1 {
		event.AffectedServices = affected
	}
	return event, true
}

var cupertino = func() *time.Location {
	zone, err := time.LoadLocation("America/Los_Angeles")
	if err != nil {
		panic(err) // can't be: the zones are compiled in
	}
	return zone
}()

// appleTime tells a time twice, as the en_US feed does: in milliseconds, and as
// a date in Cupertino. Apple's times are whole minutes.
func appleTime(t time.Time) (epoch int64, date string) {
	t = t.Truncate(time.Minute).In(cupertino)
	return t.UnixMilli(), t.Format("01/02/2006 15:04 MST")
}

// encode writes JSON as Apple does, with & and not \u0026.
func encode(v any) []byte {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic(err) // can't be: our own types, and JSON that was read before
	}
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n"))
}
