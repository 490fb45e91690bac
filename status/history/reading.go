package history

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"time"

	"backupcheck/status"
)

// reading is a status.Report with its times in whole seconds, each service
// once, and a name for each incident that can be told from others.
type reading struct {
	at   time.Time
	rows []status.Row
}

// key tells incidents apart: Apple gives one ID under every service that an
// incident touches, with a story of its own for each.
type key struct{ Service, ID string }

func newReading(report status.Report) reading {
	r := reading{at: wholeSeconds(report.CheckedAt)}
	seen := map[string]bool{}
	for _, row := range append([]status.Row{report.Service}, report.Related...) {
		if seen[row.Name] {
			continue
		}
		seen[row.Name] = true
		incidents := make([]status.Incident, len(row.Incidents))
		for i, incident := range row.Incidents {
			incident.StartedAt = wholeSeconds(incident.StartedAt)
			incident.EndedAt = wholeSeconds(incident.EndedAt)
			incident.PostedAt = wholeSeconds(incident.PostedAt)
			if incident.ID == "" && !incident.StartedAt.IsZero() {
				incident.ID = "start-" + strconv.FormatInt(incident.StartedAt.Unix(), 10)
			}
			incidents[i] = incident
		}
		row.Incidents = incidents
		r.rows = append(r.rows, row)
	}
	return r
}

func wholeSeconds(t time.Time) time.Time { return fromSeconds(seconds(t)) }

// keys returns those of the incidents listed, as pairs of service and ID.
func (r reading) keys() [][2]string {
	var keys [][2]string
	for _, row := range r.rows {
		for _, incident := range row.Incidents {
			if incident.ID != "" {
				keys = append(keys, [2]string{row.Name, incident.ID})
			}
		}
	}
	return keys
}

// merge returns the records as they are after this reading. Known are the
// records before it, newest is the newest reading that is kept.
func (r reading) merge(known map[key]record, newest time.Time) map[key]record {
	records := maps.Clone(known)
	for _, row := range r.rows {
		listed := map[string]bool{}
		copies := slices.SortedFunc(slices.Values(row.Incidents), byTelling)
		others := status.Operational // worst of the copies that don't make the record
		for i, c := range copies {
			if c.ID == "" {
				continue
			}
			listed[c.ID] = true
			// A list may hold one incident twice: the last copy makes the record.
			if i+1 < len(copies) && copies[i+1].ID == c.ID {
				others = status.Worse(others, c.WorstLevel())
				continue
			}
			k := key{row.Name, c.ID}
			is := firstSeen(c, r.at, newest)
			if was, seen := known[k]; seen {
				is = was.after(c, r.at, newest)
			}
			is.Worst, others = status.Worse(is.Worst, others), status.Operational
			records[k] = is
		}
		if row.Gap != "" || r.at.Before(newest) {
			continue // it can't be said what Apple has dropped
		}
		for k, was := range known {
			if k.Service == row.Name && !listed[k.ID] {
				records[k] = was.dropped(newest)
			}
		}
	}
	return records
}

// levels returns service, level and rest for each row, where an older copy of
// an incident doesn't count against the record that outlasts it.
func (r reading) levels(known, records map[key]record) [][3]string {
	levels := make([][3]string, len(r.rows))
	for i, row := range r.rows {
		var all, unaccounted []status.Incident
		for _, c := range row.Incidents {
			k := key{row.Name, c.ID}
			if was, seen := known[k]; seen && was.outlasts(c, r.at, false) {
				c = was.Incident.Incident
			}
			all = append(all, c)
			if c.ID == "" || !records[k].accountsFor(c, r.at) {
				unaccounted = append(unaccounted, c)
			}
		}
		row.Incidents = all
		level := row.Level()
		row.Incidents = unaccounted
		levels[i] = [3]string{row.Name, level.String(), row.Level().String()}
	}
	return levels
}

// byTelling puts the copies of one incident that a list may hold into an
// order that doesn't depend on Apple's: the one posted last, or else the
// worst, comes last.
func byTelling(a, b status.Incident) int {
	worse := func(a, b status.Level) int {
		switch {
		case a == b:
			return 0
		case status.Worse(a, b) == a:
			return 1
		}
		return -1
	}
	return cmp.Or(cmp.Compare(a.ID, b.ID), a.PostedAt.Compare(b.PostedAt), worse(a.Level(), b.Level()), worse(a.WorstLevel(), b.WorstLevel()),
		a.EndedAt.Compare(b.EndedAt), b.StartedAt.Compare(a.StartedAt), cmp.Compare(a.Type, b.Type), cmp.Compare(a.Message, b.Message))
}
