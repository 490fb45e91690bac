package main

import (
	"os"
	"path/filepath"
	"testing"
)

// build removes the directory that it writes to.
func TestBuildReplacesOnlyBuilds(t *testing.T) {
	dir := t.TempDir()
	thesis := filepath.Join(dir, "thesis.txt")
	if err := os.WriteFile(thesis, []byte("years of work"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, target := range []string{dir, thesis} {
		r := call(t, "", "build", "-o", target)
		if r.code != 1 || r.out != "" {
			t.Errorf("-o %s: %+v", target, r)
		}
		checkSentence(t, r.err)
	}
	if text, err := os.ReadFile(thesis); err != nil || string(text) != "years of work" {
		t.Errorf("%q, %v", text, err)
	}
}
