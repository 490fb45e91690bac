package compile

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

// timers are functions that the edge program must not use. In a Worker a Go timer
// is a setTimeout that belongs to the request that set it. Once that request has
// ended, all others that wait for a timer of the shared Go instance fail.
var timers = map[string][]string{
	"time":    {"Sleep", "After", "AfterFunc", "NewTimer", "NewTicker", "Tick"},
	"context": {"WithTimeout", "WithDeadline", "WithTimeoutCause", "WithDeadlineCause"},
}

// unreached are third-party packages whose timers the edge program never reaches,
// with the reason. There are none so far. The standard library isn't checked:
// net/http and others have timers for uses that the edge program doesn't have.
var unreached = map[string]string{}

// listedPackage is a package in the output of go list.
type listedPackage struct {
	ImportPath, Dir  string
	Standard         bool
	GoFiles, Imports []string
	Module           *struct{ Main bool }
}

func (p listedPackage) own() bool { return p.Module != nil && p.Module.Main }

// edgePackages returns the packages of the edge program without those of the
// standard library.
func edgePackages(t *testing.T) []listedPackage {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-deps", "-tags", "", "-json=ImportPath,Dir,Standard,GoFiles,Imports,Module", EdgePackage)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	out, err := cmd.Output()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		t.Fatalf("go list: %v\n%s", err, exit.Stderr)
	} else if err != nil {
		t.Fatal(err)
	}
	var packages []listedPackage
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listedPackage
		if err := decoder.Decode(&p); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if !p.Standard {
			packages = append(packages, p)
		}
	}
	// With an incomplete list the tests would pass without checking anything.
	for _, path := range []string{"backupcheck/wasm/edge", "backupcheck/status", "backupcheck/widget", "github.com/syumai/workers"} {
		if !slices.ContainsFunc(packages, func(p listedPackage) bool { return p.ImportPath == path }) {
			t.Fatalf("%s is missing from the packages of the edge program", path)
		}
	}
	return packages
}

func TestEdgeUsesNoGoTimers(t *testing.T) {
	t.Run("timerUses", testTimerUses)
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
				if unreached[p.ImportPath] == "" || p.own() {
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

// timerUses finds all uses of a timer in a file, called or not.
func timerUses(files *token.FileSet, file *ast.File) (uses []string) {
	named := map[string]string{} // import path by name in the file
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
	selected := map[*ast.Ident]bool{} // names after a dot, and of methods
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

func testTimerUses(t *testing.T) {
	var all []string
	for path, names := range timers {
		for _, name := range names {
			all = append(all, path+"."+name)
		}
	}
	slices.Sort(all)
	// uses returns statements that use each timer, with the given package names.
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
		{"methods, with a dot import", "import . \"time\"\nvar _ Time\ntype s struct{}\nfunc (s) Sleep() {}\nfunc f(x s) { x.Sleep() }", nil},
		{"not imported", "func Sleep() {}\nfunc f() { Sleep() }", nil},
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

// Executing a template calls methods by reflection, so the linker has to include
// all methods, which adds 1.1 MB to the upload. The project uses templ instead,
// which compiles templates.
func TestEdgeHasNoTemplatesOfTheStandardLibrary(t *testing.T) {
	// templ imports html/template for two converters that the project doesn't
	// call, so template execution isn't linked.
	const converters = "github.com/a-h/templ"
	for _, p := range edgePackages(t) {
		for _, path := range []string{"html/template", "text/template", "text/template/parse"} {
			if slices.Contains(p.Imports, path) && p.ImportPath != converters {
				t.Errorf("%s imports %s", p.ImportPath, path)
			}
		}
	}
}
