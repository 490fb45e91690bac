package walkthrough_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"backupcheck/widget/locale"
	"backupcheck/widget/sequence"
	"backupcheck/widget/sequence/walkthrough"
)

// kettle is a graph with each kind of screen.
var kettle = sequence.Graph{
	Version: 'k',
	Nodes: []sequence.Node{
		{ID: "problem", Kind: sequence.Question, Choices: []sequence.Choice{
			{ID: "cold"}, {ID: "leaks", To: 2}, {ID: "other", WorstCase: true},
		}},
		{ID: "since", Kind: sequence.Question, If: &sequence.Condition{Incidents: true}, Choices: []sequence.Choice{
			{ID: "today", Time: sequence.TakesTime}, {ID: "skip", WorstCase: true},
			{ID: "covered", Time: sequence.DuringIncident, To: 5}, {ID: "not-covered", Time: sequence.OutsideIncident},
		}},
		{ID: "plug", Kind: sequence.Fix, Article: "100", Choices: []sequence.Choice{{ID: "boils", To: 6}, {ID: "still-cold", WorstCase: true}}},
		{ID: "before-open", Kind: sequence.Gate, Confirm: []string{"unplugged", "cool"}, Choices: []sequence.Choice{
			{ID: "continue", Stay: true, WorstCase: true}, {ID: "not-now"},
		}},
		{ID: "open", Kind: sequence.Fix, Risk: sequence.Destructive, Before: 3, Choices: []sequence.Choice{{ID: "boils", To: 6}, {ID: "still-cold", WorstCase: true}}},
		{ID: "power-cut", Kind: sequence.End},
		{ID: "tea", Kind: sequence.End},
		{ID: "shop", Kind: sequence.End},
	},
	Order: []sequence.Place{1, 2, 4},
	End:   7,
	Rules: []sequence.Rule{{Rows: []sequence.Row{"Grid"}, Health: sequence.Affected, Steps: []sequence.Place{4}, Held: "held.grid"}},
	Plain: []sequence.Place{2, 4},
}

var texts = locale.New("en", func() []byte {
	return []byte(`{
		"page.warning": "Careful:", "path.plug-path.any": "Kitchen > Wall",
		"ask.problem.title": "What’s wrong?", "ask.problem.text": "With the kettle.", "ask.since.title": "Since when?",
		"step.plug.title": "Look at the plug", "step.plug.warning": "It may be hot.", "step.plug.do.1": "Look at {plug-path}.",
		"step.plug.do.2": "Push {it}.", "step.plug.why": "A loose one doesn’t heat.",
		"gate.before-open.title": "Before you open it", "gate.before-open.text": "At {plug-path}.",
		"step.open.title": "Open it", "end.power-cut.title": "That was the power", "end.tea.title": "Tea", "end.tea.1": "Drink it.", "end.shop.title": "Shop",
		"held.grid": "Not during a power cut.",
		"confirm.unplugged": "It’s unplugged", "confirm.cool": "It’s cool, and empty",
		"choice.cold": "It stays cold", "choice.leaks": "It leaks, “slowly”", "choice.other": "It leaks", "choice.today": "Today", "choice.skip": "Skip",
		"choice.covered": "During a power cut", "choice.not-covered": "At another time",
		"choice.boils": "It boils", "choice.still-cold": "Still cold", "choice.plug.still-cold": "Cold, as before",
		"choice.continue": "Continue", "choice.not-now": "Not now", "choice.go-on": "Go on"
	}`)
})

func TestGraphHasNoProblems(t *testing.T) {
	if problems := kettle.Problems(); problems != nil {
		t.Error(problems)
	}
}

