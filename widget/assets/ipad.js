// @ts-check
// Whether the reader has an iPhone or an iPad. The choice is in the document and
// beside the choice of the version; widget.js listens to both. The document
// comes with the words for an iPhone.

import { guessDevice, iPadWords } from "./device.js";
import { element } from "./elements.js";

/** @typedef {import("./device.js").Device} Device */

/** @param {string} title @param {Device} device */
export function renderDeviceChoice(title, device) {
  const select = /** @type {HTMLSelectElement} */ (
    element("select", { "data-device": "" }, element("option", {}, "iPhone"), element("option", {}, "iPad"))
  );
  select.value = device || "iPhone";
  return element("label", { class: "version" }, element("span", {}, title), select);
}

/** The device that the reader chose on an earlier visit, or that the browser reveals. @returns {Device} */
export function knownDevice() {
  try {
    // After a reload of the page by itself the progress may be there; see progress.js.
    const { device } = history.state?.backupCheck ?? JSON.parse(localStorage.getItem("backup-check") ?? "{}");
    if (device === "iPhone" || device === "iPad") return device;
  } catch {
    // Storage is forbidden here, or has something else.
  }
  return guessDevice(navigator.userAgent, navigator.maxTouchPoints);
}

/** Words that aren't ours, change by themselves, or are rendered for the device. */
const OTHER = "style, time, script, select, blockquote, .apple, .sequence:not([data-from])";

/** The words for an iPhone, by the text that shows others. @type {WeakMap<Node, string>} */
const originals = new WeakMap();

/**
 * Changes the document's words to those for a device.
 * @param {HTMLElement} main @param {Device} device @param {string[]} words the words that differ, for iPhone and iPad; see iPadWords
 */
export function sayDevice(main, device, [iPhone, iPad]) {
  main.dataset.device = device;
  const say = device === "iPad" ? iPadWords(iPhone, iPad) : (/** @type {string} */ text) => text;
  sayIn(document.documentElement, OTHER, say);
  for (const { content } of document.querySelectorAll("template")) sayIn(content, "textarea", say);
}

/** @param {Node} root @param {string} other what isn't changed @param {(text: string) => string} say */
function sayIn(root, other, say) {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    if (text.parentElement?.closest(other)) continue;
    const original = originals.get(text) ?? text.nodeValue ?? "",
      said = say(original);
    if (said === text.nodeValue) continue;
    originals.set(text, original);
    text.nodeValue = said;
  }
}
