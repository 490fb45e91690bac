package main

import (
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"backupcheck/status"
)

// onTerminal runs the program with a terminal as its output and returns what it
// prints there.
func onTerminal(t *testing.T, columns uint16, in string, args ...string) string {
	t.Helper()
	control, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skipf("SKIPPED: no pseudo-terminals on this machine: %v", err)
	}
	defer control.Close()
	ioctl := func(request uintptr, argument unsafe.Pointer) {
		if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, control.Fd(), request, uintptr(argument)); errno != 0 {
			t.Fatal(errno)
		}
	}
	var number, unlocked int32
	ioctl(syscall.TIOCSPTLCK, unsafe.Pointer(&unlocked))
	ioctl(syscall.TIOCGPTN, unsafe.Pointer(&number))
	ioctl(syscall.TIOCSWINSZ, unsafe.Pointer(&[4]uint16{24, columns}))
	screen, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	printed := make(chan string)
	go func() {
		var all strings.Builder
		buffer := make([]byte, 4096)
		for {
			n, err := control.Read(buffer)
			all.Write(buffer[:n])
			if err != nil { // EIO, once the other end is closed
				printed <- all.String()
				return
			}
		}
	}()
	var stderr strings.Builder
	run(t.Context(), args, streams{strings.NewReader(in), screen, &stderr})
	screen.Close()
	if stderr.Len() > 0 {
		t.Errorf("standard error: %s", &stderr)
	}
	return strings.ReplaceAll(<-printed, "\r\n", "\n")
}

func TestColoursAreForTerminalsWithoutNoColor(t *testing.T) {
	feed := feedOf(t, status.ServiceName, "outage")
	args := []string{"status", "-feed", "-", "-at", sixText}
	plain := call(t, feed, args...).out
	if strings.Contains(plain, "\x1b") {
		t.Errorf("without a terminal: %q", plain)
	}
	tests := []struct {
		noColour, term string
		colours        bool
	}{
		{"", "xterm-256color", true},
		{"", "", true},
		{"1", "xterm", false},
		{"0", "xterm", false}, // any value counts
		{"", "dumb", false},
	}
	for _, tt := range tests {
		t.Setenv("NO_COLOR", tt.noColour)
		t.Setenv("TERM", tt.term)
		want := plain
		if tt.colours {
			want = strings.Replace(plain, "iCloud Backup: outage", "iCloud Backup: \x1b[1;31moutage\x1b[0m", 1)
			want = strings.Replace(want, "iCloud Drive is degraded", "iCloud Drive is \x1b[33mdegraded\x1b[0m", 1)
			want = strings.Replace(want, "Photos is degraded", "Photos is \x1b[33mdegraded\x1b[0m", 1)
		}
		if got := onTerminal(t, 80, feed, args...); got != want {
			t.Errorf("NO_COLOR=%s TERM=%s:\n got %q\nwant %q", tt.noColour, tt.term, got, want)
		}
	}
}

// On a terminal too narrow for a month the calendar is folded. Only the header
// and the rows of the table are wider than the terminal.
func TestCalendarIsFoldedToTheTerminal(t *testing.T) {
	t.Setenv("NO_COLOR", "1")
	origin, _ := siteWithBody(t, fmt.Sprintf(tenDays, strings.Repeat("とても長い文章です。", 10)))
	tests := []struct {
		columns uint16
		want    string
	}{
		{120, "            1       8       15      22      29\n2026-10                                  -- ,,!\n2026-11     Xm?..\n"},
		{51, "            1       8       15      22      29\n2026-10                                  -- ,,!\n2026-11     Xm?..\n"},
		{50, "2026-10-01                               --\n2026-10-29  ,,!\n2026-11-01  Xm?..\n"},
		{30, "2026-10-15               --\n2026-10-29  ,,!\n2026-11-01  Xm?..\n"},
		{20, "2026-10-22       --\n2026-10-29  ,,!\n2026-11-01  Xm?..\n"},
		{5, "2026-10-22       --\n2026-10-29  ,,!\n2026-11-01  Xm?..\n"},
	}
	for _, tt := range tests {
		shown := onTerminal(t, tt.columns, "", "history", "-from", origin)
		_, rest, _ := strings.Cut(shown, "\n\n")
		if calendar, _, _ := strings.Cut(rest, "\n\n"); calendar+"\n" != tt.want {
			t.Errorf("%d columns:\n%s\nwant\n%s", tt.columns, calendar, tt.want)
		}
		messages := 0
		for line := range strings.Lines(shown) {
			if message, ok := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "    と"); ok {
				messages++
				// Each of these letters takes two columns, the ellipsis one.
				if width := 6 + 2*len([]rune(message)) - 1; width > max(20, int(tt.columns)) || width < min(int(tt.columns), 200)-2 {
					t.Errorf("%d columns: the message takes %d", tt.columns, width)
				}
			}
		}
		if messages != 1 {
			t.Errorf("%d columns: %d long messages in\n%s", tt.columns, messages, shown)
		}
	}
}

func TestCalendarHasTheColoursOfItsLevels(t *testing.T) {
	t.Setenv("NO_COLOR", "")
	t.Setenv("TERM", "xterm")
	origin, _ := siteWithBody(t, fmt.Sprintf(tenDays, ""))
	shown := onTerminal(t, 80, "", "history", "-from", origin)
	want := "\x1b[1;31mX\x1b[0m\x1b[36mm\x1b[0m\x1b[35m?\x1b[0m\x1b[32m.\x1b[0m\x1b[32m.\x1b[0m\n"
	if !strings.Contains(shown, "2026-11     "+want) || !strings.Contains(shown, "\x1b[1;31moutage     \x1b[0m  Outage\n") {
		t.Errorf("%q", shown)
	}
}
