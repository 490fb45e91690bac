package status

import "time"

// Report is one reading of Apple's status: the row that matters and the rows
// that bear on the steps.
type Report struct {
	CheckedAt time.Time
	Service   Row
	Related   []Row
	// LastGood is what the last reading before this one said in which the
	// service's level was known; nil if there was none.
	LastGood *Known
}

// Unread is the report of a service before anything was read of it.
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
	// Gap says in a sentence why the row, or a part of it, could not be read
	// from Apple's data; empty if it was read whole. A row with a gap is never
	// Operational.
	Gap string
	// Light is what the rendered page shows for this row; Unknown where the
	// page's HTML doesn't hold it, which is the rule.
	Light Level
}

// Level is the worst of what Apple's data and Apple's page say.
func (r Row) Level() Level {
	level := r.dataLevel()
	if r.Light == Unknown {
		return level
	}
	return Worse(level, r.Light)
}

// dataLevel is the level by Apple's data alone: the worst of the service's
// own events. A list of events that is not empty is no outage: resolved ones
// stay for days, upcoming ones are listed ahead.
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

// disagrees reports whether page and data both have something to say of the
// row, and not the same.
func (r Row) disagrees() bool {
	data := r.dataLevel()
	return r.Light != Unknown && data != Unknown && r.Light != data
}

// since returns the reading with what an older copy would take back undone.
// Apple's own caches disagree at times: two readings 12 seconds apart gave a
// newer and then an older copy of the same event. So of two copies with the
// same ID the one posted later stays. A genuine reopening is posted later
// than what it reopens, and a copy without a time of posting is taken as it
// comes.
func (r Report) since(earlier Report) Report {
	r.Service = r.Service.since(earlier.Service)
	related := make([]Row, len(r.Related))
	for i, row := range r.Related {
		related[i] = row
		for _, was := range earlier.Related {
			if was.Name == row.Name {
				related[i] = row.since(was)
			}
		}
	}
	r.Related = related
	r.LastGood = earlier.known()
	return r
}

// known is the newest good reading up to and with this one.
func (r Report) known() *Known {
	if level := r.Service.Level(); !r.CheckedAt.IsZero() && level != Unknown {
		return &Known{level, r.CheckedAt}
	}
	return r.LastGood
}

func (r Row) since(earlier Row) Row {
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
