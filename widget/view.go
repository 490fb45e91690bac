package widget

import (
	"strings"
	"time"

	"backupcheck/status"
	"backupcheck/widget/locale"
	"backupcheck/widget/sequence"
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
}

// sentence is a text with times in it, which the reader's browser puts into
// the reader's own zone.
type sentence []part

type part struct {
	text string
	at   time.Time // if set, the part is this time
	form string    // "ago" if the reader's browser may say how long ago that is
}

func newView(v status.Verdict, texts *locale.Catalogue) view {
	view := view{
		texts:   texts,
		verdict: v,
		kind:    v.Level.String(),
		waiting: v.Level.Down(),
		steps:   sequence.Plan(reported(v)),
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
	backup := map[status.Level]sequence.BackupState{
		status.Operational: sequence.BackupFine,
		status.Maintenance: sequence.BackupMaintenance,
		status.Degraded:    sequence.BackupDegraded,
		status.Outage:      sequence.BackupOutage,
	}[v.Level] // what isn't listed is BackupUnknown
	if v.Recovered {
		backup = sequence.BackupRecovered
	}
	apple := sequence.Apple{Backup: backup, Rows: map[sequence.Row]sequence.Health{}}
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
