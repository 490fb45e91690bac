package sequence_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"backupcheck/widget/sequence/icloudbackup"
)

// sourceFiles parses the files of a package, without the tests.
func sourceFiles(t *testing.T, dir string) map[string]*ast.File {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]*ast.File{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = file
	}
	if len(files) < 3 {
		t.Fatalf("only %d files in %s", len(files), dir)
	}
	return files
}

func TestEngineRefersToNoNodesOfAGraph(t *testing.T) {
	graph := icloudbackup.Graph()
	forbidden := map[string]bool{} // as a string, and as an identifier
	add := func(id string) {
		forbidden[id] = true
		words := strings.Split(id, "-")
		for i := range words[1:] {
			words[i+1] = strings.ToUpper(words[i+1][:1]) + words[i+1][1:]
		}
		forbidden[strings.Join(words, "")] = true
	}
	for _, n := range graph.Nodes {
		add(n.ID)
		for _, c := range n.Choices {
			add(c.ID)
		}
		for _, id := range n.Confirm {
			add(id)
		}
	}
	for _, r := range graph.Rules {
		forbidden[r.Held] = r.Held != ""
		forbidden[r.Note] = r.Note != ""
	}
	for _, row := range graph.Rows() {
		forbidden[string(row)] = true
	}
	delete(forbidden, "done") // a choice, but also common in Go code
	for name, file := range sourceFiles(t, ".") {
		ast.Inspect(file, func(n ast.Node) bool {
			found := ""
			switch n := n.(type) {
			case *ast.Ident:
				found = n.Name
			case *ast.BasicLit:
				if n.Kind == token.STRING {
					found, _ = strconv.Unquote(n.Value)
				}
			}
			if forbidden[found] {
				t.Errorf("%s contains %q", name, found)
			}
			return true
		})
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		// The package comment refers to the package of a graph.
		if text := strings.ReplaceAll(string(source), "icloudbackup", ""); strings.Contains(strings.ToLower(text), "icloud") {
			t.Errorf("%s contains iCloud", name)
		}
	}
}

// The package is part of the browser's Wasm module.
func TestImportsAreLimited(t *testing.T) {
	for name, file := range sourceFiles(t, ".") {
		for _, spec := range file.Imports {
			if spec.Path.Value != `"slices"` {
				t.Errorf("%s imports %s", name, spec.Path.Value)
			}
		}
	}
	for name, file := range sourceFiles(t, "icloudbackup") {
		for _, spec := range file.Imports {
			if spec.Path.Value != `"backupcheck/widget/sequence"` {
				t.Errorf("%s imports %s", name, spec.Path.Value)
			}
		}
	}
}
