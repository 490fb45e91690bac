package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"backupcheck/status"
	"backupcheck/status/api"
)

// six is the time of the readings in these tests, in a zone that isn't UTC: the
// endpoint must convert it.
var six = time.Date(2026, 11, 22, 8, 0, 0, 0, time.FixedZone("EET", 2*3600))

// troubled is a verdict in which each part of the body is complete in one place
// and empty in another.
func troubled() status.Verdict {
	return status.Verdict{
		Service:   "iCloud Backup",
		Level:     status.Degraded,
		Summary:   "Apple reports a problem with iCloud Backup.",
		CheckedAt: six,
		Incidents: []status.Incident{
			{
				ID: "2000004700", Type: "Issue", State: status.StateOngoing, Message: "Backups may fail.",
				UsersAffected: "Some users are affected", StartedAt: six.Add(-70 * time.Minute), PostedAt: six.Add(-55*time.Minute + 3*time.Second),
				AffectedServices: []string{"iCloud Backup", "Photos"},
			},
			{State: status.StateResolved, EndedAt: six.Add(-26 * time.Hour)},
		},
		Related: []status.Related{{Service: "iCloud Account & Sign In", Level: status.Operational}, {Service: "Apple Account"}},
	}
}

func TestBodyIsTheDocumentedJSON(t *testing.T) {
	tests := []struct {
		name    string
		verdict status.Verdict
		want    string
	}{
		{
			"a problem", troubled(),
			`{"service":"iCloud Backup","level":"degraded","down":true,"recovered":false,"summary":"Apple reports a problem with iCloud Backup.",` +
				`"checked_at":"2026-11-22T06:00:00Z","stale":false,"last_known":null,"incidents":[` +
				`{"id":"2000004700","type":"Issue","state":"ongoing","message":"Backups may fail.","users_affected":"Some users are affected",` +
				`"started_at":"2026-11-22T04:50:00Z","ended_at":null,"posted_at":"2026-11-22T05:05:03Z","affected_services":["iCloud Backup","Photos"]},` +
				`{"id":"","type":"","state":"resolved","message":"","users_affected":null,` +
				`"started_at":null,"ended_at":"2026-11-21T04:00:00Z","posted_at":null,"affected_services":[]}],` +
				`"related":[{"service":"iCloud Account & Sign In","level":"operational"},{"service":"Apple Account","level":"unknown"}],` +
				`"source":"https://www.apple.com/support/systemstatus/"}` + "\n",
		},
		{
			"nothing known", status.Verdict{Service: "iCloud Backup"},
			`{"service":"iCloud Backup","level":"unknown","down":false,"recovered":false,"summary":"",` +
				`"checked_at":null,"stale":false,"last_known":null,"incidents":[],"related":[],` +
				`"source":"https://www.apple.com/support/systemstatus/"}` + "\n",
		},
		{
			"known once", status.Verdict{
				Service: "iCloud Backup", Summary: "Apple's status of iCloud Backup couldn't be checked.", CheckedAt: six, Stale: true,
				LastKnown: &status.Known{Level: status.Outage, CheckedAt: six.Add(-3 * time.Hour)},
			},
			`{"service":"iCloud Backup","level":"unknown","down":false,"recovered":false,"summary":"Apple's status of iCloud Backup couldn't be checked.",` +
				`"checked_at":"2026-11-22T06:00:00Z","stale":true,"last_known":{"level":"outage","checked_at":"2026-11-22T03:00:00Z"},"incidents":[],"related":[],` +
				`"source":"https://www.apple.com/support/systemstatus/"}` + "\n",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := string(api.Body(tt.verdict)); got != tt.want {
				t.Errorf("body\n got %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestDownIsTrueForDegradedAndOutageOnly(t *testing.T) {
	tests := []struct {
		level status.Level
		word  string
		down  bool
	}{
		{status.Unknown, "unknown", false},
		{status.Operational, "operational", false},
		{status.Maintenance, "maintenance", false},
		{status.Degraded, "degraded", true},
		{status.Outage, "outage", true},
	}
	for _, tt := range tests {
		want := fmt.Sprintf(`"level":%q,"down":%t,`, tt.word, tt.down)
		if body := api.Body(status.Verdict{Level: tt.level}); !bytes.Contains(body, []byte(want)) {
			t.Errorf("%v: no %s in %s", tt.level, want, body)
		}
	}
}

func TestRecoveredIsReported(t *testing.T) {
	body := api.Body(status.Verdict{Level: status.Operational, Recovered: true})
	if !bytes.Contains(body, []byte(`"level":"operational","down":false,"recovered":true,`)) {
		t.Errorf("%s", body)
	}
}

// The verdict of a monitor has no lists before the first reading, and an
// incident has none if Apple sends null. Clients that loop over them must not get
// null.
func TestListsAreNeverNull(t *testing.T) {
	verdicts := map[string]status.Verdict{
		"zero verdict":       {},
		"zero incident":      {Incidents: []status.Incident{{}}},
		"before any reading": status.NewMonitor(status.Options{}).Verdict(),
		"too old":            status.Decide(status.Report{CheckedAt: six}, six.Add(3*time.Hour)),
	}
	for name, v := range verdicts {
		t.Run(name, func(t *testing.T) {
			var body struct {
				Incidents *[]struct {
					AffectedServices *[]string `json:"affected_services"`
				}
				Related *[]any
			}
			if err := json.Unmarshal(api.Body(v), &body); err != nil {
				t.Fatal(err)
			}
			if body.Incidents == nil || body.Related == nil {
				t.Fatalf("%s", api.Body(v))
			}
			for _, i := range *body.Incidents {
				if i.AffectedServices == nil {
					t.Errorf("%s", api.Body(v))
				}
			}
		})
	}
}

// Escaping for HTML would turn Apple's ampersands into \u0026 for people who read
// the body; nosniff and the type prevent its interpretation as HTML.
func TestTextsAreUnchangedInJSON(t *testing.T) {
	texts := []string{
		`iCloud Account & Sign In`,
		`<script>alert("x")</script>`,
		`"><img src=x onerror=alert(1)>`,
		`]]> --> </textarea>`,
		`back\slash "quoted"`,
		"Störung, 障害, сбой, 🛠",
	}
	for _, text := range texts {
		v := status.Verdict{
			Summary:   text,
			Incidents: []status.Incident{{Message: text, UsersAffected: text, AffectedServices: []string{text}}},
			Related:   []status.Related{{Service: text}},
		}
		body := api.Body(v)
		if strings.Contains(string(body), `\u00`) {
			t.Errorf("%q is escaped for HTML: %s", text, body)
		}
		var got struct {
			Summary   string
			Incidents []struct {
				Message          string
				UsersAffected    string   `json:"users_affected"`
				AffectedServices []string `json:"affected_services"`
			}
			Related []struct{ Service string }
		}
		if err := json.Unmarshal(body, &got); err != nil {
			t.Fatalf("%q: %v in %s", text, err, body)
		}
		i := got.Incidents[0]
		for _, back := range []string{got.Summary, i.Message, i.UsersAffected, i.AffectedServices[0], got.Related[0].Service} {
			if back != text {
				t.Errorf("%q comes back as %q", text, back)
			}
		}
	}
}

func TestBodyIsOneLine(t *testing.T) {
	v := troubled()
	v.Incidents[0].Message = "two\nlines\r\nand \u2028 more"
	body := api.Body(v)
	if bytes.Count(body, []byte("\n")) != 1 || !bytes.HasSuffix(body, []byte("}\n")) || bytes.ContainsAny(body, "\r\u2028") {
		t.Errorf("%q", body)
	}
}
