// @ts-check
// The buttons that answer a screen, and the boxes that open a gate.

import { button, element } from "./elements.js";
import { choiceLabel } from "./labels.js";
import { renderText } from "./paths.js";
import { failureSpan, renderTimePicker } from "./when.js";

/**
 * @typedef {import("./engine.js").Screen} Screen
 * @typedef {import("./sequence.js").Sequence} Sequence
 */

/** @param {Screen} screen @param {Sequence} sequence */
export function renderChoices({ node, kind, choices }, sequence) {
  const question = kind === "question";
  const group = element("div", { class: question ? "choices list" : "choices" });
  for (const { id, enabled, primary } of choices) {
    const choice = button(
      choiceLabel(sequence.texts, node, id),
      { class: primary ? "primary" : "", "data-choice": id },
      // A tap starts here and continues in Sequence.choose, in sequence.js.
      () => {
        if (node === "when" && id === "pick") renderTimePicker(group, sequence);
        else sequence.choose(node, id, node === "when" ? failureSpan(id, Date.now()) : null);
      },
    );
    choice.disabled = !enabled;
    group.append(choice);
  }
  return group;
}

/** The boxes of a gate: what must be true before its step. @param {Screen} screen @param {Sequence} sequence */
export function renderConfirmations({ confirm }, sequence) {
  return confirm.map(({ id, done }) => {
    const box = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox", "data-confirm": id }));
    box.checked = done;
    box.addEventListener("change", () => sequence.confirm(id, box.checked));
    return element(
      "label",
      { class: "confirm" },
      box,
      element("span", {}, ...renderText(sequence.texts, `confirm.${id}`)),
    );
  });
}
