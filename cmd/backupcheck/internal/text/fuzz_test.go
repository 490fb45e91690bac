package text

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"backupcheck/cmd/backupcheck/internal/terminal"
	"backupcheck/status"
	"backupcheck/status/history"
)

// controlsTerminal reports whether a text contains control characters, or others
// that change the display of the text around them.
func controlsTerminal(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		return r != '\n' && !unicode.IsPrint(r)
	})
}

// FuzzHistory parses and prints a history from an arbitrary site.
func FuzzHistory(f *testing.F) {
	for _, body := range []string{
		"", "{}", "null", "[]", `{"kept":true,"summary":"\u001b[2J","to":"2026-11-24T00:00:00Z","days":[{"date":"2026-11-23","minutes":{"operational":1440},"not_watched":0},{"date":"2026-11-24","minutes":{"outage":-7,"x":1},"not_watched":9000000000}],"incidents":[{"id":"1","type":"Issue","state":"ongoing","message":"\u202e","started_at":"2026-11-23T00:00:00Z","ended_at":null,"affected_services":["\u0007"]}]}`,
		`{"kept":true,"days":[{"date":"0000-01-01"}]}`, `{"kept":true,"incidents":[{}]}`, `{"kept":true,"to":"9999-12-31T23:59:59Z","incidents":[{"started_at":"0001-01-01T00:00:00Z"}]}`,
		`{"kept":true,"days":[{"date":"2026-11-23","minutes":{"outage":-7},"not_watched":9000000000},{"date":"2026-11-24"}],"incidents":[{"type":"\u001b[2J","state":"ongoing","message":"\u202e","worst_level":"outage","started_at":"2026-11-23T00:00:00Z"}]}`,
	} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		h, err := ParseHistory(body)
		if err != nil {
			if controlsTerminal(err.Error()) {
				t.Fatalf("%q", err)
			}
			return
		}
		if len(h.Days) > history.MaxDays {
			t.Fatalf("%d days", len(h.Days))
		}
		var out bytes.Buffer
		if err := h.Write(&out); err != nil || controlsTerminal(out.String()) || !utf8.Valid(out.Bytes()) {
			t.Fatalf("%v: %q", err, out.String())
		}
	})
}

// FuzzChangeLine formats a change of a verdict with arbitrary texts.
func FuzzChangeLine(f *testing.F) {
	f.Add("Issue", "ongoing", "m", "u", "s", int64(0))
	f.Add("\x1b[31m", "resolved", "\u202e", "\x07", "\r\n", int64(1<<40))
	f.Fuzz(func(t *testing.T, kind, state, message, affected, service string, start int64) {
		at := time.Date(2026, 11, 24, 6, 0, 0, 0, time.UTC)
		incident := status.Incident{ID: "1", Type: kind, State: state, Message: message, UsersAffected: affected,
			StartedAt: time.UnixMilli(start % 4e12), AffectedServices: []string{service}}
		v := status.Decide(status.Report{CheckedAt: at, Service: status.Row{Name: service, Incidents: []status.Incident{incident}},
			Related: []status.Row{{Name: service, Incidents: []status.Incident{incident}}}}, at)
		line := ChangeLine(terminal.Terminal{Width: terminal.DefaultWidth}, status.Verdict{}, v, at)
		if strings.Count(line, "\n") != 1 || controlsTerminal(line) || !utf8.ValidString(line) {
			t.Fatalf("%q", line)
		}
		var out bytes.Buffer
		if err := WriteVerdict(&out, v, v.CheckedAt); err != nil || strings.Count(out.String(), "|") > 1 || controlsTerminal(out.String()) || !utf8.Valid(out.Bytes()) {
			t.Fatalf("%v: %q", err, out.String())
		}
	})
}
