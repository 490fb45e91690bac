package api_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"backupcheck/status"
)

// statuspageBody has the fields of any response that these tests check.
type statuspageBody struct {
	Status     struct{ Indicator, Description string }
	Components []struct {
		ID, Name, Status string
		Position         int
		Description      *string
		PageID           string     `json:"page_id"`
		UpdatedAt        *time.Time `json:"updated_at"`
	}
	Incidents    []statuspageEvent
	Maintenances []statuspageEvent `json:"scheduled_maintenances"`
}

type statuspageEvent struct {
	ID, Name, Status, Impact string
	CreatedAt                *time.Time                          `json:"created_at"`
	UpdatedAt                *time.Time                          `json:"updated_at"`
	StartedAt                *time.Time                          `json:"started_at"`
	ResolvedAt               *time.Time                          `json:"resolved_at"`
	ScheduledFor             *time.Time                          `json:"scheduled_for"`
	ScheduledUntil           *time.Time                          `json:"scheduled_until"`
	Updates                  []struct{ ID, Status, Body string } `json:"incident_updates"`
	Components               []struct{ Name, Status string }
}

func readPage(t *testing.T, v status.Verdict, page string) (p statuspageBody) {
	t.Helper()
	_, body := request(t, sourceOf(v), "GET", "/api/v2/"+page+".json", nil)
	if err := json.Unmarshal([]byte(body), &p); err != nil {
		t.Fatalf("%v: %s", err, body)
	}
	return p
}

// happening is an event that began an hour before the reading.
func happening(id, kind, state string) status.Incident {
	return status.Incident{ID: id, Type: kind, State: state, Message: kind + " " + state + ".", StartedAt: six.Add(-time.Hour), PostedAt: six.Add(-30 * time.Minute)}
}

// under returns a verdict in which these are the events of iCloud Backup, and
// of Photos.
func under(backup, photos []status.Incident) status.Verdict {
	report := status.Report{CheckedAt: six, Service: status.Row{Name: "iCloud Backup", Incidents: backup}, Related: []status.Row{{Name: "Photos", Incidents: photos}}}
	return status.Decide(report, six)
}

// eventful are verdicts with all kinds of events.
func eventful() map[string]status.Verdict {
	bare := status.Incident{State: "ongoing"}
	return map[string]status.Verdict{
		"trouble":     troubled(),
		"no reading":  {Service: "iCloud Backup", Related: []status.Related{{Service: "Photos"}}},
		"bare events": under([]status.Incident{bare, {State: "resolved"}, {State: "upcoming"}, {State: "completed"}, {State: "paused"}, {Type: "Maintenance", State: "ongoing"}}, []status.Incident{bare}),
		"all states": under(
			[]status.Incident{happening("1", "Outage", "ongoing"), happening("2", "Issue", "resolved"), happening("3", "Maintenance", "upcoming")},
			[]status.Incident{happening("1", "Issue", "ongoing"), happening("4", "Maintenance", "ongoing"), happening("5", "Maintenance", "completed"), happening("6", "", "resolved"), happening("7", "Issue", "paused")}),
	}
}

// Each event is in the lists of its phase, with the status of the phase.
func TestStatuspageListsEventsByPhase(t *testing.T) {
	lists := []string{"incidents", "incidents/unresolved", "scheduled-maintenances", "scheduled-maintenances/active", "scheduled-maintenances/upcoming", "summary"}
	tests := []struct {
		kind, state    string
		status, impact string
		in             string // initials of the lists
	}{
		{"Issue", "ongoing", "investigating", "major", "i u s"},
		{"Performance", "ongoing", "investigating", "major", "i u s"},
		{"Outage", "ongoing", "investigating", "critical", "i u s"},
		{"Something new", "ongoing", "investigating", "major", "i u s"},
		{"Issue", "paused", "investigating", "minor", "i u s"},
		{"Issue", "resolved", "resolved", "major", "i"},
		{"Outage", "resolved", "resolved", "critical", "i"},
		{"", "resolved", "resolved", "major", "i"},
		{"Maintenance", "ongoing", "in_progress", "maintenance", "m a s"},
		{"Maintenance", "paused", "in_progress", "maintenance", "m a s"},
		{"Maintenance", "upcoming", "scheduled", "maintenance", "m p s"},
		{"Issue", "upcoming", "scheduled", "maintenance", "m p s"},
		{"Maintenance", "completed", "completed", "maintenance", "m"},
		{"", "completed", "completed", "maintenance", "m"},
		{"Maintenance", "resolved", "completed", "maintenance", "m"},
	}
	for _, tt := range tests {
		t.Run(tt.kind+" "+tt.state, func(t *testing.T) {
			var in []string
			for i, list := range lists {
				p := readPage(t, under([]status.Incident{happening("1", tt.kind, tt.state)}, nil), list)
				for _, e := range append(p.Incidents, p.Maintenances...) {
					in = append(in, []string{"i", "u", "m", "a", "p", "s"}[i])
					if e.Status != tt.status || e.Impact != tt.impact || e.Updates[0].Status != tt.status {
						t.Errorf("%s: %+v", list, e)
					}
				}
			}
			if got := strings.Join(in, " "); got != tt.in {
				t.Errorf("in %q, want %q", got, tt.in)
			}
		})
	}
}

