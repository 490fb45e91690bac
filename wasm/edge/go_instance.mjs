// @ts-check
// Boots the Go program and holds the isolate's one instance of it.

import "./wasm_exec.js";
import program from "./app.wasm";
import { ports } from "./ports.mjs";
import { rehearse } from "./rehearsal.mjs";

/**
 * The Go program, with the functions that main.go exports.
 * @typedef {object} GoInstance
 * @property {{exited: boolean}} go
 * @property {() => void} start
 * @property {(request: Request) => Promise<Response>} handleRequest
 * @property {() => {lease: number, wait: number, next: number}} claim
 * @property {(lease: number) => boolean} settled
 * @property {(lease: number) => Promise<void>} refresh
 * @property {() => Promise<void>} runOnce
 *
 * @typedef {{env: Record<string, unknown>, ctx: {}, binding: GoInstance}} Context
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
    const context = prepared ?? boot();
    prepared = undefined;
    start(context, { ...env, ...ports(env) });
    current = context.binding;
    console.log(JSON.stringify({ level: "INFO", msg: "the Go program started", restart }));
  }
  return current;
}

/** @param {Context} context @param {Record<string, unknown>} env */
function start(context, env) {
  context.env = env;
  context.binding.start();
}

/** @returns {Context} */
function boot(rehearsing = false) {
  const go = new globalThis.Go();
  const binding = /** @type {any} */ ({ go }); // Go adds its functions
  const context = { env: {}, ctx: {}, binding };
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
  go.run(wasm, context);
  if (!ready) throw new Error("the Go program didn't start");
  return context;
}

/** @type {Context | undefined} */
let prepared;

let top = true;
{
  const goProto = globalThis.Go;
  globalThis.Go = class extends goProto {
    constructor() {
      super();
      const { gojs } = this.importObject;
      const { "runtime.nanotime1": nano, "runtime.walltime": wall, "runtime.getRandomData": random } = gojs;
      let ticks = 0n;
      gojs["runtime.nanotime1"] = (sp) => { if (!top) return nano(sp); this.mem.setBigInt64((sp >>> 0) + 8, ticks += 1000n, true); };
      gojs["runtime.walltime"] = (sp) => { if (!top) return wall(sp); sp >>>= 0; this.mem.setBigInt64(sp + 8, 1750000000n, true); this.mem.setInt32(sp + 16, 0, true); };
      gojs["runtime.getRandomData"] = (sp) => {
        if (!top) return random(sp);
        sp >>>= 0;
        const start = Number(this.mem.getBigInt64(sp + 8, true)), len = Number(this.mem.getBigInt64(sp + 16, true));
        const b = new Uint8Array(this.mem.buffer, start, len);
        for (let i = 0; i < len; i++) b[i] = (i * 31 + 7) & 255;
      };
    }
  };
}
const log = console.log;
const RealResponse = Response;
globalThis.Response = function (body, init) {
  return top ? { status: init.status, headers: init.headers, body } : new RealResponse(body, init);
};
try {
  prepared = boot(true);
  globalThis.Response = RealResponse;
  await rehearse(prepared, start);
} catch (error) {
  log("rehearsal failed", error, error.stack);
} finally {
  top = false;
}
