// Package apple reads Apple's System Status: the page that people see, and
// the data that the page shows.
package apple

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"backupcheck/status"
)

const (
	// Origin is where Apple's System Status is.
	Origin = "https://www.apple.com"
	// TimeLimit is the longest that one answer of Apple's is waited for. The
	// Doer applies it: what runs at the edge must not use Go's timers.
	TimeLimit = 6 * time.Second
	// MaxBytes is the largest answer that is read.
	MaxBytes = 5 << 20
	// UserAgent is what Apple is told by default. Apple refuses some.
	UserAgent = "BackupCheck/1.0 (reads System Status once a minute for iCloud Backup)"

	pagePath     = "/support/systemstatus/"
	feedPath     = dataPath + "system_status_en_US.js"
	maxRedirects = 3
)

// Doer is the part of http.Client that reading needs. It does not follow
// redirects and gives up after TimeLimit.
type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

// Reader reads Apple's status. It implements status.Source.
type Reader struct {
	Doer      Doer
	Origin    string           // Origin if empty; nothing else is ever fetched from
	UserAgent string           // UserAgent if empty
	Service   string           // status.ServiceName if empty
	Now       func() time.Time // time.Now if nil
}

// Read fetches page and data side by side and reads both. Where they disagree
// the worse one counts. The page alone can raise the alarm but never give the
// all-clear: its HTML may show lights before a script has set them.
//
// Read returns an error if neither says anything of the service.
func (r Reader) Read(ctx context.Context) (status.Report, error) {
	service := r.Service
	if service == "" {
		service = status.ServiceName
	}
	origin, err := r.origin()
	if err != nil {
		return status.Report{}, err
	}
	type pageResult struct {
		page Page
		err  error
	}
	pages := make(chan pageResult, 1)
	go func() {
		page, err := r.page(ctx, origin)
		pages <- pageResult{page, err}
	}()
	feed, feedErr := r.feed(ctx, origin.JoinPath(feedPath))
	seen := <-pages
	if named := seen.page.FeedURL; named != nil && named.Path != feedPath {
		// The page knows better than this program where its data is, if what
		// stands there has the row.
		if other, err := r.feed(ctx, named); err == nil {
			if _, listed := other.Row(service); listed {
				feed, feedErr = other, nil
			}
		}
	}
	report := NewReport(feed, service, r.now())
	report.Service.Light = seen.page.Light(service)
	for i := range report.Related {
		report.Related[i].Light = seen.page.Light(report.Related[i].Name)
	}
	if feedErr == nil {
		return report, nil
	}
	if !report.Service.Light.Down() {
		return status.Report{}, errors.Join(feedErr, seen.err)
	}
	report.Service.Gap = "Apple's data couldn't be read."
	return report, nil
}

// NewReport makes a report of a feed, as of the time at which it was read.
func NewReport(feed Feed, service string, at time.Time) status.Report {
	report := status.Report{CheckedAt: at.UTC()}
	report.Service, _ = feed.Row(service)
	for _, related := range status.RelatedNames() {
		row, _ := feed.Row(related)
		report.Related = append(report.Related, row)
	}
	return report
}

func (r Reader) now() time.Time {
	if r.Now == nil {
		return time.Now()
	}
	return r.Now()
}

// CheckOrigin returns an error that says what is wrong with an origin to read
// from; nil if nothing is.
func CheckOrigin(origin string) error {
	_, err := Reader{Origin: origin}.origin()
	return err
}

func (r Reader) origin() (*url.URL, error) {
	address := r.Origin
	if address == "" {
		address = Origin
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return nil, fmt.Errorf("%q is no origin to read Apple's status from: it needs the form %s", address, Origin)
	}
	return &url.URL{Scheme: u.Scheme, Host: u.Host}, nil
}

func (r Reader) page(ctx context.Context, origin *url.URL) (Page, error) {
	address := origin.JoinPath(pagePath)
	data, err := r.Get(ctx, address)
	if err != nil {
		return Page{}, fmt.Errorf("reading Apple's page: %w", err)
	}
	return ParsePage(data, address)
}

// feed fetches the data past caches, in the way that Apple's own page does.
func (r Reader) feed(ctx context.Context, address *url.URL) (Feed, error) {
	fresh := *address
	fresh.RawQuery = "_=" + strconv.FormatInt(r.now().UnixMilli(), 10)
	address = &fresh
	data, err := r.Get(ctx, address)
	if err != nil {
		return Feed{}, fmt.Errorf("reading Apple's data: %w", err)
	}
	feed, err := ParseFeed(data)
	if err != nil {
		return Feed{}, fmt.Errorf("reading Apple's data: %w", err)
	}
	return feed, nil
}

// Get fetches an address and follows redirects as long as they stay on its
// origin.
func (r Reader) Get(ctx context.Context, address *url.URL) ([]byte, error) {
	for range maxRedirects + 1 {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, address.String(), nil)
		if err != nil {
			return nil, err
		}
		agent := r.UserAgent
		if agent == "" {
			agent = UserAgent
		}
		req.Header.Set("User-Agent", agent)
		req.Header.Set("Accept-Language", "en-US")
		res, err := r.Doer.Do(req)
		if err != nil {
			return nil, err
		}
		if res.StatusCode < 300 || res.StatusCode > 399 {
			return r.body(res, address)
		}
		res.Body.Close()
		next, err := address.Parse(res.Header.Get("Location"))
		if err != nil || next.Scheme != address.Scheme || next.Host != address.Host {
			return nil, fmt.Errorf("%s redirects to another origin, which isn't followed", address)
		}
		address = next
	}
	return nil, fmt.Errorf("%s is redirected more than %d times", address, maxRedirects)
}

func (r Reader) body(res *http.Response, address *url.URL) ([]byte, error) {
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		err := fmt.Errorf("%s answers %d", address, res.StatusCode)
		if after := retryAfter(res.Header.Get("Retry-After"), r.now()); after > 0 {
			return nil, busyError{err, after}
		}
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(res.Body, MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("%s breaks off: %w", address, err)
	}
	if len(data) > MaxBytes {
		return nil, fmt.Errorf("%s answers more than %d bytes", address, MaxBytes)
	}
	return data, nil
}

// busyError is the error of an answer that asks not to come back for a while.
type busyError struct {
	error
	after time.Duration
}

// RetryAfter is the while, for status.Monitor.
func (e busyError) RetryAfter() time.Duration { return e.after }

// retryAfter reads the header of this name, a number of seconds or a date. It
// is zero if there is none to be read.
func retryAfter(header string, now time.Time) time.Duration {
	if seconds, err := strconv.ParseUint(header, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	}
	if at, err := http.ParseTime(header); err == nil {
		return at.Sub(now)
	}
	return 0
}
