package widget

import (
	"strings"
	"time"

	"backupcheck/status"
	"backupcheck/widget/locale"
	"backupcheck/widget/sequence"
	"backupcheck/widget/sequence/icloudbackup"
)

// view is what the document shows of a verdict.
type view struct {
	texts   *locale.Catalogue
	verdict status.Verdict
	kind    string // operational, recovered, maintenance, degraded, outage or unknown; also a class
	lead    sentence
	last    sentence // what was last known; empty if nothing was
	coming  []sentence
	current []status.Incident // going on, with something that Apple says of it
	steps   []sequence.Entry
	waiting bool
	// symptoms lead into the sequence: with script to the engine, without it
	// to the first plain step that helps.
	symptoms []symptom
}

type symptom struct{ id, step string }

// sentence is a text with times in it, which the reader's browser puts into
// the reader's own zone.
type sentence []part

type part struct {
	text string
	at   time.Time // if set, the part is this time
	form string    // "ago" if the reader's browser may say how long ago that is
}

func newView(v status.Verdict, texts *locale.Catalogue) view {
	apple := reported(v)
	view := view{
		texts:    texts,
		verdict:  v,
		kind:     v.Level.String(),
		waiting:  v.Level.Down(),
		steps:    icloudbackup.Plan(apple),
		symptoms: symptoms(apple),
	}
	var since, until time.Time
	for _, i := range v.Incidents {
		switch {
		case i.State == status.StateOngoing:
			if i.Message != "" || i.UsersAffected != "" || view.others(i) != "" {
				view.current = append(view.current, i)
			}
			// The verdict's time is that of an incident that makes the verdict.
			if since.IsZero() && i.Level() == v.Level {
				since, until = i.StartedAt, i.EndedAt
			}
		case i.State == status.StateUpcoming && i.Type == "Maintenance":
			view.coming = append(view.coming, view.dated("verdict.upcoming", times{"since": i.StartedAt, "until": i.EndedAt}))
		}
	}
	switch {
	case v.Recovered:
		view.kind = "recovered"
		view.lead = view.dated("verdict.recovered.lead", times{"ended": v.RecoveredAt})
	case v.Level == status.Maintenance:
		view.lead = view.dated("verdict.maintenance.lead", times{"since": since, "until": until})
	case v.Level.Down():
		view.lead = view.dated("verdict."+view.kind+".lead", times{"since": since})
	default:
		view.lead = view.dated("verdict."+view.kind+".lead", nil)
	}
	if v.LastKnown != nil {
		view.last = view.dated("verdict.unknown.last."+v.LastKnown.Level.String(), times{"known": v.LastKnown.CheckedAt})
	}
	return view
}

// times fill the placeholders of a sentence.
type times map[string]time.Time

// dated puts times into a text; if one isn't known, into none: the text's
// undated form is taken.
func (v view) dated(id string, at times) sentence {
	for _, t := range at {
		if t.IsZero() {
			return sentence{{text: v.texts.Text(id + "-undated")}}
		}
	}
	var s sentence
	rest := v.texts.Text(id)
	for {
		before, after, found := strings.Cut(rest, "{")
		name, tail, closed := strings.Cut(after, "}")
		if !found || !closed {
			return append(s, part{text: rest})
		}
		form := ""
		if name == "checked" {
			form = "ago"
		}
		s = append(s, part{text: before}, part{at: at[name], form: form})
		rest = tail
	}
}

// reported puts a verdict into the words of the sequence.
func reported(v status.Verdict) sequence.Apple {
	backup := map[status.Level]sequence.ServiceState{
		status.Operational: sequence.ServiceFine,
		status.Maintenance: sequence.ServiceMaintenance,
		status.Degraded:    sequence.ServiceDegraded,
		status.Outage:      sequence.ServiceOutage,
	}[v.Level] // what isn't listed is BackupUnknown
	if v.Recovered {
		backup = sequence.ServiceRecovered
	}
	apple := sequence.Apple{Service: backup, Rows: map[sequence.Row]sequence.Health{}}
	for _, related := range v.Related {
		switch related.Level {
		case status.Unknown:
		case status.Operational:
			apple.Rows[sequence.Row(related.Service)] = sequence.Fine
		default:
			apple.Rows[sequence.Row(related.Service)] = sequence.Affected
		}
	}
	return apple
}

// report is what the document's script needs of the verdict. None of Apple's
// own words are in it.
type report struct {
	Level     string            `json:"level"` // as in the status endpoint
	Recovered bool              `json:"recovered"`
	Summary   string            `json:"summary"`
	CheckedAt int64             `json:"checked_at"` // seconds of Unix time, 0 if nothing was read
	Rows      map[string]string `json:"rows"`       // levels of the related rows
	Incidents []span            `json:"incidents"`  // begun ones
}

// span is a time in seconds of Unix time; To is 0 while it goes on.
type span struct {
	From int64 `json:"from"`
	To   int64 `json:"to"`
}

func (v view) report() report {
	r := report{
		Level:     v.verdict.Level.String(),
		Recovered: v.verdict.Recovered,
		Summary:   v.verdict.Summary,
		Rows:      map[string]string{},
		Incidents: []span{},
	}
	if !v.verdict.CheckedAt.IsZero() {
		r.CheckedAt = v.verdict.CheckedAt.Unix()
	}
	for _, row := range v.verdict.Related {
		r.Rows[row.Service] = row.Level.String()
	}
	for _, i := range v.verdict.Incidents {
		switch {
		case i.StartedAt.IsZero():
		case i.State == status.StateOngoing:
			r.Incidents = append(r.Incidents, span{From: i.StartedAt.Unix()})
		case i.State == status.StateResolved && !i.EndedAt.IsZero():
			r.Incidents = append(r.Incidents, span{i.StartedAt.Unix(), i.EndedAt.Unix()})
		}
	}
	return r
}

// symptoms asks the engine which there are, and where each leads.
func symptoms(a sequence.Apple) []symptom {
	first := func() *sequence.Session {
		s := icloudbackup.Start(a)
		if s.Screen().Node == "wait" {
			s.Choose("older")
		}
		return s
	}
	var list []symptom
	for _, choice := range first().Screen().Choices {
		s := first()
		s.Choose(choice.ID)
		for s.Screen().Kind == sequence.Question { // such as when it failed
			screen := s.Screen()
			s.Choose(screen.Choices[len(screen.Choices)-1].ID)
		}
		step := s.Screen().Node
		if step == "wait-restore" { // an end of the sequence; among the plain steps this one says so
			step = "greyed-out"
		}
		list = append(list, symptom{choice.ID, step})
	}
	return list
}

// choice gives the words of an answer: those of its question, if it has any of
// its own.
func (v view) choice(node, id string) string {
	if own := "choice." + node + "." + id; v.texts.Has(own) {
		return v.texts.Text(own)
	}
	return v.texts.Text("choice." + id)
}

// harmless are the steps that may be taken whatever Apple's state is.
func (v view) harmless() []sequence.Entry {
	var steps []sequence.Entry
	for _, entry := range v.steps {
		if entry.Step.Risk != sequence.Destructive && entry.Step.ID != "computer-backup" {
			steps = append(steps, entry)
		}
	}
	return steps
}

// step finds a step by its id.
func (v view) step(id string) sequence.Entry {
	for _, entry := range v.steps {
		if entry.Step.ID == id {
			return entry
		}
	}
	return sequence.Entry{}
}

// others names the services, beside this one, that an incident touches.
func (v view) others(i status.Incident) string {
	var names []string
	for _, name := range i.AffectedServices {
		if name != v.verdict.Service {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}
