// Package metrics exports metrics of the native program for Prometheus.
package metrics

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"backupcheck/cmd/backupcheck/internal/version"
	"backupcheck/status"
	"backupcheck/status/api"
	"backupcheck/status/respond"
	"backupcheck/status/webhook"
)

// Metrics holds the program's metrics and serves them at /metrics.
type Metrics struct {
	registry *prometheus.Registry
	readings *prometheus.CounterVec
	posts    *prometheus.CounterVec
	http.Handler
}

// New returns metrics with the program's version, its Go runtime and process.
func New() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		readings: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "backupcheck_readings_total", Help: "Readings of Apple's status, by result.",
		}, []string{"result"}),
		posts: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "backupcheck_webhook_posts_total", Help: "Attempts to post to the webhook, by result.",
		}, []string{"result"}),
	}
	for _, result := range []string{"ok", "failed"} { // exported as 0 from the start
		m.readings.WithLabelValues(result)
		m.posts.WithLabelValues(result)
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "backupcheck_build_info", Help: "Always 1; the label is the version.",
		ConstLabels: prometheus.Labels{"version": version.Program()},
	})
	build.Set(1)
	m.registry.MustRegister(m.readings, m.posts, build, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m.Handler = respond.ReadOnly(withHeaders(promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{DisableCompression: true})))
	return m
}

// withHeaders returns a handler whose responses have the headers of all endpoints.
func withHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var answer respond.Buffer
		next.ServeHTTP(&answer, r)
		answer.Header().Set("Cache-Control", "private, max-age=0")
		answer.Header().Set("Content-Location", "/metrics")
		answer.Header().Set("Access-Control-Allow-Origin", "*")
		answer.Header().Set("Access-Control-Expose-Headers", "ETag")
		respond.Body{Header: answer.Header(), Bytes: answer.Bytes(), Code: answer.Code()}.Serve(w, r)
	})
}

// CountReadings returns a source that reads from source and counts the readings.
func (m *Metrics) CountReadings(source status.Source) status.Source {
	return countedSource{source, m.readings}
}

type countedSource struct {
	source   status.Source
	readings *prometheus.CounterVec
}

func (c countedSource) Read(ctx context.Context) (status.Report, error) {
	report, err := c.source.Read(ctx)
	result := "ok"
	if err != nil {
		result = "failed"
	}
	c.readings.WithLabelValues(result).Inc()
	return report, err
}

// AddStatus adds the gauges of a source, which are read at each scrape.
func (m *Metrics) AddStatus(source api.Source) { m.registry.MustRegister(statusCollector{source}) }

// statusCollector collects the gauges of package api. It describes none: their
// names depend on what there is.
type statusCollector struct{ source api.Source }

// Describe implements prometheus.Collector.
func (c statusCollector) Describe(chan<- *prometheus.Desc) {}

// Collect implements prometheus.Collector.
func (c statusCollector) Collect(collected chan<- prometheus.Metric) {
	// Prometheus cancels a scrape after 10 s, and the other metrics would be lost.
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	for _, metric := range c.source.Gauges(c.source.Condition(ctx), c.source.Verdict()) {
		for _, value := range metric.Values {
			var names, values []string
			for i := 0; i < len(value.Labels); i += 2 {
				names, values = append(names, value.Labels[i]), append(values, value.Labels[i+1])
			}
			desc := prometheus.NewDesc(metric.Name, metric.Help, names, nil)
			collected <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, value.Value, values...)
		}
	}
}

// CountPosts returns a client that posts by client and counts the posts.
func (m *Metrics) CountPosts(client webhook.Doer) webhook.Doer { return countedPosts{client, m.posts} }

type countedPosts struct {
	client webhook.Doer
	posts  *prometheus.CounterVec
}

func (c countedPosts) Do(req *http.Request) (*http.Response, error) {
	res, err := c.client.Do(req)
	result := "ok"
	if err != nil || res.StatusCode < 200 || res.StatusCode > 299 {
		result = "failed"
	}
	c.posts.WithLabelValues(result).Inc()
	return res, err
}

// otherPath is the label of unknown paths, of which there is no limit.
const otherPath = "other"

// Requests returns a handler that counts and times the requests to next. The
// files below /assets are counted together. It must be called only once.
func (m *Metrics) Requests(source api.Source, next http.Handler) http.Handler {
	counter := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "backupcheck_http_requests_total", Help: "Answered requests, by path and status code.",
	}, []string{"path", "code"})
	duration := prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "backupcheck_http_request_duration_seconds", Help: "Time to answer a request.",
		Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, 1, 5, 10},
	}, nil)
	inFlight := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "backupcheck_http_requests_in_flight", Help: "Requests being answered, including this one.",
	})
	m.registry.MustRegister(counter, duration, inFlight)
	paths := append(slices.Collect(maps.Keys(api.Routes(source))),
		"/", "/widget", "/widget/messages", "/oembed", "/embed.js", "/assets", "/probe", "/metrics", otherPath)
	counted := map[string]http.Handler{}
	for _, path := range paths {
		counted[path] = promhttp.InstrumentHandlerCounter(counter.MustCurryWith(prometheus.Labels{"path": path}), next)
	}
	byPath := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path := r.URL.Path
		if strings.HasPrefix(path, "/assets/") {
			path = "/assets"
		}
		handler, known := counted[path]
		if !known {
			handler = counted[otherPath]
		}
		handler.ServeHTTP(w, r)
	})
	return promhttp.InstrumentHandlerInFlight(inFlight, promhttp.InstrumentHandlerDuration(duration, byPath))
}
