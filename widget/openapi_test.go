package widget_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"
	"github.com/pb33f/libopenapi-validator/config"
	"github.com/pb33f/libopenapi-validator/content"
	"github.com/pb33f/libopenapi-validator/schema_validation"

	"backupcheck/status"
	"backupcheck/status/api"
	"backupcheck/status/history"
	"backupcheck/widget"
)

// storedHistory is a history that never changes, or fails.
type storedHistory struct {
	history.History
	err error
}

func (k storedHistory) Read(_ context.Context, service string, days int, now time.Time) (history.History, error) {
	h := k.History
	h.Service, h.To = service, now
	h.From = now.Truncate(24*time.Hour).AddDate(0, 0, 1-days)
	return h, k.err
}

func (k storedHistory) State(context.Context) (history.State, error) {
	return history.State{RecordedAt: six.Add(-40 * time.Second)}, k.err
}

// histories are all kinds of histories: disabled, empty, with much data, and an
// unreadable database.
func histories() map[string]api.History {
	incident := history.Incident{
		Incident: status.Incident{
			ID: "1", Type: "Issue", State: status.StateResolved, Message: "Backups may fail.", UsersAffected: "Some users are affected",
			StartedAt: six.Add(-30 * time.Hour), EndedAt: six.Add(-28 * time.Hour), PostedAt: six.Add(-27 * time.Hour), AffectedServices: []string{status.ServiceName},
		},
		Worst: status.Outage, FirstSeenAt: six.Add(-29 * time.Hour), LastSeenAt: six.Add(-28 * time.Hour),
	}
	return map[string]api.History{
		"not recorded": nil,
		"empty":        storedHistory{},
		"much": storedHistory{History: history.History{
			Incidents: []history.Incident{incident, {Incident: status.Incident{State: hostile[0], Message: hostile[1], Type: hostile[2]}}},
			Changes: []history.Change{
				{At: six.Add(-40 * 24 * time.Hour), Level: status.Operational, Rest: status.Operational},
				{At: six.Add(-29 * time.Hour), Level: status.Outage, Rest: status.Operational},
				{At: six.Add(-29*time.Hour + time.Minute), Level: status.Outage, Rest: status.Degraded},
				{At: six.Add(-27 * time.Hour), Level: status.Operational, Rest: status.Operational},
			},
			Watched: []history.Span{{From: six.Add(-40 * 24 * time.Hour), To: six.Add(-10 * 24 * time.Hour)}, {From: six.Add(-48 * time.Hour), To: six}},
		}},
		"unreadable": storedHistory{err: errors.New("D1_ERROR: no such table")},
	}
}

// verdicts are those of all states, and one in which every text from Apple is
// hostile.
func verdicts() map[string]status.Verdict {
	all := map[string]status.Verdict{}
	for _, s := range states() {
		all[s.name] = s.verdict
	}
	report := reading()
	for i, text := range hostile {
		state := []string{status.StateOngoing, status.StateResolved, status.StateUpcoming, status.StateCompleted, text}[i%5]
		evil := status.Incident{ID: text, Type: text, State: state, Message: text, UsersAffected: text, AffectedServices: []string{text}}
		report.Service.Incidents = append(report.Service.Incidents, evil)
		report.Related[0].Incidents = append(report.Related[0].Incidents, evil)
	}
	all["hostile"] = status.Decide(report, six)
	return all
}

