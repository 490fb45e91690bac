package status

import (
	"encoding/json"
	"slices"
	"testing"
	"time"
)

var noon = time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC)

// reading returns a report of noon in which iCloud Backup has these incidents.
func reading(incidents ...Incident) Report {
	return Report{CheckedAt: noon, Service: Row{Name: ServiceName, Incidents: incidents}}
}

func ongoing(kind string) Incident {
	return Incident{ID: "1", Type: kind, State: StateOngoing, StartedAt: noon.Add(-time.Hour)}
}

func resolved(endedBefore time.Duration) Incident {
	return Incident{ID: "9", Type: "Issue", State: StateResolved, StartedAt: noon.Add(-100 * time.Hour), EndedAt: noon.Add(-endedBefore)}
}

func TestAge(t *testing.T) {
	related := Row{Name: "Photos", Incidents: []Incident{ongoing("Issue")}}
	for _, test := range []struct {
		age   time.Duration
		level Level
		stale bool
	}{
		{0, Degraded, false},
		{5 * time.Minute, Degraded, false},
		{5*time.Minute + time.Second, Degraded, true},
		{2 * time.Hour, Degraded, true},
		{2*time.Hour + time.Second, Unknown, true},
		{-time.Minute, Degraded, false}, // another program's clock
		{-time.Hour, Degraded, true},    // the clock was set back
		{-24 * time.Hour, Unknown, true},
	} {
		report := reading(ongoing("Issue"))
		report.Related = []Row{related}
		v := Decide(report, noon.Add(test.age))
		if v.Level != test.level || v.Stale != test.stale {
			t.Errorf("after %v: %v, stale %v", test.age, v.Level, v.Stale)
		}
		if known := v.LastKnown != nil; known != (test.level == Unknown) {
			t.Errorf("after %v: last known %v", test.age, v.LastKnown)
		}
		if v.Related[0].Level != test.level {
			t.Errorf("after %v: related is %v", test.age, v.Related[0].Level)
		}
	}
}

func TestNeverRead(t *testing.T) {
	v := Decide(Report{Service: Row{Name: ServiceName}}, noon)
	if v.Level != Unknown || v.Stale || v.LastKnown != nil || !v.CheckedAt.IsZero() || v.Summary == "" {
		t.Errorf("%+v", v)
	}
}

func TestUnknownReportsLastKnown(t *testing.T) {
	report := Report{CheckedAt: noon, Service: Row{Name: ServiceName, Gap: "gone"}, LastGood: &Known{Operational, noon.Add(-time.Minute)}}
	v := Decide(report, noon)
	if v.Level != Unknown || v.LastKnown == nil || v.LastKnown.Level != Operational || v.Summary != "gone" {
		t.Errorf("%+v", v)
	}
}

func TestRecovered(t *testing.T) {
	completed := resolved(time.Hour)
	completed.Type, completed.State = "Maintenance", StateCompleted
	noEnd := resolved(0)
	noEnd.EndedAt = time.Time{}
	for what, test := range map[string]struct {
		incidents []Incident
		want      bool
	}{
		"an hour ago":                      {[]Incident{resolved(time.Hour)}, true},
		"24 hours ago":                     {[]Incident{resolved(24 * time.Hour)}, false},
		"a moment less":                    {[]Incident{resolved(24*time.Hour - time.Second)}, true},
		"one of two":                       {[]Incident{resolved(99 * time.Hour), resolved(time.Minute)}, true},
		"completed maintenance":            {[]Incident{completed}, false},
		"no end":                           {[]Incident{noEnd}, false},
		"while another problem is ongoing": {[]Incident{resolved(time.Hour), ongoing("Issue")}, false},
		"while maintenance is ongoing":     {[]Incident{resolved(time.Hour), ongoing("Maintenance")}, false},
		"nothing":                          {nil, false},
	} {
		if v := Decide(reading(test.incidents...), noon); v.Recovered != test.want {
			t.Errorf("%s: %v", what, v.Recovered)
		}
	}
}

func TestIncidentsAreSortedByRelevance(t *testing.T) {
	id := func(id string, i Incident) Incident { i.ID = id; return i }
	upcoming := func(in time.Duration) Incident {
		return Incident{Type: "Maintenance", State: StateUpcoming, StartedAt: noon.Add(in)}
	}
	want := []Incident{
		id("a", ongoing("Outage")),
		id("b", ongoing("Issue")),
		id("c", ongoing("Maintenance")),
		id("d", Incident{State: "investigating"}),
		id("e", upcoming(time.Hour)),
		id("f", upcoming(48*time.Hour)),
		id("g", resolved(time.Hour)),
		id("h", resolved(30*time.Hour)),
	}
	shuffled := slices.Clone(want)
	slices.Reverse(shuffled)
	for range 3 {
		shuffled = append(shuffled[3:], shuffled[:3]...)
		v := Decide(reading(shuffled...), noon)
		got := ""
		for _, i := range v.Incidents {
			got += i.ID
		}
		if got != "abcdefgh" {
			t.Errorf("order %q", got)
		}
	}
}

func TestLevelText(t *testing.T) {
	for level, word := range map[Level]string{Unknown: "unknown", Operational: "operational", Maintenance: "maintenance", Degraded: "degraded", Outage: "outage"} {
		var back Level
		if level.String() != word || back.UnmarshalText([]byte(word)) != nil || back != level {
			t.Errorf("%q is read back as %v", level, back)
		}
		if level.Down() != (level == Degraded || level == Outage) {
			t.Errorf("%v is down: %v", level, level.Down())
		}
	}
	var level Level
	if level.UnmarshalText([]byte("fine")) == nil {
		t.Error("an invalid level is accepted")
	}
}

// A report goes through a store as JSON and comes back the same.
func TestReportRoundTripsThroughJSON(t *testing.T) {
	report := reading(ongoing("Issue"), resolved(time.Hour))
	report.Related = []Row{{Name: "Photos", Gap: "x", Light: Outage}}
	report.LastGood = &Known{Operational, noon}
	data, err := json.Marshal(report)
	if err != nil {
		t.Fatal(err)
	}
	var back Report
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	again, _ := json.Marshal(back)
	if string(again) != string(data) {
		t.Errorf("%s\n%s", data, again)
	}
}
