// @ts-check
// Boots the Go program and holds the isolate's one instance of it.

import "./wasm_exec.js";
import program from "./app.wasm";
import { ports } from "./ports.mjs";

/**
 * The Go program, with the functions that main.go exports.
 * @typedef {object} GoInstance
 * @property {{exited: boolean}} go
 * @property {(request: Request) => Promise<Response>} handleRequest
 * @property {() => {lease: number, wait: number, next: number}} claim
 * @property {(lease: number) => boolean} settled
 * @property {(lease: number) => Promise<void>} refresh
 * @property {() => Promise<void>} runOnce
 */

/** @type {GoInstance | undefined} */
let current;

/**
 * Returns the isolate's Go instance. Boots one if there is none or if it has
 * exited. Booting is synchronous, so concurrent requests share one boot.
 *
 * @param {Record<string, unknown>} env
 * @returns {GoInstance}
 */
export function goInstance(env) {
  if (!current || current.go.exited) {
    const restart = current !== undefined;
    current = boot(env);
    console.log(JSON.stringify({ level: "INFO", msg: "the Go program started", restart }));
  }
  return current;
}

/**
 * @param {Record<string, unknown>} env
 * @returns {GoInstance}
 */
function boot(env) {
  const go = new globalThis.Go();
  const binding = /** @type {any} */ ({ go }); // Go adds its functions
  let ready = false;
  const wasm = new WebAssembly.Instance(program, {
    ...go.importObject,
    workers: {
      ready: () => {
        ready = true;
      },
    },
  });
  // The workers package expects the names env, ctx and binding. The instance
  // outlives its first request, so ctx is that of no request. The promise of
  // run isn't awaited: its continuation belongs to the request that booted the
  // instance, and never runs after that request has ended.
  go.run(wasm, { env: { ...env, ...ports(env) }, ctx: {}, binding });
  if (!ready) throw new Error("the Go program didn't start");
  return binding;
}