// queries are valid and invalid queries for each path. The valid ones are also
// checked against the description of the request.
var queries = map[string]struct{ valid, invalid []string }{
	"/api/history": {
		[]string{"", "?days=1", "?days=30", "?days=90", "?days=400", "?service=iCloud+Backup", "?service=iCloud+Account+%26+Sign+In", "?service=Photos&days=7"},
		[]string{"?days=0", "?days=401", "?days=-1", "?days=1.5", "?days=ten", "?days=", "?service="},
	},
	"/badge.svg": {
		[]string{"", "?style=flat", "?style=flat-square", "?label=Backups", "?style=flat-square&label=iCloud%20%26%20%3Cme%3E"},
		[]string{"?style=plastic", "?style=", "?label=", "?label=" + strings.Repeat("x", 41)},
	},
	"/badge.json": {[]string{"", "?label=Backups", "?label=%F0%9F%9B%A0"}, []string{"?label=", "?label=" + strings.Repeat("x", 41)}},
	"/oembed": {
		[]string{"?url=%2F", "?url=%2Fwidget%3Ftheme%3Ddark", "?url=%2Fwidget&format=json&maxwidth=300&maxheight=10000", "?url=https%3A%2F%2Fevil.example%2F"},
		[]string{"", "?url=", "?url=%2F&format=xml", "?url=%2F&maxwidth=0", "?url=%2F&maxheight=-1", "?url=%2F&maxwidth=wide"},
	},
	"/widget":          {[]string{"", "?theme=dark", "?theme=light&lang=en", "?lang=tlh"}, []string{"?theme=purple"}},
	"/widget/messages": {[]string{"", "?theme=dark&lang=en"}, []string{"?theme=purple"}},
}

