package api_test

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"backupcheck/status"
	"backupcheck/status/api"
)

// statuspagePaths are all paths of the public API of Statuspage.
var statuspagePaths = []string{
	"/api/v2/status.json", "/api/v2/summary.json", "/api/v2/components.json",
	"/api/v2/incidents.json", "/api/v2/incidents/unresolved.json",
	"/api/v2/scheduled-maintenances.json", "/api/v2/scheduled-maintenances/active.json", "/api/v2/scheduled-maintenances/upcoming.json",
}

// sourceOf returns a source with a fixed verdict.
func sourceOf(v status.Verdict) api.Source {
	return api.Source{Verdict: func() status.Verdict { return v }, Now: func() time.Time { return six.Add(time.Minute) }, PublicURL: "https://status.example"}
}

// request sends a request for an address with its query to the routes of a
// source, through a real server and client.
func request(t *testing.T, s api.Source, method, address string, header http.Header) (*http.Response, string) {
	t.Helper()
	routes := api.Routes(s)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if route := routes[r.URL.Path]; route != nil {
			route.ServeHTTP(w, r)
			return
		}
		http.NotFound(w, r)
	}))
	defer server.Close()
	req, err := http.NewRequestWithContext(t.Context(), method, server.URL+address, nil)
	if err != nil {
		t.Fatal(err)
	}
	maps.Copy(req.Header, header)
	req.Header.Set("Accept-Encoding", "identity")
	res, err := server.Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	res.Header.Del("Date")
	return res, string(body)
}

// checkEndpoint checks what every endpoint has in common with /api/status:
// headers, ETag and 304, HEAD, OPTIONS, and 405 for other methods.
func checkEndpoint(t *testing.T, s api.Source, address string, want map[string]string) {
	t.Helper()
	want = maps.Clone(want)
	for key, value := range commonHeaders {
		if _, given := want[key]; !given {
			want[key] = value
		}
	}
	get, body := request(t, s, "GET", address, nil)
	if get.StatusCode != 200 || body == "" {
		t.Fatalf("%s: %d %q", address, get.StatusCode, body)
	}
	expect(t, get, want)
	head, nothing := request(t, s, "HEAD", address, nil)
	if nothing != "" || head.StatusCode != 200 || !maps.EqualFunc(head.Header, get.Header, slices.Equal) {
		t.Errorf("%s: HEAD %d %v %q", address, head.StatusCode, head.Header, nothing)
	}
	fresh, nothing := request(t, s, "GET", address, http.Header{"If-None-Match": {"W/" + get.Header.Get("ETag")}})
	if fresh.StatusCode != 304 || nothing != "" || get.Header.Get("ETag") == "" {
		t.Errorf("%s: with its ETag %q: %d %q", address, get.Header.Get("ETag"), fresh.StatusCode, nothing)
	}
	refused, message := request(t, s, "POST", address, nil)
	if refused.StatusCode != 405 || checkErrorBody(message) != nil || refused.Header.Get("Allow") != "GET, HEAD, OPTIONS" {
		t.Errorf("%s: POST %d %s", address, refused.StatusCode, message)
	}
	preflight, _ := request(t, s, "OPTIONS", address, nil)
	if preflight.StatusCode != 204 || preflight.Header.Get("Access-Control-Allow-Origin") != "*" {
		t.Errorf("%s: OPTIONS %d %v", address, preflight.StatusCode, preflight.Header)
	}
}

func TestStatuspageHasTheCommonHeadersAndMethods(t *testing.T) {
	for _, path := range statuspagePaths {
		checkEndpoint(t, sourceOf(troubled()), path, map[string]string{"Content-Location": path})
		_, plain := request(t, sourceOf(troubled()), "GET", path, nil)
		if _, other := request(t, sourceOf(troubled()), "GET", path+"?page=2&x=%3Cscript%3E", nil); other != plain {
			t.Errorf("%s: a query changes it: %s", path, other)
		}
	}
}