func TestWalk(t *testing.T) {
	ended := []sequence.Span{{From: 2000, To: 3000}}
	fine := map[sequence.Row]sequence.Health{"Grid": sequence.Fine}
	for _, tt := range []struct {
		name, answers string
		apple         sequence.Apple
		screens       string
		fails         string // "" if all answers are taken
	}{
		{"no answer", "", sequence.Apple{}, "problem", ""},
		{"only commas", " , ,", sequence.Apple{}, "problem", ""},
		{"ids", "cold, boils", sequence.Apple{}, "problem plug tea", ""},
		{"without spaces", "cold,still-cold,not-now", sequence.Apple{}, "problem plug before-open shop", ""},
		{"labels", "IT STAYS COLD, it boils", sequence.Apple{}, "problem plug tea", ""},
		{"a label with a comma, and other quotation marks", `it leaks, "slowly", cold, as before`, sequence.Apple{}, "problem plug before-open", ""},
		{"the label of its own node", "other, Still cold", sequence.Apple{}, "problem plug", "plug has no choice"},
		{"a label that another one begins with", "It leaks, boils", sequence.Apple{}, "problem plug tea", ""},
		{"a gate", "cold, still-cold, unplugged, it's cool, and empty, continue, boils", sequence.Apple{},
			"problem plug before-open open tea", ""},
		{"a gate with a box to tick", "cold, still-cold, cool, continue", sequence.Apple{}, "problem plug before-open", "boxes"},
		{"held", "cold, still-cold, go-on", sequence.Apple{Rows: map[sequence.Row]sequence.Health{"Grid": sequence.Affected}},
			"problem plug before-open shop", ""},
		{"a time", "cold, today", sequence.Apple{Incidents: ended, Rows: fine}, "problem since plug", ""},
		{"a time that is covered", "cold, covered", sequence.Apple{Incidents: ended}, "problem since power-cut", ""},
		{"the label of an outcome", "cold, At another time", sequence.Apple{Incidents: ended}, "problem since plug", ""},
		{"an outcome where no time is asked for", "covered", sequence.Apple{}, "problem", `problem has no choice "covered"; it has cold, leaks, other`},
		{"no such choice", "cold, Boil it, boils", sequence.Apple{}, "problem plug", `plug has no choice "Boil it"; it has boils, still-cold`},
		{"the beginning of a choice", "col", sequence.Apple{}, "problem", "problem has no choice"},
		{"after the end", "cold, boils, cold", sequence.Apple{}, "problem plug tea", "tea has no choice \"cold\"; it has none"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var out strings.Builder
			err := walkthrough.Walk(&out, texts, sequence.Start(&kettle, tt.apple), tt.answers)
			if (err != nil) != (tt.fails != "") || err != nil && !strings.Contains(err.Error(), tt.fails) {
				t.Errorf("error %v, want %q", err, tt.fails)
			}
			var screens []string
			for line := range strings.Lines(out.String()) {
				if line[0] != ' ' && line[0] != '>' {
					screens = append(screens, strings.Fields(line)[0])
				}
			}
			if !slices.Equal(screens, strings.Fields(tt.screens)) {
				t.Errorf("screens %v, want %s", screens, tt.screens)
			}
		})
	}
}

func TestWalkPrintsWhatTheReaderSees(t *testing.T) {
	var out strings.Builder
	apple, err := walkthrough.Apple(map[string]string{"Grid": "degraded"}, []string{"Grid"})
	if err != nil {
		t.Fatal(err)
	}
	s := sequence.Start(&kettle, apple)
	if err := walkthrough.Walk(&out, texts, s, "It stays cold, still-cold"); err != nil {
		t.Fatal(err)
	}
	s.SetApple(sequence.Apple{})
	if err := walkthrough.Walk(&out, texts, s, "it’s unplugged"); err != nil {
		t.Fatal(err)
	}
	const want = `problem (question) What’s wrong?
  With the kettle.
  - cold: It stays cold
  - leaks: It leaks, “slowly”
  - other: It leaks
> cold
plug (fix) Look at the plug
  Careful: It may be hot.
  1. Look at Kitchen > Wall.
  2. Push {it}.
  A loose one doesn’t heat.
  https://support.apple.com/100
  - boils: It boils
  - still-cold: Cold, as before
> still-cold
before-open (gate) Before you open it
  Not during a power cut.
  - go-on: Go on
before-open (gate) Before you open it
  At Kitchen > Wall.
  [ ] unplugged: It’s unplugged
  [ ] cool: It’s cool, and empty
  - continue: Continue
  - not-now: Not now
> unplugged
`
	if out.String() != want {
		t.Errorf("\n got %s\nwant %s", out.String(), want)
	}
}

func TestApple(t *testing.T) {
	related := []string{"Photos", "Find My"}
	for _, tt := range []struct {
		levels    map[string]string
		service   sequence.ServiceState
		rows      map[sequence.Row]sequence.Health
		incidents int
	}{
		{nil, sequence.ServiceFine, map[sequence.Row]sequence.Health{"Photos": sequence.Fine, "Find My": sequence.Fine}, 0},
		{map[string]string{"iCloud Backup": "recovered", "Photos": "maintenance", "Find My": "unknown"}, sequence.ServiceRecovered,
			map[sequence.Row]sequence.Health{"Photos": sequence.Affected}, 1},
		{map[string]string{"iCloud Backup": "outage", "Photos": "operational"}, sequence.ServiceOutage,
			map[sequence.Row]sequence.Health{"Photos": sequence.Fine, "Find My": sequence.Fine}, 1},
		{map[string]string{"iCloud Backup": "unknown"}, sequence.ServiceUnknown,
			map[sequence.Row]sequence.Health{"Photos": sequence.Fine, "Find My": sequence.Fine}, 0},
	} {
		a, err := walkthrough.Apple(tt.levels, related)
		if err != nil || a.Service != tt.service || !maps.Equal(a.Rows, tt.rows) || len(a.Incidents) != tt.incidents {
			t.Errorf("%v: %+v, %v", tt.levels, a, err)
		}
	}
	for _, wrong := range []map[string]string{
		{"iCloud Backup": "bad"}, {"Photos": "recovered"}, {"photos": "outage"}, {"": "outage"},
	} {
		if _, err := walkthrough.Apple(wrong, related); err == nil {
			t.Errorf("%v is accepted", wrong)
		}
	}
}
