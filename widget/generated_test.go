package widget_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Without generating, an edit of a template has no effect, and shows up in the
// next unrelated change.
func TestGeneratedFilesAreUpToDate(t *testing.T) {
	templates, err := filepath.Glob("*.templ")
	if err != nil || len(templates) == 0 {
		t.Fatalf("no templates: %v", err)
	}
	for _, template := range templates {
		t.Run(template, func(t *testing.T) {
			t.Parallel()
			// From the module's root, as it is generated: the file's path is in it.
			cmd := exec.CommandContext(t.Context(), "go", "tool", "templ", "generate", "-stdout", "-log-level", "error", "-f", "widget/"+template)
			cmd.Dir = ".."
			var stderr bytes.Buffer
			cmd.Stderr = &stderr
			want, err := cmd.Output()
			if err != nil {
				t.Fatalf("%v: %s", err, stderr.Bytes())
			}
			got, err := os.ReadFile(strings.TrimSuffix(template, ".templ") + "_templ.go")
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Error("run, in the root of the module: go tool templ generate")
			}
		})
	}
	generated, err := filepath.Glob("*_templ.go")
	if err != nil || len(generated) != len(templates) {
		t.Errorf("%v of %v: %v", generated, templates, err)
	}
}
