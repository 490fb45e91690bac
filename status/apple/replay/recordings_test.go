package replay_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"backupcheck/status/apple/replay"
)

func TestLoadReadsFilesAndFoldersInOrder(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"z.js", "2021/b.json", "2021/a.js", "2021/notes.txt", "2022/A.JS", "single.txt"} {
		path := filepath.Join(dir, name)
		must(t, os.MkdirAll(filepath.Dir(path), 0o755))
		must(t, os.WriteFile(path, []byte("body of "+name), 0o644))
	}
	all, err := replay.Load(filepath.Join(dir, "single.txt"), dir)
	must(t, err)
	var got []string
	for _, r := range all {
		got = append(got, r.Name)
		if !strings.HasSuffix(string(r.Body), filepath.Base(r.Name)) {
			t.Errorf("%s holds %s", r.Name, r.Body)
		}
	}
	if got, want := strings.Join(got, " "), "single.txt 2021/a.js 2021/b.json 2022/A.JS z.js"; got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

func TestLoadErrorNamesThePath(t *testing.T) {
	empty := t.TempDir()
	missing := filepath.Join(empty, "missing.js")
	for _, path := range []string{empty, missing} {
		if _, err := replay.Load(path); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestLoadWithoutPathsIsEmpty(t *testing.T) {
	if all, err := replay.Load(); len(all) != 0 || err != nil {
		t.Error(all, err)
	}
}
