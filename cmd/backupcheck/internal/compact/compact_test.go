package compact

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/andybalholm/brotli"

	"backupcheck/cmd/backupcheck/internal/toolchain"
)

// testProgram uses the tables that must be preserved: stack maps while the
// garbage collector runs, stacks that grow, panics that unwind, function names.
const testProgram = `package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"
)

type tree struct {
	left, right *tree
	label       string
}

func grow(depth int) *tree {
	if depth == 0 {
		return &tree{label: strings.Repeat("x", 3)}
	}
	t := &tree{left: grow(depth - 1), label: fmt.Sprint(depth)}
	if depth%4 == 0 {
		runtime.GC() // while t is on the stack only
	}
	t.right = grow(depth - 1)
	return t
}

func (t *tree) size() int {
	if t == nil {
		return 0
	}
	return len(t.label) + t.left.size() + t.right.size()
}

//go:noinline
func deep(n int, caller *[64]byte) int {
	var own [64]byte
	own[n%64] = byte(n)
	if n == 0 {
		return int(caller[0])
	}
	return deep(n-1, &own) + int(own[n%64])
}

func recovered(do func()) (value string) {
	defer func() { value = fmt.Sprint(recover()) }()
	do()
	return "nothing"
}

func main() {
	fmt.Println(grow(12).size(), deep(20000, &[64]byte{}))
	var none *tree
	var list []int
	fmt.Println(recovered(func() { _ = none.label }), recovered(func() { _ = list[len(os.Args)+1] }), recovered(func() { panic("own") }))
	sums := make(chan int)
	for i := range 20 {
		go func() { sums <- deep(500*i, &[64]byte{}) + grow(i%8).size() }()
	}
	total := 0
	for range 20 {
		total += <-sums
		runtime.GC()
	}
	pc, _, _, _ := runtime.Caller(0)
	fmt.Println(total, runtime.FuncForPC(pc).Name(), len(fmt.Sprintf("%v %T", map[string]any{"a": 1.5, "b": []string{"c"}}, none)))
	panic("at the end")
}
`

var (
	compileOnce sync.Once
	compiled    []byte
	compileErr  error
)

// compileTestProgram compiles testProgram once for all tests.
func compileTestProgram(t *testing.T) []byte {
	t.Helper()
	compileOnce.Do(func() {
		dir := t.TempDir()
		if compileErr = os.WriteFile(filepath.Join(dir, "main.go"), []byte(testProgram), 0o644); compileErr != nil {
			return
		}
		cmd := exec.CommandContext(t.Context(), "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", "main.wasm", "main.go")
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
		if out, err := cmd.CombinedOutput(); err != nil {
			compileErr = fmt.Errorf("%w\n%s", err, out)
			return
		}
		compiled, compileErr = os.ReadFile(filepath.Join(dir, "main.wasm"))
	})
	if compileErr != nil {
		t.Fatal(compileErr)
	}
	return slices.Clone(compiled)
}

func runWasm(t *testing.T, wasm []byte) (stdout, stderr string) {
	t.Helper()
	goroot, err := toolchain.Output(t.Context(), "", "go", "env", "GOROOT")
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(t.TempDir(), "main.wasm")
	if err := os.WriteFile(program, wasm, 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "node", "--stack-size=8192", filepath.Join(goroot, "lib/wasm/wasm_exec_node.js"), program)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	_ = cmd.Run() // fails, as the program panics
	return out.String(), errs.String()
}

func TestCompactedProgramsBehaveTheSame(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles a program for WebAssembly and runs it in Node, which takes too long with -short")
	}
	wasm := compileTestProgram(t)
	want, traceback := runWasm(t, wasm)
	if !strings.Contains(want, "main.main") || !strings.Contains(traceback, "main.go:") {
		t.Fatalf("the original program prints %q\n%s", want, traceback)
	}
	size := brotliSize(wasm)
	for name, tt := range map[string]struct {
		compact func([]byte) ([]byte, error)
		lines   bool // in tracebacks
		percent int  // size limit after brotli
	}{
		"JoinSegments": {JoinSegments, true, 95},
		"DropLines":    {DropLines, false, 85},
	} {
		t.Run(name, func(t *testing.T) {
			small, err := tt.compact(wasm)
			if err != nil {
				t.Fatal(err)
			}
			got, after := runWasm(t, small)
			if got != want {
				t.Errorf("the program prints %q, want %q\n%s", got, want, after)
			}
			if tt.lines && after != traceback {
				t.Errorf("the traceback is\n%s\nwant\n%s", after, traceback)
			}
			if !tt.lines && strings.Contains(after, ".go:") {
				t.Errorf("the traceback has lines:\n%s", after)
			}
			for _, name := range []string{"at the end", "main.main()"} {
				if !strings.Contains(after, name) {
					t.Errorf("a traceback without %q:\n%s", name, after)
				}
			}
			if compacted := brotliSize(small); compacted > size*tt.percent/100 {
				t.Errorf("%d bytes after brotli, %d before compacting", compacted, size)
			}
		})
	}
}

