package api

import (
	"bytes"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"backupcheck/status"
	"backupcheck/status/respond"
)

// Metric is a gauge of what Condition and the verdict say.
type Metric struct {
	Name, Help string
	Values     []MetricValue
}

// MetricValue is a value with its labels, as pairs of name and value.
type MetricValue struct {
	Labels []string
	Value  float64
}

// Gauges returns the gauges of a condition and a verdict. Those without a value,
// such as the age of a reading before the first one, are missing.
func (s Source) Gauges(c Condition, v status.Verdict) []Metric {
	var list []Metric
	add := func(name, help string, values ...MetricValue) {
		if len(values) > 0 {
			list = append(list, Metric{"backupcheck_" + name, help, values})
		}
	}
	one := func(value float64) MetricValue { return MetricValue{Value: value} }
	flag := func(set bool) float64 {
		if set {
			return 1
		}
		return 0
	}
	var levels []MetricValue
	for _, row := range append([]status.Related{{Service: v.Service, Level: v.Level}}, v.Related...) {
		for _, level := range []status.Level{status.Unknown, status.Operational, status.Maintenance, status.Degraded, status.Outage} {
			levels = append(levels, MetricValue{[]string{"service", row.Service, "level", level.String()}, flag(level == row.Level)})
		}
	}
	add("level", "1 for the current level of the service, 0 for the others.", levels...)
	add("healthy", "1 if /healthz responds with 200, 0 if it responds with 503.", one(flag(len(c.Problems) == 0)))
	if at := c.CheckedAt; !at.IsZero() {
		add("reading_age_seconds", "Age of the last good reading of Apple's status; missing before the first.", one(s.now().Sub(at).Seconds()))
		add("reading_timestamp_seconds", "Time of the last good reading of Apple's status; missing before the first.", one(float64(at.UnixMilli())/1000))
	}
	if at := c.History.RecordedAt; !at.IsZero() {
		add("history_recorded_timestamp_seconds", "Time of the newest reading in the history; missing before the first, and if the database fails.", one(float64(at.Unix())))
	}
	if c.Queued != nil {
		add("webhook_queue_length", "Changes that are still to be posted to the webhook.", one(float64(c.Queued.Pending)))
		add("webhook_given_up", "Changes of the last week that were not posted and no longer will be.", one(float64(c.Queued.GaveUp)))
		if !c.Queued.Since.IsZero() {
			add("webhook_queue_oldest_timestamp_seconds", "Time of the oldest change that is still to be posted; missing if there is none.", one(float64(c.Queued.Since.Unix())))
		}
	}
	return list
}

// Metrics serves the gauges in the text format of Prometheus. The native program
// has metrics of its own at this address, with these among them.
func Metrics(s Source) http.Handler {
	return respond.ReadOnly(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var text bytes.Buffer
		for _, metric := range s.Gauges(s.Condition(r.Context()), s.Verdict()) {
			fmt.Fprintf(&text, "# HELP %s %s\n# TYPE %[1]s gauge\n", metric.Name, metric.Help)
			for _, value := range metric.Values {
				fmt.Fprintf(&text, "%s%s %s\n", metric.Name, labels(value.Labels), strconv.FormatFloat(value.Value, 'g', -1, 64))
			}
		}
		response := cacheable("text/plain; version=0.0.4; charset=utf-8", "/metrics", text.Bytes())
		response.Header.Set("Cache-Control", "public, max-age=5")
		response.Serve(w, r)
	}))
}

var labelEscaper = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)

func labels(pairs []string) string {
	if len(pairs) == 0 {
		return ""
	}
	var parts []string
	for i := 0; i < len(pairs); i += 2 {
		parts = append(parts, pairs[i]+`="`+labelEscaper.Replace(pairs[i+1])+`"`)
	}
	return "{" + strings.Join(parts, ",") + "}"
}
