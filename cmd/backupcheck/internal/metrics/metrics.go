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
)

// Metrics holds the program's metrics and serves them at /metrics.
type Metrics struct {
	registry *prometheus.Registry
	readings *prometheus.CounterVec
	http.Handler
}

// New returns metrics with the program's version, its Go runtime and process.
func New() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		readings: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "backupcheck_readings_total", Help: "Readings of Apple's status, by result.",
		}, []string{"result"}),
	}
	for _, result := range []string{"ok", "failed"} {
		m.readings.WithLabelValues(result) // exported as 0 from the start
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "backupcheck_build_info", Help: "Always 1; the label is the version.",
		ConstLabels: prometheus.Labels{"version": version.Program()},
	})
	build.Set(1)
	m.registry.MustRegister(m.readings, build, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m.Handler = respond.ReadOnly(promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	return m
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

// AddStatus adds metrics of the monitor's verdict and of the newest reading in
// the history, which are read at each scrape.
func (m *Metrics) AddStatus(monitor *status.Monitor, history api.History) {
	m.registry.MustRegister(statusCollector{monitor.Verdict, history, time.Now})
}

type statusCollector struct {
	verdict func() status.Verdict
	history api.History
	now     func() time.Time
}

var (
	levelMetric = prometheus.NewDesc("backupcheck_level",
		"1 for the current level of the service, 0 for the others.", []string{"service", "level"}, nil)
	ageMetric = prometheus.NewDesc("backupcheck_reading_age_seconds",
		"Age of the last good reading of Apple's status; missing before the first.", nil, nil)
	readMetric = prometheus.NewDesc("backupcheck_reading_timestamp_seconds",
		"Time of the last good reading of Apple's status; missing before the first.", nil, nil)
	recordedMetric = prometheus.NewDesc("backupcheck_history_recorded_timestamp_seconds",
		"Time of the newest reading in the history; missing before the first, and if the database fails.", nil, nil)
)

// Describe implements prometheus.Collector.
func (c statusCollector) Describe(descs chan<- *prometheus.Desc) {
	for _, desc := range []*prometheus.Desc{levelMetric, ageMetric, readMetric, recordedMetric} {
		descs <- desc
	}
}

// Collect implements prometheus.Collector.
func (c statusCollector) Collect(collected chan<- prometheus.Metric) {
	gauge := func(desc *prometheus.Desc, value float64, labels ...string) {
		collected <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, value, labels...)
	}
	verdict := c.verdict()
	services := append([]status.Related{{Service: verdict.Service, Level: verdict.Level}}, verdict.Related...)
	for _, service := range services {
		for _, level := range []status.Level{status.Unknown, status.Operational, status.Maintenance, status.Degraded, status.Outage} {
			value := 0.0
			if level == service.Level {
				value = 1
			}
			gauge(levelMetric, value, service.Service, level.String())
		}
	}
	if at := verdict.CheckedAt; !at.IsZero() {
		gauge(ageMetric, c.now().Sub(at).Seconds())
		gauge(readMetric, float64(at.UnixMilli())/1000)
	}
	// Prometheus cancels a scrape after 10 s, and the other metrics would be lost.
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	if at, err := c.history.Latest(ctx); err == nil && !at.IsZero() {
		gauge(recordedMetric, float64(at.Unix()))
	}
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
