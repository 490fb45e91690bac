package api_test

import (
	"encoding/json"
	"encoding/xml"
	"math"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"backupcheck/status"
)

var levels = []status.Level{status.Unknown, status.Operational, status.Maintenance, status.Degraded, status.Outage}

func TestBadgesHaveTheCommonHeadersAndMethods(t *testing.T) {
	image := map[string]string{"Content-Type": "image/svg+xml; charset=utf-8", "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'", "Cross-Origin-Resource-Policy": "cross-origin"}
	tests := []struct {
		address, canonical string
		want               map[string]string
	}{
		{"/badge.svg", "/badge.svg", image},
		{"/badge.svg?style=flat", "/badge.svg", image},
		{"/badge.svg?style=flat-square", "/badge.svg?style=flat-square", image},
		{"/badge.svg?x=1&style=flat-square&y", "/badge.svg?style=flat-square", image},
		{"/badge.json", "/badge.json", nil},
		{"/badge.json?style=anything", "/badge.json", nil},
		// The Worker caches responses whose canonical address is their own, so the
		// number of canonical addresses must be limited.
		{"/badge.svg?label=Backups", "", image},
		{"/badge.svg?label=Backups&style=flat-square", "", image},
		{"/badge.svg?label=iCloud+Backup", "", image},
		{"/badge.json?label=Backups", "", nil},
	}
	for _, tt := range tests {
		want := map[string]string{"Content-Location": tt.canonical}
		for key, value := range tt.want {
			want[key] = value
		}
		checkEndpoint(t, sourceOf(troubled()), tt.address, want)
	}
}

// image is a parsed badge.
type image struct {
	XMLName xml.Name `xml:"http://www.w3.org/2000/svg svg"`
	Width   int      `xml:"width,attr"`
	Height  int      `xml:"height,attr"`
	Role    string   `xml:"role,attr"`
	Name    string   `xml:"aria-label,attr"`
	Title   string   `xml:"title"`
	Rect    struct {
		Fill   string `xml:"fill,attr"`
		Radius string `xml:"rx,attr"`
	} `xml:"rect"`
	Path struct {
		Fill string `xml:"fill,attr"`
	} `xml:"path"`
	Texts struct {
		Fill string `xml:"fill,attr"`
		Text []struct {
			X      int    `xml:"x,attr"`
			Length int    `xml:"textLength,attr"`
			Chars  string `xml:",chardata"`
		} `xml:"text"`
	} `xml:"g"`
}

func readImage(t *testing.T, v status.Verdict, query string) (i image) {
	t.Helper()
	res, body := request(t, sourceOf(v), "GET", "/badge.svg"+query, nil)
	if res.StatusCode != 200 {
		t.Fatalf("%s: %d %s", query, res.StatusCode, body)
	}
	decoder := xml.NewDecoder(strings.NewReader(body))
	if err := decoder.Decode(&i); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	// No text adds elements to those that are drawn.
	if n := strings.Count(body, "<"); n != 12 {
		t.Errorf("%d tags in %s", n, body)
	}
	return i
}

func TestBadgeHasVisibleAndAccessibleText(t *testing.T) {
	for _, level := range levels {
		i := readImage(t, status.Verdict{Service: "iCloud Backup", Level: level}, "")
		name := "iCloud Backup: " + level.String()
		if i.Role != "img" || i.Name != name || i.Title != name {
			t.Errorf("%v: role %q, name %q, title %q", level, i.Role, i.Name, i.Title)
		}
		if len(i.Texts.Text) != 2 || i.Texts.Text[0].Chars != "iCloud Backup" || i.Texts.Text[1].Chars != level.String() {
			t.Errorf("%v: %+v", level, i.Texts)
		}
	}
}

func TestBadgeHasEnoughContrast(t *testing.T) {
	seen := map[string]bool{}
	for _, level := range levels {
		i := readImage(t, status.Verdict{Service: "iCloud Backup", Level: level}, "")
		for _, ground := range []string{i.Rect.Fill, i.Path.Fill} {
			if ratio := contrast(t, i.Texts.Fill, ground); ratio < 4.5 {
				t.Errorf("%v: %s on %s is %.2f:1", level, i.Texts.Fill, ground, ratio)
			}
		}
		if seen[i.Rect.Fill] {
			t.Errorf("%v has another level's colour", level)
		}
		seen[i.Rect.Fill] = true
	}
}

