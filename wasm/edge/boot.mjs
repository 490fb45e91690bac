// @ts-check
// Boots the Go program, at the module's top level too. There the platform's
// clocks stand still, and nothing that Go asks for while it boots (random data)
// and while it rehearses (see rehearsal.mjs) is allowed.

import "./wasm_exec.js";
import program from "./app.wasm";
import { GoHeaders, GoResponse } from "./go_http.mjs";

/** @typedef {{url: string, method: string, headers: Map<string, string>, body: null}} GoRequest */

/**
 * The Go program, with the functions that main.go exports.
 * @typedef {object} GoInstance
 * @property {{exited: boolean}} go
 * @property {() => void} start begins anew, with the present variables and bindings
 * @property {() => void} collect collects Go's garbage
 * @property {(request: GoRequest) => Promise<GoResponse>} handleRequest
 * @property {() => {lease: number, wait: number, next: number}} claim
 * @property {(lease: number) => boolean} settled
 * @property {(lease: number) => Promise<void>} refresh
 * @property {() => Promise<void>} runOnce
 * @property {(url: string) => {tag: string, file: string} | null} missingLanguage the language of an address, if its texts aren't loaded, and their file
 * @property {(tag: string, texts: Uint8Array) => boolean} provideLanguage
 */

/** The time at the top level, in milliseconds: no time that anything later could take for its own. */
export const TOP_LEVEL_TIME = Date.UTC(2001, 8, 9);

let topLevel = true;
/** Go's clock at the top level, in nanoseconds. It goes on from there, so that it never runs backwards. */
let ticks = 0;

/** Call it when the top level ends: from now on Go gets the platform's time and random data. */
export function leaveTopLevel() {
  topLevel = false;
}

/**
 * Boots an instance. It has no variables and bindings: set env, and call start.
 * @returns {{env: Record<string, unknown>, ctx: {}, binding: GoInstance}} what Go finds as its context
 */
export function boot() {
  const go = new globalThis.Go();
  const binding = /** @type {any} */ ({ go }); // Go adds its functions
  const context = { env: {}, ctx: {}, binding };
  let ready = false;
  const wasm = new WebAssembly.Instance(program, {
    ...go.importObject,
    gojs: { .../** @type {Record<string, Function>} */ (go.importObject.gojs), ...topLevelImports(go) },
    workers: {
      ready() {
        ready = true;
      },
    },
  });
  // Go runs synchronously up to ready. It sees one env and ctx for good, but
  // outlives its first request, so ctx is that of no request. The promise of
  // run isn't awaited: its continuation belongs to the request that booted the
  // instance, and never runs after that request has ended.
  const platform = { Headers, Response };
  Object.assign(globalThis, { Headers: GoHeaders, Response: GoResponse }); // Go looks them up once, here
  try {
    go.run(wasm, context);
  } finally {
    Object.assign(globalThis, platform);
  }
  if (!ready) throw new Error("the Go program didn't start");
  return context;
}

/**
 * What Go imports of time and randomness. wasm_exec.js has the signatures.
 * @param {{importObject: WebAssembly.Imports}} go
 */
function topLevelImports(go) {
  const { "runtime.walltime": walltime, "runtime.getRandomData": randomData } =
    /** @type {Record<string, (sp: number) => void>} */ (go.importObject.gojs);
  const memory = () => /** @type {DataView} */ (/** @type {any} */ (go).mem);
  return {
    // Go's runtime ends if this is zero, as the platform's clock may be at the top level.
    "runtime.nanotime1": (/** @type {number} */ sp) => {
      const now = topLevel ? (ticks += 1000) : ticks + performance.now() * 1e6;
      memory().setUint32((sp >>> 0) + 8, now, true);
      memory().setUint32((sp >>> 0) + 12, now / 2 ** 32, true);
    },
    "runtime.walltime": (/** @type {number} */ sp) => {
      if (!topLevel) return walltime(sp);
      memory().setBigInt64((sp >>> 0) + 8, BigInt(TOP_LEVEL_TIME / 1000), true);
      memory().setInt32((sp >>> 0) + 16, 1_000_000, true); // a fraction, as later times have
    },
    // At the top level this is where the runtime takes the seeds of its maps and of
    // its scheduler from. .github/SECURITY.md says what follows from that.
    "runtime.getRandomData": (/** @type {number} */ sp) => {
      if (!topLevel) return randomData(sp);
      const [start, length] = [8, 16].map((offset) => Number(memory().getBigInt64((sp >>> 0) + offset, true)));
      for (let n = 0; n < length; n++) memory().setUint8(start + n, Math.random() * 256);
    },
  };
}
