package compact

import "encoding/binary"

// The layout of Go's table of functions ("pclntab") as Go 1.20 to 1.26 write
// it for 64-bit pointers; see runtime.pcHeader and runtime._func. The layout is
// private to the Go version, so a table that differs in any way is left unchanged.
const (
	tableMagic    = "\xf1\xff\xff\xff\x00\x00\x01\x08"
	headerSize    = 72
	funcSize      = 44 // without the offsets that follow it
	funcStack     = 16 // _func.pcsp
	funcFile      = 20 // _func.pcfile
	funcLine      = 24 // _func.pcln
	funcTables    = 28 // _func.npcdata
	funcUnit      = 32 // _func.cuOffset
	funcStartLine = 36 // _func.startLine
)

// clearLines clears the tables of lines and files in a Go program's memory and
// reports whether it found them. The tables for the garbage collector and for
// panics are preserved: stack sizes, stack maps, function names.
func clearLines(image []byte) bool {
	at, ok := findTable(image)
	if !ok {
		return false
	}
	table := image[at:]
	field := func(n int) int { return int(binary.LittleEndian.Uint64(table[8*n:])) }
	functions, units, values, list := field(1), field(5), field(7), field(8)
	word := func(at int) []byte { return table[list+at:][:4] }
	get := func(at int) int { return int(binary.LittleEndian.Uint32(word(at))) }

	// Equal tables of values are stored once, so a table of lines can be one of
	// stack sizes as well. Mark the bytes that other tables use.
	used := make([]bool, list-values)
	used[0] = true
	for i := range functions {
		f := get(8*i + 4)
		offsets := []int{get(f + funcStack)}
		for k := range get(f + funcTables) {
			offsets = append(offsets, get(f+funcSize+4*k))
		}
		for _, offset := range offsets {
			if offset != 0 && !mark(table[values:list], used, offset) {
				return false
			}
		}
	}
	for i := range functions {
		f := get(8*i + 4)
		for _, offset := range []int{funcFile, funcLine, funcUnit, funcStartLine} {
			clear(word(f + offset))
		}
	}
	clear(table[units:values]) // file numbers and names
	for i, inUse := range used {
		if !inUse {
			table[values+i] = 0
		}
	}
	return true
}

// findTable finds the table of functions. It returns false if there is none, or
// more than one candidate.
func findTable(image []byte) (at int, ok bool) {
	for i := 0; i+headerSize < len(image); i += 8 {
		if string(image[i:i+8]) != tableMagic || !plausible(image[i:]) {
			continue
		}
		if ok {
			return 0, false
		}
		at, ok = i, true
	}
	return at, ok
}

// plausible reports whether the parts of a table are in order and within its
// bounds, with functions that point to its values.
func plausible(table []byte) bool {
	field := func(n int) uint64 { return binary.LittleEndian.Uint64(table[8*n:]) }
	functions, previous := field(1), uint64(headerSize)
	for n := 4; n <= 8; n++ {
		if field(n) < previous || field(n) > uint64(len(table)) {
			return false
		}
		previous = field(n)
	}
	list := table[field(8):]
	if functions == 0 || functions > uint64(len(list))/8 {
		return false
	}
	values := field(8) - field(7)
	for i := range functions {
		f := uint64(binary.LittleEndian.Uint32(list[8*i+4:]))
		if f+funcSize > uint64(len(list)) {
			return false
		}
		tables := uint64(binary.LittleEndian.Uint32(list[f+funcTables:]))
		if tables > 16 || f+funcSize+4*tables > uint64(len(list)) {
			return false
		}
		for _, at := range []uint64{funcStack, funcFile, funcLine} {
			if uint64(binary.LittleEndian.Uint32(list[f+at:])) >= values {
				return false
			}
		}
	}
	return true
}

// mark marks the bytes of the table of values at an offset: pairs of varints, a
// delta of the value and one of the address, ended by a value delta of zero that
// isn't the first. It returns false if there is no such table.
func mark(values []byte, used []bool, offset int) bool {
	for at, first := offset, true; at < len(values); first = false {
		delta, size := binary.Uvarint(values[at:])
		if size <= 0 {
			return false
		}
		end := at + size
		if delta != 0 || first {
			_, size = binary.Uvarint(values[end:])
			if size <= 0 {
				return false
			}
			end += size
		}
		for i := at; i < end; i++ {
			used[i] = true
		}
		if delta == 0 && !first {
			return true
		}
		at = end
	}
	return false
}
