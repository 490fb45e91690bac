// @ts-check
// Changes what the document says when its verdict has become old and no newer
// one can be loaded. The words are in the document, since nothing else may be
// in reach.

import { element } from "./elements.js";

/**
 * What the document contains for this; see document_outdated.go.
 * @typedef {object} Words
 * @property {string} stale
 * @property {string} title
 * @property {string} lead
 * @property {string} last with the placeholder {known} for a time
 * @property {string} open
 * @property {string} summary
 * @property {string} tag of a step that is held back
 * @property {string} held the reason
 * @property {string[]} steps the ids of the steps that are held back while Apple's state is unknown
 * @property {string} icon
 */

const find = (/** @type {string} */ selector) =>
  /** @type {HTMLElement | null} */ (document.querySelector(`.verdict ${selector}`));

/** Says that nothing newer could be read, or no longer says so. @param {Words} words @param {boolean} stale */
export function showStale(words, stale) {
  const shown = find("[data-stale]");
  if (!stale) shown?.remove();
  else if (!shown) find(".more > .meta")?.before(element("p", { "data-stale": "", role: "status" }, words.stale));
}

/** When the verdict's reading was made. @param {number} seconds of Unix time */
export function showTime(seconds) {
  const time = /** @type {HTMLTimeElement | null} */ (find(".meta > time"));
  // Its text follows within seconds, by times.js.
  if (time) time.dateTime = new Date(seconds * 1000).toISOString();
}

/** Makes the document what it is when Apple's status is unknown. @param {Words} words */
export function showUnknown(words) {
  const section = /** @type {HTMLElement} */ (document.querySelector(".verdict"));
  const header = /** @type {HTMLElement} */ (section.querySelector("header"));
  const link = /** @type {HTMLElement} */ (section.querySelector(".meta > a"));
  const time = /** @type {HTMLTimeElement} */ (section.querySelector(".meta > time"));
  section.className = "verdict unknown";
  section.dataset.level = "unknown";
  header.querySelector("path")?.setAttribute("d", words.icon);
  // While the verdict is folded, its title is a button.
  (header.querySelector("h1 button") ?? header.querySelector("h1"))?.replaceChildren(words.title);
  header.setAttribute("role", "status"); // not on the section, whose times change
  link.textContent = words.open;
  delete time.dataset.form; // a time of day, not "3 hours ago"
  time.textContent = time.title || time.textContent;
  const [before, after] = words.last.split("{known}");
  find(".more")?.replaceChildren(
    element("p", {}, words.lead),
    element("p", {}, before, time, after),
    element("p", { "data-stale": "" }, words.stale),
    element("p", { class: "meta" }, link),
  );

  // Advice to wait for Apple's end of a problem gives way to the steps that it holds.
  const older = document.querySelector("details.older");
  if (older) {
    const steps = [...older.children].slice(2); // without its summary and lead
    const computer = /** @type {Element} */ (document.querySelector("details.computer"));
    older.parentElement?.replaceChildren(...steps, computer);
  }
  for (const note of document.querySelectorAll("[data-plain] .note")) note.remove();
  for (const held of document.querySelectorAll("[data-plain] .held")) held.textContent = words.held;
  for (const id of words.steps) hold(document.querySelector(`#step-${id}`), words);
}

/** Replaces a step's instructions by the reason why it has to wait. @param {Element | null} step @param {Words} words */
function hold(step, { tag, held }) {
  if (!step || step.querySelector(".held")) return;
  step.querySelector("summary")?.append(element("span", { class: "tag" }, tag));
  step.querySelector(".do")?.replaceChildren(element("p", { class: "held" }, held));
}
