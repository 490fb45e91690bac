package compact

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

// IDs of sections.
const (
	customSection = 0
	dataSection   = 11
)

type section struct {
	id   byte
	body []byte
}

func splitSections(wasm []byte) ([]section, error) {
	if !bytes.HasPrefix(wasm, []byte("\x00asm\x01\x00\x00\x00")) {
		return nil, errors.New("the file is not Wasm")
	}
	var sections []section
	r := reader{wasm[8:], nil}
	for len(r.rest) > 0 && r.err == nil {
		id := r.bytes(1)
		body := r.bytes(r.number())
		if r.err == nil && id[0] != customSection { // names and build ID
			sections = append(sections, section{id[0], body})
		}
	}
	return sections, r.err
}

// segment is a part of a program's initial memory.
type segment struct {
	offset int
	data   []byte
}

func readSegments(body []byte) ([]segment, error) {
	r := reader{body, nil}
	var segments []segment
	for range r.number() {
		// Memory 0 at a constant offset (i32.const).
		if head := r.bytes(2); r.err == nil && (head[0] != 0 || head[1] != 0x41) {
			return nil, errors.New("the Wasm has a data segment of a kind that Go's linker doesn't write")
		}
		offset := r.signed()
		if end := r.bytes(1); r.err == nil && end[0] != 0x0b {
			return nil, errors.New("the Wasm has a data segment whose offset isn't constant")
		}
		data := r.bytes(r.number())
		if r.err != nil {
			break
		}
		if offset < 0 || offset+len(data) > maxImage {
			return nil, fmt.Errorf("the Wasm has a data segment at offset %d", offset)
		}
		segments = append(segments, segment{offset, data})
	}
	return segments, r.err
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

// reader reads the numbers and bytes of a Wasm file. After the first error it
// returns zero values.
type reader struct {
	rest []byte
	err  error
}

func (r *reader) bytes(n int) []byte {
	if r.err == nil && (n < 0 || n > len(r.rest)) {
		r.err = errors.New("the Wasm is truncated")
	}
	if r.err != nil {
		return nil
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

// number reads an unsigned LEB128 number of up to 31 bits.
func (r *reader) number() int {
	n, size := binary.Uvarint(r.rest)
	if size <= 0 || n > 1<<31 {
		r.err = errors.Join(r.err, errors.New("the Wasm has an invalid number"))
		return 0
	}
	r.bytes(size)
	return int(n)
}

// signed reads a signed LEB128 number of up to 35 bits.
func (r *reader) signed() int {
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
	r.err = errors.New("the Wasm has an invalid number")
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
