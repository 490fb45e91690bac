// @ts-check
// Logs in the format of Go's log, with a limit on repeated failures.

import { isWithin } from "./interval.mjs";

/** The same message is logged at most once in this time, in milliseconds. */
const INTERVAL = 10_000;

/** When each message was last logged, and how often it was suppressed since. @type {Map<string, {at: number, suppressed: number}>} */
const logged = new Map();

/**
 * Logs a failure. The same message is logged once in INTERVAL at most, however
 * many requests fail.
 *
 * @param {string} msg a constant: each one takes memory
 * @param {unknown} error
 */
export function logThrottled(msg, error) {
  const now = Date.now(),
    last = logged.get(msg);
  if (last && isWithin(now, last.at, last.at + INTERVAL)) {
    last.suppressed++;
    return;
  }
  logged.set(msg, { at: now, suppressed: 0 });
  console.error(JSON.stringify({ level: "ERROR", msg, error: String(error), suppressed: last?.suppressed ?? 0 }));
}
