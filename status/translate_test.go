package status

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"testing"
	"time"
)

// translator has words by language and ID. It fails for other languages.
type translator struct {
	words map[string]map[string]Words
	asked []string
}

func (t *translator) Languages() []string { return []string{"de", "ja", "nl"} }

func (t *translator) Words(_ context.Context, language string) (map[string]Words, error) {
	t.asked = append(t.asked, language)
	if words, ok := t.words[language]; ok {
		return words, nil
	}
	return nil, errors.New("not published")
}

func slowIncident(id, message string) Incident {
	return Incident{ID: id, Type: "Issue", State: StateOngoing, Message: message, UsersAffected: "Some", StartedAt: noon.Add(-time.Hour)}
}

// Each language is read once for an incident, one in a minute, whichever isolate
// runs, and each monitor gets the words with the reading.
func TestWordsInOtherLanguagesAreReadOnceForAnIncident(t *testing.T) {
	for _, stored := range []bool{true, false} {
		t.Run(fmt.Sprintf("stored: %t", stored), func(t *testing.T) {
			words := &translator{words: map[string]map[string]Words{
				"de": {"1": {"Langsam.", "Einige"}, "2": {"Auch langsam.", ""}},
				"ja": {"1": {"Slow.", "Some"}}, // English still
			}}
			a, store := &apple{now: noon, report: reading()}, &memoryStore{}
			newMonitor := func() *Monitor {
				o := Options{Source: a, Words: words, Now: a.clock, Log: slog.New(slog.DiscardHandler)}
				if stored {
					o.Store = store
				}
				return NewMonitor(o)
			}
			m := newMonitor()
			minutes := func(n int) []Incident {
				for range n {
					if stored {
						m = newMonitor() // a new isolate
					}
					m.Run(t.Context())
					a.pass(time.Minute)
				}
				return m.Report().Service.Incidents
			}
			if minutes(3); len(words.asked) > 0 {
				t.Errorf("%v were read without an incident", words.asked)
			}
			a.reports(slowIncident("1", "Slow."))
			incidents := minutes(1)
			if len(words.asked) > 0 {
				t.Errorf("%v were read before the incident was stored", words.asked)
			}
			for n, want := range [][]string{{"de"}, {"de", "ja"}, {"de", "ja", "nl"}, {"de", "ja", "nl"}, {"de", "ja", "nl"}} {
				if incidents = minutes(1); !slices.Equal(words.asked, want) {
					t.Errorf("after %d minutes %v were read", n+1, words.asked)
				}
			}
			for language, want := range map[string]struct {
				words Words
				lang  string
			}{
				"de": {Words{"Langsam.", "Einige"}, "de"}, "ja": {Words{"Slow.", "Some"}, "en"}, "nl": {Words{"Slow.", "Some"}, "en"}, "en": {Words{"Slow.", "Some"}, "en"},
			} {
				if words, lang := incidents[0].WordsIn(language); words != want.words || lang != want.lang {
					t.Errorf("%s: %v in %s", language, words, lang)
				}
			}

			// A second incident is read too; the first one isn't again.
			a.reports(slowIncident("1", "Slow."), slowIncident("2", "Slow as well."))
			words.words["de"]["1"] = Words{"Geändert.", ""}
			words.asked = nil
			if incidents = minutes(6); !slices.Equal(words.asked, []string{"de", "ja", "nl"}) {
				t.Errorf("for a second incident %v were read", words.asked)
			}
			got := map[string]string{}
			for _, i := range incidents {
				words, _ := i.WordsIn("de")
				got[i.ID] = words.Message
			}
			if !maps.Equal(got, map[string]string{"1": "Langsam.", "2": "Auch langsam."}) {
				t.Errorf("%v", got)
			}

			// New English words aren't shown with the translation of the old ones.
			a.reports(slowIncident("1", "Down."))
			words.asked = nil
			minutes(1)
			if words, lang := m.Report().Service.Incidents[0].WordsIn("de"); words.Message != "Down." || lang != "en" {
				t.Errorf("%v in %s", words, lang)
			}
			minutes(1)
			if words, lang := m.Report().Service.Incidents[0].WordsIn("de"); words.Message != "Geändert." || lang != "de" {
				t.Errorf("%v in %s", words, lang)
			}

			// Once the incident is over nothing is read.
			over := slowIncident("1", "Over.")
			over.State, over.EndedAt = StateResolved, a.now
			a.reports(over)
			minutes(1)
			words.asked = nil
			if minutes(3); len(words.asked) > 0 {
				t.Errorf("%v were read after the end", words.asked)
			}
		})
	}
}

func TestRequestsReadNoWordsInOtherLanguages(t *testing.T) {
	words := &translator{}
	a := &apple{now: noon, report: reading(slowIncident("1", "Slow."))}
	m := NewMonitor(Options{Source: a, Words: words, Now: a.clock, Log: slog.New(slog.DiscardHandler)})
	for range 5 {
		request(t, m)
		a.pass(time.Minute)
	}
	if len(words.asked) > 0 || a.reads != 5 {
		t.Errorf("%d readings, %v", a.reads, words.asked)
	}
}

func TestFewIncidentsAreReadInOtherLanguages(t *testing.T) {
	words := &translator{words: map[string]map[string]Words{"de": {}}}
	var many []Incident
	for n := range 30 {
		many = append(many, slowIncident(fmt.Sprint(n), "Slow."))
		words.words["de"][fmt.Sprint(n)] = Words{"Langsam.", ""}
	}
	a := &apple{now: noon, report: reading(many...)}
	m := NewMonitor(Options{Source: a, Words: words, Now: a.clock, Log: slog.New(slog.DiscardHandler)})
	for range 6 {
		m.Run(t.Context())
		a.pass(time.Minute)
	}
	translated := 0
	for _, i := range m.Report().Service.Incidents {
		if _, lang := i.WordsIn("de"); lang == "de" {
			translated++
		}
	}
	if translated != maxTranslated || len(words.asked) != 3 {
		t.Errorf("%d incidents, %v", translated, words.asked)
	}
}
