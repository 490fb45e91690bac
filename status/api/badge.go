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

// maxLabel is the length of a badge's own label in characters: a badge stands
// in a line of text.
const maxLabel = 40

// badgeColours are a badge's colours by level. White text has a contrast of
// 4.5:1 or more on each, and the word beside it says what the colour says.
var badgeColours = [...]string{
	status.Unknown:     "#6a737d",
	status.Operational: "#1a7f37",
	status.Maintenance: "#0969da",
	status.Degraded:    "#9a6700",
	status.Outage:      "#cf222e",
}

// badgeRadii are the corners of each style, in pixels.
var badgeRadii = map[string]int{"flat": 3, "flat-square": 0}

// BadgeSVG answers with the level's word as an image for a README. Its
// parameters are style, which is flat if it isn't given, or flat-square; and
// label, the left text instead of the service's name. What can't be meant is
// refused, so that it is seen when the badge is put up.
//
// Only the styles have a canonical address. There are as many labels as
// anybody cares to think of, and they must not fill the Worker's memory.
func BadgeSVG(verdict func() status.Verdict) http.Handler {
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
		v := verdict()
		if label == "" {
			label = v.Service
		} else {
			canonical = ""
		}
		cacheable("image/svg+xml; charset=utf-8", canonical, drawBadge(label, v.Level, radius)).Serve(w, r)
	})
}

// BadgeJSON answers in the form that the endpoint badge of shields.io reads:
// its schema, and no key beside it. Its parameter is label, as for BadgeSVG.
func BadgeJSON(verdict func() status.Verdict) http.Handler {
	return badge(func(w http.ResponseWriter, r *http.Request, _ url.Values, label string) {
		v := verdict()
		canonical := "/badge.json"
		if label == "" {
			label = v.Service
		} else {
			canonical = ""
		}
		cacheable("application/json", canonical, jsonLine(struct {
			SchemaVersion int    `json:"schemaVersion"`
			Label         string `json:"label"`
			Message       string `json:"message"`
			Color         string `json:"color"`
			// An error keeps its colour whatever the badge's address asks for:
			// nobody can have what isn't known painted green.
			IsError bool `json:"isError,omitempty"`
		}{1, label, v.Level.String(), badgeColours[v.Level], v.Level == status.Unknown})).Serve(w, r)
	})
}

// badge reads the query and the label in it, which is empty if there is none.
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

// isLabel reports whether a text can stand on a badge. Controls, marks of
// direction and what has no width are not printable.
func isLabel(text string) bool {
	return utf8.ValidString(text) && utf8.RuneCountInString(text) <= maxLabel &&
		strings.TrimSpace(text) != "" && !strings.ContainsFunc(text, unprintable)
}

// unprintable also holds for characters that Unicode counts as letters and
// marks, and that are nothing to see.
func unprintable(r rune) bool {
	return !unicode.IsPrint(r) || unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}
