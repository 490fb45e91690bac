package widget

import (
	"strconv"
	"time"

	"backupcheck/status"
	"backupcheck/status/history"
	"backupcheck/widget/locale"
)

// lead introduces the strip: whose days they are, and how many were watched.
func (h landingHistory) lead(texts *locale.Catalogue) string {
	id := "history.coverage.since"
	switch {
	case h.newestReading.IsZero():
		id = "history.coverage.none"
	case h.watchedSince.IsZero():
		id = "history.coverage.all"
	}
	coverage := texts.Format(id, "watched", strconv.Itoa(h.watchedDays), "days", strconv.Itoa(h.days), "date", shortDate(texts, h.watchedSince))
	return texts.Format("history.lead", "service", h.service, "coverage", coverage)
}

// noIncidents replaces the list of incidents where it is empty.
func (h landingHistory) noIncidents(texts *locale.Catalogue) string {
	switch {
	case h.newestReading.IsZero():
		return texts.Text("history.none.unwatched")
	case h.hadProblem:
		return texts.Text("history.none.unlisted")
	}
	return texts.Text("history.none.calm")
}

// rowSummary describes a row of the strip for screen readers.
func rowSummary(texts *locale.Catalogue, days []history.Day) string {
	var count [len(dayStyles)]int
	for _, d := range days {
		count[d.Status()]++
	}
	var parts []string
	for _, s := range worstFirst {
		if count[s] > 0 {
			parts = append(parts, texts.Format("history.row."+dayStyles[s].class, "count", strconv.Itoa(count[s])))
		}
	}
	dates := dateRange(texts, days[0].Date, days[len(days)-1].Date)
	return texts.Format("history.row", "dates", dates, "days", list(texts, parts))
}

// dayTooltip describes one day of the strip.
func dayTooltip(texts *locale.Catalogue, d history.Day) string {
	var parts []string
	if s := d.Status(); s == history.Healthy || s == history.Partly {
		parts = append(parts, texts.Text("history.day.operational"))
	}
	for _, part := range [...]struct {
		id      string
		minutes int
	}{
		{"outage", d.Minutes[status.Outage]},
		{"degraded", d.Minutes[status.Degraded]},
		{"maintenance", d.Minutes[status.Maintenance]},
		{"unknown", d.Minutes[status.Unknown]},
		{"unwatched", d.NotWatched},
	} {
		if part.minutes > 0 {
			parts = append(parts, texts.Format("history.day."+part.id, "length", length(texts, time.Duration(part.minutes)*time.Minute)))
		}
	}
	return texts.Format("history.day", "date", shortDate(texts, d.Date), "minutes", list(texts, parts))
}

// incidentTime is when an incident began and ended, as far as Apple says so.
func incidentTime(texts *locale.Catalogue, i history.Incident) sentence {
	start, first := "began", i.StartedAt
	if first.IsZero() {
		start, first = "seen", i.FirstSeenAt
	}
	id := "history.time." + start + ".ongoing"
	switch {
	case i.Ended() && i.EndedAt.IsZero():
		id = "history.time." + start + ".over"
	case i.Ended() && i.StartedAt.IsZero():
		id = "history.time.seen.ended"
	case i.Ended():
		id = "history.time.from-to"
	case !i.LastSeenAt.IsZero():
		id = "history.time." + start + ".dropped"
	}
	return fill(texts.Text(id), map[string]part{
		"start": timed(texts, first), "end": timed(texts, i.EndedAt), "seen": timed(texts, i.LastSeenAt),
	})
}

// duration is how long an incident lasted, or has lasted at the newest reading;
// empty if that isn't known.
func duration(texts *locale.Catalogue, i history.Incident, newestReading time.Time) string {
	switch {
	case i.StartedAt.IsZero():
		return ""
	case i.Ended() && i.EndedAt.After(i.StartedAt):
		return length(texts, i.EndedAt.Sub(i.StartedAt))
	case !i.Ended() && i.LastSeenAt.IsZero() && newestReading.After(i.StartedAt):
		return texts.Format("history.so-far", "length", length(texts, newestReading.Sub(i.StartedAt)))
	}
	return ""
}
