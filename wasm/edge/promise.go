//go:build js && wasm

package main

import (
	"errors"
	"fmt"
	"log/slog"
	"syscall/js"
)

// promise runs work beside the call and returns a promise of its end. A panic
// of the work ends the work and not the instance.
func promise(work func()) js.Value {
	var executor js.Func
	executor = js.FuncOf(func(_ js.Value, args []js.Value) any {
		resolve := args[0]
		go func() {
			defer executor.Release()
			defer resolve.Invoke()
			defer func() {
				if p := recover(); p != nil {
					slog.Error("work panicked", "panic", fmt.Sprint(p))
				}
			}()
			work()
		}()
		return nil
	})
	return js.Global().Get("Promise").New(executor)
}

// await waits for a promise to be kept or broken. It belongs to the request
// that Go works for: see worker.mjs.
func await(promise js.Value) (js.Value, error) {
	type end struct {
		value js.Value
		kept  bool
	}
	ended := make(chan end, 1)
	callback := func(kept bool) js.Func {
		return js.FuncOf(func(_ js.Value, args []js.Value) any {
			ended <- end{args[0], kept}
			return nil
		})
	}
	kept, broken := callback(true), callback(false)
	defer kept.Release()
	defer broken.Release()
	promise.Call("then", kept, broken)
	e := <-ended
	if !e.kept {
		return js.Value{}, errors.New(js.Global().Call("String", e.value).String())
	}
	return e.value, nil
}

// rescue turns a panic, as of a value of another type than expected, into an
// error.
func rescue(what string, err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("%s: %v", what, p)
	}
}
