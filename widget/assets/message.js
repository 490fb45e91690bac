// @ts-check
// What the iPhone says: shows what the engine takes the reader's words for, to
// be confirmed by a tap. The field itself is the document's (first.templ).

import { button, element } from "./elements.js";

/** @typedef {import("./labels.js").Texts} Texts */

/** The questions that a message answers, too. */
const QUESTIONS = ["symptom", "another-message"];

/** The field on a screen of the sequence. @param {string} node @param {string} words what the reader typed before @returns {HTMLElement[]} */
export function renderMessageField(node, words) {
  const form = QUESTIONS.includes(node) && document.querySelector(".message")?.cloneNode(true);
  if (!form) return [];
  const field = /** @type {HTMLElement} */ (form);
  fieldOf(field).value = words;
  resultOf(field).replaceChildren();
  return [field];
}

/** @param {HTMLElement} form */
export const fieldOf = (form) => /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"));

/** @param {HTMLElement} form */
const resultOf = (form) => /** @type {HTMLElement} */ (form.querySelector("[role=status]"));

/**
 * Asks whether the message is one of those that were found.
 * @param {HTMLElement} form @param {string[]} found ids of messages @param {Texts} texts
 * @param {(id: string) => void} confirm called with the id that the reader confirms
 */
export function renderFound(form, found, { text, has }, confirm) {
  const result = resultOf(form);
  const unknown = () => {
    result.replaceChildren(element("p", { class: "note", tabindex: "-1" }, text("ask.message.unknown")));
  };
  if (found.length === 0) return unknown();
  const heading = element("h3", { tabindex: "-1" }, text("ask.message.is-it"));
  const candidates = found.map((id) =>
    button(has(`message.${id}`) ? text(`message.${id}`) : id, { "data-found": id }, () => confirm(id)),
  );
  const none = button(text("ask.message.none"), { "data-found": "" }, () => {
    unknown();
    /** @type {HTMLElement} */ (result.firstElementChild).focus({ preventScroll: true });
  });
  result.replaceChildren(heading, element("div", { class: "choices list" }, ...candidates, none));
  heading.focus({ preventScroll: true }); // closes the keyboard, which would cover the answers
}
