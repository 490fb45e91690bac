package widget_test

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"

	"backupcheck/status"
	"backupcheck/status/api"
	"backupcheck/status/apple"
	"backupcheck/status/history"
	"backupcheck/widget"
)

// elements lists the elements of an XML document with the names of their
// attributes; an error if it isn't well-formed.
func elements(document []byte) (all []string, err error) {
	decoder := xml.NewDecoder(bytes.NewReader(document))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		if start, ok := token.(xml.StartElement); ok {
			tag := start.Name.Local
			for _, attribute := range start.Attr {
				tag += " " + attribute.Name.Local
			}
			all = append(all, tag)
		}
	}
}

// FuzzRequest sends requests with any path, query, host and If-None-Match to the
// site. Every response is one of the documented ones, is well-formed, has the
// security headers, and has no link to another site. A response with a canonical
// address is the same as at that address.
func FuzzRequest(f *testing.F) {
	for _, target := range []string{
		"/", "/widget?lang=en&theme=dark", "/widget?lang=%ff&theme=%22%3E", "/api/status?x=1", "/api/history?days=400&service=Photos",
		"/api/history?days=0x10", "/badge.svg?label=%3Cscript%3E&style=flat-square", "/badge.svg?label=a&label=b;c", "/badge.json?label=%E2%80%AE",
		"/oembed?url=https://example.com/widget%3Ftheme=dark&maxwidth=300&maxheight=-1", "/oembed?url=//evil.example/widget", "/oembed?url=%2Fwidget&format=xml",
		"/feed.atom", "/api/v2/summary.json?callback=x", "/openapi.json", "/healthz", "/../go.mod", "/widget/%2e%2e/", "//evil.example", "/\\evil.example",
	} {
		path, query, _ := strings.Cut(target, "?")
		f.Add(path, query, "example.com", "https", `"x"`)
	}
	f.Add("/oembed", "url=https://ex%22ample.com/widget", `ex"ample.com`, "https", "*")
	f.Add("/", "", "<script>", "javascript", "W/\"\"")
	verdict := status.Decide(reading(), six)
	site := widget.NewSite(api.Source{Verdict: func() status.Verdict { return verdict }, Now: func() time.Time { return six }}, sources(f))
	routes := site.Routes()
	codes := []int{200, 304, 400, 404, 501}
	shape := map[string][]string{}
	f.Fuzz(func(t *testing.T, path, query, host, scheme, condition string) {
		request := func(path, query string) *httptest.ResponseRecorder {
			r := httptest.NewRequest("GET", "/", nil)
			r.URL = &url.URL{Path: path, RawQuery: query}
			r.Host = host
			r.Header["X-Forwarded-Proto"] = []string{scheme}
			r.Header["X-Forwarded-Host"] = []string{host}
			r.Header["If-None-Match"] = []string{condition}
			w := httptest.NewRecorder()
			site.ServeHTTP(w, r)
			return w
		}
		w := request(path, query)
		header, body := w.Header(), w.Body.Bytes()
		if !slices.Contains(codes, w.Code) || !slices.Contains(routes, path) && w.Code != 404 {
			t.Fatalf("%d", w.Code)
		}
		if header.Get("Location") != "" || header.Get("Set-Cookie") != "" || !strings.HasPrefix(header.Get("Content-Security-Policy"), "default-src 'none'") || header.Get("X-Content-Type-Options") != "nosniff" {
			t.Fatalf("headers %v", header)
		}
		for key, values := range header {
			if strings.ContainsAny(strings.Join(values, ""), "\r\n\x00") {
				t.Fatalf("%s: %q", key, values)
			}
		}
		if w.Code == 304 {
			if len(body) > 0 || header.Get("ETag") == "" {
				t.Fatalf("304 with %q, ETag %q", body, header.Get("ETag"))
			}
			return
		}
		if canonical := header.Get("Content-Location"); canonical != "" {
			path, query, _ := strings.Cut(strings.TrimPrefix(canonical, "http://example.com"), "?")
			condition = ""
			if again := request(path, query); !bytes.Equal(again.Body.Bytes(), body) || again.Header().Get("Content-Location") != canonical {
				t.Fatalf("%q isn't the response at %s", body, canonical)
			}
		}
		kind, _, err := mime.ParseMediaType(header.Get("Content-Type"))
		if err != nil || !utf8.Valid(body) {
			t.Fatalf("%q: %v", header.Get("Content-Type"), err)
		}
		var got []string
		switch kind {
		case "application/json":
			if !json.Valid(body) {
				t.Fatalf("no JSON: %q", body)
			}
			if w.Code != 200 && bytes.ContainsAny(body, "<>\\") {
				t.Fatalf("an error repeats the request: %q", body)
			}
		case "text/html":
			got = skeleton(parse(t, string(body)))
		case "image/svg+xml", "application/atom+xml":
			if got, err = elements(body); err != nil {
				t.Fatalf("%v: %q", err, body)
			}
		default:
			t.Fatalf("a %s", kind)
		}
		if path == "/oembed" && w.Code == 200 {
			var response struct {
				HTML string `json:"html"`
			}
			if err := json.Unmarshal(body, &response); err != nil {
				t.Fatal(err)
			}
			frame := parse(t, response.HTML).Find("body > *")
			src, err := url.Parse(frame.AttrOr("src", ""))
			if frame.Length() != 1 || !frame.Is("iframe") || frame.Text() != "" || err != nil || src.Scheme != "https" && src.Scheme != "http" || src.Path != "/widget" {
				t.Fatalf("embedded: %q", response.HTML)
			}
		}
		// Attributes may depend on the request; the elements may not.
		for i, tag := range got {
			got[i], _, _ = strings.Cut(tag, " ")
		}
		document := path + " as " + kind
		if before, ok := shape[document]; ok && !slices.Equal(before, got) {
			t.Fatalf("the request became markup: %v, before %v", got, before)
		}
		shape[document] = got
	})
}

