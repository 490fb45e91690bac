package replay

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // for Apple's time zone on machines without a zone database

	"backupcheck/status"
)

// unrelatedRows are some of the rows that don't affect the troubleshooting.
var unrelatedRows = []string{"Apple Music", "FaceTime", "iCloud Calendar", "macOS Software Update"}

// rowNames returns the service, the related rows and some others in Apple's
// order: by name, regardless of case.
func rowNames(service string) []string {
	names := append(status.RelatedNames(), unrelatedRows...)
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

// past is an incident of an earlier scenario, with the time when that was chosen.
type past struct {
	incident
	chosen time.Time
}

// over returns the event of the incident on a row as Apple publishes it once it
// is over. It has no end, so that it doesn't count as recovered.
func (p past) over(row, service string, now time.Time) (feedEvent, bool) {
	event, ok := p.on(row, service, p.chosen)
	event.EventStatus, event.EpochEndDate, event.EndDate = status.StateResolved, nil, nil
	if event.StatusType == "Maintenance" {
		event.EventStatus = status.StateCompleted
	}
	_, event.DatePosted = appleTime(now)
	return event, ok
}

// feed returns the scenario in Apple's format and in the language of a locale, with
// times relative to chosen.
// The incidents of earlier scenarios are over, unless the scenario has them: one
// that only vanishes may still go on.
func (sc *scenario) feed(service string, chosen time.Time, earlier []past, locale string) []byte {
	body := feedBody{Services: []feedRow{}}
	for _, name := range rowNames(service) {
		if name == service && sc.unlisted {
			continue
		}
		row := feedRow{ServiceName: translated(name, locale), Events: []feedEvent{}}
		for _, in := range append([]incident{background}, sc.incidents...) {
			if event, ok := in.on(name, service, chosen); ok {
				row.Events = append(row.Events, event)
			}
		}
		for _, p := range slices.Backward(earlier) {
			event, ok := p.over(name, service, chosen)
			if ok && !slices.ContainsFunc(row.Events, func(e feedEvent) bool { return e.MessageID == event.MessageID }) {
				row.Events = append(row.Events, event)
			}
		}
		for i := range row.Events {
			row.Events[i].Message = translated(row.Events[i].Message, locale)
			row.Events[i].UsersAffected = translated(row.Events[i].UsersAffected, locale)
		}
		body.Services = append(body.Services, row)
	}
	return encode(body)
}

// on returns the incident's event on one row, or false if the row isn't affected.
func (in incident) on(row, service string, chosen time.Time) (feedEvent, bool) {
	affected, kind := []string{}, ""
	for _, t := range in.rows {
		if t.row == theService {
			t.row = service
		}
		if slices.Contains(affected, t.row) {
			continue // the service is also one of the other rows
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
		panic(err) // can't happen: the zones are compiled in
	}
	return zone
}()

// appleTime returns a time in both forms of the en_US feed: in milliseconds, and
// as a date in Cupertino. Apple's times are whole minutes.
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
		panic(err) // can't happen with our own types and with parsed JSON
	}
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n"))
}