// Apple gives an event the same ID in each row, but a separate type, state and
// message.
func TestStatuspageMergesEventsWithTheSameID(t *testing.T) {
	on := func(kind, state, message string) status.Incident {
		i := happening("2000004700", kind, state)
		i.Message = message
		return i
	}
	tests := []struct {
		name           string
		backup, photos status.Incident
		want           string
	}{
		{"the impact on the service counts", on("Issue", "ongoing", "Slow."), on("Outage", "ongoing", "Gone."),
			"Problem with iCloud Backup, Photos|investigating|major|Slow.\nGone.|iCloud Backup partial_outage, Photos major_outage"},
		{"the same text is included once", on("Issue", "ongoing", "Slow."), on("Issue", "ongoing", "Slow."),
			"Problem with iCloud Backup, Photos|investigating|major|Slow.|iCloud Backup partial_outage, Photos partial_outage"},
		{"over when it is over in the service's row", on("Issue", "resolved", "Over."), on("Issue", "ongoing", "Slow."),
			"Problem with iCloud Backup, Photos|resolved|major|Over.\nSlow.|iCloud Backup operational, Photos partial_outage"},
		{"ongoing until it is over in the service's row", on("Issue", "ongoing", "Slow."), on("Issue", "resolved", "Over."),
			"Problem with iCloud Backup, Photos|investigating|major|Slow.\nOver.|iCloud Backup partial_outage, Photos operational"},
		{"over in every row", on("Outage", "resolved", "Over."), on("Issue", "resolved", "Over."),
			"Problem with iCloud Backup, Photos|resolved|critical|Over.|iCloud Backup operational, Photos operational"},
		{"maintenance of the service, problem of another", on("Maintenance", "ongoing", "Work."), on("Issue", "ongoing", "Slow."),
			"Maintenance of iCloud Backup, Photos|in_progress|maintenance|Work.\nSlow.|iCloud Backup under_maintenance, Photos partial_outage"},
		{"problem of the service, maintenance of another", on("Issue", "ongoing", "Slow."), on("Maintenance", "ongoing", "Work."),
			"Problem with iCloud Backup, Photos|investigating|major|Slow.\nWork.|iCloud Backup partial_outage, Photos under_maintenance"},
		{"upcoming maintenance of the service", on("Maintenance", "upcoming", "Work."), on("Issue", "resolved", "Over."),
			"Maintenance of iCloud Backup, Photos|scheduled|maintenance|Work.\nOver.|iCloud Backup operational, Photos operational"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v := under([]status.Incident{tt.backup}, []status.Incident{tt.photos})
			found := append(readPage(t, v, "incidents").Incidents, readPage(t, v, "scheduled-maintenances").Maintenances...)
			if len(found) != 1 {
				t.Fatalf("%+v", found)
			}
			e := found[0]
			var touched []string
			for _, c := range e.Components {
				touched = append(touched, c.Name+" "+c.Status)
			}
			if got := strings.Join([]string{e.Name, e.Status, e.Impact, e.Updates[0].Body, strings.Join(touched, ", ")}, "|"); got != tt.want {
				t.Errorf("\n got %q\nwant %q", got, tt.want)
			}
			if resolved := e.Status == "resolved"; (e.ResolvedAt != nil) != resolved {
				t.Errorf("resolved at %v", e.ResolvedAt)
			}
		})
	}
}

