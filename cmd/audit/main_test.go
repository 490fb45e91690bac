package main

import (
	"errors"
	"strings"
	"testing"
)

func TestLockFiles(t *testing.T) {
	const valid = `{"lockfileVersion": 3, "packages": {"": {}, "node_modules/a": {"resolved": "https://registry.npmjs.org/a/-/a-1.0.0.tgz", "integrity": "sha512-x"}, "node_modules/b": {"integrity": "sha512-y"}}}`
	if err := lockHashes([]byte(valid)); err != nil {
		t.Error(err)
	}
	for what, edit := range map[string][2]string{
		"no packages":      {valid, `{"lockfileVersion": 3, "packages": {"": {}}}`},
		"an old version":   {`"lockfileVersion": 3`, `"lockfileVersion": 1`},
		"another registry": {"registry.npmjs.org", "registry.evil.example"},
		"a look-alike":     {"registry.npmjs.org/", "registry.npmjs.org.evil.example/"},
		"a weak hash":      {"sha512-x", "sha1-x"},
		"no hash":          {`, "integrity": "sha512-x"`, ""},
		"a package by git": {"https://registry.npmjs.org/a/-/a-1.0.0.tgz", "git+ssh://git@example.com/a.git"},
		"a deprecated one": {`"integrity": "sha512-y"`, `"integrity": "sha512-y", "deprecated": "use c"`},
		"invalid JSON":     {"{", ""},
		"a list":           {valid, "[]"},
	} {
		edited := strings.Replace(valid, edit[0], edit[1], 1)
		if edited == valid {
			t.Fatalf("%s: the test changes nothing", what)
		}
		if err := lockHashes([]byte(edited)); err == nil {
			t.Errorf("%s is accepted", what)
		}
	}
}

func TestRetracted(t *testing.T) {
	var unreached unreachedError
	if err := retracted("\n\n"); err != nil {
		t.Error(err)
	}
	if err := retracted("\n?a/b\n\n"); !errors.As(err, &unreached) || !strings.Contains(err.Error(), "a/b") {
		t.Error(err)
	}
	if err := retracted("\n?a/b\nc/d v1.0.0: [published by mistake]\n"); err == nil || errors.As(err, &unreached) || !strings.Contains(err.Error(), "c/d v1.0.0") {
		t.Error(err)
	}
}
