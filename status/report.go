package status

import "time"

// Report is one reading of Apple's status: the service's row and the related
// rows.
type Report struct {
	CheckedAt time.Time
	Service   Row
	Related   []Row
	// LastGood is from the last reading before this one in which the service's
	// level was known; nil if there was none.
	LastGood *Known
}

// Unread returns the report of a service before the first reading.
func Unread(service string) Report {
	const gap = "Apple's status hasn't been read."
	report := Report{Service: Row{Name: service, Gap: gap}}
	for _, name := range RelatedNames() {
		report.Related = append(report.Related, Row{Name: name, Gap: gap})
	}
	return report
}

// Row is one service of a reading.
type Row struct {
	Name      string
	Incidents []Incident
	// Gap is a sentence that says why the row or a part of it could not be read
	// from Apple's data; empty if it was. A row with a gap is never Operational.
	Gap string
	// Light is the level that the rendered page shows for this row. It is
	// usually Unknown, since a script adds the lights to the page.
	Light Level
}

// Level is the worse of the levels in Apple's data and on Apple's page.
func (r Row) Level() Level {
	level := r.dataLevel()
	if r.Light == Unknown {
		return level
	}
	return Worse(level, r.Light)
}

// dataLevel is the level by Apple's data alone: the worst of the service's own
// events.
func (r Row) dataLevel() Level {
	level := Operational
	if r.Gap != "" {
		level = Unknown
	}
	for _, incident := range r.Incidents {
		level = Worse(level, incident.Level())
	}
	return level
}

// disagrees reports whether page and data both have a level for the row and
// these differ.
func (r Row) disagrees() bool {
	data := r.dataLevel()
	return r.Light != Unknown && data != Unknown && r.Light != data
}

// withoutOlderCopies returns the reading with each incident that is an older
// copy of one in the earlier reading replaced by the latter. Apple's caches can
// disagree: two readings 12 seconds apart returned a newer and then an older
// copy of the same event. An incident that is really reopened is posted later
// than the copy that was resolved, and copies without a time of posting are
// never replaced.
func (r Report) withoutOlderCopies(earlier Report) Report {
	r.Service = r.Service.withoutOlderCopies(earlier.Service)
	related := make([]Row, len(r.Related))
	for i, row := range r.Related {
		related[i] = row
		for _, was := range earlier.Related {
			if was.Name == row.Name {
				related[i] = row.withoutOlderCopies(was)
			}
		}
	}
	r.Related = related
	r.LastGood = earlier.latestKnown()
	return r
}

// latestKnown returns the level of the newest good reading, this one included.
func (r Report) latestKnown() *Known {
	if level := r.Service.Level(); !r.CheckedAt.IsZero() && level != Unknown {
		return &Known{level, r.CheckedAt}
	}
	return r.LastGood
}

func (r Row) withoutOlderCopies(earlier Row) Row {
	was := make(map[string]Incident, len(earlier.Incidents))
	for _, incident := range earlier.Incidents {
		if incident.ID != "" && !was[incident.ID].PostedAt.After(incident.PostedAt) {
			was[incident.ID] = incident
		}
	}
	incidents := make([]Incident, len(r.Incidents))
	for i, incident := range r.Incidents {
		incidents[i] = incident
		if w := was[incident.ID]; incident.OlderThan(w) {
			incidents[i] = w
		}
	}
	r.Incidents = incidents
	return r
}
