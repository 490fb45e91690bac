package sequence_test

import (
	"slices"
	"strings"
	"testing"

	"backupcheck/widget/sequence"
)

func TestEngineWithAnotherGraph(t *testing.T) {
	fine := map[sequence.Row]sequence.Health{"Spooler": sequence.Fine, "Drivers": sequence.Fine}
	timed := []sequence.Span{{From: 10, To: 20}}
	for _, tt := range []struct {
		name    string
		apple   sequence.Apple
		choices string // "+" ticks a box, "@" answers by a time
		nodes   string // after each choice
	}{
		{"order", sequence.Apple{Service: sequence.ServiceFine, Rows: fine},
			"other no-change no-change +jobs-saved +code-known erase no-change",
			"cable print-again before-erase before-erase before-erase erase shop"},
		{"gate declined", sequence.Apple{Service: sequence.ServiceFine, Rows: fine},
			"other no-change no-change leave none", "cable print-again before-erase another shop"},
		{"priority", sequence.Apple{Service: sequence.ServiceFine, Rows: fine},
			"blank-pages no-change no-change", "ink cable print-again"},
		{"the latest priority first, without nodes excluded by facts", sequence.Apple{Service: sequence.ServiceFine, Rows: fine},
			"nothing-happens wet streaks no-change", "cable another print-again before-erase"},
		{"during an incident", sequence.Apple{Service: sequence.ServiceFine, Rows: fine, Incidents: timed},
			"other @15 no-change", "since print-again cable"},
		{"outside the incidents", sequence.Apple{Service: sequence.ServiceFine, Rows: fine, Incidents: timed},
			"other @25", "since cable"},
		{"no time known", sequence.Apple{Service: sequence.ServiceRecovered, Rows: fine, Incidents: timed},
			"nothing-happens no-idea", "since cable"},
		{"a jump after recovery", sequence.Apple{Service: sequence.ServiceRecovered, Rows: fine, Incidents: timed},
			"other no-idea", "since print-again"},
		{"no jump without its fact", sequence.Apple{Service: sequence.ServiceRecovered, Rows: fine},
			"nothing-happens", "cable"},
		{"shown before the start, and held", sequence.Apple{Service: sequence.ServiceOutage, Rows: fine, Incidents: timed},
			"another-printer other no-change no-change go-on", "problem cable print-again before-erase shop"},
		{"a held step without a gate", sequence.Apple{Service: sequence.ServiceFine, Rows: map[sequence.Row]sequence.Health{"Drivers": sequence.Affected}},
			"blank-pages go-on no-change no-change", "ink cable print-again shop"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := sequence.Start(&printer, tt.apple)
			var got []string
			for c := range strings.FieldsSeq(tt.choices) {
				var ok bool
				switch c[0] {
				case '+':
					ok = s.Confirm(c[1:], true)
				case '@':
					at := int64(c[1]-'0')*10 + int64(c[2]-'0')
					ok = s.Failed(sequence.Span{From: at, To: at})
				default:
					ok = s.Choose(c)
				}
				if !ok {
					t.Fatalf("%s isn't offered by %+v", c, s.Screen())
				}
				got = append(got, s.Screen().Node)
			}
			if want := strings.Fields(tt.nodes); !slices.Equal(got, want) {
				t.Errorf("\n got %v\nwant %v", got, want)
			}
			restored, ok := sequence.Restore(&printer, tt.apple, s.Save())
			if !ok || !sequence.Same(restored, sequence.Locked(s)) {
				t.Errorf("%s is restored as %s, %v", s.Save(), restored.Save(), ok)
			}
		})
	}
}

func TestPlanOfAnotherGraph(t *testing.T) {
	plan := printer.Plan(sequence.Apple{Service: sequence.ServiceOutage, Rows: map[sequence.Row]sequence.Health{"Drivers": sequence.Affected}})
	want := []sequence.Entry{
		{Step: sequence.Step{ID: "cable"}},
		{Step: sequence.Step{ID: "ink", Risk: sequence.Costs}, Held: "held.spooler"},
		{Step: sequence.Step{ID: "erase", Risk: sequence.Destructive}, Held: "held.server", Notes: []string{"note.spooler"}},
		{Step: sequence.Step{ID: "print-shop", Article: "1"}},
	}
	if !slices.EqualFunc(plan, want, func(a, b sequence.Entry) bool {
		return a.Step == b.Step && a.Held == b.Held && slices.Equal(a.Notes, b.Notes)
	}) {
		t.Errorf("\n got %+v\nwant %+v", plan, want)
	}
	if rows := printer.Rows(); !slices.Equal(rows, []sequence.Row{"Spooler", "Drivers"}) {
		t.Errorf("Rows() = %q", rows)
	}
}

func TestRestoreRejectsWhatTheGraphDoesNotAllow(t *testing.T) {
	apple := sequence.Apple{Service: sequence.ServiceFine}
	for saved, tried := range map[string]int{
		"pAACADBAGBAHAAIB.AK": 5, // problem=other cable=no-change print-again=no-change gate=erase erase=no-change, at shop
		"pAACADBAHAAIB.AK":    2, // the gate before its turn
		"pAACADB.AK":          2, // the ending before its turn
		"pAACADBAGBAHA.AI":    3, // behind the gate, which is locked again
		"1AACADB.AG":          0, // another version
		"pADB.AG":             0, // a step before the start
		"pAACAIB.AK":          1, // the step without its gate
		"pAACADBAGBAHAAHA.AI": 3, // a gate unlocked twice
		"pAAC.AH":             1, // at a gate, which is never answered itself
		"pAACACA.AD":          1, // a choice that takes a time
		"pAACAD9.AG":          1, // "go on" from a step that nothing holds
		"pAACADB.AD":          2, // at a node that was answered
		"pAAC.Az":             1, // at a node that isn't there
		"pABAABAAAC.AD":       1, // what is shown before the start, left twice
	} {
		s, ok := sequence.Restore(&printer, apple, saved)
		if len(s.Tried()) != tried || ok != (tried > 0) {
			t.Errorf("%s is restored as %v, %v", saved, s.Tried(), ok)
		}
	}
}