// contrast is the contrast ratio of two colours by WCAG 2.
func contrast(t *testing.T, a, b string) float64 {
	luminance := func(colour string) (sum float64) {
		colour = strings.TrimPrefix(colour, "#")
		if len(colour) == 3 {
			colour = colour[:1] + colour[:1] + colour[1:2] + colour[1:2] + colour[2:] + colour[2:]
		}
		for n, weight := range []float64{0.2126, 0.7152, 0.0722} {
			part, err := strconv.ParseUint(colour[2*n:2*n+2], 16, 8)
			if err != nil {
				t.Fatal(err)
			}
			linear := float64(part) / 255
			if linear <= 0.04045 {
				linear /= 12.92
			} else {
				linear = math.Pow((linear+0.055)/1.055, 2.4)
			}
			sum += weight * linear
		}
		return sum
	}
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestBadgeFitsItsTexts(t *testing.T) {
	narrowest := map[string]int{"i": 2, "iCloud Backup": 75, "WWWWWWWWWW": 105, "障害": 22, strings.Repeat("a", 40): 260, "é\u0301\u0302": 7}
	for label, least := range narrowest {
		i := readImage(t, troubled(), "?label="+url.QueryEscape(label))
		left, right := i.Texts.Text[0], i.Texts.Text[1]
		if left.Length < least || left.Length > least*5/4+2 {
			t.Errorf("%q is given %d pixels", label, left.Length)
		}
		if left.X < 4 || left.X+left.Length+8 > right.X || right.X+right.Length+4 > i.Width || i.Height != 20 {
			t.Errorf("%q: %+v", label, i)
		}
	}
}

func TestBadgeAcceptsStyleAndLabel(t *testing.T) {
	v := troubled()
	if i := readImage(t, v, "?style=flat-square&label=Backups"); i.Rect.Radius != "0" || i.Name != "Backups: degraded" {
		t.Errorf("%+v", i)
	}
	if i := readImage(t, v, ""); i.Rect.Radius != "3" {
		t.Errorf("%+v", i)
	}
}

func TestBadgesAcceptAnyPrintableLabel(t *testing.T) {
	labels := []string{
		"x", strings.Repeat("ö", 40), "iCloud & Co", `"quoted" 'twice'`, "<script>alert(1)</script>", "]]>", "<!--", "&#x202e;", "{width}", "{word}",
		"Störung", "障害", "النسخ", "🛠 backups",
	}
	for _, label := range labels {
		query := "?label=" + url.QueryEscape(label)
		i := readImage(t, troubled(), query)
		if i.Texts.Text[0].Chars != label || i.Name != label+": degraded" || i.Title != i.Name {
			t.Errorf("%q comes back as %+v", label, i)
		}
		_, body := request(t, sourceOf(troubled()), "GET", "/badge.json"+query, nil)
		var shield struct{ Label string }
		if err := json.Unmarshal([]byte(body), &shield); err != nil || shield.Label != label {
			t.Errorf("%q comes back as %s", label, body)
		}
	}
}

func TestBadgesRejectInvalidParameters(t *testing.T) {
	both := map[string]string{
		"empty":                  "?label=",
		"blank":                  "?label=+%09+",
		"41 characters":          "?label=" + strings.Repeat("x", 41),
		"a control":              "?label=a%00b",
		"a line break":           "?label=a%0Ab",
		"a direction override":   "?label=a%E2%80%AEb",
		"a direction isolate":    "?label=a%E2%81%A6b",
		"a zero-width space":     "?label=a%E2%80%8Bb",
		"a zero-width joiner":    "?label=a%E2%80%8Db",
		"a byte-order mark":      "?label=%EF%BB%BFa",
		"a filler without shape": "?label=%E3%85%A4",
		"a variation selector":   "?label=a%EF%B8%8F",
		"a line separator":       "?label=a%E2%80%A8b",
		"a no-break space":       "?label=a%C2%A0b",
		"private use":            "?label=%EE%80%80",
		"bytes that are no text": "?label=a%FFb",
		"a broken escape":        "?label=a%zzb",
	}
	refused := func(address string) {
		t.Helper()
		for _, method := range []string{"GET", "HEAD"} {
			res, body := request(t, sourceOf(troubled()), method, address, nil)
			if res.StatusCode != 400 || method == "GET" && checkErrorBody(body) != nil {
				t.Errorf("%s %s: %d %s", method, address, res.StatusCode, body)
			}
			expect(t, res, map[string]string{"Cache-Control": "no-store", "Content-Location": "", "ETag": "", "Content-Type": "application/json"})
		}
	}
	for _, query := range both {
		refused("/badge.svg" + query)
		refused("/badge.json" + query)
	}
	for _, style := range []string{"", "plastic", "FLAT", "flat%20", "%3Cscript%3E"} {
		refused("/badge.svg?style=" + style)
	}
}

// The name of the service is set by the operator, so the limits of labels don't
// apply to it.
func TestBadgeOfAnyServiceIsWellFormed(t *testing.T) {
	for service, shown := range map[string]string{
		"":                       "",
		"a\x00b\x1bc":            "a\ufffdb\ufffdc",
		"\u202eover":             "\ufffdover",
		"iCloud Account & \"<b>": "iCloud Account & \"<b>",
		strings.Repeat("x", 90):  strings.Repeat("x", 90),
	} {
		if i := readImage(t, status.Verdict{Service: service}, ""); i.Texts.Text[0].Chars != shown {
			t.Errorf("%q is shown as %q", service, i.Texts.Text[0].Chars)
		}
	}
}

func TestBadgeJSONMatchesTheShieldsSchema(t *testing.T) {
	tests := []struct {
		level status.Level
		query string
		want  string
	}{
		{status.Unknown, "", `{"schemaVersion":1,"label":"iCloud Backup","message":"unknown","color":"#6a737d","isError":true}`},
		{status.Operational, "", `{"schemaVersion":1,"label":"iCloud Backup","message":"operational","color":"#1a7f37"}`},
		{status.Maintenance, "", `{"schemaVersion":1,"label":"iCloud Backup","message":"maintenance","color":"#0969da"}`},
		{status.Degraded, "?label=Backups+%26+%3Cb%3E", `{"schemaVersion":1,"label":"Backups & <b>","message":"degraded","color":"#9a6700"}`},
		{status.Outage, "?style=plastic", `{"schemaVersion":1,"label":"iCloud Backup","message":"outage","color":"#cf222e"}`},
	}
	for _, tt := range tests {
		res, body := request(t, sourceOf(status.Verdict{Service: "iCloud Backup", Level: tt.level}), "GET", "/badge.json"+tt.query, nil)
		if res.StatusCode != 200 || body != tt.want+"\n" {
			t.Errorf("%v: %d\n got %s\nwant %s", tt.level, res.StatusCode, body, tt.want)
		}
	}
}
