package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// In a Worker a Go timer is a setTimeout, and belongs to the request that set
// it. Once that request is gone, every other one that waits for a timer of the
// shared Go instance fails. So what the edge runs uses none of these.
var timers = map[string][]string{
	"time":    {"Sleep", "After", "AfterFunc", "NewTimer", "NewTicker", "Tick"},
	"context": {"WithTimeout", "WithDeadline", "WithTimeoutCause", "WithDeadlineCause"},
}

// unreached says, by import path, why the edge never gets to the timers of a
// package of somebody else's. None is needed so far. The standard library is
// not looked at: net/http and others hold timers for uses that the edge has not.
var unreached = map[string]string{}

// listed is what go list tells of a package.
type listed struct {
	ImportPath, Dir  string
	Standard         bool
	GoFiles, Imports []string
	Module           *struct{ Main bool }
}

func (p listed) ours() bool { return p.Module != nil && p.Module.Main }

// edgePackages are the packages that are compiled for the Worker, without the
// standard library.
func edgePackages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-deps", "-tags", "", "-json=ImportPath,Dir,Standard,GoFiles,Imports,Module", edgePackage)
	cmd.Dir = "../.."
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	out, err := cmd.Output()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		t.Fatalf("go list: %v\n%s", err, exit.Stderr)
	} else if err != nil {
		t.Fatal(err)
	}
	var packages []listed
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := decoder.Decode(&p); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if !p.Standard {
			packages = append(packages, p)
		}
	}
	// What is proved of a list that misses the program itself is proved of nothing.
	for _, path := range []string{"backupcheck/wasm/edge", "backupcheck/status", "backupcheck/widget", "github.com/syumai/workers"} {
		if !slices.ContainsFunc(packages, func(p listed) bool { return p.ImportPath == path }) {
			t.Fatalf("%s is not among the packages of the edge", path)
		}
	}
	return packages
}

func TestEdgeUsesNoGoTimers(t *testing.T) {
	t.Run("the finder finds", testFinderFinds)
	stale := map[string]bool{}
	for path := range unreached {
		stale[path] = true
	}
	for _, p := range edgePackages(t) {
		files := token.NewFileSet()
		for _, name := range p.GoFiles {
			file, err := parser.ParseFile(files, filepath.Join(p.Dir, name), nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, use := range timerUses(files, file) {
				if unreached[p.ImportPath] == "" || p.ours() {
					t.Errorf("%s: %s", p.ImportPath, use)
				}
				delete(stale, p.ImportPath)
			}
		}
	}
	for path := range stale {
		t.Errorf("%s uses no timer; take it off the list", path)
	}
}

// timerUses finds each mention of a timer in a file, called or not.
func timerUses(files *token.FileSet, file *ast.File) (uses []string) {
	named := map[string]string{} // import path by the name it has in the file
	var dotted []string
	for _, spec := range file.Imports {
		path, _ := strconv.Unquote(spec.Path.Value)
		switch {
		case timers[path] == nil:
		case spec.Name == nil:
			named[path] = path
		case spec.Name.Name == ".":
			dotted = append(dotted, path)
		default:
			named[spec.Name.Name] = path
		}
	}
	found := func(at token.Pos, path, name string) {
		if slices.Contains(timers[path], name) {
			uses = append(uses, fmt.Sprintf("%s.%s at %s", path, name, files.Position(at)))
		}
	}
	selected := map[*ast.Ident]bool{} // names behind a dot, and of methods
	ast.Inspect(file, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.FuncDecl:
			selected[node.Name] = node.Recv != nil
		case *ast.SelectorExpr:
			selected[node.Sel] = true
			// A name with an object is declared in the file, not imported.
			if x, ok := node.X.(*ast.Ident); ok && x.Obj == nil && named[x.Name] != "" {
				found(node.Pos(), named[x.Name], node.Sel.Name)
			}
		case *ast.Ident:
			if node.Obj == nil && !selected[node] {
				for _, path := range dotted {
					found(node.Pos(), path, node.Name)
				}
			}
		}
		return true
	})
	return uses
}

