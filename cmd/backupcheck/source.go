package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"net/url"
	"os"
	"time"

	"backupcheck/status"
	"backupcheck/status/apple"
)

// addAppleFlags adds the flags of every command that reads Apple.
func addAppleFlags(flags *flag.FlagSet, reader *apple.Reader) {
	flags.StringVar(&reader.Origin, "origin", apple.Origin, "read Apple's page and feed from this `origin`, such as one that replay prints")
	flags.StringVar(&reader.UserAgent, "user-agent", apple.UserAgent, "tell Apple this `name`")
}

// source reads a feed that is given, or else Apple. It implements
// status.Source.
type source struct {
	apple.Reader
	feed string    // a file, "-" for in, or a URL; empty: Apple
	in   io.Reader // standard input
}

func (s source) Read(ctx context.Context) (status.Report, error) {
	if s.feed == "" {
		return s.Reader.Read(ctx)
	}
	data, err := s.bytes(ctx)
	if err != nil {
		return status.Report{}, err
	}
	feed, err := apple.ParseFeed(data)
	if err != nil {
		return status.Report{}, fmt.Errorf("%s: %w", s.feed, err)
	}
	return apple.NewReport(feed, s.Service, s.Now()), nil
}

// bytes is the feed's content.
func (s source) bytes(ctx context.Context) ([]byte, error) {
	if u, err := url.Parse(s.feed); err == nil && (u.Scheme == "http" || u.Scheme == "https") {
		return s.Get(ctx, u)
	}
	if s.feed == "-" {
		return readAll(s.feed, s.in)
	}
	return readFile(s.feed)
}

func readFile(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return readAll(path, file)
}

// readAll reads no more than a feed may have.
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

// moment parses a flag's time (RFC 3339).
func moment(name, text string) (time.Time, error) {
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return at, fmt.Errorf("%s needs a time such as 2026-11-22T06:00:00Z, not %q", name, text)
	}
	return at, nil
}
