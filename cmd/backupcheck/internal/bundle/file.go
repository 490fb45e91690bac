package bundle

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"

	"backupcheck/status/respond"
)

// File is a static file. It implements http.Handler.
type File struct {
	ContentType, CacheControl string
	Body                      []byte
	// Brotli and Gzip are the compressed body; both are nil if it isn't compressed.
	Brotli, Gzip []byte
}

// Header returns the headers that the file is served with.
func (f File) Header() http.Header {
	header := http.Header{
		"Content-Type":                {f.ContentType},
		"Cache-Control":               {f.CacheControl},
		"Access-Control-Allow-Origin": {"*"},
	}
	respond.SecurityHeaders(header)
	return header
}

func (f File) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header, body := f.Header(), f.Body
	if f.Brotli != nil && f.Gzip != nil {
		header.Set("Vary", "Accept-Encoding")
		encoding := Accepted(r)
		switch encoding {
		case "br":
			body = f.Brotli
		case "gzip":
			body = f.Gzip
		}
		if encoding != "" {
			header.Set("Content-Encoding", encoding)
		}
	}
	respond.Body{Header: header, Bytes: body}.Serve(w, r)
}

// Accepted returns the encoding of a response to r: "br", "gzip", or "" if the
// client accepts neither.
func Accepted(r *http.Request) string {
	value := strings.Join(r.Header.Values("Accept-Encoding"), ",")
	for _, encoding := range []string{"br", "gzip"} {
		if accepts(value, encoding) {
			return encoding
		}
	}
	return ""
}

// accepts reports whether a value of Accept-Encoding names an encoding, or all of
// them, and doesn't exclude it.
func accepts(value, encoding string) bool {
	any := false
	for part := range strings.SplitSeq(value, ",") {
		name, parameters, _ := strings.Cut(part, ";")
		name = strings.ToLower(strings.TrimSpace(name))
		quality := 1.0
		if q, ok := strings.CutPrefix(strings.ReplaceAll(strings.ToLower(parameters), " ", ""), "q="); ok {
			var err error
			if quality, err = strconv.ParseFloat(q, 64); err != nil {
				quality = 0
			}
		}
		switch name {
		case encoding:
			return quality > 0
		case "*":
			any = quality > 0
		}
	}
	return any
}

// Compress adds the compressed bodies to all files. The levels are those of brotli
// and gzip, from fast to small.
func (a Assets) Compress(brotliLevel, gzipLevel int) {
	for path, f := range a.Files {
		f.Brotli, f.Gzip = Encode(f.Body, "br", brotliLevel), Encode(f.Body, "gzip", gzipLevel)
		a.Files[path] = f
	}
}

// Encode returns a body in an encoding, "br" or "gzip", at one of its levels.
func Encode(body []byte, encoding string, level int) []byte {
	var small bytes.Buffer
	var writer io.WriteCloser
	if encoding == "br" {
		writer = brotli.NewWriterLevel(&small, level)
	} else {
		zipper, err := gzip.NewWriterLevel(&small, level)
		if err != nil {
			panic(err) // there is no such level
		}
		writer = zipper
	}
	writer.Write(body) // a buffer takes everything
	writer.Close()
	return small.Bytes()
}
