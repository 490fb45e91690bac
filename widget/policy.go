package widget

import (
	"fmt"
	"strings"
)

// policies are the values of Content-Security-Policy by page.
type policies struct {
	// widget is for the widget's documents at an origin; "" if that isn't certain.
	widget  func(origin string) string
	landing string
}

// newPolicies allows what the pages themselves contain, and embedders (see
// Embedders) to embed the widget.
func newPolicies(bundle Bundle, embedders []string) policies {
	// Not even "*" allows pages without an address on the network: local files, and apps.
	ancestors := ""
	if len(embedders) > 0 {
		ancestors = "; frame-ancestors " + strings.Join(embedders, " ")
	}
	inline := ""
	for _, name := range InlineScripts {
		inline += " " + hashSource(bundle.Inline[name])
	}
	const common = "default-src 'none'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; "
	return policies{
		widget: func(origin string) string {
			own := "'self'"
			if isOrigin(origin) { // WebKit's 'self' is nothing in a sandbox without allow-same-origin
				own += " " + origin
			}
			return common + "script-src " + own + " 'wasm-unsafe-eval'" + inline + "; connect-src " + own + "; style-src " + hashSource(bundle.Inline["widget.css"]) + ancestors
		},
		landing: common + "script-src 'self'; frame-src 'self'; img-src 'self'; style-src " + hashSource(bundle.Inline["site.css"]) + ancestors,
	}
}

// Embedders parses a list of the origins whose pages may embed the widget,
// separated by spaces or commas, such as "https://support.example
// https://*.example.org". It returns the sources of frame-ancestors, which always
// include the site's own pages. An empty list means every page: it returns nil.
//
// The error names what isn't an origin. It is left out, so the sources then
// allow less than was meant, never more.
func Embedders(list string) ([]string, error) {
	fields := strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' || r == '\n' })
	if len(fields) == 0 {
		return nil, nil
	}
	sources := []string{"'self'"}
	var wrong []string
	for _, field := range fields {
		if isOrigin(field) {
			sources = append(sources, strings.ToLower(field))
		} else {
			wrong = append(wrong, field)
		}
	}
	if wrong != nil {
		return sources, fmt.Errorf("%q are no origins of the form https://support.example", wrong)
	}
	return sources, nil
}

// isOrigin reports whether text is a scheme, a host and perhaps a port. The
// host's first label may be "*", for all subdomains.
func isOrigin(text string) bool {
	scheme, rest, found := strings.Cut(strings.ToLower(text), "://")
	if !found || scheme != "https" && scheme != "http" {
		return false
	}
	host, port, found := strings.Cut(rest, ":")
	if found && (port == "" || len(port) > 5 || strings.Trim(port, "0123456789") != "") {
		return false
	}
	host, below := strings.CutPrefix(host, "*.")
	if below && !strings.Contains(host, ".") {
		return false // all of a top-level domain
	}
	for label := range strings.SplitSeq(host, ".") {
		if label == "" || strings.Trim(label, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			return false
		}
	}
	return true
}
