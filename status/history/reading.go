package history

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"backupcheck/status"
)

// reading is a status.Report with its times in whole seconds, each service
// once, and an ID for each incident with an ID or a start.
type reading struct {
	at   time.Time
	rows []status.Row
}

// key identifies an incident: Apple uses the same ID under every affected
// service, with separate content for each.
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
			incident.ID = incident.Key()
			incidents[i] = incident
		}
		row.Incidents = incidents
		r.rows = append(r.rows, row)
	}
	return r
}

func wholeSeconds(t time.Time) time.Time { return fromSeconds(seconds(t)) }

// listed reports whether the reading lists this copy of an incident. It doesn't
// if status.Report.After has added it from an earlier one.
func listed(c status.Incident) bool { return c.ID != "" && c.AbsentSince.IsZero() }

// keys returns the keys of the incidents as pairs, for jsonArray.
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

// merge returns the records after this reading, given those before it and the
// time of the newest stored reading.
func (r reading) merge(known map[key]record, newest time.Time) map[key]record {
	records := maps.Clone(known)
	for _, row := range r.rows {
		isListed := map[string]bool{}
		copies := slices.SortedFunc(slices.Values(row.Incidents), compareCopies)
		others := status.Operational // worst level of an incident's other copies
		for i, c := range copies {
			if !listed(c) {
				continue
			}
			isListed[c.ID] = true
			// The row may list an incident twice: the last copy is recorded.
			if i+1 < len(copies) && copies[i+1].ID == c.ID && listed(copies[i+1]) {
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
			continue // an incident that isn't listed may still exist
		}
		for k, was := range known {
			if k.Service == row.Name && !isListed[k.ID] {
				records[k] = was.dropped(newest)
			}
		}
	}
	return records
}

// levels returns service, level and rest for each row. For an incident with a
// newer record than the listed copy, the record counts, and so does that of an
// ongoing incident which readings have lacked for less than status.AbsentFor.
func (r reading) levels(known, records map[key]record) [][3]string {
	levels := make([][3]string, len(r.rows))
	for i, row := range r.rows {
		var all, unaccounted []status.Incident
		counted := map[string]bool{}
		for _, c := range row.Incidents {
			k := key{row.Name, c.ID}
			if was, seen := known[k]; seen && was.supersedes(c, r.at, false) {
				c = was.Incident.Incident
			}
			all = append(all, c)
			counted[c.ID] = true
			if c.ID == "" || !records[k].accountsFor(c, r.at) {
				unaccounted = append(unaccounted, c)
			}
		}
		for k, is := range records {
			if k.Service == row.Name && !counted[k.ID] && is.State == status.StateOngoing && within(r.at, is.LastSeenAt, status.AbsentFor) {
				all = append(all, is.Incident.Incident)
			}
		}
		row.Incidents = all
		level := row.Level()
		row.Incidents = unaccounted
		levels[i] = [3]string{row.Name, level.String(), row.Level().String()}
	}
	return levels
}

// within reports whether at is less than span after a time.
func within(at, since time.Time, span time.Duration) bool {
	return !at.Before(since) && at.Sub(since) < span
}

// compareCopies sorts incidents by ID, and the copies of one incident so that
// the one posted last, or else the worst, comes last. The order doesn't depend
// on Apple's.
func compareCopies(a, b status.Incident) int {
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
