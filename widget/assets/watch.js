// @ts-check
// Runs while the page is open: updates the verdict, and adds the language menu,
// printing, and support for sandboxed frames. widget.js loads it when the document
// is painted.

import { adaptToSandbox } from "./sandbox.js";
import { postToHost } from "./host.js";
import { addLanguageMenu } from "./menu.js";
import { showStale, showTime, showUnknown } from "./outdated.js";
import { openWhilePrinting } from "./print.js";
import { watchVerdict } from "./refresh.js";

/**
 * Reloads the document when the verdict has changed, and marks the verdict as
 * unknown when it has become too old.
 * @param {HTMLElement} main
 * @param {any} verdict the document's, which is changed
 * @param {() => import("./sequence.js").Sequence | undefined} sequence
 * @param {typeof import("./ipad.js").sayDevice} sayDevice which knows the words that it has changed
 */
export function keepTrue(main, verdict, sequence, sayDevice) {
  addLanguageMenu(main, () => sequence()?.passOn());
  openWhilePrinting();
  adaptToSandbox(main, sequence).catch(() => {}); // the texts can't be loaded
  watchVerdict(verdict, {
    onConfirmed() {
      showTime(verdict.checked_at);
      const shown = sequence();
      if (shown) shown.report.checked_at = verdict.checked_at;
    },
    onStale(stale) {
      showStale(verdict.outdated, stale);
    },
    onTooOld() {
      showUnknown(verdict.outdated);
      // The first screens are those of the old verdict.
      for (const template of main.querySelectorAll("template")) template.remove();
      sayDevice(main, /** @type {any} */ (main.dataset.device), verdict.device.words);
      // What is known of problems is that they lasted until then.
      for (const incident of verdict.incidents) incident.to ||= verdict.checked_at;
      Object.assign(verdict, { level: "unknown", recovered: false, rows: {}, summary: verdict.outdated.summary });
      sequence()?.setVerdict(verdict);
      postToHost({ type: "backup-check:status", level: verdict.level });
    },
    // A new verdict needs a new document, which resumes from the saved answers.
    onChange() {
      if (main.querySelector("section[data-from]")) return; // until the engine has the reader's answers
      sequence()?.passOn();
      location.reload();
    },
  });
}
