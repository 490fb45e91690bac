// @ts-check
// The question whether the answers of a link replace the reader's own.

import { button, element } from "./elements.js";
import { renderAnswers } from "./trail.js";

/**
 * @param {{node: string, choice: string}[]} answers of the link
 * @param {import("./labels.js").Texts} texts
 * @param {{use: () => void, keep: () => void}} act what the buttons do
 * @returns {HTMLElement[]}
 */
export function renderOffer(answers, texts, { use, keep }) {
  const { text } = texts;
  return [
    element("h2", { tabindex: "-1" }, text("sequence.link-title")),
    element("p", { class: "note" }, text("sequence.link-text")),
    element("ol", { class: "trail" }, ...renderAnswers(answers, texts)),
    element(
      "div",
      { class: "choices" },
      button(text("sequence.link-keep"), { "data-action": "keep-answers" }, keep),
      button(text("sequence.link-use"), { "data-action": "use-link" }, use),
    ),
  ];
}
