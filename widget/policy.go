package widget

import (
	"fmt"
	"strings"
)

// Embedders reads a list of the origins whose pages may embed the widget, with
// spaces or commas between them, such as "https://support.example
// https://*.example.org", and returns it as sources of a policy's
// frame-ancestors. The site's own pages are always among them. An empty list
// means every page, for which it returns nil.
//
// What is no origin is left out and named by the error: the list then allows
// less than was meant, never more.
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

// isOrigin reports whether a text is a scheme, a host and perhaps a port. The
// host's first label may be "*", for all hosts below the rest.
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
