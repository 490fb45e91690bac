package api_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"backupcheck/status"
	"backupcheck/status/api"
	"backupcheck/status/history"
)

// fakeHistory returns the same history, or an error, for each request. It stores
// the parameters of the last one.
type fakeHistory struct {
	recorded
	history history.History
	err     error

	service string
	days    int
	now     time.Time
}

func (b *fakeHistory) Read(_ context.Context, service string, days int, now time.Time) (history.History, error) {
	b.service, b.days, b.now = service, days, now
	h := b.history
	h.Service, h.To = service, now
	h.From = now.UTC().Truncate(24*time.Hour).AddDate(0, 0, 1-days)
	return h, b.err
}

// withHistory returns a source with a verdict and a history.
func withHistory(b *fakeHistory) api.Source {
	s := sourceOf(troubled())
	s.History = b
	return s
}

// noon is a moment in the days of these tests.
func noon(day int) time.Time { return time.Date(2026, 11, day, 12, 0, 0, 0, time.UTC) }

func TestHistoryIsTheDocumentedJSON(t *testing.T) {
	h := history.History{
		Service: "iCloud Backup",
		From:    noon(21).Add(-12 * time.Hour),
		To:      six,
		Incidents: []history.Incident{
			{
				Incident: status.Incident{ID: "7", Type: "Issue", State: status.StateOngoing, Message: "Backups may fail.", UsersAffected: "Some users",
					StartedAt: six.Add(-70 * time.Minute), PostedAt: six.Add(-time.Hour), AffectedServices: []string{"iCloud Backup"}},
				Worst: status.Degraded, FirstSeenAt: six.Add(-59 * time.Minute),
			},
			{Incident: status.Incident{ID: "6", State: status.StateUpcoming}, Worst: status.Operational, FirstSeenAt: noon(20), LastSeenAt: noon(21)},
		},
		Changes: []history.Change{
			{At: noon(20), Level: status.Operational, Rest: status.Operational},
			{At: six.Add(-59 * time.Minute), Level: status.Degraded, Rest: status.Operational},
			{At: six.Add(-30 * time.Minute), Level: status.Degraded, Rest: status.Degraded},
		},
		Watched: []history.Span{{From: noon(21), To: six}},
	}
	want := `{"service":"iCloud Backup","kept":true,` +
		`"summary":"In the last 2 days Apple reported problems with iCloud Backup for 1 hour and 10 minutes; for 12 hours it wasn't watched or couldn't be read.",` +
		`"from":"2026-11-21T00:00:00Z","to":"2026-11-22T06:00:00Z","days":[` +
		`{"date":"2026-11-21","minutes":{"operational":720,"maintenance":0,"degraded":0,"outage":0,"unknown":0},"not_watched":720},` +
		`{"date":"2026-11-22","minutes":{"operational":290,"maintenance":0,"degraded":70,"outage":0,"unknown":0},"not_watched":0}],"incidents":[` +
		`{"id":"7","type":"Issue","state":"ongoing","message":"Backups may fail.","users_affected":"Some users",` +
		`"started_at":"2026-11-22T04:50:00Z","ended_at":null,"posted_at":"2026-11-22T05:00:00Z","affected_services":["iCloud Backup"],` +
		`"worst_level":"degraded","first_seen_at":"2026-11-22T05:01:00Z","last_seen_at":null},` +
		`{"id":"6","type":"","state":"upcoming","message":"","users_affected":null,` +
		`"started_at":null,"ended_at":null,"posted_at":null,"affected_services":[],` +
		`"worst_level":"operational","first_seen_at":"2026-11-20T12:00:00Z","last_seen_at":"2026-11-21T12:00:00Z"}],` +
		`"changes":[{"at":"2026-11-20T12:00:00Z","level":"operational"},{"at":"2026-11-22T05:01:00Z","level":"degraded"}],` +
		`"source":"https://www.apple.com/support/systemstatus/"}` + "\n"
	if got := string(api.HistoryBody(h)); got != want {
		t.Errorf("body\n got %s\nwant %s", got, want)
	}
}

func TestHistoryReportsThatItIsNotRecorded(t *testing.T) {
	const want = `{"service":"iCloud Backup","kept":false,"summary":"History isn't kept here.","from":null,"to":null,` +
		`"days":[],"incidents":[],"changes":[],"source":"https://www.apple.com/support/systemstatus/"}` + "\n"
	res, body := request(t, sourceOf(troubled()), "GET", "/api/history", nil)
	if res.StatusCode != 200 || body != want {
		t.Errorf("%d %s", res.StatusCode, body)
	}
}