// What lists the trouble of now has none of a related row alone: clients alarm
// about iCloud Backup by any incident that they find there.
func TestStatuspageRelatedRowsAloneNeverAlarm(t *testing.T) {
	backup := []status.Incident{happening("1", "Issue", "resolved"), happening("2", "Maintenance", "completed")}
	photos := []status.Incident{happening("1", "Outage", "ongoing"), happening("3", "Outage", "ongoing"), happening("", "Issue", "paused"), happening("4", "Maintenance", "ongoing"), happening("2", "Maintenance", "ongoing")}
	v := under(backup, photos)
	for _, list := range []string{"summary", "incidents/unresolved", "scheduled-maintenances/active"} {
		if p := readPage(t, v, list); len(p.Incidents)+len(p.Maintenances) > 0 {
			t.Errorf("%s: %+v %+v", list, p.Incidents, p.Maintenances)
		}
	}
	p := readPage(t, v, "summary")
	if p.Status.Indicator != "none" || p.Components[0].Status != "operational" || p.Components[1].Status != "major_outage" {
		t.Errorf("%+v %+v", p.Status, p.Components)
	}
	if p := readPage(t, v, "incidents"); len(p.Incidents) != 3 {
		t.Errorf("%+v", p.Incidents)
	}
	// However many there are, they don't hide the service's own.
	var many []status.Incident
	for n := range 60 {
		many = append(many, happening(fmt.Sprint(100+n), "Issue", "ongoing"))
	}
	own := happening("1", "Issue", "ongoing")
	own.StartedAt = six.Add(-9 * time.Hour)
	if p := readPage(t, under([]status.Incident{own}, many), "incidents/unresolved"); len(p.Incidents) != 1 {
		t.Errorf("%+v", p.Incidents)
	}
}

// The times of one event may differ from row to row, and a row may list it
// twice.
func TestStatuspageEventSpansAllItsCopies(t *testing.T) {
	at := func(hours int) time.Time { return six.Add(time.Duration(hours) * time.Hour) }
	e := readPage(t, under(
		[]status.Incident{
			{ID: "1", Type: "Issue", State: "resolved", StartedAt: at(-8), EndedAt: at(-5), PostedAt: at(-2)},
			{ID: "1", Type: "Issue", State: "resolved", StartedAt: at(-9), EndedAt: at(-4), PostedAt: at(-3)},
		},
		[]status.Incident{{ID: "1", Type: "Maintenance", State: "upcoming", StartedAt: at(2), EndedAt: at(3), PostedAt: at(-6)}},
	), "incidents").Incidents[0]
	if !e.StartedAt.Equal(at(-9)) || !e.UpdatedAt.Equal(at(-2)) || !e.ResolvedAt.Equal(at(-4)) || len(e.Components) != 2 {
		t.Errorf("%+v", e)
	}
}

func TestStatuspageDoesNotMergeEventsWithoutAnID(t *testing.T) {
	a, b := happening("", "Issue", "ongoing"), happening("", "Outage", "ongoing")
	if p := readPage(t, under([]status.Incident{a, b}, []status.Incident{a}), "incidents"); len(p.Incidents) != 3 {
		t.Errorf("%+v", p.Incidents)
	}
}

