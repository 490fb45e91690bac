package apple

import (
	"bytes"
	"fmt"
	"net/url"
	"path"
	"strings"

	"github.com/PuerkitoBio/goquery"
	nethtml "golang.org/x/net/html"

	"backupcheck/status"
)

// Page is the HTML of the System Status page. It is usually a shell that a
// script fills, without lights and without a URL.
type Page struct {
	FeedURL *url.URL // of the page's data, if the HTML has it and it is on the page's own origin
	lights  []light
}

type light struct {
	name  string
	level status.Level
}

// lightLevels are the levels by the classes of the page's lights.
var lightLevels = map[string]status.Level{
	"light-available":   status.Operational,
	"light-resolved":    status.Operational,
	"light-maintenance": status.Maintenance,
	"light-issue":       status.Degraded,
	"light-outage":      status.Outage,
}

// ParsePage parses the HTML of the page that was fetched from base.
func ParsePage(data []byte, base *url.URL) (Page, error) {
	if isShell(data) {
		return Page{}, nil
	}
	return parseHTML(data, base)
}

// isShell reports whether a page has neither lights nor the URL of its data, as
// is usual for Apple's. A program that has just started takes longer to parse such
// a page than to parse the data.
func isShell(data []byte) bool {
	for _, word := range []string{
		"light-container", "system_status_",
		"&#", "&lowbar;", "&UnderBar;", // a character of these in an attribute may be written so
	} {
		if bytes.Contains(data, []byte(word)) {
			return false
		}
	}
	return true
}

func parseHTML(data []byte, base *url.URL) (Page, error) {
	if tooManyTags(data) {
		return Page{}, fmt.Errorf("the page has more than %d tags and attributes", maxTags)
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(data))
	if err != nil {
		return Page{}, fmt.Errorf("reading the page's HTML: %w", err)
	}
	page := Page{FeedURL: feedURL(doc, base)}
	doc.Find(".section-lights .light-container").Each(func(_ int, row *goquery.Selection) {
		level := status.Unknown
		row.Find(".light-image > div").Each(func(_ int, image *goquery.Selection) {
			for _, class := range strings.Fields(image.AttrOr("class", "")) {
				level = worseLight(level, lightLevels[class])
			}
		})
		label := row.Find(".light-name").First().Clone()
		label.Find(".a11y").Remove()
		if n := name(label.Text()); n != "" && level != status.Unknown {
			page.lights = append(page.lights, light{n, level})
		}
	})
	return page, nil
}

// maxTags limits the memory that a page takes: each tag and attribute becomes an
// object of some hundred bytes. Apple's page has some thousand.
const maxTags = 50_000

func tooManyTags(data []byte) bool {
	if len(data) <= 2*maxTags { // each takes two bytes at least
		return false
	}
	n := 0
	for z := nethtml.NewTokenizer(bytes.NewReader(data)); n <= maxTags; {
		switch z.Next() {
		case nethtml.ErrorToken:
			return false
		case nethtml.StartTagToken, nethtml.SelfClosingTagToken:
			n++
			for more := true; more; n++ {
				_, _, more = z.TagAttr()
			}
		}
	}
	return true
}

// Light returns the level that the page shows for a service; Unknown if it has no
// readable light for it. Of two lights the worse one counts.
func (p Page) Light(service string) status.Level {
	level := status.Unknown
	for _, l := range p.lights {
		if sameName(l.name, service) {
			level = worseLight(level, l.level)
		}
	}
	return level
}

// worseLight returns the worse of two lights, where Unknown means no light.
func worseLight(a, b status.Level) status.Level {
	if a == status.Unknown {
		return b
	}
	if b == status.Unknown {
		return a
	}
	return status.Worse(a, b)
}

// dataPath is the folder of Apple's data on public services. Folders below it
// are for other services.
const dataPath = "/support/systemstatus/data/"

// feedURL returns the URL of the page's data, from attributes with URLs and from
// scripts. It accepts only URLs on the page's own origin and in dataPath.
func feedURL(doc *goquery.Document, base *url.URL) (found *url.URL) {
	consider := func(address string) {
		u, err := base.Parse(strings.TrimSpace(address))
		if err != nil || found != nil || u.Scheme != base.Scheme || u.Host != base.Host || u.User != nil {
			return
		}
		if dir, file := path.Split(u.Path); dir == dataPath && strings.HasPrefix(file, "system_status_") {
			u.Fragment = ""
			found = u
		}
	}
	doc.Find("script[src], link[href], [data-url], [data-feed], [data-src]").Each(func(_ int, s *goquery.Selection) {
		for _, attribute := range []string{"src", "href", "data-url", "data-feed", "data-src"} {
			if address, ok := s.Attr(attribute); ok {
				consider(address)
			}
		}
	})
	doc.Find("script:not([src])").Each(func(_ int, s *goquery.Selection) {
		for _, quoted := range strings.FieldsFunc(s.Text(), isQuote) {
			if strings.Contains(quoted, "system_status_") {
				consider(strings.ReplaceAll(quoted, `\/`, "/"))
			}
		}
	})
	return found
}

func isQuote(r rune) bool { return strings.ContainsRune("\"'`", r) }
