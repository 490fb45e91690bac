// @ts-check
// The question when the backup failed: turns its answers into a span of time,
// which the engine compares with Apple's problems.

import { button, element } from "./elements.js";

/** @typedef {import("./engine.js").Span} Span */

const HOUR = 3600_000;

/** @param {number} from @param {number} to both in milliseconds @returns {Span} */
const inSeconds = (from, to) => ({ from: Math.floor(from / 1000), to: Math.floor(to / 1000) });

/**
 * The span that an answer means; null for one that names no time.
 * @param {string} id @param {number} now milliseconds since 1970
 * @returns {Span | null}
 */
export function failureSpan(id, now) {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  if (id === "today") return inSeconds(midnight, now);
  if (id === "last-night") return inSeconds(midnight - 4 * HOUR, Math.min(midnight + 8 * HOUR, now));
  return null;
}

/** The span around a time that the reader remembers roughly. @param {number} time @param {number} now both in milliseconds since 1970 */
export const spanAround = (time, now) => inSeconds(time - HOUR, Math.min(time + HOUR, now));

/** Replaces the choices by a field for date and time. @param {HTMLElement} choices @param {import("./sequence.js").Sequence} sequence */
export function renderTimePicker(choices, sequence) {
  const { text } = sequence.texts;
  const input = /** @type {HTMLInputElement} */ (element("input", { type: "datetime-local" }));
  const submit = button(text("sequence.continue"), { class: "primary", "data-action": "continue" }, () => {
    const time = Date.parse(input.value);
    if (Number.isNaN(time)) input.focus();
    else sequence.choose("when", "pick", spanAround(time, Date.now()));
  });
  choices.replaceChildren(element("label", {}, element("span", {}, text("sequence.pick")), input), submit);
  input.focus();
}
