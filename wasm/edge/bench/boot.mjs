// @ts-check
// Boots a Go program some times and prints the milliseconds that each boot
// took, from the module to ready. The runtime's own clock stands still while a
// Worker computes, so this is measured in Node: the same V8.
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
    // What the package expects of its surroundings; nothing of it is used here.
    go.run(instance, { env: {}, ctx: {}, binding: { go } });
  });
  took.push(performance.now() - began);
}
process.stdout.write(JSON.stringify(took));
process.exit(0);
