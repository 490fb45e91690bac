// @ts-check
// What an ending of the sequence offers below its text: the support request,
// the weekly reminder, a way to continue on another device, and to delete the
// answers.

import { downloadButton } from "./download.js";
import { button } from "./elements.js";
import { continueElsewhere } from "./elsewhere.js";
import { weeklyReminder } from "./reminder.js";
import { renderRequest } from "./request.js";

/** @typedef {import("./sequence.js").Sequence} Sequence */

/** @param {string} node @param {Sequence} sequence @returns {HTMLElement[]} */
export function renderEnding(node, sequence) {
  const { text } = sequence.texts;
  return [
    ...(node === "support" ? renderRequest(sequence) : []),
    ...(node === "fixed" ? [renderReminder(sequence)] : []),
    continueElsewhere(sequence),
    button(text("sequence.forget"), { class: "quiet", "data-action": "forget" }, () => sequence.clear()),
  ];
}

/** @param {Sequence} sequence */
function renderReminder({ texts: { text } }) {
  return downloadButton(text("reminder.button"), "remind", "icloud-backup.ics", "text/calendar", () =>
    weeklyReminder({
      text,
      now: new Date(),
      uid: `${crypto.getRandomValues(new Uint32Array(2)).join("-")}@backup-check`,
    }),
  );
}