func TestHistoryHasTheCommonHeadersAndMethods(t *testing.T) {
	for name, s := range map[string]api.Source{"recorded": withHistory(&fakeHistory{}), "not recorded": sourceOf(troubled())} {
		t.Run(name, func(t *testing.T) {
			checkEndpoint(t, s, "/api/history", map[string]string{"Content-Location": "/api/history"})
		})
	}
}

// The entry module caches a response only under its canonical address. Only the
// response to default parameters has one: the others could fill its memory.
func TestHistoryParametersDaysAndService(t *testing.T) {
	const signIn = "iCloud Account & Sign In"
	tests := []struct {
		query, service string
		days           int
		canonical      string
	}{
		{"", "iCloud Backup", 90, "/api/history"},
		{"?", "iCloud Backup", 90, "/api/history"},
		{"?days=90", "iCloud Backup", 90, "/api/history"},
		{"?days=1", "iCloud Backup", 1, ""},
		{"?days=400", "iCloud Backup", 400, ""},
		{"?days=7&days=8", "iCloud Backup", 7, ""},
		{"?days=7&x=%3Cscript%3E", "iCloud Backup", 7, ""},
		{"?service=iCloud+Backup", "iCloud Backup", 90, "/api/history"},
		{"?service=iCloud%20Account%20%26%20Sign%20In", signIn, 90, ""},
		{"?service=iCloud+Account+%26+Sign+In&days=30", signIn, 30, ""},
		{"?service=Apple+Account&days=90", "Apple Account", 90, ""},
	}
	for _, tt := range tests {
		b := &fakeHistory{}
		res, body := request(t, withHistory(b), "GET", "/api/history"+tt.query, nil)
		if res.StatusCode != 200 || b.service != tt.service || b.days != tt.days || !b.now.Equal(six.Add(time.Minute)) {
			t.Errorf("%s: %d, requested %d days of %q at %v: %s", tt.query, res.StatusCode, b.days, b.service, b.now, body)
		}
		if got := res.Header.Get("Content-Location"); got != tt.canonical {
			t.Errorf("%s: Content-Location %q, want %q", tt.query, got, tt.canonical)
		}
		var response struct {
			Service string
			Days    []any
		}
		if err := json.Unmarshal([]byte(body), &response); err != nil || response.Service != tt.service || len(response.Days) != tt.days {
			t.Errorf("%s: %v, %d days of %q", tt.query, err, len(response.Days), response.Service)
		}
	}
}

func TestHistoryRejectsInvalidParameters(t *testing.T) {
	const canary = "k4n4ri3"
	queries := []string{
		"?days=0", "?days=-1", "?days=401", "?days=+7", "?days=007", "?days=7.0", "?days=1e2", "?days=0x10", "?days=", "?days=%20", "?days=%00",
		"?days=99999999999999999999", "?days=" + canary, "?days=%EF%BC%97",
		"?service=", "?service=icloud+backup", "?service=iCloud+Backup+", "?service=iCloud%20Backup%00", "?service=" + canary,
		"?service=%3Cscript%3E" + canary, "?service=%0d%0aX-Evil:" + canary, "?service=iCloud%20Backup'%20OR%201=1--",
		"?days=" + canary + ";service=x", "?%zz" + canary,
	}
	for _, query := range queries {
		for name, s := range map[string]api.Source{"recorded": withHistory(&fakeHistory{err: errors.New("read all the same")}), "not recorded": sourceOf(troubled())} {
			res, body := request(t, s, "GET", "/api/history"+query, nil)
			if err := checkErrorBody(body); res.StatusCode != 400 || err != nil || strings.Contains(body, canary) || strings.Contains(body, "script") {
				t.Errorf("%s, %s: %d %v: %s", name, query, res.StatusCode, err, body)
			}
			expect(t, res, map[string]string{"Cache-Control": "no-store", "Content-Location": "", "X-Evil": ""})
		}
	}
}

// A monitor must distinguish "the database is broken" from "nothing
// happened"; the error itself is not disclosed.
func TestHistoryThatCannotBeReadIs503(t *testing.T) {
	b := &fakeHistory{err: errors.New("D1_ERROR: no such table: incident")}
	res, body := request(t, withHistory(b), "GET", "/api/history", http.Header{"If-None-Match": {"*"}})
	if err := checkErrorBody(body); res.StatusCode != 503 || err != nil || strings.Contains(body, "D1") {
		t.Errorf("%d %v: %s", res.StatusCode, err, body)
	}
	expect(t, res, map[string]string{"Cache-Control": "no-store", "ETag": "", "Content-Location": "", "Access-Control-Allow-Origin": "*"})
}

