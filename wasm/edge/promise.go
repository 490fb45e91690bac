//go:build js && wasm

package main

import (
	"errors"
	"fmt"
	"log/slog"
	"syscall/js"
)

// promise runs work in a goroutine and returns a JavaScript promise that
// resolves when it is done. A panic is logged and resolves the promise, so that
// it doesn't end the instance.
func promise(work func()) js.Value {
	var executor js.Func
	executor = js.FuncOf(func(_ js.Value, args []js.Value) any {
		resolve := args[0]
		go func() {
			defer executor.Release()
			defer resolve.Invoke()
			defer func() {
				if p := recover(); p != nil {
					slog.Error("background work panicked", "panic", fmt.Sprint(p))
				}
			}()
			work()
		}()
		return nil
	})
	return js.Global().Get("Promise").New(executor)
}

// await waits until a promise settles, and returns its value or the reason of
// its rejection. The promise belongs to the request that Go was called for: see
// callGo in call_go.mjs.
func await(promise js.Value) (js.Value, error) {
	type result struct {
		value     js.Value
		fulfilled bool
	}
	settled := make(chan result, 1)
	callback := func(fulfilled bool) js.Func {
		return js.FuncOf(func(_ js.Value, args []js.Value) any {
			settled <- result{args[0], fulfilled}
			return nil
		})
	}
	onFulfilled, onRejected := callback(true), callback(false)
	defer onFulfilled.Release()
	defer onRejected.Release()
	promise.Call("then", onFulfilled, onRejected)
	r := <-settled
	if !r.fulfilled {
		return js.Value{}, errors.New(js.Global().Call("String", r.value).String())
	}
	return r.value, nil
}

// recoverAs recovers a panic, such as that of a value of an unexpected type,
// and returns it as an error about what. Defer it.
func recoverAs(what string, err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("%s: %v", what, p)
	}
}
