// Package toolchain runs the programs of the toolchain: go and git.
package toolchain

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"strings"
)

// Output runs a program in a directory, the current one if dir is empty, and
// returns its trimmed standard output. The error names the program and includes
// its standard error.
func Output(ctx context.Context, dir, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w\n%s", strings.Join(append([]string{name}, args[:min(2, len(args))]...), " "), err, bytes.TrimSpace(stderr.Bytes()))
	}
	return strings.TrimSpace(string(out)), nil
}
