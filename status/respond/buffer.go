package respond

import (
	"bytes"
	"net/http"
)

// Buffer is an http.ResponseWriter that holds a response in memory.
type Buffer struct {
	bytes.Buffer
	header http.Header
	code   int
}

// Header returns the headers of the response.
func (b *Buffer) Header() http.Header {
	if b.header == nil {
		b.header = http.Header{}
	}
	return b.header
}

// WriteHeader sets the status code; the first one counts.
func (b *Buffer) WriteHeader(code int) {
	if b.code == 0 {
		b.code = code
	}
}

// Code returns the status code.
func (b *Buffer) Code() int {
	if b.code == 0 {
		return http.StatusOK
	}
	return b.code
}
