//go:build js && wasm

// Command browser is what runs in the reader's browser: the troubleshooting
// engine, with no more around it than it takes to call it. It keeps the answers
// in its memory; nothing leaves the page.
package main

import (
	"syscall/js"

	"backupcheck/widget/sequence"
)

func main() {
	js.Global().Set("backupCheckEngine", js.ValueOf(map[string]any{
		"start": js.FuncOf(func(_ js.Value, args []js.Value) any {
			return session(sequence.Start(apple(args[0])))
		}),
		// restore returns null for what can't be restored.
		"restore": js.FuncOf(func(_ js.Value, args []js.Value) any {
			s, ok := sequence.Restore(apple(args[0]), args[1].String())
			if !ok {
				return nil
			}
			return session(s)
		}),
	}))
	select {} // the functions above are called for as long as the page lives
}

// session makes a session's methods callable.
func session(s *sequence.Session) map[string]any {
	method := func(call func(args []js.Value) any) js.Func {
		return js.FuncOf(func(_ js.Value, args []js.Value) any { return call(args) })
	}
	return map[string]any{
		"screen":  method(func([]js.Value) any { return screen(s.Screen()) }),
		"choose":  method(func(args []js.Value) any { return s.Choose(args[0].String()) }),
		"confirm": method(func(args []js.Value) any { return s.Confirm(args[0].String(), args[1].Bool()) }),
		"failed":  method(func(args []js.Value) any { return s.Failed(span(args[0])) }),
		"back":    method(func([]js.Value) any { return s.Back() }),
		"restart": method(func([]js.Value) any { s.Restart(); return nil }),
		"apple":   method(func(args []js.Value) any { s.SetApple(apple(args[0])); return nil }),
		"save":    method(func([]js.Value) any { return s.Save() }),
		"tried": method(func([]js.Value) any {
			var list []any
			for _, a := range s.Tried() {
				list = append(list, map[string]any{"node": a.Node, "choice": a.Choice})
			}
			return list
		}),
	}
}

// apple reads what the page knows of Apple's report: {backup, rows, incidents},
// levels in the words of the status endpoint.
func apple(v js.Value) sequence.Apple {
	a := sequence.Apple{Backup: backups[v.Get("backup").String()], Rows: map[sequence.Row]sequence.Health{}}
	for _, row := range sequence.Rows() {
		switch level := v.Get("rows").Get(string(row)); {
		case level.Type() != js.TypeString, level.String() == "unknown":
		case level.String() == "operational":
			a.Rows[row] = sequence.Fine
		default:
			a.Rows[row] = sequence.Affected
		}
	}
	incidents := v.Get("incidents")
	for i := range incidents.Length() {
		a.Incidents = append(a.Incidents, span(incidents.Index(i)))
	}
	return a
}

// backups are the words of iCloud Backup's state; what isn't listed is unknown.
var backups = map[string]sequence.BackupState{
	"operational": sequence.BackupFine,
	"recovered":   sequence.BackupRecovered,
	"maintenance": sequence.BackupMaintenance,
	"degraded":    sequence.BackupDegraded,
	"outage":      sequence.BackupOutage,
}

func span(v js.Value) sequence.Span {
	return sequence.Span{From: int64(v.Get("from").Float()), To: int64(v.Get("to").Float())}
}

var kinds = [...]string{
	sequence.Question: "question",
	sequence.Fix:      "fix",
	sequence.Gate:     "gate",
	sequence.End:      "end",
}

func screen(s sequence.Screen) map[string]any {
	var notes, confirm, choices []any
	for _, note := range s.Notes {
		notes = append(notes, note)
	}
	for _, c := range s.Confirm {
		confirm = append(confirm, map[string]any{"id": c.ID, "done": c.Done})
	}
	for _, c := range s.Choices {
		choices = append(choices, map[string]any{"id": c.ID, "enabled": c.Enabled})
	}
	return map[string]any{
		"node": s.Node, "kind": kinds[s.Kind], "article": s.Article, "risky": s.Risk == sequence.Destructive,
		"held": s.Held, "notes": notes, "confirm": confirm, "choices": choices, "number": s.Number, "left": s.Left,
	}
}
