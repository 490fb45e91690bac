// Command audit checks the project's dependencies: their hashes, their install
// scripts, versions that their authors have retracted or deprecated, and known
// vulnerabilities. A database that can't be reached is reported and isn't a
// failure.
//
// It exits with 1 if a check fails. With -strict it exits with 3 if none fails
// and a database couldn't be reached.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// The exit statuses other than 0. The flag package uses 2.
const (
	exitFailed     = 1
	exitNotChecked = 3
)

type check struct {
	name string
	run  func() error
}

func main() {
	strict := flag.Bool("strict", false, "exit with 3 if a database can't be reached")
	flag.Parse()
	os.Exit(runAll(os.Stdout, *strict, []check{
		{"Go modules have the hashes in go.sum", goHashes},
		{"no Go module is retracted", goRetracted},
		{"npm packages are pinned by hash", npmHashes},
		{"npm packages run no scripts when they are installed", npmScripts},
		{"govulncheck: native programs", func() error { return govulncheck(nil, "./...") }},
		{"govulncheck: WebAssembly programs", func() error { return govulncheck([]string{"GOOS=js", "GOARCH=wasm"}, "./wasm/...") }},
		{"npm audit", npmAudit},
	}))
}

// runAll runs the checks, prints their results, and returns the exit status.
func runAll(out io.Writer, strict bool, checks []check) int {
	failed, unchecked := 0, 0
	for _, check := range checks {
		err := check.run()
		var unreached unreachedError
		switch {
		case err == nil:
			fmt.Fprintf(out, "ok            %s\n", check.name)
		case errors.As(err, &unreached):
			unchecked++
			fmt.Fprintf(out, "NOT CHECKED   %s: %v\n", check.name, err)
		default:
			failed++
			fmt.Fprintf(out, "FAILED        %s: %v\n", check.name, err)
		}
	}
	fmt.Fprintf(out, "%d of %d checks ok, %d failed, %d not checked\n", len(checks)-failed-unchecked, len(checks), failed, unchecked)
	switch {
	case failed > 0:
		return exitFailed
	case unchecked > 0 && strict:
		return exitNotChecked
	}
	return 0
}

// unreachedError reports that a database couldn't be reached.
type unreachedError string

func (e unreachedError) Error() string { return string(e) }

// run runs a program and returns its output, its trimmed standard error and its
// exit status, -1 if it couldn't be started.
func run(env []string, program string, args ...string) (out, errs string, code int) {
	cmd := exec.Command(program, args...)
	cmd.Env = append(os.Environ(), env...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return "", err.Error(), -1
	}
	return stdout.String(), strings.TrimSpace(stderr.String()), cmd.ProcessState.ExitCode()
}

func goHashes() error {
	if out, errs, code := run(nil, "go", "mod", "verify"); code != 0 {
		return errors.New(errs + out)
	}
	return nil
}

// goRetracted looks up retractions at the module proxy.
func goRetracted() error {
	out, errs, code := run(nil, "go", "list", "-m", "-u", "-e", "-retracted", "-f", "{{if .Retracted}}{{.Path}} {{.Version}}: {{.Retracted}}{{end}}{{if .Error}}\n?{{.Path}}{{end}}", "all")
	if code != 0 {
		return unreachedError(lastLine(errs))
	}
	return retracted(out)
}

// retracted returns an error for a list of retracted modules. Modules that the
// proxy doesn't know are marked by a question mark.
func retracted(list string) error {
	var found, unknown []string
	for line := range strings.Lines(list) {
		switch line = strings.TrimSpace(line); {
		case strings.HasPrefix(line, "?"):
			unknown = append(unknown, line[1:])
		case line != "":
			found = append(found, line)
		}
	}
	switch {
	case len(found) > 0:
		return errors.New(strings.Join(found, "; "))
	case len(unknown) > 0:
		return unreachedError("the proxy doesn't know " + strings.Join(unknown, ", "))
	}
	return nil
}

// lockFiles are npm's.
var lockFiles = []string{"package-lock.json", "wasm/edge/bench/package-lock.json", "widget/test/hosts/package-lock.json"}

