// @ts-check
// Boots a Go program a number of times and prints the duration of each boot in
// milliseconds, from the module to ready. workerd stops the clock while a Worker
// computes, so this is measured in Node, which has the same engine.
//
// node boot.mjs WASM_EXEC PROGRAM TIMES

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [exec, program, times] = process.argv.slice(2);
await import(pathToFileURL(exec).href);
const module = new WebAssembly.Module(readFileSync(program));
/** @type {any} */ (globalThis).tryCatch = (/** @type {() => unknown} */ run) => ({ result: run() });
console.error = () => {};

const took = [];
for (let n = 0; n < Number(times); n++) {
  const go = new /** @type {any} */ (globalThis).Go();
  const began = performance.now();
  await new Promise((ready) => {
    const instance = new WebAssembly.Instance(module, { ...go.importObject, workers: { ready } });
    // The workers package expects these; they are not used here.
    go.run(instance, { env: {}, ctx: {}, binding: { go } });
  });
  took.push(performance.now() - began);
}
process.stdout.write(JSON.stringify(took));
process.exit(0);
