package webhook_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"backupcheck/status"
)

// postOf returns the post of a change between two readings of a service. The second
// one is repeated until there is a change: an incident must be absent for a while.
func postOf(t *testing.T, service string, before, after status.Row) post {
	t.Helper()
	s, r := newEnv(t, ":memory:"), newReceiver(t)
	before.Name, after.Name = service, service
	s.readsRow(before)
	for range 20 {
		s.readsRow(after)
		if due, err := s.store.Due(t.Context(), service, s.clock()); err != nil || len(due) > 0 {
			break
		}
	}
	sender := s.sender(r)
	sender.Service = service
	if err := sender.Send(t.Context()); err != nil {
		t.Fatal(err)
	}
	got := r.got()
	if len(got) != 1 {
		t.Fatalf("%d posts", len(got))
	}
	return got[0]
}

func row(incidents ...status.Incident) status.Row { return status.Row{Incidents: incidents} }

func TestPayloadOfEachChange(t *testing.T) {
	completed := ongoing("Maintenance")
	completed.State, completed.EndedAt = status.StateCompleted, noon
	older := resolved("Issue")
	older.ID, older.EndedAt = "1", noon.Add(-30*time.Hour)
	undated := ongoing("Issue")
	undated.StartedAt = time.Time{}
	for _, test := range []struct {
		what          string
		before, after status.Row
		level         status.Level
		sentence      string
		incident      string // its state; empty: none
	}{
		{"an issue", row(), row(ongoing("Issue")), status.Degraded, "Apple reports a problem with iCloud Backup.", "ongoing"},
		{"an issue beside an older one", row(), row(older, ongoing("Issue")), status.Degraded, "Apple reports a problem with iCloud Backup.", "ongoing"},
		{"an outage", row(ongoing("Issue")), row(ongoing("Outage")), status.Outage, "Apple reports an outage of iCloud Backup.", "ongoing"},
		{"maintenance", row(), row(ongoing("Maintenance")), status.Maintenance, "Apple reports maintenance of iCloud Backup.", "ongoing"},
		{"the end of an issue", row(ongoing("Issue")), row(resolved("Issue")), status.Operational, "Apple no longer reports a problem with iCloud Backup.", "resolved"},
		{"the end of an outage", row(ongoing("Outage")), row(resolved("")), status.Operational, "Apple no longer reports an outage of iCloud Backup.", "resolved"},
		{"the end of maintenance", row(ongoing("Maintenance")), row(completed), status.Operational, "Apple no longer reports maintenance of iCloud Backup.", "completed"},
		{"an issue that is removed", row(ongoing("Issue")), row(older), status.Operational, "Apple no longer reports a problem with iCloud Backup.", ""},
		{"a row that is missing", row(), status.Row{Gap: "gone"}, status.Unknown, "Apple's status of iCloud Backup couldn't be read.", ""},
		{"a row that returns", status.Row{Gap: "gone"}, row(), status.Operational, "Apple reports no problem with iCloud Backup.", ""},
		{"a light on the page", row(), status.Row{Light: status.Outage}, status.Outage, "Apple reports an outage of iCloud Backup.", ""},
		{"no start", row(), row(undated), status.Degraded, "Apple reports a problem with iCloud Backup.", "ongoing"},
	} {
		t.Run(test.what, func(t *testing.T) {
			p := postOf(t, status.ServiceName, test.before, test.after)
			if p.Level != test.level.String() || p.Down != test.level.Down() {
				t.Errorf("level %s, down %v", p.Level, p.Down)
			}
			if want := test.before.Level().String(); p.Previous != want {
				t.Errorf("previous %s, want %s", p.Previous, want)
			}
			if p.Summary != test.sentence {
				t.Errorf("summary %q", p.Summary)
			}
			at := "12:02"
			if test.what == "an issue that is removed" {
				at = "12:16"
			}
			if want := test.sentence + " Seen on 22 November 2026 at " + at + " UTC."; p.Text != want {
				t.Errorf("text %q", p.Text)
			}
			if p.ChangedAt != "2026-11-22T"+at+":00Z" || p.Service != status.ServiceName || p.Source != status.SourceURL {
				t.Errorf("%s", p.raw)
			}
			state, started := "", ""
			if p.Incident != nil {
				state, started = p.Incident.State, p.Incident.StartedAt
				if p.Incident.ID != "2000004700" || p.Incident.URL != status.SourceURL {
					t.Errorf("incident %+v", p.Incident)
				}
			}
			if state != test.incident {
				t.Errorf("incident %q, want %q", state, test.incident)
			}
			if dated := test.incident != "" && test.what != "no start"; dated != (started == "2026-11-22T11:00:00Z") {
				t.Errorf("started at %q", started)
			}
		})
	}
}

// Receivers are written by others, so no member is ever omitted.
func TestPayloadHasEveryMember(t *testing.T) {
	p := postOf(t, status.ServiceName, row(), status.Row{Gap: "gone"})
	var members map[string]any
	if err := json.Unmarshal(p.raw, &members); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"text", "event", "service", "level", "previous", "down", "changed_at", "summary", "incident", "source"} {
		if _, ok := members[name]; !ok {
			t.Errorf("%s isn't there", name)
		}
		delete(members, name)
	}
	if len(members) != 0 {
		t.Errorf("unexpected members %v", members)
	}
	if got := p.header.Get("Content-Type"); got != "application/json" {
		t.Errorf("type %q", got)
	}
}

func TestTextHasNoMentionsOrLinks(t *testing.T) {
	hostile := ongoing("<!channel>")
	hostile.ID, hostile.Message, hostile.UsersAffected = "<!here>", "<https://evil.example|Sign in>", "<!everyone>"
	hostile.AffectedServices = []string{"<@U012>"}
	const service = `<!channel> & "iCloud" <https://evil.example|Backup>`
	p := postOf(t, service, row(), row(hostile))
	if strings.ContainsAny(p.Text, "<>") || strings.Count(p.Text, "&") != 5 {
		t.Errorf("text %q", p.Text)
	}
	if want := `Apple reports a problem with &lt;!channel&gt; &amp; "iCloud" &lt;https://evil.example|Backup&gt;. Seen`; !strings.HasPrefix(p.Text, want) {
		t.Errorf("text %q", p.Text)
	}
	if p.Service != service || p.Incident == nil || p.Incident.Type != "<!channel>" {
		t.Errorf("the fields for programs are escaped: %s", p.raw)
	}
}