// brotliSize uses a level below the one for release, which takes ten times as long.
func brotliSize(data []byte) int {
	var b bytes.Buffer
	w := brotli.NewWriterLevel(&b, 9)
	w.Write(data)
	w.Close()
	return b.Len()
}

// A table of unknown layout is left unchanged.
func TestUnknownTablesAreUnchanged(t *testing.T) {
	wasm := compileTestProgram(t)
	image := imageOf(t, wasm)
	at, ok := findTable(image)
	if !ok {
		t.Fatal("the toolchain's table of functions has an unknown layout; see lines.go")
	}
	changes := map[string]func(table []byte){
		"another version":          func(table []byte) { table[0]++ },
		"pointers of another size": func(table []byte) { table[7] = 4 },
		"more functions than fit":  func(table []byte) { binary.LittleEndian.PutUint64(table[8:], 1<<40) },
		"parts in another order":   func(table []byte) { binary.LittleEndian.PutUint64(table[48:], 1<<30) },
		"a part after the end":     func(table []byte) { binary.LittleEndian.PutUint64(table[64:], uint64(len(table)+1)) },
		"functions after the end":  func(table []byte) { binary.LittleEndian.PutUint64(table[64:], uint64(len(table)-8)) },
	}
	for name, change := range changes {
		changed := slices.Clone(image)
		change(changed[at:])
		want := slices.Clone(changed)
		if clearLines(changed) || !bytes.Equal(changed, want) {
			t.Errorf("%s: the table has been changed", name)
		}
	}
	if !clearLines(image) {
		t.Error("the original table can't be read")
	}
}

func TestInitialMemoryIsPreserved(t *testing.T) {
	wasm := compileTestProgram(t)
	joined, err := JoinSegments(wasm)
	if err != nil {
		t.Fatal(err)
	}
	want := imageOf(t, wasm)
	if !bytes.Equal(imageOf(t, joined), want) {
		t.Error("JoinSegments: the memory differs")
	}
	if !clearLines(want) {
		t.Fatal("no table of lines")
	}
	dropped, err := DropLines(wasm)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(imageOf(t, dropped), want) {
		t.Error("DropLines: the memory differs")
	}
	again, err := DropLines(dropped)
	if err != nil || !bytes.Equal(again, dropped) {
		t.Errorf("a second time changes the program (%v)", err)
	}
}

func imageOf(t *testing.T, wasm []byte) []byte {
	t.Helper()
	sections, err := splitSections(wasm)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sections {
		if s.id == dataSection {
			segments, err := readSegments(s.body)
			if err != nil {
				t.Fatal(err)
			}
			return flatten(segments)
		}
	}
	t.Fatal("no data section")
	return nil
}

func TestInvalidWasmIsAnError(t *testing.T) {
	wasm := compileTestProgram(t)
	for n := range 200 { // the start has most of the structure
		if _, err := DropLines(wasm[:n]); err == nil {
			t.Errorf("the first %d bytes of a program are accepted", n)
		}
	}
	for _, junk := range []string{"", "#!/bin/sh", "\x00asm\x02\x00\x00\x00", "\x00asm\x01\x00\x00\x00", "\x00asm\x01\x00\x00\x00\x0b\x03\x01\x01\x00"} {
		if _, err := DropLines([]byte(junk)); err == nil {
			t.Errorf("%q is accepted", junk)
		}
	}
	for _, n := range []int{0, 1, -1, 63, 64, -64, -65, 1 << 20, -(1 << 20), 1<<31 - 1} {
		r := reader{appendSigned(nil, n), nil}
		if got := r.signed(); got != n || len(r.rest) > 0 || r.err != nil {
			t.Errorf("%d is read as %d (%v)", n, got, r.err)
		}
	}
}
