package widget

import (
	"backupcheck/status"
	"backupcheck/widget/locale"
)

// report is what the document's scripts need of the verdict. It contains none
// of Apple's own words.
type report struct {
	Level     string            `json:"level"` // as in the status endpoint
	Recovered bool              `json:"recovered"`
	Stale     bool              `json:"stale"`
	Summary   string            `json:"summary"`    // for the support request
	CheckedAt int64             `json:"checked_at"` // seconds of Unix time, 0 if nothing was read
	Rows      map[string]string `json:"rows"`       // levels of the related rows
	Incidents []span            `json:"incidents"`  // those that have begun
	NotLoaded string            `json:"not_loaded"` // what to say if the troubleshooting can't be loaded
	Outdated  *outdated         `json:"outdated"`   // null if the level is unknown
	Device    device            `json:"device"`
}

// device is what the choice between iPhone and iPad needs.
type device struct {
	Title string    `json:"title"`
	Words [2]string `json:"words"` // those that differ, for iPhone and iPad; see device.js
}

// span is a time in seconds of Unix time; To is 0 while it is ongoing.
type span struct {
	From int64 `json:"from"`
	To   int64 `json:"to"`
}

func (v view) report() report {
	r := report{
		Level:     v.verdict.Level.String(),
		Recovered: v.verdict.Recovered,
		Summary:   v.summary(),
		Rows:      map[string]string{},
		Incidents: []span{},
		Stale:     v.verdict.Stale,
		NotLoaded: v.texts.Text("page.not-loaded"),
		Outdated:  v.outdated(),
		Device: device{
			Title: v.texts.Text("device.title"),
			Words: [2]string{v.texts.Text("device.iphone-words"), v.texts.Text("device.ipad-words")},
		},
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

// summary is the verdict in a sentence or two.
func (v view) summary() string { return summary(v.verdict, v.kind, v.texts) }

func summary(v status.Verdict, kind string, texts *locale.Catalogue) string {
	text := texts.Text("verdict." + kind + ".summary")
	if v.Disagreement {
		return texts.Format("verdict.disagree-summary", "summary", text)
	}
	return text
}

// summarize is the summary of the status endpoint in another language than
// English, and the language's tag. Both are empty for English.
func summarize(v status.Verdict, lang string) (text, tag string) {
	texts := locale.For(lang)
	if texts == locale.For("") {
		return "", ""
	}
	return summary(v, kindOf(v), texts), texts.Lang()
}
