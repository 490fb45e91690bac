package main

import (
	"bytes"
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// busy is a program that leans on the tables that compacting must leave whole:
// stack maps while the garbage collector runs, stacks that grow, panics that
// unwind, names of functions.
const busy = `package main

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
		runtime.GC() // while t lives on the stack only
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
func deep(n int, keep *[64]byte) int {
	var own [64]byte
	own[n%64] = byte(n)
	if n == 0 {
		return int(keep[0])
	}
	return deep(n-1, &own) + int(own[n%64])
}

func caught(do func()) (what string) {
	defer func() { what = fmt.Sprint(recover()) }()
	do()
	return "nothing"
}

func main() {
	fmt.Println(grow(12).size(), deep(20000, &[64]byte{}))
	var none *tree
	var list []int
	fmt.Println(caught(func() { _ = none.label }), caught(func() { _ = list[len(os.Args)+2] }), caught(func() { panic("own") }))
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
	if len(os.Args) > 1 {
		panic("at the end")
	}
}
`

func compileBusy(t *testing.T) []byte {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "main.go"), []byte(busy), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", "main.wasm", "main.go")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	wasm, err := os.ReadFile(filepath.Join(dir, "main.wasm"))
	if err != nil {
		t.Fatal(err)
	}
	return wasm
}

func runWasm(t *testing.T, wasm []byte, args ...string) (stdout, stderr string) {
	t.Helper()
	goroot, err := output(t.Context(), "", "go", "env", "GOROOT")
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(t.TempDir(), "main.wasm")
	if err := os.WriteFile(program, wasm, 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "node", append([]string{"--stack-size=8192", filepath.Join(goroot, "lib/wasm/wasm_exec_node.js"), program}, args...)...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	_ = cmd.Run() // a program that panics ends with a status of its own
	return out.String(), errs.String()
}

func TestCompactProgramsDoTheSame(t *testing.T) {
	wasm := compileBusy(t)
	small, err := compact(wasm)
	if err != nil {
		t.Fatal(err)
	}
	want, _ := runWasm(t, wasm)
	if !strings.Contains(want, "main.main") {
		t.Fatalf("the program as the linker writes it prints %q", want)
	}
	if got, stderr := runWasm(t, small); got != want {
		t.Errorf("the compact program prints %q, not %q\n%s", got, want, stderr)
	}
	_, before := runWasm(t, wasm, "panic")
	_, after := runWasm(t, small, "panic")
	if !strings.Contains(before, "main.go:") || strings.Contains(after, ".go:") {
		t.Errorf("lines were there:\n%s\nand are gone:\n%s", before, after)
	}
	for _, name := range []string{"at the end", "main.main()"} {
		if !strings.Contains(after, name) {
			t.Errorf("a traceback without %q:\n%s", name, after)
		}
	}
	if a, b := brotlied(wasm), brotlied(small); b > a*85/100 {
		t.Errorf("%d bytes of %d are left after brotli", b, a)
	}
}

// A table that is laid out in another way than is known is left as it is; so
// is the program, but for its segments.
func TestCompactLeavesUnknownTablesAlone(t *testing.T) {
	wasm := compileBusy(t)
	image := imageOf(t, wasm)
	at, ok := findTable(image)
	if !ok {
		t.Fatal("the toolchain's table of functions isn't known; see compact_lines.go")
	}
	changes := map[string]func(table []byte){
		"another version":              func(table []byte) { table[0]++ },
		"pointers of another size":     func(table []byte) { table[7] = 4 },
		"more functions than fit":      func(table []byte) { binary.LittleEndian.PutUint64(table[8:], 1<<40) },
		"parts in another order":       func(table []byte) { binary.LittleEndian.PutUint64(table[48:], 1<<30) },
		"a part that is further away":  func(table []byte) { binary.LittleEndian.PutUint64(table[64:], uint64(len(table)+1)) },
		"functions that aren't listed": func(table []byte) { binary.LittleEndian.PutUint64(table[64:], uint64(len(table)-8)) },
	}
	for name, change := range changes {
		changed := slices.Clone(image)
		change(changed[at:])
		want := slices.Clone(changed)
		if forgetLines(changed) || !bytes.Equal(changed, want) {
			t.Errorf("%s: the table is changed all the same", name)
		}
	}
	if !forgetLines(image) {
		t.Error("the table as it is can't be read")
	}
}

// What a program's memory begins with is the same, however it is cut.
func TestCompactKeepsTheMemory(t *testing.T) {
	wasm := compileBusy(t)
	want := imageOf(t, wasm)
	forgetLines(want)
	small, err := compact(wasm)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(imageOf(t, small), want) {
		t.Error("the memory differs")
	}
	again, err := compact(small)
	if err != nil || !bytes.Equal(again, small) {
		t.Errorf("compacting twice is not compacting once (%v)", err)
	}
}

func imageOf(t *testing.T, wasm []byte) []byte {
	t.Helper()
	sections, err := splitWasm(wasm)
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
	t.Fatal("no data")
	return nil
}

func TestCompactRefusesWhatItCannotRead(t *testing.T) {
	wasm := compileBusy(t)
	for n := range 200 { // the head is where most of the structure is
		if _, err := compact(wasm[:n]); err == nil {
			t.Errorf("%d bytes of a program are taken for one", n)
		}
	}
	for _, junk := range []string{"", "#!/bin/sh", "\x00asm\x02\x00\x00\x00", "\x00asm\x01\x00\x00\x00", "\x00asm\x01\x00\x00\x00\x0b\x03\x01\x01\x00"} {
		if _, err := compact([]byte(junk)); err == nil {
			t.Errorf("%q is taken for a program", junk)
		}
	}
	for _, n := range []int{0, 1, -1, 63, 64, -64, -65, 1 << 20, -(1 << 20), 1<<31 - 1} {
		r := wasmReader{appendSigned(nil, n), nil}
		if got := r.signed(); got != n || len(r.rest) > 0 || r.err != nil {
			t.Errorf("%d comes back as %d (%v)", n, got, r.err)
		}
	}
}
