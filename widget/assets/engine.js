// @ts-check
// Boots the troubleshooting engine: Go, compiled to WebAssembly. It decides
// which screen comes next and which steps are safe. It deals in ids only; the
// texts and the rendering are in the other modules.

import "go:wasm_exec";
import { fetchWithRetry } from "./retry.js";

/**
 * What to show next.
 * @typedef {object} Screen
 * @property {string} node id of the question, step, gate or ending
 * @property {"question" | "fix" | "gate" | "end"} kind
 * @property {string} article number of Apple's support article, or ""
 * @property {boolean} risky whether the step can destroy data
 * @property {string} held text id of why the step must wait, or ""
 * @property {string[]} notes text ids
 * @property {{id: string, done: boolean}[]} confirm a gate's boxes
 * @property {{id: string, enabled: boolean, primary: boolean}[]} choices
 * @property {number} number the screen's position, from 1
 * @property {number} left estimate of the screens that follow if nothing helps
 */

/** @typedef {{from: number, to: number}} Span in seconds of Unix time */

/**
 * A reader's way through the graph. All methods throw if the Go program has ended.
 * @typedef {object} Session
 * @property {() => Screen} screen
 * @property {(id: string) => boolean} choose false if the screen doesn't offer the choice
 * @property {(span: Span) => boolean} failed answers the question when the backup failed
 * @property {(id: string, done: boolean) => boolean} confirm
 * @property {() => boolean} back false on the first screen
 * @property {() => void} restart
 * @property {(apple: object) => void} apple replaces Apple's report
 * @property {() => string} save the answers, in the form that restore reads
 * @property {() => {node: string, choice: string}[]} tried the answers, oldest first
 */

/**
 * @typedef {object} Engine
 * @property {(apple: object) => Session} start
 * @property {(apple: object, saved: string) => Session | null} restore null if saved is invalid
 * @property {(text: string, lang: string) => string[]} recognize the ids of the messages that a text may be, the best first
 */

/** @param {string} address of the Wasm module @returns {Promise<Engine>} */
export async function bootEngine(address) {
  const go = new globalThis.Go();
  const program = await fetchWithRetry(
    address,
    (response) => WebAssembly.instantiateStreaming(response, go.importObject),
    // A proxy may have changed the content type, or the browser can't stream.
    async (response) => WebAssembly.instantiate(await response.arrayBuffer(), go.importObject),
  );
  void go.run(program.instance);
  return /** @type {any} */ (globalThis).backupCheckEngine;
}
