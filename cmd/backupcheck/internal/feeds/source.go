// Package feeds reads copies of Apple's status feed: one from a file, standard
// input or a URL, or recordings from many files with the times of recording.
package feeds

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"os"

	"backupcheck/status"
	"backupcheck/status/apple"
)

// Source reads a given feed, or Apple's page and feed if none is given. It
// implements status.Source.
type Source struct {
	apple.Reader
	Feed  string    // a file, a URL, or "-" for Stdin; if empty, Apple is read
	Stdin io.Reader // standard input
}

func (s Source) Read(ctx context.Context) (status.Report, error) {
	if s.Feed == "" {
		return s.Reader.Read(ctx)
	}
	data, err := s.content(ctx)
	if err != nil {
		return status.Report{}, err
	}
	feed, err := apple.ParseFeed(data)
	if err != nil {
		return status.Report{}, fmt.Errorf("%s: %w", s.Feed, err)
	}
	return apple.NewReport(feed, s.Service, s.Now()), nil
}

func (s Source) content(ctx context.Context) ([]byte, error) {
	if u, err := url.Parse(s.Feed); err == nil && (u.Scheme == "http" || u.Scheme == "https") {
		return s.Get(ctx, u)
	}
	if s.Feed == "-" {
		return readAll(s.Feed, s.Stdin)
	}
	return readFile(s.Feed)
}

func readFile(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return readAll(path, file)
}

// readAll returns an error for more than apple.MaxBytes.
func readAll(name string, in io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(in, apple.MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	if len(data) > apple.MaxBytes {
		return nil, fmt.Errorf("%s is larger than %d bytes", name, apple.MaxBytes)
	}
	return data, nil
}
