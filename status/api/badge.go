package api

import (
	"net/http"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"backupcheck/status"
	"backupcheck/status/respond"
)

// maxLabel is the maximum length of the parameter label, in characters.
const maxLabel = 40

// badgeColours are the colours of a badge by level. White text on them has a
// contrast of at least 4.5:1, and the level is also written on the badge.
var badgeColours = [...]string{
	status.Unknown:     "#6a737d",
	status.Operational: "#1a7f37",
	status.Maintenance: "#0969da",
	status.Degraded:    "#9a6700",
	status.Outage:      "#cf222e",
}

// badgeRadii are the corners of each style, in pixels.
var badgeRadii = map[string]int{"flat": 3, "flat-square": 0}

// BadgeSVG serves the level as an image for a README. Its parameters are style,
// flat (the default) or flat-square, and label, the text on the left instead of
// the service's name. Invalid values are an error, so that authors notice them.
//
// Responses with a label have no canonical address: there can be any number of
// them, and they must not fill the Worker's cache.
func BadgeSVG(s Source) http.Handler {
	return badge(func(w http.ResponseWriter, r *http.Request, query url.Values, label string) {
		style, canonical := "flat", "/badge.svg"
		if query.Has("style") {
			style = query.Get("style")
		}
		radius, ok := badgeRadii[style]
		if !ok {
			respond.Error(w, r, http.StatusBadRequest, "The parameter style takes flat or flat-square.")
			return
		}
		if style != "flat" {
			canonical += "?style=" + style
		}
		v := s.Verdict()
		if label == "" {
			label = v.Service
		} else {
			canonical = ""
		}
		s.verdictResponse("image/svg+xml; charset=utf-8", canonical, v, drawBadge(label, v.Level, radius)).Serve(w, r)
	})
}

// BadgeJSON serves the level in the schema of the endpoint badge of shields.io,
// without other keys. Its parameter is label, as for BadgeSVG.
func BadgeJSON(s Source) http.Handler {
	return badge(func(w http.ResponseWriter, r *http.Request, _ url.Values, label string) {
		v := s.Verdict()
		canonical := "/badge.json"
		if label == "" {
			label = v.Service
		} else {
			canonical = ""
		}
		s.verdictResponse("application/json", canonical, v, jsonLine(struct {
			SchemaVersion int    `json:"schemaVersion"`
			Label         string `json:"label"`
			Message       string `json:"message"`
			Color         string `json:"color"`
			// The badge's address can't override the colour of an error, so an
			// unknown level is never green.
			IsError bool `json:"isError,omitempty"`
		}{1, label, v.Level.String(), badgeColours[v.Level], v.Level == status.Unknown})).Serve(w, r)
	})
}

// badge parses the query, and the label in it, which is empty if there is none.
func badge(serve func(w http.ResponseWriter, r *http.Request, query url.Values, label string)) http.Handler {
	return respond.ReadOnly(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		query, err := url.ParseQuery(r.URL.RawQuery)
		if err != nil {
			respond.Error(w, r, http.StatusBadRequest, "The query of this address can't be read.")
			return
		}
		label := query.Get("label")
		if query.Has("label") && !isLabel(label) {
			respond.Error(w, r, http.StatusBadRequest, "The parameter label takes 1 to 40 printable characters.")
			return
		}
		serve(w, r, query, label)
	}))
}

// isLabel reports whether a text can be a badge's label. Control characters,
// those that change the direction of text and those without width are invalid.
func isLabel(text string) bool {
	return utf8.ValidString(text) && utf8.RuneCountInString(text) <= maxLabel &&
		strings.TrimSpace(text) != "" && !strings.ContainsFunc(text, unprintable)
}

// unprintable includes invisible characters in Unicode's categories of letters
// and marks.
func unprintable(r rune) bool {
	return !unicode.IsPrint(r) || unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}
