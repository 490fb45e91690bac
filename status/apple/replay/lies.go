package replay

import (
	"encoding/json"
	"fmt"
	"html"
	"strings"
	"time"

	"backupcheck/status"
)

// lies are faults of a feed that is complete and valid.
var lies = []fault{
	{"lacking", "Every other response lacks the ongoing incidents, as one of two caches may. Harmless: they don't end by that.", eachEvent(lacking)},
	{"older-copy", "Every other response has an older copy of each incident, as one of two caches may. Harmless: the newer one counts.", eachEvent(olderCopy)},
	{"future-dates", "Every datePosted is a year ahead. Harmless: it isn't believed.", eachEvent(futureDate)},
	{"doubled", "Members come twice, first with another value. Harmless: the last one counts, as in browsers.", feedBodyOnly(doubled)},
	{"empty-objects", "A million empty services. Harmless: they are left out.", feedBodyOnly(emptyObjects)},
	{"many-events", "The service has 18,000 more events that are over. A client may cut them and report unknown.", feedBodyOnly(manyEvents)},
	{"many-names", "Each event of the service names 200,000 affected services. Harmless: names are left out.", feedBodyOnly(manyNames)},
}

type jsonObject = map[string]json.RawMessage

// changeRows changes the rows of a feed; one that can't be parsed stays as it is.
func changeRows(a answer, change func(row jsonObject)) []byte {
	top, ok := object(a.body)
	var rows []jsonObject
	if !ok || json.Unmarshal(top["services"], &rows) != nil {
		return a.body
	}
	for _, row := range rows {
		change(row)
	}
	top["services"] = encode(rows)
	return encode(top)
}

func isService(row jsonObject, service string) bool {
	var name string
	return json.Unmarshal(row["serviceName"], &name) == nil && strings.TrimSpace(html.UnescapeString(name)) == service
}

// eachEvent returns a fault that changes each event, or removes it by returning
// nil. The number of the request says whose turn it is.
func eachEvent(change func(event jsonObject, turn int) jsonObject) serveFunc {
	return feedBodyOnly(func(a answer) []byte {
		return changeRows(a, func(row jsonObject) {
			var events []jsonObject
			if json.Unmarshal(row["events"], &events) != nil {
				return
			}
			changed := []jsonObject{}
			for _, event := range events {
				if event = change(event, a.turn); event != nil {
					changed = append(changed, event)
				}
			}
			row["events"] = encode(changed)
		})
	})
}

func eventState(event jsonObject) (state string) {
	_ = json.Unmarshal(event["eventStatus"], &state)
	return state
}

func lacking(event jsonObject, turn int) jsonObject {
	if turn%2 == 1 && eventState(event) == status.StateOngoing {
		return nil
	}
	return event
}

func olderCopy(event jsonObject, turn int) jsonObject {
	if turn%2 == 0 {
		return event
	}
	switch eventState(event) {
	case status.StateOngoing:
		event["eventStatus"] = json.RawMessage(`"resolved"`)
	case status.StateResolved, status.StateCompleted:
		event["eventStatus"] = json.RawMessage(`"ongoing"`)
	}
	return postDate(event, -time.Hour)
}

func futureDate(event jsonObject, _ int) jsonObject { return postDate(event, 365*24*time.Hour) }

// postDate moves the time of posting.
func postDate(event jsonObject, by time.Duration) jsonObject {
	var posted string
	if json.Unmarshal(event["datePosted"], &posted) == nil {
		if t, err := time.ParseInLocation("01/02/2006 15:04 MST", posted, cupertino); err == nil {
			_, posted = appleTime(t.Add(by))
			event["datePosted"] = encode(posted)
		}
	}
	return event
}

func doubled(a answer) []byte {
	first := func(members string, object any) json.RawMessage {
		return json.RawMessage("{" + members + "," + string(encode(object)[1:]))
	}
	top, ok := object(a.body)
	var rows []jsonObject
	if !ok || json.Unmarshal(top["services"], &rows) != nil {
		return a.body
	}
	var doubled []json.RawMessage
	for _, row := range rows {
		var events []jsonObject
		if json.Unmarshal(row["events"], &events) == nil {
			twice := []json.RawMessage{}
			for _, event := range events {
				other := "resolved"
				if eventState(event) != status.StateOngoing {
					other = "ongoing"
				}
				twice = append(twice, first(`"eventStatus":"`+other+`"`, event))
			}
			row["events"] = encode(twice)
		}
		doubled = append(doubled, first(`"serviceName":"Another","events":[]`, row))
	}
	top["services"] = encode(doubled)
	return first(`"services":[]`, top)
}

func emptyObjects(a answer) []byte {
	end := strings.LastIndex(string(a.body), "]")
	if end < 0 {
		return a.body
	}
	return []byte(string(a.body[:end]) + strings.Repeat(",{}", 1_000_000) + string(a.body[end:]))
}

func manyEvents(a answer) []byte {
	return changeRows(a, func(row jsonObject) {
		var events []json.RawMessage
		if !isService(row, a.service) || json.Unmarshal(row["events"], &events) != nil {
			return
		}
		for n := range 18_000 {
			events = append(events, json.RawMessage(fmt.Sprintf(
				`{"messageId":"%d","statusType":"Issue","eventStatus":"resolved","message":"Over.","epochStartDate":1577880000000,"epochEndDate":1577883600000}`, n)))
		}
		row["events"] = encode(events)
	})
}

func manyNames(a answer) []byte {
	return changeRows(a, func(row jsonObject) {
		var events []jsonObject
		if !isService(row, a.service) || json.Unmarshal(row["events"], &events) != nil {
			return
		}
		for i := range events[:min(len(events), 2)] {
			names := make([]string, 200_000)
			for n := range names {
				names[n] = fmt.Sprint("n", n)
			}
			events[i]["affectedServices"] = encode(names)
		}
		row["events"] = encode(events)
	})
}
