// Command audit looks after what the project is built from. It verifies that
// every dependency is what its hash says, looks for versions that their authors
// have taken back, and asks the databases of known vulnerabilities. Where one
// of these can't be reached it says so, and what could be checked counts.
//
// It exits with 1 if something is wrong.
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
	wrong := false
	for _, check := range []struct {
		name string
		run  func() error
	}{
		{"Go modules have the hashes in go.sum", goHashes},
		{"no Go module is retracted", goRetracted},
		{"npm packages are pinned by hash", npmHashes},
		{"govulncheck: what runs natively", func() error { return govulncheck(nil, "./...") }},
		{"govulncheck: what runs as WebAssembly", func() error { return govulncheck([]string{"GOOS=js", "GOARCH=wasm"}, "./wasm/...") }},
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
			wrong = true
			fmt.Printf("WRONG         %s: %v\n", check.name, err)
		}
	}
	if wrong {
		os.Exit(1)
	}
}

// unreachedError says that a database could not be asked.
type unreachedError string

func (e unreachedError) Error() string { return string(e) }

// run returns what a program prints to both of its outputs, and its exit status.
func run(env []string, program string, args ...string) (out, said string, code int) {
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
	if out, said, code := run(nil, "go", "mod", "verify"); code != 0 {
		return errors.New(said + out)
	}
	return nil
}

// goRetracted asks the module proxy, which is where the modules come from.
func goRetracted() error {
	out, said, code := run(nil, "go", "list", "-m", "-u", "-e", "-retracted", "-f", "{{if .Retracted}}{{.Path}} {{.Version}}: {{.Retracted}}{{end}}{{if .Error}}\n?{{.Path}}{{end}}", "all")
	if code != 0 {
		return unreachedError(lastLine(said))
	}
	return retracted(out)
}

// retracted reads a list of the modules that are retracted and, with a
// question mark before them, of those that nothing is known of.
func retracted(list string) error {
	var known, unknown []string
	for line := range strings.Lines(list) {
		switch line = strings.TrimSpace(line); {
		case strings.HasPrefix(line, "?"):
			unknown = append(unknown, line[1:])
		case line != "":
			known = append(known, line)
		}
	}
	switch {
	case len(known) > 0:
		return errors.New(strings.Join(known, "; "))
	case len(unknown) > 0:
		return unreachedError("all but " + strings.Join(unknown, ", ") + ", of which the proxy says nothing")
	}
	return nil
}

// npmHashes looks at the lock files: npm ci installs nothing that has not the
// hash that stands there.
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

// govulncheck fails for vulnerabilities in what the program calls.
func govulncheck(env []string, packages string) error {
	// The tool runs here, whatever the packages are for.
	path, said, code := run(nil, "go", "tool", "-n", "govulncheck")
	if code != 0 {
		return errors.New(said)
	}
	switch out, said, code := run(env, strings.TrimSpace(path), packages); {
	case code == 0:
		return nil
	case code == 3:
		return errors.New(out)
	case strings.Contains(said, "fetching vulnerabilities"):
		return unreachedError("the Go vulnerability database can't be reached")
	default:
		return errors.New(said)
	}
}

// npmAudit fails for what is shipped; of tools it only tells.
func npmAudit() error {
	out, _, _ := run(nil, "npm", "audit", "--json")
	var report struct {
		Vulnerabilities map[string]struct{ Severity string }
		Metadata        *struct{ Vulnerabilities map[string]int }
	}
	if err := json.Unmarshal([]byte(out), &report); err != nil || report.Metadata == nil {
		return unreachedError("the registry gives no advisories")
	}
	for name, v := range report.Vulnerabilities {
		fmt.Printf("  of the tools: %s, %s\n", name, v.Severity)
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
