package main

import (
	"errors"
	"slices"
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

func TestScriptsOfPackagesAreNamedAndOff(t *testing.T) {
	const (
		lock    = `{"packages": {"": {}, "node_modules/a": {}, "node_modules/b": {"hasInstallScript": true}, "node_modules/a/node_modules/@c/d": {"hasInstallScript": true}}}`
		project = `{"allowScripts": {"@c/d": false, "b": false}}`
		npmrc   = "# a comment\nignore-scripts=true\n"
	)
	for what, test := range map[string]struct {
		lock, project, npmrc string
		ok                   bool
	}{
		"named and off":       {lock, project, npmrc, true},
		"none":                {`{"packages": {"": {}}}`, `{}`, npmrc, true},
		"one isn't named":     {lock, `{"allowScripts": {"b": false}}`, npmrc, false},
		"none is named":       {lock, `{}`, npmrc, false},
		"one is gone":         {lock, `{"allowScripts": {"@c/d": false, "b": false, "c": false}}`, npmrc, false},
		"one is allowed":      {lock, `{"allowScripts": {"@c/d": false, "b": true}}`, npmrc, false},
		"npm isn't told":      {lock, project, "", false},
		"npm is told to run":  {lock, project, "ignore-scripts=false\n", false},
		"it is commented out": {lock, project, "# ignore-scripts=true\n", false},
		"invalid JSON":        {lock, "{", npmrc, false},
	} {
		if err := scriptsOff([]byte(test.lock), []byte(test.project), []byte(test.npmrc)); (err == nil) != test.ok {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestExitStatus(t *testing.T) {
	ok := check{"a", func() error { return nil }}
	unreached := check{"b", func() error { return unreachedError("no network") }}
	failing := check{"c", func() error { return errors.New("bad") }}
	for _, test := range []struct {
		checks       []check
		loose, tight int
	}{
		{[]check{ok}, 0, 0},
		{[]check{ok, unreached}, 0, 3},
		{[]check{failing, unreached, ok}, 1, 1},
		{[]check{failing}, 1, 1},
	} {
		var out strings.Builder
		if code := runAll(&out, false, test.checks); code != test.loose {
			t.Errorf("exit status %d, want %d:\n%s", code, test.loose, &out)
		}
		if code := runAll(&out, true, test.checks); code != test.tight {
			t.Errorf("strict: exit status %d, want %d:\n%s", code, test.tight, &out)
		}
		if slices.ContainsFunc(test.checks, func(c check) bool { return c.name == "b" }) != strings.Contains(out.String(), "NOT CHECKED   b: no network") {
			t.Errorf("printed:\n%s", &out)
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
