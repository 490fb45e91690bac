package widget

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"backupcheck/status/respond"
)

// sandbox is what the frame may do, as in embed.js.
const sandbox = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads"

// allow is what the frame may do with the reader's clipboard and share sheet, as
// in embed.js.
const allow = "clipboard-write; web-share"

// side is one side of the frame, in CSS pixels. The widget needs a width of
// 280; what is too high scrolls inside the frame.
type side struct{ usual, least int }

var (
	frameWidth  = side{usual: 560, least: 280}
	frameHeight = side{usual: 640, least: 240}
)

// oembed answers by oEmbed 1.0 (https://oembed.com), so that editors that support
// it turn a bare link to this site into the widget. Such editors drop scripts,
// so the answer is a frame of a fixed height.
//
// The parameter url is the address of the landing page or of the widget, with
// or without the origin; nothing else can be embedded from here. The answer
// contains the origin of the request, so it has no canonical address.
func (s *Site) oembed(w http.ResponseWriter, r *http.Request) {
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		respond.Error(w, r, http.StatusBadRequest, "The query of this address can't be read.")
		return
	}
	if query.Get("url") == "" {
		respond.Error(w, r, http.StatusBadRequest, "The parameter url is missing: the address of this site's page or widget.")
		return
	}
	if query.Has("format") && query.Get("format") != "json" {
		respond.Error(w, r, http.StatusNotImplemented, "The only format here is json.")
		return
	}
	width, okWidth := frameWidth.within(query, "maxwidth")
	height, okHeight := frameHeight.within(query, "maxheight")
	if !okWidth || !okHeight {
		respond.Error(w, r, http.StatusBadRequest, "The parameters maxwidth and maxheight take whole numbers of pixels.")
		return
	}
	home, page, ok := s.ownAddress(r, query.Get("url"))
	if !ok {
		respond.Error(w, r, http.StatusNotFound, "Only this site's page / and its /widget can be embedded.")
		return
	}
	texts, theme := params(page)
	title := texts.Text("embed.title")
	body, err := json.Marshal(oembedBody{
		Type: "rich", Version: "1.0", Title: title,
		ProviderName: "Backup Check", ProviderURL: home + "/",
		CacheAge: 3600,
		HTML:     frame(home+widgetAddress(texts, theme), title, width, height),
		Width:    width, Height: height,
	})
	if err != nil {
		panic(err) // texts and numbers can't fail
	}
	header := http.Header{
		"Content-Type":                {"application/json"},
		"Cache-Control":               {"public, max-age=3600"},
		"Access-Control-Allow-Origin": {"*"},
	}
	s.source.OwnOrigin(header)
	respond.Body{Header: header, Bytes: body}.Serve(w, r)
}

type oembedBody struct {
	Type         string `json:"type"`
	Version      string `json:"version"`
	Title        string `json:"title"`
	ProviderName string `json:"provider_name"`
	ProviderURL  string `json:"provider_url"`
	CacheAge     int    `json:"cache_age"` // seconds
	HTML         string `json:"html"`
	Width        int    `json:"width"`
	Height       int    `json:"height"`
}

// ownAddress parses an address of the landing page or of the widget into its
// origin and parameters. Behind a proxy that ends TLS a request doesn't show the
// scheme, so the address's own counts.
func (s *Site) ownAddress(r *http.Request, raw string) (home string, parameters url.Values, ok bool) {
	u, err := url.Parse(raw)
	if err != nil || u.User != nil {
		return "", nil, false
	}
	home = s.source.Origin(r)
	if _, err := url.Parse(home); err != nil { // not a valid Host
		return "", nil, false
	}
	if u.Scheme != "" || u.Host != "" {
		_, host, _ := strings.Cut(home, "://")
		if u.Scheme != "https" && u.Scheme != "http" || !strings.EqualFold(u.Host, host) {
			return "", nil, false
		}
		if s.source.PublicURL == "" {
			home = u.Scheme + "://" + host
		}
		if u.Path == "" {
			u.Path = "/"
		}
	}
	return home, u.Query(), u.Path == "/" || u.Path == "/widget"
}

// within returns the side's usual length, or less if the parameter limits it,
// but not less than the widget needs. ok is false if the parameter isn't a
// length.
func (s side) within(query url.Values, parameter string) (length int, ok bool) {
	if !query.Has(parameter) {
		return s.usual, true
	}
	most, err := strconv.ParseUint(query.Get(parameter), 10, 31)
	return max(s.least, min(s.usual, int(most))), err == nil && most > 0
}

// frame is the HTML that embeds the widget in another site's page. WordPress
// follows the frame's height only if there is a blockquote as well: it removes
// both attributes that hide the quote, and shows it until the widget is there.
func frame(src, title string, width, height int) string {
	src, title = templ.EscapeString(src), templ.EscapeString(title)
	return `<blockquote hidden style="display:none"><a href="` + src + `">` + title + `</a></blockquote>` +
		`<iframe src="` + src + `" title="` + title + `" width="` + strconv.Itoa(width) + `" height="` + strconv.Itoa(height) +
		`" style="border:0;max-width:100%" loading="lazy" allow="` + allow + `" sandbox="` + sandbox + `"></iframe>`
}

// discovery is the address of the oEmbed answer for an address of this site.
func discovery(home, address string) string {
	return home + "/oembed?" + url.Values{"format": {"json"}, "url": {home + address}}.Encode()
}
