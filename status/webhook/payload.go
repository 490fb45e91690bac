package webhook

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"backupcheck/status"
	"backupcheck/status/history"
)

// body is what is posted.
type body struct {
	Text      string        `json:"text"` // what chat programs show
	Service   string        `json:"service"`
	Level     status.Level  `json:"level"`
	Previous  status.Level  `json:"previous"`
	Down      bool          `json:"down"`
	ChangedAt string        `json:"changed_at"` // of the reading that showed the change
	Summary   string        `json:"summary"`
	Incident  *incidentBody `json:"incident"`
	Source    string        `json:"source"`
}

type incidentBody struct {
	ID        string  `json:"id"`
	Type      string  `json:"type"`
	State     string  `json:"state"`
	StartedAt *string `json:"started_at"`
	URL       string  `json:"url"` // Apple has one page for all of them
}

// payload tells a change, and of the incident behind it as it is now.
func payload(p history.Post, v status.Verdict) []byte {
	told := summary(p)
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(body{
		Text:      plain.Replace(told) + " Seen on " + p.At.UTC().Format("2 January 2006 at 15:04 MST") + ".",
		Service:   p.Service,
		Level:     p.Level,
		Previous:  p.Previous,
		Down:      p.Level.Down(),
		ChangedAt: p.At.UTC().Format(time.RFC3339),
		Summary:   told,
		Incident:  incident(p, v),
		Source:    status.SourceURL,
	}); err != nil {
		panic(err) // nothing in these types can fail
	}
	return b.Bytes()
}

// plain takes their meaning from the characters by which Slack's text mentions
// people and channels and carries links.
var plain = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// sentences tell the level that a service has come to, in words of ours alone.
var sentences = map[status.Level]string{
	status.Unknown:     "Apple's status of {service} couldn't be read.",
	status.Operational: "Apple reports no problem with {service}.",
	status.Maintenance: "Apple reports maintenance of {service}.",
	status.Degraded:    "Apple reports a problem with {service}.",
	status.Outage:      "Apple reports an outage of {service}.",
}

// over tells by the level before that a service is operational again. Apple may
// have dropped an incident instead of solving it, so nothing more is said.
var over = map[status.Level]string{
	status.Maintenance: "Apple no longer reports maintenance of {service}.",
	status.Degraded:    "Apple no longer reports a problem with {service}.",
	status.Outage:      "Apple no longer reports an outage of {service}.",
}

func summary(p history.Post) string {
	sentence := sentences[p.Level]
	if again, ok := over[p.Previous]; ok && p.Level == status.Operational {
		sentence = again
	}
	return strings.Replace(sentence, "{service}", p.Service, 1)
}

// incident finds the one behind a change: what makes the level, or what ended
// when the service came to be operational; nil if the verdict has none.
func incident(p history.Post, v status.Verdict) *incidentBody {
	behind := func(i status.Incident) bool { return i.Level() == p.Level }
	if p.Level == status.Operational {
		behind = func(i status.Incident) bool { return ended(i, p) }
	}
	at := slices.IndexFunc(v.Incidents, behind)
	if at < 0 {
		return nil
	}
	i := v.Incidents[at]
	found := &incidentBody{ID: i.ID, Type: i.Type, State: i.State, URL: status.SourceURL}
	if !i.StartedAt.IsZero() {
		started := i.StartedAt.UTC().Format(time.RFC3339)
		found.StartedAt = &started
	}
	return found
}

// ended reports whether an incident is one whose end can have made a change.
func ended(i status.Incident, p history.Post) bool {
	state := status.StateResolved
	if p.Previous == status.Maintenance {
		state = status.StateCompleted
	}
	return i.State == state && !i.EndedAt.IsZero() && p.At.Sub(i.EndedAt).Abs() < status.RecoveredFor
}