// allResponses returns the response at each route for a verdict with texts from
// Apple.
func allResponses(t *testing.T, bundle widget.Bundle, verdict status.Verdict) map[string][]byte {
	t.Helper()
	site := widget.NewSite(api.Source{Verdict: func() status.Verdict { return verdict }, History: listing{verdict}, Now: func() time.Time { return six }}, bundle)
	responses := map[string][]byte{}
	for _, address := range site.Routes() {
		w := httptest.NewRecorder()
		site.ServeHTTP(w, httptest.NewRequest("GET", address, nil))
		if w.Code != http.StatusOK && address != "/oembed" {
			t.Fatalf("%s: %d %s", address, w.Code, w.Body)
		}
		responses[address] = w.Body.Bytes()
	}
	return responses
}

// listing is a history with the incidents of a verdict.
type listing struct{ verdict status.Verdict }

func (h listing) State(context.Context) (history.State, error) {
	return history.State{RecordedAt: six}, nil
}

func (h listing) Read(_ context.Context, service string, days int, now time.Time) (history.History, error) {
	past := history.History{Service: service, From: now.AddDate(0, 0, -days), To: now}
	for _, incident := range h.verdict.Incidents {
		past.Incidents = append(past.Incidents, history.Incident{Incident: incident, Worst: h.verdict.Level, FirstSeenAt: now.Add(-time.Hour), LastSeenAt: now})
	}
	return past, nil
}