// npmHashes checks the lock files, whose hashes npm ci enforces.
func npmHashes() error {
	for _, file := range lockFiles {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if err := lockHashes(data); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	return nil
}

// lockHashes checks one lock file.
func lockHashes(data []byte) error {
	var lock struct {
		LockfileVersion int
		Packages        map[string]struct{ Resolved, Integrity, Deprecated string }
	}
	if err := json.Unmarshal(data, &lock); err != nil {
		return err
	}
	if lock.LockfileVersion < 2 || len(lock.Packages) < 2 {
		return errors.New("it lists no packages")
	}
	for path, p := range lock.Packages {
		if path == "" { // the project itself
			continue
		}
		if p.Resolved != "" && !strings.HasPrefix(p.Resolved, "https://registry.npmjs.org/") || !strings.HasPrefix(p.Integrity, "sha512-") {
			return fmt.Errorf("%s comes from %q with the hash %q", path, p.Resolved, p.Integrity)
		}
		if p.Deprecated != "" {
			return fmt.Errorf("%s is deprecated: %s", path, p.Deprecated)
		}
	}
	return nil
}

// npmScripts checks that no package runs a script when it is installed: by
// ignore-scripts, and for newer versions of npm also by allowScripts, which names
// the packages that have one.
func npmScripts() error {
	for _, file := range lockFiles {
		var texts [3][]byte
		for i, name := range []string{"package-lock.json", "package.json", ".npmrc"} {
			text, err := os.ReadFile(filepath.Join(filepath.Dir(file), name))
			if err != nil {
				return err
			}
			texts[i] = text
		}
		if err := scriptsOff(texts[0], texts[1], texts[2]); err != nil {
			return fmt.Errorf("%s: %w", filepath.Dir(file), err)
		}
	}
	return nil
}

var ignoreScripts = regexp.MustCompile(`(?m)^ignore-scripts ?= ?true$`)

// scriptsOff checks one folder's package-lock.json, package.json and .npmrc.
func scriptsOff(lockFile, packageFile, npmrc []byte) error {
	var lock struct {
		Packages map[string]struct{ HasInstallScript bool }
	}
	var project struct {
		AllowScripts map[string]bool
	}
	if err := errors.Join(json.Unmarshal(lockFile, &lock), json.Unmarshal(packageFile, &project)); err != nil {
		return err
	}
	have := map[string]bool{}
	for path, p := range lock.Packages {
		if p.HasInstallScript {
			have[path[strings.LastIndex(path, "node_modules/")+len("node_modules/"):]] = false
		}
	}
	if !maps.Equal(have, project.AllowScripts) {
		return fmt.Errorf("allowScripts in package.json must have %v, each false: these packages have an install script", slices.Sorted(maps.Keys(have)))
	}
	if !ignoreScripts.Match(npmrc) {
		return errors.New(".npmrc must have ignore-scripts=true")
	}
	return nil
}

// govulncheck fails for vulnerabilities in functions that the packages call.
func govulncheck(env []string, packages string) error {
	// The tool is built for this machine even if the packages aren't.
	path, errs, code := run(nil, "go", "tool", "-n", "govulncheck")
	if code != 0 {
		return errors.New(errs)
	}
	switch out, errs, code := run(env, strings.TrimSpace(path), packages); {
	case code == 0:
		return nil
	case code == 3:
		return errors.New(out)
	case strings.Contains(errs, "fetching vulnerabilities"):
		return unreachedError("the Go vulnerability database can't be reached")
	default:
		return errors.New(errs)
	}
}

// npmAudit fails for packages that are shipped. For development tools it only
// prints the vulnerabilities.
func npmAudit() error {
	out, _, _ := run(nil, "npm", "audit", "--json")
	var report struct {
		Vulnerabilities map[string]struct{ Severity string }
		Metadata        *struct{ Vulnerabilities map[string]int }
	}
	if err := json.Unmarshal([]byte(out), &report); err != nil || report.Metadata == nil {
		return unreachedError("the registry returns no advisories")
	}
	for name, v := range report.Vulnerabilities {
		fmt.Printf("  development tools: %s, %s\n", name, v.Severity)
	}
	out, _, code := run(nil, "npm", "audit", "--omit=dev")
	if code != 0 {
		return errors.New(out)
	}
	return nil
}

func lastLine(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	return lines[len(lines)-1]
}
