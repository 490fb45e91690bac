package history_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"backupcheck/status/history"
)

// copyOf copies one file to a new folder.
func copyOf(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(t.TempDir(), "copy.db")
	if err := os.WriteFile(to, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return to
}

// levelsIn reads a file without writing to it.
func levelsIn(file string) (lines []string, err error) {
	db, err := history.OpenReadOnly(context.Background(), file)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	h, err := history.NewStore(db.DB).Read(context.Background(), "iCloud Backup", 1, clock("12:10"))
	return levels(h.Changes), err
}

var twoLevels = []string{"12:00 operational/operational", "12:01 outage/operational"}

// recordTwoLevels opens a database with two readings, and leaves it open.
func recordTwoLevels(t *testing.T, path string) *history.Store {
	t.Helper()
	b := history.NewStore(open(t, path))
	record(t, b, reading("12:00"), reading("12:01", incident("1", "Outage", "ongoing", "11:00", "", "11:30")))
	return b
}

func TestCopyOfTheFileAloneIsCompleteAfterACheckpoint(t *testing.T) {
	path := file(t)
	db := open(t, path)
	record(t, history.NewStore(db), reading("12:00"), reading("12:01", incident("1", "Outage", "ongoing", "11:00", "", "11:30")))
	if err := history.Checkpoint(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	got, err := levelsIn(copyOf(t, path))
	if err != nil {
		t.Fatal(err)
	}
	same(t, "levels in the copy", got, twoLevels)
}

// childReads, if set, makes this program print the levels in the file that it
// names.
const childReads = "BACKUPCHECK_TEST_CHILD_READS"

// programForAll copies this program to where every user can run it.
func programForAll(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "backupcheck-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	program, err := os.ReadFile(os.Args[0])
	if err == nil {
		err = errors.Join(os.WriteFile(filepath.Join(dir, "test"), program, 0o755), os.Chmod(dir, 0o755))
	}
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "test")
}

// asNobody reads a file as a user who may write nothing.
func asNobody(t *testing.T, program, path string) []string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program)
	cmd.Env = append(os.Environ(), childReads+"="+path)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}

func TestReadingNeedsNoRightToWrite(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can read as another user")
	}
	program := programForAll(t)
	for name, prepare := range map[string]func(path string){
		"closed":                 func(path string) { open(t, path).Close() },
		"while another writes":   func(path string) {},
		"a -wal file was left":   func(path string) { os.Remove(path + "-shm") },
		"in a read-only file":    func(path string) { os.Chmod(path, 0o444) },
		"in a folder of another": func(path string) { os.Chmod(filepath.Dir(path), 0o755) },
	} {
		t.Run(name, func(t *testing.T) {
			dir, err := os.MkdirTemp("/tmp", "backupcheck-test-")
			if err == nil {
				err = os.Chmod(dir, 0o755)
			}
			if err != nil {
				t.Fatal(err)
			}
			defer os.RemoveAll(dir)
			path := filepath.Join(dir, "history.db")
			db, err := history.Open(t.Context(), path)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			record(t, history.NewStore(db), reading("12:00"), reading("12:01", incident("1", "Outage", "ongoing", "11:00", "", "11:30")))
			if name == "closed" {
				db.Close()
			}
			prepare(path)
			same(t, "levels", asNobody(t, program, path), twoLevels)
			if left, err := os.ReadDir(dir); err != nil || len(left) > 3 {
				t.Errorf("files %v, %v", left, err)
			}
		})
	}
}

func TestFileWithoutAHistoryIsRefused(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "empty.db")
	if err := os.WriteFile(empty, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := history.OpenReadOnly(t.Context(), empty); !errors.Is(err, history.ErrNoHistory) {
		t.Errorf("error %v", err)
	}
	if err := history.Backup(t.Context(), empty, empty+"2"); !errors.Is(err, history.ErrNoHistory) {
		t.Errorf("error %v", err)
	}
	if _, err := os.Stat(empty + "2"); !os.IsNotExist(err) {
		t.Error("there is a backup of nothing")
	}
}

func TestBackupWhileOthersWriteIsOneMoment(t *testing.T) {
	path := file(t)
	b := recordTwoLevels(t, path)
	stop, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for minute := 2; ; minute++ {
			select {
			case <-stop:
				return
			default:
			}
			r := reading("12:00")
			r.CheckedAt = clock("12:00:00").AddDate(0, 0, minute) // each is a span and a change
			r.Service.Gap = []string{"", "a gap"}[minute%2]
			if err := b.Record(context.Background(), r); err != nil {
				t.Error(err)
				return
			}
			if minute > 180 {
				return
			}
		}
	}()
	for n := range 5 {
		to := filepath.Join(t.TempDir(), "backup.db")
		if err := history.Backup(t.Context(), path, to); err != nil {
			t.Fatal(err)
		}
		if got, err := levelsIn(to); err != nil || fmt.Sprint(got) != fmt.Sprint(twoLevels) {
			t.Errorf("backup %d: %v, %v", n, got, err)
		}
		if entries, err := os.ReadDir(filepath.Dir(to)); err != nil || len(entries) != 1 {
			t.Errorf("beside the backup: %v, %v", entries, err)
		}
		if err := history.Backup(t.Context(), path, to); !errors.Is(err, os.ErrExist) {
			t.Errorf("a backup over an existing file: %v", err)
		}
	}
	close(stop)
	<-ended
}