// description returns the site's OpenAPI description, and its validator.
func description(t *testing.T, site http.Handler) (libopenapi.Document, validator.Validator) {
	t.Helper()
	w := httptest.NewRecorder()
	site.ServeHTTP(w, httptest.NewRequest("GET", "/openapi.json", nil))
	document, err := libopenapi.NewDocument(w.Body.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	options := []config.Option{
		config.WithFormatAssertions(), config.WithStrictMode(), config.WithRejectUnsupportedBodyContent(), config.WithStandardBodyDecoders(),
		// Every response has these, so the description doesn't repeat them.
		config.WithStrictIgnoredHeadersExtra("Content-Security-Policy", "Cross-Origin-Resource-Policy", "Permissions-Policy", "Referrer-Policy", "Strict-Transport-Security", "X-Content-Type-Options"),
		config.WithStrictIgnorePaths("$.body.info", "$.body.externalDocs", "$.body.servers[*]", "$.body.tags[*]", "$.body.paths", "$.body.components"), // of the description itself
	}
	for _, text := range []string{"text/html", "text/plain", "image/svg+xml", "application/atom+xml"} {
		options = append(options, config.WithBodyDecoder(text, content.TextDecoder()))
	}
	v, errs := validator.NewValidator(document, options...)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	return document, v
}

func TestDescriptionIsValidOpenAPI(t *testing.T) {
	_, v := description(t, newSite(t, func() status.Verdict { return status.Verdict{} }))
	if ok, errs := v.ValidateDocument(); !ok {
		for _, err := range errs {
			t.Errorf("%v", err)
			for _, cause := range err.SchemaValidationErrors {
				t.Errorf("  %s: %s", cause.FieldPath, cause.Reason)
			}
		}
	}
}

func TestDescriptionHasExactlyTheRoutesOfTheSite(t *testing.T) {
	site := widget.NewSite(api.Source{Verdict: func() status.Verdict { return status.Verdict{} }}, sources(t))
	document, _ := description(t, site)
	model, err := document.BuildV3Model()
	if err != nil {
		t.Fatal(err)
	}
	described := slices.Sorted(model.Model.Paths.PathItems.KeysFromOldest())
	if got := site.Routes(); !slices.Equal(got, described) {
		t.Errorf("the site has  %v\ndescribed are %v", got, described)
	}
	for path := range queries {
		if !slices.Contains(described, path) {
			t.Errorf("%s has queries and isn't described", path)
		}
	}
}

func TestExamplesOfTheDescriptionAreValid(t *testing.T) {
	document, _ := description(t, newSite(t, func() status.Verdict { return status.Verdict{} }))
	model, err := document.BuildV3Model()
	if err != nil {
		t.Fatal(err)
	}
	check := schema_validation.NewSchemaValidator(config.WithFormatAssertions())
	examples := 0
	for name, proxy := range model.Model.Components.Schemas.FromOldest() {
		schema := proxy.Schema()
		for _, node := range schema.Examples {
			examples++
			var example any
			if err := node.Decode(&example); err != nil {
				t.Fatal(err)
			}
			if ok, errs := check.ValidateSchemaObjectWithVersion(schema, example, 3.1); !ok {
				t.Errorf("the example of %s: %v", name, errs)
			}
		}
	}
	if examples < 4 {
		t.Errorf("%d examples", examples)
	}
}

// Every response at every path matches its description: status, headers and body,
// and nothing that isn't described.
func TestEveryResponseMatchesTheDescription(t *testing.T) {
	logger := slog.Default()
	slog.SetDefault(slog.New(slog.DiscardHandler)) // the database that can't be read
	t.Cleanup(func() { slog.SetDefault(logger) })
	_, check := description(t, newSite(t, func() status.Verdict { return status.Verdict{} }))
	codes := map[int]int{}
	checkAll := func(name string, verdict status.Verdict, past api.History) {
		t.Run(name, func(t *testing.T) {
			site := widget.NewSite(api.Source{
				Verdict: func() status.Verdict { return verdict }, History: past, Version: "1.2.3", Now: func() time.Time { return six },
			}, sources(t))
			server := httptest.NewServer(site)
			defer server.Close()
			for _, path := range site.Routes() {
				q, ok := queries[path]
				if !ok {
					q.valid = []string{""}
				}
				for _, query := range q.valid {
					if tag := conforms(t, check, server, "GET", path+query, "", true, codes); tag != "" {
						conforms(t, check, server, "GET", path+query, tag, true, codes)
					}
				}
				for _, query := range q.invalid {
					conforms(t, check, server, "GET", path+query, "", false, codes)
				}
				conforms(t, check, server, "POST", path, "", false, codes)
			}
		})
	}
	past := histories()
	for name, verdict := range verdicts() {
		checkAll(name, verdict, past["much"])
	}
	for name, history := range past {
		checkAll("history: "+name, find(t, "degraded"), history)
	}
	for _, code := range []int{200, 304, 400, 404, 405, 501, 503} {
		if codes[code] == 0 {
			t.Errorf("no response was %d: %v", code, codes)
		}
	}
}

// conforms sends a request and validates the response, and the request as well if
// it is valid. It returns the ETag of the response.
func conforms(t *testing.T, check validator.Validator, server *httptest.Server, method, target, tag string, valid bool, codes map[int]int) string {
	t.Helper()
	request := func(method string) *http.Request {
		r, err := http.NewRequestWithContext(t.Context(), method, server.URL+target, nil)
		if err != nil {
			t.Fatal(err)
		}
		if tag != "" {
			r.Header.Set("If-None-Match", tag)
		}
		return r
	}
	res, err := server.Client().Do(request(method))
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(res.Body)
	res.Body.Close()
	if err != nil {
		t.Fatal(err)
	}
	res.Body = io.NopCloser(bytes.NewReader(body))
	codes[res.StatusCode]++
	if refused := res.StatusCode == 400 || res.StatusCode == 405 || res.StatusCode == 501; valid == refused && !strings.HasPrefix(target, "/widget") {
		t.Errorf("%s %s: %d %.200s", method, target, res.StatusCode, body)
	}
	if tag != "" && (res.StatusCode != 304 || len(body) > 0) {
		t.Errorf("%s %s with its ETag: %d %.200s", method, target, res.StatusCode, body)
	}
	// Responses to other methods are described with GET.
	_, errs := check.ValidateHttpResponse(request("GET"), res)
	if valid {
		_, more := check.ValidateHttpRequest(request("GET"))
		errs = append(errs, more...)
	}
	for _, err := range errs {
		t.Errorf("%s %s: %d: %s: %s", method, target, res.StatusCode, err.Message, err.Reason)
		for _, cause := range err.SchemaValidationErrors {
			t.Errorf("  %s: %s", cause.FieldPath, cause.Reason)
		}
	}
	if _, err := url.ParseRequestURI(res.Header.Get("Content-Location")); res.Header.Get("Content-Location") != "" && err != nil {
		t.Error(err)
	}
	return res.Header.Get("ETag")
}
