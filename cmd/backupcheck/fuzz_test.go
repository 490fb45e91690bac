package main

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"backupcheck/status"
	"backupcheck/status/history"
)

// steers reports whether a text holds what a terminal takes for an order, or
// what turns the direction of the text around it.
func steers(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		return r != '\n' && !unicode.IsPrint(r)
	})
}

// FuzzTerminal shows texts of anybody's on a terminal without colours, whose
// bytes are then all from texts.
func FuzzTerminal(f *testing.F) {
	for _, text := range []string{"", "Issue", "\x1b]0;title\x07", "\u009b2J", "\u202egnp.exe", "写真写真写真", "a\u0301\u0301", "\xff\xfe", "line\nline\r", "👨‍👩‍👧"} {
		f.Add(text, 10)
	}
	f.Fuzz(func(t *testing.T, text string, columns int) {
		shown := printable(text)
		if steers(shown) || strings.Contains(shown, "\n") || !utf8.ValidString(shown) || utf8.RuneCountInString(shown) != utf8.RuneCountInString(text) {
			t.Fatalf("%q is shown as %q", text, shown)
		}
		columns = 1 + (columns&0x7fffffff)%300
		wide := 0
		for _, r := range shortened(shown, columns) {
			wide += columnsOf(r)
		}
		if wide > columns {
			t.Fatalf("%q takes %d columns of %d", shown, wide, columns)
		}
	})
}

// FuzzPast reads a history from a site that may be anybody's, and prints it.
func FuzzPast(f *testing.F) {
	for _, body := range []string{
		"", "{}", "null", "[]", `{"kept":true,"summary":"\u001b[2J","to":"2026-11-24T00:00:00Z","days":[{"date":"2026-11-23","minutes":{"operational":1440},"not_watched":0},{"date":"2026-11-24","minutes":{"outage":-7,"x":1},"not_watched":9000000000}],"incidents":[{"id":"1","type":"Issue","state":"ongoing","message":"\u202e","started_at":"2026-11-23T00:00:00Z","ended_at":null,"affected_services":["\u0007"]}]}`,
		`{"kept":true,"days":[{"date":"0000-01-01"}]}`, `{"kept":true,"incidents":[{}]}`, `{"kept":true,"to":"9999-12-31T23:59:59Z","incidents":[{"started_at":"0001-01-01T00:00:00Z"}]}`,
	} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		kept, err := parsePast(body)
		if err != nil {
			if steers(err.Error()) {
				t.Fatalf("%q", err)
			}
			return
		}
		if len(kept.Days) > history.MaxDays {
			t.Fatalf("%d days", len(kept.Days))
		}
		var out bytes.Buffer
		if err := kept.print(&out); err != nil || steers(out.String()) || !utf8.Valid(out.Bytes()) {
			t.Fatalf("%v: %q", err, out.String())
		}
	})
}

// FuzzRecording reads a recorded feed with any name, as history import does.
func FuzzRecording(f *testing.F) {
	f.Add("2026-11-24T06:00Z.js", "+09:00")
	f.Add("system_status_en_US-20260230-0600.json", "Asia/Tokyo")
	f.Add("1999-01-01", "")
	f.Add("20261124_235959.999-1200", "../../etc/passwd")
	f.Fuzz(func(t *testing.T, name, zone string) {
		location, err := parseZone(zone)
		if err != nil {
			location = time.UTC
		}
		at, ok := recordedAt(name, location)
		if ok && (at.Year() < 1899 || at.Year() > 2100 || at.Location() != time.UTC) {
			t.Fatalf("%q was recorded at %v", name, at)
		}
		if ok && !strings.ContainsAny(name, "0123456789") {
			t.Fatalf("%q tells %v", name, at)
		}
	})
}

// FuzzChange prints a change of a verdict that holds texts of anybody's.
func FuzzChange(f *testing.F) {
	f.Add("Issue", "ongoing", "m", "u", "s", int64(0))
	f.Add("\x1b[31m", "resolved", "\u202e", "\x07", "\r\n", int64(1<<40))
	f.Fuzz(func(t *testing.T, kind, state, message, affected, service string, start int64) {
		at := time.Date(2026, 11, 24, 6, 0, 0, 0, time.UTC)
		incident := status.Incident{ID: "1", Type: kind, State: state, Message: message, UsersAffected: affected,
			StartedAt: time.UnixMilli(start % 4e12), AffectedServices: []string{service}}
		v := status.Decide(status.Report{CheckedAt: at, Service: status.Row{Name: service, Incidents: []status.Incident{incident}},
			Related: []status.Row{{Name: service, Incidents: []status.Incident{incident}}}}, at)
		line := changeLine(terminal{width: plainWidth}, status.Verdict{}, v, at)
		if steers(line) || !utf8.ValidString(line) {
			t.Fatalf("%q", line)
		}
	})
}

// FuzzCompact gives the Wasm's reader anything. What it makes of it can be
// read again, and holds the same memory but for Go's tables of lines.
func FuzzCompact(f *testing.F) {
	module := func(data []byte) []byte {
		return append([]byte("\x00asm\x01\x00\x00\x00"), append(binary.AppendUvarint([]byte{dataSection}, uint64(len(data))), data...)...)
	}
	f.Add([]byte("\x00asm\x01\x00\x00\x00"))
	f.Add(module(writeSegments(nil)))
	f.Add(module(writeSegments([]segment{{0, []byte("hello")}, {5000, []byte{0, 0, 1}}})))
	f.Add(module(writeSegments([]segment{{maxImage - 1, []byte{1}}})))
	f.Add(module([]byte{0xff, 0xff, 0xff, 0xff, 0x07, 0, 0x41, 0x7f, 0x0b, 1, 1}))
	f.Add(module(writeSegments([]segment{{0, append([]byte(tableMagic), make([]byte, 200)...)}})))
	f.Fuzz(func(t *testing.T, wasm []byte) {
		out, err := compact(wasm)
		if err != nil {
			return
		}
		before, after := memoryOf(t, wasm), memoryOf(t, out)
		if !forgetLines(before) && !bytes.Equal(bytes.TrimRight(before, "\x00"), bytes.TrimRight(after, "\x00")) {
			t.Fatalf("%x is another memory than %x", after, before)
		}
	})
}

// memoryOf is the memory that a module begins with.
func memoryOf(t *testing.T, wasm []byte) []byte {
	t.Helper()
	sections, err := splitWasm(wasm)
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(sections, func(s section) bool { return s.id == dataSection })
	segments, err := readSegments(sections[at].body)
	if err != nil {
		t.Fatal(err)
	}
	return flatten(segments)
}

// FuzzForgetLines gives the tables' reader anything.
func FuzzForgetLines(f *testing.F) {
	table := make([]byte, 400)
	copy(table, tableMagic)
	for n, value := range map[int]uint64{1: 1, 4: 72, 5: 80, 6: 90, 7: 100, 8: 200} {
		binary.LittleEndian.PutUint64(table[8*n:], value)
	}
	binary.LittleEndian.PutUint32(table[204:], 16)
	f.Add(table)
	f.Add([]byte(tableMagic))
	f.Fuzz(func(t *testing.T, image []byte) {
		if before := slices.Clone(image); !forgetLines(image) && !bytes.Equal(image, before) {
			t.Fatal("a table that isn't understood was changed")
		}
	})
}
