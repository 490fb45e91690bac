package main

import "encoding/binary"

// The layout of Go's table of functions ("pclntab") as Go 1.20 to 1.26 write
// it for 64-bit pointers; see runtime.pcHeader and runtime._func. It is private
// to each version, so a table that differs in any point is left alone.
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

// forgetLines empties the tables of lines and files in a Go program's memory.
// What the garbage collector and panics need of the tables stays: stack sizes,
// stack maps, names of functions. It reports whether it did.
func forgetLines(image []byte) bool {
	at, ok := findTable(image)
	if !ok {
		return false
	}
	table := image[at:]
	field := func(n int) int { return int(binary.LittleEndian.Uint64(table[8*n:])) }
	functions, units, values, list := field(1), field(5), field(7), field(8)
	word := func(at int) []byte { return table[list+at:][:4] }
	get := func(at int) int { return int(binary.LittleEndian.Uint32(word(at))) }

	// The tables of values lie behind each other, and equal ones are one, so a
	// table of lines can be one of stack sizes as well. What stays is marked.
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
		for _, forgotten := range []int{funcFile, funcLine, funcUnit, funcStartLine} {
			clear(word(f + forgotten))
		}
	}
	clear(table[units:values]) // numbers and names of files
	for i, stays := range used {
		if !stays {
			table[values+i] = 0
		}
	}
	return true
}

// findTable finds the one table of functions.
func findTable(image []byte) (at int, ok bool) {
	for i := 0; i+headerSize < len(image); i += 8 {
		if string(image[i:i+8]) != tableMagic || !plausible(image[i:]) {
			continue
		}
		if ok {
			return 0, false // two: it can't be told which is the one
		}
		at, ok = i, true
	}
	return at, ok
}

// plausible reports whether a table's parts follow each other inside of it,
// with functions that point to its values.
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

// mark marks the bytes of the table of values at an offset: pairs of numbers,
// a change of the value and one of the address, until a change of zero that
// isn't the first. It returns false if there is no such table.
func mark(values []byte, used []bool, offset int) bool {
	for at, first := offset, true; at < len(values); first = false {
		change, size := binary.Uvarint(values[at:])
		if size <= 0 {
			return false
		}
		end := at + size
		if change != 0 || first {
			_, size = binary.Uvarint(values[end:])
			if size <= 0 {
				return false
			}
			end += size
		}
		for i := at; i < end; i++ {
			used[i] = true
		}
		if change == 0 && !first {
			return true
		}
		at = end
	}
	return false
}
