// Command audit checks the project's dependencies: their hashes, versions that
// their authors have retracted or deprecated, and known vulnerabilities. A
// database that can't be reached is reported and isn't a failure.
//
// It exits with 1 if a check fails.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

func main() {
	failed := false
	for _, check := range []struct {
		name string
		run  func() error
	}{
		{"Go modules have the hashes in go.sum", goHashes},
		{"no Go module is retracted", goRetracted},
		{"npm packages are pinned by hash", npmHashes},
		{"govulncheck: native programs", func() error { return govulncheck(nil, "./...") }},
		{"govulncheck: WebAssembly programs", func() error { return govulncheck([]string{"GOOS=js", "GOARCH=wasm"}, "./wasm/...") }},
		{"npm audit", npmAudit},
	} {
		err := check.run()
		var unreached unreachedError
		switch {
		case err == nil:
			fmt.Printf("ok            %s\n", check.name)
		case errors.As(err, &unreached):
			fmt.Printf("NOT CHECKED   %s: %v\n", check.name, err)
		default:
			failed = true
			fmt.Printf("FAILED        %s: %v\n", check.name, err)
		}
	}
	if failed {
		os.Exit(1)
	}
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

// npmHashes checks the lock files, whose hashes npm ci enforces.
func npmHashes() error {
	for _, file := range []string{"package-lock.json", "wasm/edge/bench/package-lock.json"} {
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