func TestStatuspageStatusCoversTheServiceOnly(t *testing.T) {
	v := status.Verdict{Service: "iCloud Backup", Level: status.Operational, Summary: "Apple reports no problem with iCloud Backup.", CheckedAt: six,
		Related: []status.Related{{Service: "Photos", Level: status.Outage}}}
	_, body := request(t, sourceOf(v), "GET", "/api/v2/status.json", nil)
	want := `{"page":{"id":"042d3df014d8","name":"Backup Check: iCloud Backup","url":"https://www.apple.com/support/systemstatus/",` +
		`"time_zone":"Etc/UTC","updated_at":"2026-11-22T06:00:00Z"},` +
		`"status":{"indicator":"none","description":"Apple reports no problem with iCloud Backup."}}` + "\n"
	if body != want {
		t.Errorf("\n got %s\nwant %s", body, want)
	}
}

func TestStatuspageMapsEachLevel(t *testing.T) {
	tests := []struct {
		level                status.Level
		component, indicator string
	}{
		{status.Operational, "operational", "none"},
		{status.Maintenance, "under_maintenance", "maintenance"},
		{status.Unknown, "degraded_performance", "minor"},
		{status.Degraded, "partial_outage", "major"},
		{status.Outage, "major_outage", "critical"},
	}
	for _, tt := range tests {
		p := readPage(t, status.Verdict{Service: "iCloud Backup", Level: tt.level, Summary: "So it is.", Related: []status.Related{{Service: "Photos", Level: tt.level}}}, "summary")
		if p.Status.Indicator != tt.indicator || p.Status.Description != "So it is." {
			t.Errorf("%v: %+v", tt.level, p.Status)
		}
		for _, c := range p.Components {
			if c.Status != tt.component || (c.Description != nil) != (tt.level == status.Unknown) {
				t.Errorf("%v: component %+v", tt.level, c)
			}
		}
		if alarm := tt.indicator == "major" || tt.indicator == "critical"; alarm != tt.level.Down() {
			t.Errorf("%v: a monitor's alarm is %v", tt.level, alarm)
		}
	}
}

// Before the first reading every path responds, and none reports operational.
func TestStatuspageBeforeTheFirstReading(t *testing.T) {
	v := status.NewMonitor(status.Options{}).Verdict()
	for _, path := range statuspagePaths {
		res, body := request(t, sourceOf(v), "GET", path, nil)
		if res.StatusCode != 200 || strings.Contains(body, "operational") || strings.Contains(body, `"none"`) || !strings.Contains(body, `"updated_at":null}`) {
			t.Errorf("%s: %d %s", path, res.StatusCode, body)
		}
	}
	p := readPage(t, v, "summary")
	if !strings.Contains(p.Status.Description, "couldn't be checked") || len(p.Components) != 1+len(status.RelatedNames()) {
		t.Errorf("%+v", p)
	}
	if c := p.Components[1]; c.Description == nil || *c.Description != "Apple's status of "+c.Name+" couldn't be checked." {
		t.Errorf("%+v", c)
	}
}

func TestStatuspageListsTheServiceFirstAndEachRowOnce(t *testing.T) {
	v := status.Verdict{Service: "Photos", Related: []status.Related{{Service: "App Store"}, {Service: "Photos"}, {Service: "iMessage"}}}
	var list []string
	for i, c := range readPage(t, v, "components").Components {
		list = append(list, c.Name)
		if c.Position != i+1 || !regexp.MustCompile("^[0-9a-f]{12}$").MatchString(c.ID) || c.PageID == c.ID {
			t.Errorf("%+v", c)
		}
	}
	if got := strings.Join(list, ", "); got != "Photos, App Store, iMessage" {
		t.Errorf("%s", got)
	}
}

// An equal reading changes the page's time only: components and updates have
// the same IDs, by which clients identify them.
func TestStatuspageIsUnchangedByAnEqualReading(t *testing.T) {
	v := troubled()
	before := map[string]string{}
	for _, path := range statuspagePaths {
		_, before[path] = request(t, sourceOf(v), "GET", path, nil)
	}
	v.CheckedAt = v.CheckedAt.Add(90 * time.Minute)
	for _, path := range statuspagePaths {
		_, body := request(t, sourceOf(v), "GET", path, nil)
		if body == before[path] || strings.Replace(body, "2026-11-22T07:30:00Z", "2026-11-22T06:00:00Z", 1) != before[path] {
			t.Errorf("%s:\n%s\n%s", path, before[path], body)
		}
	}
	if id := readPage(t, v, "components").Components[0].ID; id != "e85251d24d93" {
		t.Errorf("the ID of iCloud Backup is now %s: clients have the old one in their settings", id)
	}
}

