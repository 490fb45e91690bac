package main

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

	"backupcheck/status"
	"backupcheck/status/api"
	"backupcheck/status/respond"
)

// metrics are what Prometheus may ask for, in a registry of their own.
type metrics struct {
	registry *prometheus.Registry
	readings *prometheus.CounterVec
	http.Handler
}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		readings: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "backupcheck_readings_total", Help: "Readings of Apple's status, by how they ended.",
		}, []string{"result"}),
	}
	for _, result := range []string{"ok", "failed"} {
		m.readings.WithLabelValues(result) // told from the beginning, as 0
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "backupcheck_build_info", Help: "Always 1; the label tells the version.",
		ConstLabels: prometheus.Labels{"version": version()},
	})
	build.Set(1)
	m.registry.MustRegister(m.readings, build, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m.Handler = respond.ReadOnly(promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	return m
}

// count counts the readings of a source.
func (m *metrics) count(source status.Source) status.Source { return counted{source, m.readings} }

type counted struct {
	source   status.Source
	readings *prometheus.CounterVec
}

func (c counted) Read(ctx context.Context) (status.Report, error) {
	report, err := c.source.Read(ctx)
	result := "ok"
	if err != nil {
		result = "failed"
	}
	c.readings.WithLabelValues(result).Inc()
	return report, err
}

// watch tells what the monitor holds and how far the history goes.
func (m *metrics) watch(monitor *status.Monitor, history api.History) {
	m.registry.MustRegister(verdicts{monitor.Verdict, history, time.Now})
}

// verdicts makes metrics of the verdict, and of the history's end, when they
// are asked for.
type verdicts struct {
	verdict func() status.Verdict
	history api.History
	now     func() time.Time
}

var (
	levelMetric = prometheus.NewDesc("backupcheck_level",
		"1 for the level that the service has, 0 for the others.", []string{"service", "level"}, nil)
	ageMetric = prometheus.NewDesc("backupcheck_reading_age_seconds",
		"Age of the last good reading of Apple's status; missing before the first.", nil, nil)
	readMetric = prometheus.NewDesc("backupcheck_reading_timestamp_seconds",
		"Time of the last good reading of Apple's status; missing before the first.", nil, nil)
	recordedMetric = prometheus.NewDesc("backupcheck_history_recorded_timestamp_seconds",
		"Time of the newest reading in the history; missing before the first, and if the database fails.", nil, nil)
)

// Describe implements prometheus.Collector.
func (v verdicts) Describe(descs chan<- *prometheus.Desc) {
	for _, desc := range []*prometheus.Desc{levelMetric, ageMetric, readMetric, recordedMetric} {
		descs <- desc
	}
}

// Collect implements prometheus.Collector.
func (v verdicts) Collect(collected chan<- prometheus.Metric) {
	gauge := func(desc *prometheus.Desc, value float64, labels ...string) {
		collected <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, value, labels...)
	}
	verdict := v.verdict()
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
		gauge(ageMetric, v.now().Sub(at).Seconds())
		gauge(readMetric, float64(at.UnixMilli())/1000)
	}
	// Prometheus gives up after 10 s, and so would the whole scrape.
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	if at, err := v.history.Latest(ctx); err == nil && !at.IsZero() {
		gauge(recordedMetric, float64(at.Unix()))
	}
}

// otherPath stands for the paths that aren't ours, of which clients may invent
// any number.
const otherPath = "other"

// requests counts and times what next answers, by path. Files with a hash in
// their name count together.
func (m *metrics) requests(source api.Source, next http.Handler) http.Handler {
	counter := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "backupcheck_http_requests_total", Help: "Requests answered, by path and status code.",
	}, []string{"path", "code"})
	duration := prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "backupcheck_http_request_duration_seconds", Help: "Time to answer a request.",
		Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, 1, 5, 10},
	}, nil)
	inFlight := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "backupcheck_http_requests_in_flight", Help: "Requests that are being answered, this one included.",
	})
	m.registry.MustRegister(counter, duration, inFlight)
	paths := append(slices.Collect(maps.Keys(api.Routes(source))),
		"/", "/widget", "/oembed", "/embed.js", "/assets", "/probe", "/metrics", otherPath)
	counted := map[string]http.Handler{}
	for _, path := range paths {
		counted[path] = promhttp.InstrumentHandlerCounter(counter.MustCurryWith(prometheus.Labels{"path": path}), next)
	}
	byPath := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path := r.URL.Path
		if strings.HasPrefix(path, "/assets/") {
			path = "/assets"
		}
		handler, ours := counted[path]
		if !ours {
			handler = counted[otherPath]
		}
		handler.ServeHTTP(w, r)
	})
	return promhttp.InstrumentHandlerInFlight(inFlight, promhttp.InstrumentHandlerDuration(duration, byPath))
}