// FuzzAppleTexts uses any texts in Apple's data. Each response that includes them
// is well-formed, and the pages have the same elements as with harmless texts.
func FuzzAppleTexts(f *testing.F) {
	for _, text := range hostile {
		f.Add(text, text, text, text, "Issue")
	}
	f.Add("\u202e\u2066gnp.exe", "\x1b[2J\x07", "\ufeff\x00", "a\u0300\u0301", "Outage")
	f.Add(strings.Repeat("&lt;", 2000), strings.Repeat("x", 5000), "\xff\xfe", "]]>", "Maintenance")
	bundle := sources(f)
	verdict := func(t *testing.T, message, affected, id, service, kind string) status.Verdict {
		row := func(name string) map[string]any {
			return map[string]any{"serviceName": name, "events": []any{map[string]any{
				"messageId": id, "message": message, "usersAffected": affected, "eventStatus": "ongoing", "statusType": kind,
				"epochStartDate": six.Add(-time.Hour).UnixMilli(), "affectedServices": []any{status.ServiceName, service},
			}}}
		}
		data, err := json.Marshal(map[string]any{"services": []any{row(status.ServiceName), row("Photos")}})
		if err != nil {
			t.Fatal(err)
		}
		feed, err := apple.ParseFeed(data)
		if err != nil {
			t.Fatal(err)
		}
		return status.Decide(apple.NewReport(feed, status.ServiceName, six), six)
	}
	f.Fuzz(func(t *testing.T, message, affected, id, service, kind string) {
		v := verdict(t, message, affected, id, service, kind)
		if v.Level == status.Operational {
			t.Fatal("operational in spite of an ongoing event")
		}
		// Empty texts and names of services change the elements.
		for _, incident := range v.Incidents {
			if incident.Message == "" || incident.UsersAffected == "" || incident.ID == "" || len(incident.AffectedServices) != 2 {
				return
			}
		}
		if slices.Contains(append(status.RelatedNames(), status.ServiceName), strings.TrimSpace(service)) {
			return
		}
		harmless := allResponses(t, bundle, verdict(t, "m", "u", "1", "s", kind))
		for address, body := range allResponses(t, bundle, v) {
			if !utf8.Valid(body) {
				t.Fatalf("%s isn't UTF-8", address)
			}
			if strings.ContainsAny(string(body), "\x1b\x00\x07\u202e\u2066\u2028") {
				t.Fatalf("%s has control characters: %q", address, body)
			}
			switch {
			case address == "/" || strings.HasPrefix(address, "/widget"):
				got, want := tags(parse(t, string(body))), tags(parse(t, string(harmless[address])))
				if !slices.Equal(got, want) {
					t.Fatalf("%s: texts became markup: %v\n%v", address, got, want)
				}
			case strings.HasSuffix(address, ".svg") || strings.HasSuffix(address, ".atom"):
				got, err := elements(body)
				want, _ := elements(harmless[address])
				if err != nil || !slices.Equal(got, want) {
					t.Fatalf("%s: %v, %v\n%v", address, err, got, want)
				}
			case address == "/metrics":
				if problems, err := promlint.New(bytes.NewReader(body)).Lint(); err != nil || len(problems) > 0 {
					t.Fatalf("%s: %v %v", address, problems, err)
				}
			default:
				if !json.Valid(body) {
					t.Fatalf("%s is no JSON: %q", address, body)
				}
			}
		}
	})
}

// tags lists a document's elements with the names of their attributes.
func tags(doc *goquery.Document) []string {
	var all []string
	doc.Find("*").Each(func(_ int, element *goquery.Selection) {
		tag := goquery.NodeName(element)
		for _, attribute := range element.Nodes[0].Attr {
			tag += " " + attribute.Key
		}
		all = append(all, tag)
	})
	return all
}

// FuzzEmbedders checks that a list never allows more than its origins, and never
// adds another directive to the policy.
func FuzzEmbedders(f *testing.F) {
	for _, list := range []string{"", "https://support.example, https://*.example.org:8080", "* 'unsafe-inline'; script-src *", "https://a\nhttps://b", "HTTPS://\u212a.example"} {
		f.Add(list)
	}
	f.Fuzz(func(t *testing.T, list string) {
		sources, err := widget.Embedders(list)
		if len(sources) == 0 {
			if err != nil || strings.Trim(list, ", \t\n") != "" {
				t.Fatalf("%q allows every page: %v", list, err)
			}
			return
		}
		for i, source := range sources {
			if i == 0 && source == "'self'" {
				continue
			}
			u, err := url.Parse(strings.Replace(source, "*.", "", 1))
			if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.Path != "" || u.User != nil || u.RawQuery != "" || strings.ContainsAny(source, "; ,'\"\r\n") {
				t.Fatalf("%q allows %q", list, source)
			}
			if !strings.Contains(strings.ToLower(list), source) {
				t.Fatalf("%q isn't in %q", source, list)
			}
		}
	})
}

// FuzzBundle decodes what the linker has set.
func FuzzBundle(f *testing.F) {
	for _, s := range []string{"", "!", "bm90IEpTT04", "W10", widget.Bundle{Inline: map[string]string{"a": "b"}}.Encode()} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		bundle, err := widget.DecodeBundle(s)
		if err != nil {
			return
		}
		if again, err := widget.DecodeBundle(bundle.Encode()); err != nil || again.Encode() != bundle.Encode() {
			t.Fatalf("%v: %v", again, err)
		}
	})
}
