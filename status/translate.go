package status

import (
	"context"
	"maps"
	"slices"
)

// maxTranslated is how many ongoing incidents are shown in other languages.
const maxTranslated = 5

// Words are what Apple writes about an incident for people to read.
type Words struct {
	Message       string `json:",omitempty"` // as Incident.Message
	UsersAffected string `json:",omitempty"` // as Incident.UsersAffected
}

// A Translator reads Apple's own words about incidents in other languages than
// English. They are only shown, and no verdict depends on them.
type Translator interface {
	// Languages returns the tags of the languages that Apple may have.
	Languages() []string
	// Words returns the words about the incidents of the service, by Incident.ID. It
	// has a time limit of its own.
	Words(ctx context.Context, language string) (map[string]Words, error)
}

// words returns the incident's English words.
func (i Incident) words() Words { return Words{i.Message, i.UsersAffected} }

// WordsIn returns Apple's words in a language, or else in English, and which of
// both they are in.
func (i Incident) WordsIn(language string) (Words, string) {
	if words := i.Translations[language]; words != (Words{}) {
		return words, language
	}
	return i.words(), "en"
}

// translate starts reading Apple's words about the ongoing incidents of the latest
// reading, in one language that one of them lacks, if the newest lease is that of a
// Run. It returns a function that waits for the words and adds them to the latest
// reading. Each language is read once for each incident, also if that fails: then
// its readers get English.
func (m *Monitor) translate(ctx context.Context) (wait func()) {
	language := m.untranslated()
	if language == "" {
		return func() {}
	}
	type result struct {
		words map[string]Words
		err   error
	}
	results := make(chan result, 1)
	go func() {
		words, err := m.words.Words(ctx, language)
		results <- result{words, err}
	}()
	return func() {
		result := <-results
		if result.err != nil {
			m.log.Info("reading Apple's words in another language failed", "language", language, "error", result.err)
		}
		m.addWords(language, result.words)
	}
}

// untranslated returns a language to read for a Run; "" if there is none.
func (m *Monitor) untranslated() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.words == nil || !m.leaseOfRun {
		return ""
	}
	for _, language := range m.words.Languages() {
		for _, n := range m.report.Service.translatable() {
			if _, asked := m.report.Service.Incidents[n].Translations[language]; !asked {
				return language
			}
		}
	}
	return ""
}

// translatable returns the indices of the incidents that are read in other languages.
func (r Row) translatable() (indices []int) {
	for n, i := range r.Incidents {
		if i.State == StateOngoing && i.ID != "" && i.words() != (Words{}) && len(indices) < maxTranslated {
			indices = append(indices, n)
		}
	}
	return indices
}

// addWords adds the words in a language to the incidents that lack it. What only
// repeats the English words isn't a translation.
func (m *Monitor) addWords(language string, words map[string]Words) {
	m.mu.Lock()
	defer m.mu.Unlock()
	// Copies of the report share the slice and the maps.
	incidents := slices.Clone(m.report.Service.Incidents)
	for _, n := range m.report.Service.translatable() {
		i := &incidents[n]
		if _, asked := i.Translations[language]; asked {
			continue
		}
		own := words[i.ID]
		if own.Message == "" || own.Message == i.Message {
			own = Words{}
		}
		i.Translations = maps.Clone(i.Translations)
		if i.Translations == nil {
			i.Translations = map[string]Words{}
		}
		i.Translations[language] = own
	}
	m.report.Service.Incidents = incidents
}
