package main

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestUsageListsEveryCommand(t *testing.T) {
	for _, args := range [][]string{{"-h"}, {"-help"}, {"--help"}, {"help"}} {
		r := call(t, "", args...)
		if r.code != 0 || r.err != "" {
			t.Errorf("%v: exit %d, stderr %q", args, r.code, r.err)
		}
		for _, c := range commands {
			if !regexp.MustCompile(`(?m)^  ` + c.name + ` +\S`).MatchString(r.out) {
				t.Errorf("%v doesn't list %s:\n%s", args, c.name, r.out)
			}
		}
	}
	// Without a command it is an error, on standard error.
	if r := call(t, ""); r.code != exitUsage || r.out != "" || !strings.Contains(r.err, "Commands:") {
		t.Errorf("without arguments: %+v", r)
	}
}

func TestEveryCommandHasHelp(t *testing.T) {
	flags := map[string][]string{
		"serve":    {"addr", "db", "log", "origin", "public-url", "refresh", "trusted-proxy", "user-agent"},
		"status":   {"at", "bell", "every", "feed", "json", "origin", "service", "user-agent", "watch"},
		"history":  {"at", "days", "db", "from", "json", "service"},
		"replay":   {"addr", "every", "service"},
		"build":    {"native", "o", "tags", "target"},
		"sequence": {"dot", "lang", "level", "markdown", "mermaid", "message", "walk"},

		"history import": {"db", "service", "v", "zone"},
		"history export": {"db"},
		"history backup": {"db"},
	}
	for _, c := range commands {
		if flags[c.name] == nil {
			t.Errorf("%s isn't in the table", c.name)
		}
	}
	for name, want := range flags {
		for _, help := range []string{"-h", "-help", "--help"} {
			args := append(strings.Fields(name), help)
			r := call(t, "", args...)
			if r.code != 0 || r.err != "" || !strings.HasPrefix(r.out, "Usage: backupcheck "+name+" ") {
				t.Errorf("%v: %+v", args, r)
			}
			var got []string
			for _, match := range regexp.MustCompile(`(?m)^  -([a-z-]+)`).FindAllStringSubmatch(r.out, -1) {
				got = append(got, match[1])
			}
			if !slices.Equal(got, want) {
				t.Errorf("%v lists the flags %v, want %v", args, got, want)
			}
		}
	}
}

// Wrong usage is unknown to monitoring, and prints nothing on standard output.
func TestWrongUsageExitsWith3AndAMessage(t *testing.T) {
	tests := map[string][][]string{
		"": {{"nothing"}, {"Status"}, {""}, {"-v"}, {"\x1b[31mred"}, {"two\nlines"}},
		"serve": {{"extra"}, {"-addr"}, {"-db"}, {"-refresh", "0"}, {"-refresh", "-1s"}, {"-refresh", "often"}, {"-refresh", "60"}, {"-refresh", "5m1s"}, {"-refresh", "1h"}, {"-service", "Photos"},
			{"-log", "xml"}, {"-public-url", "status.example"}, {"-public-url", "https://status.example/x"}, {"-trusted-proxy", "proxy"}, {"-db", ""}},
		"status": {
			{"extra"}, {"-json", "feed.js"}, {"\x1b[31mred"}, {"-feed"}, {"-json=maybe"},
			{"-at", "yesterday"}, {"-at", "2026-11-22"}, {"-at", "2026-11-22 06:00:00Z"}, {"-at", "2026-11-22T06:00:00"},
			{"-at", "2026-13-22T06:00:00Z"}, {"-at", "1795327200"}, {"-at", " "}, {"-at", "\x1b[31m"},
			{"-service", ""}, {"-service", " "}, {"-service", "\t\n"},
			{"-every", "60s"}, {"-bell"}, {"-watch", "-at", "2026-11-22T06:00:00Z"}, {"-watch", "-feed", "-"},
			{"-watch", "-every", "0"}, {"-watch", "-every", "-1s"},
		},
		"history": {
			{"extra"}, {"-days", "0"}, {"-days", "401"}, {"-days", "-1"}, {"-days", "all"},
			{"-at", "yesterday"}, {"-service", " "}, {"-from", ""}, {"-from", "example.com"}, {"-from", "file:///etc/passwd"},
			{"-from", "http://127.0.0.1:1", "-db", "x.db"}, {"-from", "http://127.0.0.1:1", "-at", "2026-11-22T06:00:00Z"},
			{"import"}, {"import", "-nothing"}, {"import", "-service", "", "x.js"},
			{"import", "-zone", "", "x.js"}, {"import", "-zone", "Nowhere/Land", "x.js"}, {"import", "-zone", "../../etc/passwd", "x.js"},
			{"backup"}, {"backup", ""}, {"backup", "a", "b"}, {"backup", "-nothing", "a"}, {"export", "a", "b"}, {"export", "-nothing"},
		},
		"replay":   {{"-every"}, {"-every", "-1s"}, {"-every", "often"}},
		"build":    {{"extra"}, {"-o"}, {"-o", ""}, {"-target", "linux/arm64"}, {"-native", "-tags", "faulty"}, {"-native", "extra"}},
		"sequence": {{"-dot", "-mermaid"}, {"-mermaid", "-markdown"}, {"out.dot"}, {"-svg"}, {"-dot=maybe"}},
	}
	for _, c := range commands {
		if tests[c.name] == nil {
			t.Errorf("%s isn't in the table", c.name)
		}
		tests[c.name] = append(tests[c.name], []string{"-nothing"})
	}
	for _, name := range slices.Sorted(maps.Keys(tests)) {
		for _, flags := range tests[name] {
			args := flags
			if name != "" {
				args = append([]string{name}, flags...)
			}
			t.Run(strings.Join(args, " "), func(t *testing.T) {
				r := call(t, "{}", args...)
				if r.code != exitUsage || r.out != "" {
					t.Errorf("exit %d, stdout %q", r.code, r.out)
				}
				checkSentence(t, r.err)
			})
		}
	}
}