func TestStatuspageTimes(t *testing.T) {
	at := func(hours int) time.Time { return six.Add(time.Duration(hours) * time.Hour) }
	hours := func(t *time.Time) string {
		if t == nil {
			return "-"
		}
		return fmt.Sprint(t.Sub(six).Hours())
	}
	var none time.Time
	tests := []struct {
		name                   string
		kind, state            string
		started, ended, posted time.Time
		want                   string // created, updated, started, resolved, scheduled for and until, in hours from the reading
	}{
		{"ongoing", "Issue", "ongoing", at(-3), none, at(-1), "-3 -1 -3 - - -"},
		{"ongoing, not posted", "Issue", "ongoing", at(-3), none, none, "-3 -3 -3 - - -"},
		{"ongoing, without a time", "Issue", "ongoing", none, none, none, "- - - - - -"},
		{"resolved", "Issue", "resolved", at(-9), at(-3), at(-2), "-9 -2 -9 -3 - -"},
		{"resolved, not posted", "Issue", "resolved", at(-9), at(-3), none, "-9 -3 -9 -3 - -"},
		{"resolved, without an end", "Issue", "resolved", at(-9), none, at(-2), "-9 -2 -9 -2 - -"},
		{"announced", "Maintenance", "upcoming", at(20), at(22), at(-5), "-5 -5 20 - 20 22"},
		{"under way", "Maintenance", "ongoing", at(-1), at(2), at(-5), "-5 -5 -1 - -1 2"},
		{"under way, without an end", "Maintenance", "ongoing", at(-1), none, at(-5), "-5 -5 -1 - -1 -"},
		{"completed", "Maintenance", "completed", at(-9), at(-7), at(-20), "-20 -20 -9 -7 -9 -7"},
	}
	for _, tt := range tests {
		i := status.Incident{ID: "1", Type: tt.kind, State: tt.state, StartedAt: tt.started, EndedAt: tt.ended, PostedAt: tt.posted}
		v := under([]status.Incident{i}, nil)
		e := append(readPage(t, v, "incidents").Incidents, readPage(t, v, "scheduled-maintenances").Maintenances...)[0]
		got := strings.Join([]string{hours(e.CreatedAt), hours(e.UpdatedAt), hours(e.StartedAt), hours(e.ResolvedAt), hours(e.ScheduledFor), hours(e.ScheduledUntil)}, " ")
		if got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestStatuspageComponentUpdatedAt(t *testing.T) {
	planned := happening("1", "Maintenance", "ongoing")
	planned.EndedAt = six.Add(time.Hour)
	p := readPage(t, under([]status.Incident{happening("2", "Issue", "resolved"), planned}, nil), "components")
	if got := p.Components[0].UpdatedAt; got == nil || !got.Equal(six.Add(-30*time.Minute)) {
		t.Errorf("%v", got)
	}
	if got := p.Components[1].UpdatedAt; got == nil || got.Year() != 2018 {
		t.Errorf("a row without events: %v", got)
	}
}

func TestStatuspageListsAtMost50EventsNewestFirst(t *testing.T) {
	var list []status.Incident
	for n := range 40 {
		old := happening(fmt.Sprint("old ", n), "Issue", "ongoing")
		old.StartedAt = six.Add(-time.Duration(100+n) * time.Hour)
		list = append(list, old, happening(fmt.Sprint("new ", n), "Issue", "resolved"))
	}
	v := under(list[:40], list[40:]) // 20 of the old ones concern the service
	all := readPage(t, v, "incidents").Incidents
	for n := 1; n < len(all); n++ {
		if all[n].CreatedAt.After(*all[n-1].CreatedAt) {
			t.Errorf("%v after %v", all[n].CreatedAt, all[n-1].CreatedAt)
		}
	}
	unresolved := readPage(t, v, "incidents/unresolved").Incidents
	if len(all) != 50 || len(unresolved) != 20 {
		t.Errorf("%d, of which %d are unresolved", len(all), len(unresolved))
	}
}

// Bots report an update when they haven't seen its ID before.
func TestStatuspageUpdatesHaveDistinctIDs(t *testing.T) {
	i := happening("1", "Issue", "ongoing")
	first := readPage(t, under([]status.Incident{i}, nil), "incidents").Incidents[0]
	later := map[string]func(*status.Incident){
		"a new text": func(i *status.Incident) { i.Message = "Still." },
		"a new post": func(i *status.Incident) { i.PostedAt = six },
		"its end":    func(i *status.Incident) { i.State = "resolved" },
	}
	for name, change := range later {
		i := i
		change(&i)
		e := readPage(t, under([]status.Incident{i}, nil), "incidents").Incidents[0]
		if e.ID != first.ID || e.Updates[0].ID == first.Updates[0].ID {
			t.Errorf("%s: %s %s, was %s %s", name, e.ID, e.Updates[0].ID, first.ID, first.Updates[0].ID)
		}
	}
}

func TestStatuspageTextsAreUnchanged(t *testing.T) {
	for _, text := range []string{`<script>alert("x")</script>`, `]]>`, `"},{"id":"`, "\u202eover\u202c", "Störung & 障害 🛠", `back\slash`} {
		i := happening(text, text, "ongoing")
		i.Message = text
		v := status.Verdict{Service: text, Summary: text, CheckedAt: six, Incidents: []status.Incident{i}}
		p := readPage(t, v, "summary")
		e := p.Incidents[0]
		for _, got := range []string{p.Status.Description, p.Components[0].Name, strings.TrimPrefix(e.Name, "Problem with "), e.Updates[0].Body} {
			if got != text {
				t.Errorf("%q comes back as %q", text, got)
			}
		}
		if !anID.MatchString(e.ID) {
			t.Errorf("%q becomes the ID %q", text, e.ID)
		}
	}
}