func testFinderFinds(t *testing.T) {
	var all []string
	for path, names := range timers {
		for _, name := range names {
			all = append(all, path+"."+name)
		}
	}
	slices.Sort(all)
	// uses calls each of them by the names that its imports have.
	uses := func(time, context string) string {
		var body strings.Builder
		for _, use := range all {
			name := strings.Replace(strings.Replace(use, "time.", time, 1), "context.", context, 1)
			fmt.Fprintf(&body, "\t_ = %s\n", name)
		}
		return body.String()
	}
	tests := []struct {
		name, source string
		want         []string
	}{
		{"plain imports", "import (\n\"time\"\n\"context\"\n)\nfunc f() {\n" + uses("time.", "context.") + "}", all},
		{"renamed imports", "import (\nt \"time\"\ncontext \"time\"\ntime \"context\"\n)\nfunc f() {\n" + uses("t.", "time.") + "context.Sleep(1)\n}",
			append([]string{"time.Sleep"}, all...)},
		{"dot imports", "import (\n. \"time\"\n. \"context\"\n)\nfunc f() {\n" + uses("", "") + "}", all},
		{"called", "import t \"time\"\nfunc f() { t.Sleep(1); <-t.After(1); go func() { (t.Sleep)(1) }() }", []string{"time.After", "time.Sleep", "time.Sleep"}},
		{"outside of functions", "import t \"time\"\nvar wait = t.Sleep\nvar _ = map[string]any{\"x\": t.Tick}", []string{"time.Sleep", "time.Tick"}},
		{"in a generic function and a method", "import t \"time\"\ntype s struct{}\nfunc (s) m() { t.Sleep(1) }\nfunc g[T any](T) { t.Sleep(1) }", []string{"time.Sleep", "time.Sleep"}},

		{"other names of the packages", "import (\n\"time\"\n\"context\"\n)\nvar now = time.Now\nvar _ = time.Second\nvar _ = context.WithCancel", nil},
		{"other packages", "import \"example.com/clock\"\nfunc f() { clock.Sleep(1); clock.WithTimeout() }", nil},
		{"a parameter with the name of the package", "import \"time\"\nvar _ time.Time\nfunc f(time clock) { time.Sleep(1) }", nil},
		{"methods, beside a dot import", "import . \"time\"\nvar _ Time\ntype s struct{}\nfunc (s) Sleep() {}\nfunc f(x s) { x.Sleep() }", nil},
		{"not imported at all", "func Sleep() {}\nfunc f() { Sleep() }", nil},
		{"text and comment", "import \"time\"\n// time.Sleep\nvar _ = \"time.Sleep\" + time.RFC3339", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			files := token.NewFileSet()
			file, err := parser.ParseFile(files, "snippet.go", "package snippet\n"+tt.source, 0)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, use := range timerUses(files, file) {
				name, _, _ := strings.Cut(use, " ")
				got = append(got, name)
			}
			slices.Sort(got)
			want := slices.Sorted(slices.Values(tt.want))
			if !slices.Equal(got, want) {
				t.Errorf("found %v\nwant  %v", got, want)
			}
		})
	}
}

// Executing a template reaches methods by reflection, so the linker keeps every
// method there is: 1.1 MB of the upload's 3 MB. Templates are compiled instead
// (templ).
func TestEdgeLeavesTemplatesOut(t *testing.T) {
	// templ imports html/template for two converters that nothing here calls,
	// so the executing part isn't linked.
	const converters = "github.com/a-h/templ"
	for _, p := range edgePackages(t) {
		for _, path := range []string{"html/template", "text/template", "text/template/parse"} {
			if slices.Contains(p.Imports, path) && p.ImportPath != converters {
				t.Errorf("%s imports %s", p.ImportPath, path)
			}
		}
	}
}
