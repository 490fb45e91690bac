package widget

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"

	"backupcheck/status"
	"backupcheck/widget/locale"
	"backupcheck/widget/sequence"
	"backupcheck/widget/sequence/icloudbackup"
)

// view is what the document shows of a verdict.
type view struct {
	texts   *locale.Catalogue
	theme   string // "light", "dark" or ""
	origin  string // of absolute addresses; "" if it isn't certain
	verdict status.Verdict
	kind    string // operational, recovered, maintenance, degraded, outage or unknown; also a class
	lead    sentence
	last    sentence // the last known level; empty if there is none
	coming  []sentence
	current []status.Incident // ongoing, with words of Apple's
	waiting bool
	*plan
}

// plan is what the sequence makes of a verdict.
type plan struct {
	steps []sequence.Entry
	// symptoms lead into the sequence, or without script to the first plain
	// step that helps.
	symptoms []symptom
	firsts   []sequence.Screen // what the symptoms lead to in the sequence
}

// symptom is a choice of the first screen.
type symptom struct {
	id    string
	step  string // the first plain step that helps
	first int    // the place of what follows in view.firsts; -1 if the document doesn't have it
}

func newView(v status.Verdict, texts *locale.Catalogue, theme string) view {
	apple := reported(v)
	view := view{
		texts:   texts,
		theme:   theme,
		verdict: v,
		kind:    kindOf(v),
		waiting: v.Level.Down(),
		plan:    planFor(apple),
	}
	var since, until time.Time
	for _, i := range v.Incidents {
		switch {
		case i.State == status.StateOngoing:
			if i.Message != "" || i.UsersAffected != "" || view.others(i) != "" {
				view.current = append(view.current, i)
			}
			// The verdict began with an incident of its own level.
			if since.IsZero() && i.Level() == v.Level {
				since, until = i.StartedAt, i.EndedAt
			}
		case i.State == status.StateUpcoming && i.Type == "Maintenance":
			view.coming = append(view.coming, view.dated("verdict.upcoming", times{"since": i.StartedAt, "until": i.EndedAt}))
		}
	}
	switch {
	case v.Recovered:
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

// kindOf is the kind of a view of a verdict.
func kindOf(v status.Verdict) string {
	if v.Recovered {
		return "recovered"
	}
	return v.Level.String()
}

// times are the values of a text's placeholders.
type times map[string]time.Time

// dated puts times into a text. If one of them isn't known it returns the
// text's undated form.
func (v view) dated(id string, at times) sentence {
	values := map[string]part{}
	for name, t := range at {
		if t.IsZero() {
			return sentence{{text: v.texts.Text(id + "-undated")}}
		}
		value := timed(v.texts, t)
		if name == "checked" {
			value.form = "ago"
		}
		values[name] = value
	}
	return fill(v.texts.Text(id), values)
}

// reported translates a verdict into the terms of the sequence.
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

// plans caches plans by Apple's state.
var plans = memo[string, *plan]{limit: 100}

// planFor returns the plan under a state.
func planFor(a sequence.Apple) *plan {
	made, _ := plans.get(fmt.Sprint(a), func() (*plan, error) {
		p := &plan{steps: icloudbackup.Plan(a)}
		p.symptoms, p.firsts = symptoms(a)
		return p, nil
	})
	return made
}

// symptoms returns the engine's symptoms, and the screens that they lead to.
func symptoms(a sequence.Apple) (found []symptom, firsts []sequence.Screen) {
	start := atSymptom(a)
	for _, choice := range start.Screen().Choices {
		s := start.Clone()
		s.Choose(choice.ID)
		screen, first := s.Screen(), -1
		screen.Left = min(screen.Left, maxEstimate+1) // more aren't shown
		if screen.Kind == sequence.Question || screen.Kind == sequence.Fix {
			first = slices.IndexFunc(firsts, func(other sequence.Screen) bool { return reflect.DeepEqual(other, screen) })
			if first < 0 {
				first, firsts = len(firsts), append(firsts, screen)
			}
		}
		found = append(found, symptom{choice.ID, firstStep(s), first})
	}
	return found, firsts
}

// atSymptom returns a session at the question for the symptom.
func atSymptom(a sequence.Apple) *sequence.Session {
	s := icloudbackup.Start(a)
	if s.Screen().Node == "wait" {
		s.Choose("older")
	}
	return s
}

// firstStep finds the step that a session leads to if questions are answered by
// the worst case.
func firstStep(s *sequence.Session) string {
	s = s.Clone()
	for {
		screen := s.Screen()
		if screen.Kind == sequence.Fix {
			return screen.Node
		}
		if !s.ChooseWorstCase() { // the ending of a restore; this step says the same
			return "paused-restore"
		}
	}
}

// address is where a step is shown without script: in the document, or on the
// page of messages, which has all of them.
func (v view) address(step string) string {
	anchor := "#do-" + step
	if entry := v.step(step); entry.Step.ID == "" || entry.Step.Risk == sequence.Destructive {
		return messagesAddress(v.texts, v.theme) + anchor
	}
	return anchor
}

// listed returns the steps in the document. Those that delete something are on the
// page of all steps: with them the document of some languages would not fit into
// the first round trip.
func (v view) listed() []sequence.Entry {
	return slices.DeleteFunc(slices.Clone(v.steps), func(e sequence.Entry) bool { return e.Step.Risk == sequence.Destructive })
}

// harmless returns the steps that are safe in any state of Apple's.
func (v view) harmless() []sequence.Entry {
	return slices.DeleteFunc(v.listed(), func(e sequence.Entry) bool { return e.Step.ID == "computer-backup" })
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

// parts caches parts of documents as HTML, by what they depend on. They are most of
// a document, and the verdict only selects them. The rehearsal renders the English
// ones before a fresh isolate's first request.
var parts = memo[any, string]{limit: 1000}

// once returns a part of documents that depends on nothing but key.
func once(key any, part templ.Component) templ.Component {
	html, err := parts.get(key, func() (string, error) {
		body, err := render(context.Background(), part)
		return string(body), err
	})
	return templ.Raw(html, err)
}

// stepOnce returns a step.
func stepOnce(texts *locale.Catalogue, entry sequence.Entry) templ.Component {
	type key struct {
		texts             *locale.Catalogue
		step, held, notes string
	}
	return once(key{texts, entry.Step.ID, entry.Held, strings.Join(entry.Notes, " ")}, step(view{texts: texts}, entry))
}

// firstScreensOnce returns the screens that the symptoms of a plan lead to.
func firstScreensOnce(texts *locale.Catalogue, of *plan) templ.Component {
	type key struct {
		texts *locale.Catalogue
		of    *plan
	}
	return once(key{texts, of}, firstScreens(view{texts: texts, plan: of}))
}

// others names the other services that an incident affects.
func (v view) others(i status.Incident) string {
	var names []string
	for _, name := range i.AffectedServices {
		if name != v.verdict.Service {
			names = append(names, name)
		}
	}
	return list(v.texts, names)
}
