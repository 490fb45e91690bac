package bundle

import (
	"net/http"

	"backupcheck/status/respond"
)

// File is a static file. It implements http.Handler.
type File struct {
	ContentType, CacheControl string
	Body                      []byte
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
	respond.Body{Header: f.Header(), Bytes: f.Body}.Serve(w, r)
}
