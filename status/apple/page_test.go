package apple

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"backupcheck/status"
)

var pageURL = &url.URL{Scheme: "https", Host: "www.apple.com", Path: "/support/systemstatus/"}

// row formats a row of the page as rendered by its script.
func row(name, class string) string {
	return fmt.Sprintf(`<tr><td><div class="light-container">
		<div class="light-content light-image"><div class="%s"></div></div>
		<div class="light-content light-name"><span role="text"><!-- react-text: 1 -->%s<!-- /react-text --> <span class="a11y">: %s</span></span></div>
	</div></td></tr>`, class, name, strings.TrimPrefix(class, "light-"))
}

func rendered(rows ...string) string {
	return `<!DOCTYPE html><html lang="en-US"><body><div id="ssp"><main id="ssp-main"><section class="section-lights">
		<table id="ssp-lights-table"><tbody>` + strings.Join(rows, "") + `</tbody></table></section></main></div></body></html>`
}

func parsePage(t *testing.T, html string) Page {
	t.Helper()
	page, err := ParsePage([]byte(html), pageURL)
	if err != nil {
		t.Fatal(err)
	}
	return page
}

func TestPageShellHasNeitherFeedURLNorLights(t *testing.T) {
	page := parsePage(t, `<!DOCTYPE html><html lang="en-US"><head><script src="/support/systemstatus/scripts/client.js"></script></head><body><div id="ssp"></div></body></html>`)
	if page.FeedURL != nil || page.Light("iCloud Backup") != status.Unknown {
		t.Errorf("%+v", page)
	}
}

func TestPageLights(t *testing.T) {
	for class, want := range map[string]status.Level{
		"light-available":             status.Operational,
		"light-resolved":              status.Operational,
		"light-maintenance":           status.Maintenance,
		"light-issue":                 status.Degraded,
		"light-outage":                status.Outage,
		"light-issue light-selected":  status.Degraded,
		"light-resolved light-outage": status.Outage,
		"light-sparkling":             status.Unknown,
		"":                            status.Unknown,
	} {
		page := parsePage(t, rendered(row("App Store", "light-available"), row("iCloud Backup ", class)))
		if got := page.Light("iCloud Backup"); got != want {
			t.Errorf("class %q: %v, want %v", class, got, want)
		}
	}
	page := parsePage(t, rendered(row("iCloud Account &amp; Sign In", "light-outage")))
	if got := page.Light("iCloud Account & Sign In"); got != status.Outage {
		t.Errorf("name with an ampersand: %v", got)
	}
}

func TestFeedURLInPage(t *testing.T) {
	const data = "/support/systemstatus/data/system_status_en_GB.js"
	for what, test := range map[string]struct{ markup, want string }{
		"script":              {`<script src="` + data + `"></script>`, "https://www.apple.com" + data},
		"script with a query": {`<script src="` + data + `?_=1"></script>`, "https://www.apple.com" + data + "?_=1"},
		"preload":             {`<link rel="preload" href="https://www.apple.com` + data + `">`, "https://www.apple.com" + data},
		"attribute":           {`<div id="ssp" data-url="data/system_status_en_GB.js"></div>`, "https://www.apple.com" + data},
		"in a script":         {`<script>var config = {"feed":"\/support\/systemstatus\/data\/system_status_en_GB.js"};</script>`, "https://www.apple.com" + data},
		"another origin":      {`<script src="https://evil.example` + data + `"></script>`, ""},
		"another port":        {`<script src="https://www.apple.com:444` + data + `"></script>`, ""},
		"unsafe scheme":       {`<script src="http://www.apple.com` + data + `"></script>`, ""},
		"user in the address": {`<script src="https://x@www.apple.com` + data + `"></script>`, ""},
		"no scheme":           {`<script src="//evil.example` + data + `"></script>`, ""},
		"developers' feed":    {`<script src="/support/systemstatus/data/developer/system_status_en_US.js"></script>`, ""},
		"another folder":      {`<script src="/elsewhere/system_status_en_US.js"></script>`, ""},
		"climbing":            {`<script src="/support/systemstatus/data/../../x/system_status_en_US.js"></script>`, ""},
		"no address":          {`<script src="https://%zz"></script>`, ""},
	} {
		page := parsePage(t, `<html><body>`+test.markup+`</body></html>`)
		got := ""
		if page.FeedURL != nil {
			got = page.FeedURL.String()
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", what, got, test.want)
		}
	}
}

func TestInvalidPageHasNoLights(t *testing.T) {
	for _, html := range []string{"", "{}", "\x00\xff", strings.Repeat("<div>", 100_000)} {
		page, err := ParsePage([]byte(html), pageURL)
		if err == nil && page.Light("iCloud Backup") != status.Unknown {
			t.Errorf("%.20q shows a light", html)
		}
	}
}

// The memory that a page takes grows with its tags and attributes.
func TestPagesHaveALimitedNumberOfTags(t *testing.T) {
	var attributes strings.Builder // of the same name only the first one counts
	for n := range maxTags {
		fmt.Fprintf(&attributes, " a%d=1", n)
	}
	for html, fits := range map[string]bool{
		strings.Repeat("<p>", maxTags/3):                             true,
		strings.Repeat("<p>text ", maxTags/2+1):                      false,
		"<p" + attributes.String() + ">":                             false,
		rendered(row("iCloud Backup", "light-outage")):               true,
		strings.Repeat("text ", 50_000) + strings.Repeat("<br>", 10): true,
	} {
		if _, err := ParsePage([]byte(html+"<!-- light-container -->"), pageURL); (err == nil) != fits {
			t.Errorf("%d bytes, %.20s: %v", len(html), html, err)
		}
	}
}
