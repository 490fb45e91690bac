package status

import "time"

// AbsentFor is how long every reading must lack a copy of an incident before it
// is dropped. Apple's caches disagree: readings seconds apart have returned a
// newer and then an older copy of an incident, and a copy of the data can lack
// an incident altogether.
const AbsentFor = 15 * time.Minute

// After returns the reading with what it doesn't take back from the earlier
// one: incidents that it doesn't list, and newer copies of those that it does.
// They are retained for AbsentFor. So an incident ends by its own state, or by
// being absent for long enough, and never because one reading lacks it.
func (r Report) After(earlier Report) Report {
	r.LastGood = earlier.latestKnown()
	if r.CheckedAt.Sub(earlier.CheckedAt) > TooOldAfter {
		return r
	}
	r.Service = r.Service.after(earlier.Service, r.CheckedAt)
	related := make([]Row, len(r.Related))
	for i, row := range r.Related {
		related[i] = row
		for _, was := range earlier.Related {
			if was.Name == row.Name {
				related[i] = row.after(was, r.CheckedAt)
			}
		}
	}
	r.Related = related
	return r
}

func (r Row) after(earlier Row, at time.Time) Row {
	held := make(map[string]Incident, len(earlier.Incidents))
	for _, incident := range earlier.Incidents {
		was, ok := held[incident.Key()]
		if !ok || was.OlderThan(incident) || !incident.OlderThan(was) && incident.worseThan(was) {
			held[incident.Key()] = incident
		}
	}
	listed := make(map[string]bool, len(r.Incidents))
	retained := map[string]bool{}
	incidents := make([]Incident, 0, len(r.Incidents))
	for _, incident := range r.Incidents {
		key := incident.Key()
		listed[key] = true
		if was, ok := held[key]; ok && key != "" {
			if incident.OlderThan(was) && !was.absentAt(at) {
				if !retained[key] {
					incidents = append(incidents, was.absent(at))
				}
				retained[key] = true
				continue
			}
			if incident.lying(was) {
				incident.PostedAt = time.Time{}
			}
			if incident.words() == was.words() {
				incident.Translations = was.Translations
			}
		}
		incidents = append(incidents, incident)
	}
	for _, incident := range earlier.Incidents {
		if key := incident.Key(); key != "" && !listed[key] && !incident.absentAt(at) {
			incidents = append(incidents, incident.absent(at))
		}
	}
	r.Incidents = incidents
	return r.Limited()
}

// lying reports whether the incident says the same as an earlier copy without a
// plausible time of posting: that of this one was in the future then, so it is
// never trusted.
func (i Incident) lying(earlier Incident) bool {
	i.PostedAt = time.Time{}
	return i.SameContent(earlier)
}

// worseThan reports whether the incident gives its service a worse level.
func (i Incident) worseThan(other Incident) bool {
	return i.Level() != other.Level() && Worse(i.Level(), other.Level()) == i.Level()
}

// absent returns the incident as one that the reading at a time lacks.
func (i Incident) absent(at time.Time) Incident {
	if i.AbsentSince.IsZero() || i.AbsentSince.After(at) {
		i.AbsentSince = at
	}
	return i
}

// absentAt reports whether the incident has been absent for AbsentFor at a time.
func (i Incident) absentAt(at time.Time) bool {
	return !i.AbsentSince.IsZero() && at.Sub(i.AbsentSince) >= AbsentFor
}
