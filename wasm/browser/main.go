//go:build js && wasm

// Command browser is the Wasm module that the widget loads: the troubleshooting
// engine with the graph of iCloud Backup, callable from JavaScript. It holds the
// answers in memory; nothing leaves the page.
//
// A tap takes this path: a button of widget/assets/sequence.js calls a method of
// the session object below, the method calls the engine (package sequence), and
// the script then renders what screen() returns.
package main

import (
	"syscall/js"

	"backupcheck/widget/messages"
	"backupcheck/widget/sequence"
	"backupcheck/widget/sequence/icloudbackup"
)

func main() {
	js.Global().Set("backupCheckEngine", js.ValueOf(map[string]any{
		"start":     jsFunc(start),
		"restore":   jsFunc(restore),
		"recognize": jsFunc(recognize),
	}))
	select {} // the functions above are called as long as the page lives
}

// start is backupCheckEngine.start(apple): a session at the first question.
// sequence.js calls it when it has loaded the engine and when a reader begins.
func start(args []js.Value) any {
	return sessionObject(icloudbackup.Start(appleFromJS(args[0])))
}

// restore is backupCheckEngine.restore(apple, saved): the session of a link, of
// the browser's storage or of another tab, null if saved can't be restored.
func restore(args []js.Value) any {
	s, ok := icloudbackup.Restore(appleFromJS(args[0]), args[1].String())
	if !ok {
		return nil
	}
	return sessionObject(s)
}

// recognize is backupCheckEngine.recognize(text, lang): the ids of the messages
// that a reader's words may be, the best first, for the field "What does it say?".
func recognize(args []js.Value) any {
	ids := []any{} // not nil, which would be null
	for _, id := range messages.Recognize(args[0].String(), args[1].String()) {
		ids = append(ids, id)
	}
	return ids
}

// sessionObject is what sequence.js knows as Session. Its methods are those of
// [sequence.Session]; they return false for what the screen doesn't offer.
func sessionObject(s *sequence.Session) map[string]any {
	return map[string]any{
		// screen() is what to render; see screenToJS.
		"screen": jsFunc(func([]js.Value) any { return screenToJS(s.Screen()) }),
		// choose(id) answers the screen, for the button of a choice.
		"choose": jsFunc(func(args []js.Value) any { return s.Choose(args[0].String()) }),
		// confirm(id, done) ticks or clears a box of a gate.
		"confirm": jsFunc(func(args []js.Value) any { return s.Confirm(args[0].String(), args[1].Bool()) }),
		// failed({from, to}) answers the question for the time of the failure.
		"failed": jsFunc(func(args []js.Value) any { return s.Failed(spanFromJS(args[0])) }),
		// back() undoes the last answer, for the button "Back".
		"back": jsFunc(func([]js.Value) any { return s.Back() }),
		// restart() drops all answers.
		"restart": jsFunc(func([]js.Value) any { s.Restart(); return nil }),
		// apple(report) replaces Apple's report, when earlier incidents were loaded.
		"apple": jsFunc(func(args []js.Value) any { s.SetApple(appleFromJS(args[0])); return nil }),
		// save() is the progress as text, for the link and the browser's storage.
		"save": jsFunc(func([]js.Value) any { return s.Save() }),
		// tried() lists the answers so far as {node, choice}.
		"tried": jsFunc(func([]js.Value) any { return triedToJS(s.Tried()) }),
	}
}

func jsFunc(call func(args []js.Value) any) js.Func {
	return js.FuncOf(func(_ js.Value, args []js.Value) any { return call(args) })
}

// appleFromJS reads what the page knows of Apple's report: {backup, rows,
// incidents}, with levels in the words of the status endpoint. Unknown words
// count as affected for a row, and as unknown for iCloud Backup.
func appleFromJS(v js.Value) sequence.Apple {
	a := sequence.Apple{Service: backupStates[v.Get("backup").String()], Rows: map[sequence.Row]sequence.Health{}}
	rows := v.Get("rows")
	names := js.Global().Get("Object").Call("keys", rows)
	for i := range names.Length() {
		name := names.Index(i).String()
		switch level := rows.Get(name); {
		case level.Type() != js.TypeString, level.String() == "unknown":
		case level.String() == "operational":
			a.Rows[sequence.Row(name)] = sequence.Fine
		default:
			a.Rows[sequence.Row(name)] = sequence.Affected
		}
	}
	incidents := v.Get("incidents")
	for i := range incidents.Length() {
		a.Incidents = append(a.Incidents, spanFromJS(incidents.Index(i)))
	}
	return a
}

// backupStates are the words for iCloud Backup's state; others are unknown.
var backupStates = map[string]sequence.ServiceState{
	"operational": sequence.ServiceFine,
	"recovered":   sequence.ServiceRecovered,
	"maintenance": sequence.ServiceMaintenance,
	"degraded":    sequence.ServiceDegraded,
	"outage":      sequence.ServiceOutage,
}

// spanFromJS reads {from, to} in seconds of Unix time.
func spanFromJS(v js.Value) sequence.Span {
	return sequence.Span{From: int64(v.Get("from").Float()), To: int64(v.Get("to").Float())}
}

// kinds are the words of sequence.js for the kinds of a screen.
var kinds = [...]string{
	sequence.Question: "question",
	sequence.Fix:      "fix",
	sequence.Gate:     "gate",
	sequence.End:      "end",
}

// screenToJS is what sequence.js knows as Screen.
func screenToJS(s sequence.Screen) map[string]any {
	var notes, confirm, choices []any
	for _, note := range s.Notes {
		notes = append(notes, note)
	}
	for _, c := range s.Confirm {
		confirm = append(confirm, map[string]any{"id": c.ID, "done": c.Done})
	}
	for _, c := range s.Choices {
		choices = append(choices, map[string]any{"id": c.ID, "enabled": c.Enabled, "primary": c.Primary})
	}
	return map[string]any{
		"node": s.Node, "kind": kinds[s.Kind], "article": s.Article, "risky": s.Risk == sequence.Destructive,
		"held": s.Held, "notes": notes, "confirm": confirm, "choices": choices, "number": s.Number, "left": s.Left,
	}
}

func triedToJS(answers []sequence.Answer) []any {
	var list []any
	for _, a := range answers {
		list = append(list, map[string]any{"node": a.Node, "choice": a.Choice})
	}
	return list
}