func TestHistorySummaryReportsGaps(t *testing.T) {
	midnight := noon(22).Add(-12 * time.Hour)
	days := func(n int) history.History {
		return history.History{Service: "iCloud Backup", From: midnight.AddDate(0, 0, -n), To: midnight.Add(-time.Minute)}
	}
	watched := func(h history.History, level status.Level) history.History {
		h.Watched = []history.Span{{From: h.From, To: h.To}}
		h.Changes = []history.Change{{At: h.From, Level: level, Rest: level}}
		return h
	}
	issue := func(h history.History, from, to time.Time) history.History {
		h.Incidents = []history.Incident{{Incident: status.Incident{ID: "1", Type: "Issue", State: status.StateResolved, StartedAt: from, EndedAt: to}, Worst: status.Degraded}}
		return h
	}
	unread := watched(days(1), status.Unknown)
	half := watched(days(2), status.Operational)
	half.Watched[0].From = half.From.Add(25*time.Hour + time.Minute)
	begun := watched(days(7), status.Operational)
	begun.Incidents = []history.Incident{{Incident: status.Incident{ID: "1", Type: "Outage", State: status.StateOngoing, StartedAt: begun.To}, Worst: status.Outage}}
	tests := []struct {
		name string
		h    history.History
		want string
	}{
		{"nothing happened", watched(days(90), status.Operational), "In the last 90 days Apple reported no problem with iCloud Backup."},
		{"today", watched(days(1), status.Operational), "Today, in UTC, Apple reported no problem with iCloud Backup."},
		{"maintenance is no problem", watched(days(2), status.Maintenance), "In the last 2 days Apple reported no problem with iCloud Backup."},
		{"not watched", days(90), "In the last 90 days Apple's status of iCloud Backup wasn't watched or couldn't be read."},
		{"nothing could be read", unread, "Today, in UTC, Apple's status of iCloud Backup wasn't watched or couldn't be read."},
		{"half watched", half, "In the last 2 days Apple reported no problem with iCloud Backup; for 1 day and 1 hour it wasn't watched or couldn't be read."},
		{"a problem, watched", issue(watched(days(7), status.Operational), midnight.Add(-50*time.Hour), midnight.Add(-48*time.Hour)),
			"In the last 7 days Apple reported problems with iCloud Backup for 2 hours."},
		{"a problem, not watched", issue(days(2), midnight.Add(-26*time.Hour), midnight.Add(-25*time.Hour)),
			"In the last 2 days Apple reported problems with iCloud Backup for 1 hour; for 1 day and 22 hours it wasn't watched or couldn't be read."},
		{"a problem that started this minute", begun, "In the last 7 days Apple reported problems with iCloud Backup."},
		{"the same, unwatched", history.History{Service: begun.Service, From: begun.From, To: begun.To, Incidents: begun.Incidents},
			"In the last 7 days Apple reported problems with iCloud Backup; for 6 days and 23 hours it wasn't watched or couldn't be read."},
		{"a light on Apple's page", watched(days(1), status.Outage), "Today, in UTC, Apple reported problems with iCloud Backup for 23 hours and 59 minutes."},
	}
	for _, tt := range tests {
		var body struct{ Summary string }
		if err := json.Unmarshal(api.HistoryBody(tt.h), &body); err != nil || body.Summary != tt.want {
			t.Errorf("%s: %v\n got %s\nwant %s", tt.name, err, body.Summary, tt.want)
		}
	}
}

// Texts from Apple are as untrusted after they were stored as before.
func TestHistoryTextsAreUnchangedInJSON(t *testing.T) {
	for _, text := range []string{`<script>alert("x")</script>`, `]]> --> </textarea>`, `back\slash "quoted"`, "障害 🛠 \u2028"} {
		h := history.History{Service: "iCloud Backup", From: six, To: six, Incidents: []history.Incident{{Incident: status.Incident{
			ID: text, Type: text, State: text, Message: text, UsersAffected: text, AffectedServices: []string{text}}}}}
		var body struct {
			Incidents []struct {
				ID, Type, State, Message string
				UsersAffected            string   `json:"users_affected"`
				AffectedServices         []string `json:"affected_services"`
			}
		}
		if err := json.Unmarshal(api.HistoryBody(h), &body); err != nil {
			t.Fatal(err)
		}
		i := body.Incidents[0]
		for _, back := range []string{i.ID, i.Type, i.State, i.Message, i.UsersAffected, i.AffectedServices[0]} {
			if back != text {
				t.Errorf("%q comes back as %q", text, back)
			}
		}
	}
}
