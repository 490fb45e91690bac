package widget

import (
	"backupcheck/status"
	"backupcheck/widget/sequence"
	"backupcheck/widget/sequence/icloudbackup"
)

// outdated is what the document's scripts show when its verdict has become old
// and the site can't be reached. It is what the document itself would show then.
type outdated struct {
	Stale   string   `json:"stale"`
	Title   string   `json:"title"`
	Lead    string   `json:"lead"`
	Last    string   `json:"last"` // {known} is a time
	Open    string   `json:"open"`
	Summary string   `json:"summary"`
	Tag     string   `json:"tag"`
	Held    string   `json:"held"`
	Steps   []string `json:"steps"` // those that are held back
	Icon    string   `json:"icon"`
}

func (v view) outdated() *outdated {
	if v.verdict.Level == status.Unknown {
		return nil
	}
	text := v.texts.Text
	o := &outdated{
		Stale:   text("page.stale"),
		Title:   text("verdict.unknown.title"),
		Lead:    text("verdict.unknown.lead"),
		Last:    text("verdict.unknown.last." + v.verdict.Level.String()),
		Open:    text("verdict.unknown.open"),
		Summary: text("verdict.unknown.summary"),
		Tag:     text("page.held"),
		Icon:    iconPath("unknown"),
	}
	for _, entry := range append(icloudbackup.Plan(sequence.Apple{}), icloudbackup.Rest(sequence.Apple{})...) {
		if entry.Held != "" {
			o.Held = text(entry.Held) // the same for all: the first rule's
			o.Steps = append(o.Steps, entry.Step.ID)
		}
	}
	return o
}
