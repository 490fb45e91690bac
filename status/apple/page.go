package apple

import (
	"bytes"
	"fmt"
	"net/url"
	"path"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"backupcheck/status"
)

// Page is what the System Status page's HTML says by itself. As a rule that
// is only its language: the page is a shell that a script fills.
type Page struct {
	Language string   // of the lang attribute, such as "en-US"
	FeedURL  *url.URL // of the page's data, if the HTML names it on the page's own origin
	lights   []light
}

type light struct {
	name  string
	level status.Level
}

// lightLevels are the classes of the page's lights. A resolved problem is no
// problem now. A class that isn't listed says nothing.
var lightLevels = map[string]status.Level{
	"light-available":   status.Operational,
	"light-resolved":    status.Operational,
	"light-maintenance": status.Maintenance,
	"light-issue":       status.Degraded,
	"light-outage":      status.Outage,
}

// ParsePage reads the HTML of the page that was fetched from base.
func ParsePage(data []byte, base *url.URL) (Page, error) {
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(data))
	if err != nil {
		return Page{}, fmt.Errorf("reading the page's HTML: %w", err)
	}
	page := Page{Language: truncate(oneLine(doc.Find("html").AttrOr("lang", "")), 35)}
	page.FeedURL = feedURL(doc, base)
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

// Light returns what the page shows for a service; Unknown if it has no
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

// worseLight returns the worse of two lights, of which Unknown is none.
func worseLight(a, b status.Level) status.Level {
	if a == status.Unknown {
		return b
	}
	if b == status.Unknown {
		return a
	}
	return status.Worse(a, b)
}

// dataPath is where Apple's data of its customers' services stands; what
// stands in a folder below is about others.
const dataPath = "/support/systemstatus/data/"

// feedURL looks for the address of the page's data: in attributes that hold
// addresses, and in scripts. It takes only addresses on the page's own
// origin, in the folder where the data is known to stand.
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
