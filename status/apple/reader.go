// Package apple reads Apple's System Status: the page, and the data that the
// page shows.
package apple

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"backupcheck/status"
)

const (
	// Origin is the origin of Apple's System Status.
	Origin = "https://www.apple.com"
	// TimeLimit is the time limit for a reading: page, data, and every redirect of
	// them. The Doer applies it, since code at the edge must not use Go's timers.
	TimeLimit = 6 * time.Second
	// MaxBytes is the maximum size of a response's body.
	MaxBytes = 5 << 20
	// maxPageBytes is the maximum size of the page, which has some 100 KB.
	maxPageBytes = 1 << 20
	// UserAgent is the default. Apple rejects some user agents.
	UserAgent = "BackupCheck/1.0 (reads System Status once a minute for iCloud Backup)"

	pagePath     = "/support/systemstatus/"
	feedPath     = dataPath + "system_status_en_US.js"
	maxRedirects = 3
)

// Doer is the part of http.Client that Reader needs. It must not follow
// redirects, and must end a request, with the body of its response, at the
// Deadline of the request's context.
type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

// Reader reads Apple's status. It implements status.Source.
type Reader struct {
	Doer      Doer
	Origin    string           // Origin if empty; the only origin that is fetched from
	UserAgent string           // UserAgent if empty
	Service   string           // status.ServiceName if empty
	Now       func() time.Time // time.Now if nil
	Limit     time.Duration    // TimeLimit if zero
}

// Read fetches and parses page and data concurrently. If they disagree the worse
// level counts. If only the page can be read, it can report a problem but not
// that there is none: its HTML may have lights before a script has set them.
//
// Read returns an error if neither reports a level of the service.
func (r Reader) Read(ctx context.Context) (status.Report, error) {
	service := r.Service
	if service == "" {
		service = status.ServiceName
	}
	origin, err := r.origin()
	if err != nil {
		return status.Report{}, err
	}
	ctx = r.limited(ctx)
	at := r.now() // the beginning, so that a slow reading doesn't seem newer than it is
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
	asked := askedFor(feedErr)
	result := <-pages
	if address := result.page.FeedURL; address != nil && address.Path != feedPath {
		// Apple has moved the data, if the other feed has the row.
		other, err := r.feed(ctx, address)
		asked = max(asked, askedFor(err))
		if err == nil && other.Lists(service) {
			feed, feedErr = other, nil
		}
	}
	asked = max(asked, askedFor(result.err))
	report := NewReport(feed, service, at)
	if asked > 0 {
		report.RetryAfter = asked + max(r.now().Sub(at), 0)
	}
	report.Service.Light = result.page.Light(service)
	for i := range report.Related {
		report.Related[i].Light = result.page.Light(report.Related[i].Name)
	}
	if feedErr == nil {
		return report, nil
	}
	if !report.Service.Light.Down() {
		if err = errors.Join(feedErr, result.err); asked > 0 {
			err = busyError{err, asked}
		}
		return status.Report{}, err
	}
	report.Service.Gap = "Apple's data couldn't be read."
	return report, nil
}

// NewReport returns the report of a feed that was read at a time.
func NewReport(feed Feed, service string, at time.Time) status.Report {
	report := status.Report{CheckedAt: at.UTC()}
	if feed.truncated {
		report.Truncated = append(report.Truncated, fmt.Sprintf("services after the first %d", maxServices))
	}
	row := func(name string) status.Row {
		row, cut := feed.row(name, at)
		report.Truncated = append(report.Truncated, cut...)
		return row
	}
	report.Service = row(service)
	for _, related := range status.RelatedNames() {
		report.Related = append(report.Related, row(related))
	}
	slices.Sort(report.Truncated)
	report.Truncated = slices.Compact(report.Truncated)
	return report
}

func (r Reader) now() time.Time {
	if r.Now == nil {
		return time.Now()
	}
	return r.Now()
}

// CheckOrigin returns an error if an origin to read from is invalid.
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
		return nil, fmt.Errorf("%q is not an origin to read Apple's status from; it needs the form %s", address, Origin)
	}
	return &url.URL{Scheme: u.Scheme, Host: u.Host}, nil
}

func (r Reader) page(ctx context.Context, origin *url.URL) (Page, error) {
	address := origin.JoinPath(pagePath)
	data, err := r.Get(ctx, address)
	if err != nil {
		return Page{}, fmt.Errorf("reading Apple's page: %w", err)
	}
	if len(data) > maxPageBytes {
		return Page{}, fmt.Errorf("reading Apple's page: it has more than %d bytes", maxPageBytes)
	}
	return ParsePage(data, address)
}

// feed fetches the data and bypasses caches by a query, as Apple's page does.
func (r Reader) feed(ctx context.Context, address *url.URL) (Feed, error) {
	uncached := *address
	uncached.RawQuery = "_=" + strconv.FormatInt(r.now().UnixMilli(), 10)
	data, err := r.Get(ctx, &uncached)
	if err != nil {
		return Feed{}, fmt.Errorf("reading Apple's data: %w", err)
	}
	feed, err := ParseFeed(data)
	if err != nil {
		return Feed{}, fmt.Errorf("reading Apple's data: %w", err)
	}
	return feed, nil
}

// deadlineKey is the key of a Deadline. It isn't the deadline of a context of
// package context, which has a timer.
type deadlineKey struct{}

// Deadline returns when a request with this context must end.
func Deadline(ctx context.Context) (time.Time, bool) {
	end, ok := ctx.Value(deadlineKey{}).(time.Time)
	return end, ok
}

// limited returns a context with the Deadline of a reading that begins now, if
// ctx has none.
func (r Reader) limited(ctx context.Context) context.Context {
	if _, ok := Deadline(ctx); ok {
		return ctx
	}
	limit := r.Limit
	if limit == 0 {
		limit = TimeLimit
	}
	return context.WithValue(ctx, deadlineKey{}, time.Now().Add(limit))
}

// Get fetches an address, and follows redirects to the same origin.
func (r Reader) Get(ctx context.Context, address *url.URL) ([]byte, error) {
	ctx = r.limited(ctx)
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
		// A redirect with Retry-After is to be followed later (RFC 9110, 10.2.3).
		if res.StatusCode < 300 || res.StatusCode > 399 || retryAfter(res.Header.Get("Retry-After"), r.now()) > 0 {
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

// busyError is the error of a response with a Retry-After header.
type busyError struct {
	error
	after time.Duration
}

// RetryAfter returns the header's duration, for status.Monitor.
func (e busyError) RetryAfter() time.Duration { return e.after }

func (e busyError) Unwrap() error { return e.error }

// askedFor returns the duration that the Retry-After header of a failed request
// asked for; zero if there was none.
func askedFor(err error) time.Duration {
	var busy busyError
	errors.As(err, &busy)
	return busy.after
}

// retryAfter parses the Retry-After header, a number of seconds or a date. It
// returns zero if the header is missing or invalid.
func retryAfter(header string, now time.Time) time.Duration {
	if seconds, err := strconv.ParseUint(header, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	}
	if at, err := http.ParseTime(header); err == nil {
		return at.Sub(now)
	}
	return 0
}