// Each object has each of these keys, with a value of one of these kinds.
// Clients with strict types reject a page if one is missing, unknown or of
// another kind. A time is RFC 3339 and never the year 1.
var statuspageShapes = map[string]map[string]string{
	"page":        {"id": "id", "name": "text", "url": "text", "time_zone": "text", "updated_at": "time null"},
	"status":      {"indicator": "none minor major critical maintenance", "description": "text"},
	"component":   {"id": "id", "name": "text", "status": "operational degraded_performance partial_outage major_outage under_maintenance", "created_at": "time", "updated_at": "time", "position": "number", "description": "text null", "showcase": "bool", "start_date": "null", "group_id": "null", "page_id": "id", "group": "bool", "only_show_if_degraded": "bool"},
	"incident":    {"id": "id", "name": "text", "status": "investigating resolved", "created_at": "time null", "updated_at": "time null", "monitoring_at": "null", "resolved_at": "time null", "impact": "minor major critical", "shortlink": "text", "started_at": "time null", "page_id": "id", "incident_updates": "list", "components": "list"},
	"maintenance": {"id": "id", "name": "text", "status": "scheduled in_progress completed", "created_at": "time null", "updated_at": "time null", "monitoring_at": "null", "resolved_at": "time null", "impact": "maintenance", "shortlink": "text", "started_at": "time null", "page_id": "id", "incident_updates": "list", "components": "list", "scheduled_for": "time null", "scheduled_until": "time null"},
	"update":      {"id": "id", "status": "investigating resolved scheduled in_progress completed", "body": "words", "incident_id": "id", "created_at": "time null", "updated_at": "time null", "display_at": "time null", "affected_components": "null", "deliver_notifications": "bool", "custom_tweet": "null", "tweet_id": "null"},
}

func TestStatuspageFieldsHaveTheRightTypes(t *testing.T) {
	seen := map[string]bool{}
	for name, v := range eventful() {
		for _, path := range statuspagePaths {
			_, body := request(t, sourceOf(v), "GET", path, nil)
			var document map[string]any
			if err := json.Unmarshal([]byte(body), &document); err != nil {
				t.Fatal(err)
			}
			walk(document, map[string]string{"page": "page", "status": "status", "components": "component", "incidents": "incident", "scheduled_maintenances": "maintenance"}, func(kind string, object map[string]any) {
				seen[kind] = true
				if err := shaped(object, statuspageShapes[kind]); err != nil {
					t.Errorf("%s, %s: %s %v in %s", name, path, kind, err, body)
				}
			})
		}
	}
	for kind := range statuspageShapes {
		if !seen[kind] {
			t.Errorf("no %s was checked", kind)
		}
	}
}

// walk visits the objects below one, whose keys have these kinds.
func walk(object map[string]any, kinds map[string]string, visit func(kind string, object map[string]any)) {
	for key, kind := range kinds {
		list, ok := object[key].([]any)
		if !ok && object[key] != nil {
			list = []any{object[key]}
		}
		for _, item := range list {
			visit(kind, item.(map[string]any))
			if kind == "incident" || kind == "maintenance" {
				walk(item.(map[string]any), map[string]string{"components": "component", "incident_updates": "update"}, visit)
			}
		}
	}
}

var anID = regexp.MustCompile("^[0-9a-f]{12}$")

func shaped(object map[string]any, shape map[string]string) error {
	for key := range object {
		if shape[key] == "" {
			return fmt.Errorf("has %s", key)
		}
	}
	for key, kinds := range shape {
		value, ok := object[key]
		if !ok {
			return fmt.Errorf("lacks %s", key)
		}
		if !slices.ContainsFunc(strings.Fields(kinds), func(kind string) bool { return isKind(value, kind) }) {
			return fmt.Errorf("has %s: %v, want %s", key, value, kinds)
		}
	}
	return nil
}

func isKind(value any, kind string) bool {
	switch value := value.(type) {
	case nil:
		return kind == "null"
	case bool:
		return kind == "bool"
	case float64:
		return kind == "number"
	case []any:
		return kind == "list" && len(value) > 0
	case string:
		when, err := time.Parse(time.RFC3339, value)
		return value == kind || kind == "text" || kind == "words" && value != "" || kind == "id" && anID.MatchString(value) ||
			kind == "time" && err == nil && when.Year() > 2000 && strings.HasSuffix(value, "Z")
	}
	return false
}
