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
	// RetryAfter is how long after CheckedAt Apple asked to be left alone; zero if
	// it did not.
	RetryAfter time.Duration `json:"-"`
	// Truncated says what of Apple's data was left out because it is too much.
	Truncated []string `json:",omitempty"`

	// What monitors tell each other with a shared reading:

	// RetryAt is the time before which Apple asked to be left alone, in this
	// reading or in one that failed after it; zero if it did not.
	RetryAt time.Time `json:",omitzero"`
	// LoadedAt is when a monitor last loaded the reading from the Store; zero if
	// it comes from Apple.
	LoadedAt time.Time `json:",omitzero"`
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

// MaxRowIncidents is how many incidents a Row has at most. Apple lists a few.
const MaxRowIncidents = 200

// Limited returns the row with at most MaxRowIncidents: the worst, and of others
// the newest.
func (r Row) Limited() Row {
	if len(r.Incidents) > MaxRowIncidents {
		r.Incidents = sortedIncidents(r.Incidents)[:MaxRowIncidents:MaxRowIncidents]
	}
	return r
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

// latestKnown returns the level of the newest good reading, this one included.
func (r Report) latestKnown() *Known {
	if level := r.Service.Level(); !r.CheckedAt.IsZero() && level != Unknown {
		return &Known{level, r.CheckedAt}
	}
	return r.LastGood
}
