package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// compact makes a Go program's Wasm compress better without changing what it
// does. The linker leaves out every eight zero bytes and so cuts the data into
// tens of thousands of segments; one image of it compresses better, though it
// is larger. And the tables that lead from an address to a line of source are
// emptied: a traceback then names functions, without files and lines.
func compact(wasm []byte) ([]byte, error) {
	sections, err := splitWasm(wasm)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(sections, func(s section) bool { return s.id == dataSection })
	if at < 0 {
		return nil, errors.New("the Wasm has no data")
	}
	segments, err := readSegments(sections[at].body)
	if err != nil {
		return nil, err
	}
	image := flatten(segments)
	forgetLines(image)
	sections[at].body = writeSegments(cut(image))

	out := slices.Clone(wasm[:8]) // magic and version
	for _, s := range sections {
		out = append(out, s.id)
		out = binary.AppendUvarint(out, uint64(len(s.body)))
		out = append(out, s.body...)
	}
	return out, nil
}

const (
	customSection = 0
	dataSection   = 11
	// maxImage is the largest memory that a program's data may cover, in
	// bytes.
	maxImage = 64 << 20
	// gap is the number of zero bytes between two segments from which on they
	// stay apart: fewer weigh less than another segment does.
	gap = 4096
)

type section struct {
	id   byte
	body []byte
}

func splitWasm(wasm []byte) ([]section, error) {
	if !bytes.HasPrefix(wasm, []byte("\x00asm\x01\x00\x00\x00")) {
		return nil, errors.New("this is no Wasm")
	}
	var sections []section
	r := wasmReader{wasm[8:], nil}
	for len(r.rest) > 0 && r.err == nil {
		id := r.bytes(1)
		body := r.bytes(r.number())
		if r.err == nil && id[0] != customSection { // names and the build's number
			sections = append(sections, section{id[0], body})
		}
	}
	return sections, r.err
}

// segment is a piece of the memory that a program begins with.
type segment struct {
	offset int
	data   []byte
}

func readSegments(body []byte) ([]segment, error) {
	r := wasmReader{body, nil}
	var segments []segment
	for range r.number() {
		// In the first memory, at a constant offset.
		if head := r.bytes(2); r.err == nil && (head[0] != 0 || head[1] != 0x41) {
			return nil, errors.New("the Wasm has data of a kind that Go's linker doesn't write")
		}
		offset := r.signed()
		if end := r.bytes(1); r.err == nil && end[0] != 0x0b {
			return nil, errors.New("the Wasm has data at an offset that isn't constant")
		}
		data := r.bytes(r.number())
		if r.err != nil {
			break
		}
		if offset < 0 || offset+len(data) > maxImage {
			return nil, fmt.Errorf("the Wasm has data at %d", offset)
		}
		segments = append(segments, segment{offset, data})
	}
	return segments, r.err
}

// flatten returns the memory that the segments make.
func flatten(segments []segment) []byte {
	size := 0
	for _, s := range segments {
		size = max(size, s.offset+len(s.data))
	}
	image := make([]byte, size)
	for _, s := range segments {
		copy(image[s.offset:], s.data)
	}
	return image
}

// cut returns the segments that make a memory, without long runs of zeros.
func cut(image []byte) []segment {
	var segments []segment
	for at := 0; at < len(image); {
		if image[at] == 0 {
			at++
			continue
		}
		end, zeros := at, 0
		for i := at; i < len(image) && zeros < gap; i++ {
			if image[i] == 0 {
				zeros++
			} else {
				end, zeros = i+1, 0
			}
		}
		segments = append(segments, segment{at, image[at:end]})
		at = end
	}
	return segments
}

func writeSegments(segments []segment) []byte {
	out := binary.AppendUvarint(nil, uint64(len(segments)))
	for _, s := range segments {
		out = append(out, 0, 0x41)
		out = appendSigned(out, s.offset)
		out = append(out, 0x0b)
		out = binary.AppendUvarint(out, uint64(len(s.data)))
		out = append(out, s.data...)
	}
	return out
}

// wasmReader reads the numbers and bytes that Wasm is made of. After the first
// error it reads nothing.
type wasmReader struct {
	rest []byte
	err  error
}

func (r *wasmReader) bytes(n int) []byte {
	if r.err == nil && (n < 0 || n > len(r.rest)) {
		r.err = errors.New("the Wasm breaks off")
	}
	if r.err != nil {
		return nil
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

func (r *wasmReader) number() int {
	n, size := binary.Uvarint(r.rest)
	if size <= 0 || n > 1<<31 {
		r.err = errors.Join(r.err, errors.New("the Wasm has a number that can't be read"))
		return 0
	}
	r.bytes(size)
	return int(n)
}

// signed reads a signed number: seven bits a byte, the sign in the last one.
func (r *wasmReader) signed() int {
	n := 0
	for shift := 0; shift < 35; shift += 7 {
		b := r.bytes(1)
		if r.err != nil {
			return 0
		}
		n |= int(b[0]&0x7f) << shift
		if b[0]&0x80 == 0 {
			if b[0]&0x40 != 0 {
				n -= 1 << (shift + 7)
			}
			return n
		}
	}
	r.err = errors.New("the Wasm has a number that can't be read")
	return 0
}

func appendSigned(out []byte, n int) []byte {
	for {
		b := byte(n & 0x7f)
		n >>= 7
		if n == 0 && b&0x40 == 0 || n == -1 && b&0x40 != 0 {
			return append(out, b)
		}
		out = append(out, b|0x80)
	}
}
