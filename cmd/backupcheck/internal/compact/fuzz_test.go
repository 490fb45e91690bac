package compact

import (
	"bytes"
	"encoding/binary"
	"slices"
	"testing"
)

// FuzzDropLines reads arbitrary Wasm. Its output must be readable, with the same
// memory except for Go's tables of lines.
func FuzzDropLines(f *testing.F) {
	module := func(data []byte) []byte {
		return append([]byte("\x00asm\x01\x00\x00\x00"), append(binary.AppendUvarint([]byte{dataSection}, uint64(len(data))), data...)...)
	}
	f.Add([]byte("\x00asm\x01\x00\x00\x00"))
	f.Add(module(writeSegments(nil)))
	f.Add(module(writeSegments([]segment{{0, []byte("hello")}, {5000, []byte{0, 0, 1}}})))
	f.Add(module(writeSegments([]segment{{maxImage - 1, []byte{1}}})))
	f.Add(module([]byte{0xff, 0xff, 0xff, 0xff, 0x07, 0, 0x41, 0x7f, 0x0b, 1, 1}))
	f.Add(module(writeSegments([]segment{{0, append([]byte(tableMagic), make([]byte, 200)...)}})))
	f.Fuzz(func(t *testing.T, wasm []byte) {
		out, err := DropLines(wasm)
		if err != nil {
			return
		}
		before, after := imageOf(t, wasm), imageOf(t, out)
		if !clearLines(before) && !bytes.Equal(bytes.TrimRight(before, "\x00"), bytes.TrimRight(after, "\x00")) {
			t.Fatalf("the memory is %x, want %x", after, before)
		}
	})
}

// FuzzClearLines reads arbitrary memory as a table of functions.
func FuzzClearLines(f *testing.F) {
	table := make([]byte, 400)
	copy(table, tableMagic)
	for n, value := range map[int]uint64{1: 1, 4: 72, 5: 80, 6: 90, 7: 100, 8: 200} {
		binary.LittleEndian.PutUint64(table[8*n:], value)
	}
	binary.LittleEndian.PutUint32(table[204:], 16)
	f.Add(table)
	f.Add([]byte(tableMagic))
	f.Fuzz(func(t *testing.T, image []byte) {
		if before := slices.Clone(image); !clearLines(image) && !bytes.Equal(image, before) {
			t.Fatal("a table of unknown layout has been changed")
		}
	})
}
