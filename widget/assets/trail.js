// @ts-check
// The answers so far, as a list that can be unfolded. It begins unfolded if all
// came with a link, so that the reader sees what is said to be theirs.

import { element } from "./elements.js";
import { choiceLabel, nodeTitle } from "./labels.js";

/** @param {import("./engine.js").Screen} screen @param {import("./sequence.js").Sequence} sequence */
export function renderTrail({ node }, { texts, answers }) {
  if (answers.length === 0) return element("span", { hidden: "" });
  const details = element(
    "details",
    { class: "trail" },
    element("summary", {}, texts.text("sequence.answers")),
    element(
      "ol",
      {},
      ...renderAnswers(answers, texts),
      element("li", { "aria-current": "step" }, nodeTitle(texts, node)),
    ),
  );
  if (!answers.every(({ linked }) => linked)) return details;
  details.setAttribute("open", "");
  return element("div", {}, element("p", { class: "note" }, texts.text("sequence.linked")), details);
}

/**
 * @param {{node: string, choice: string, linked?: boolean}[]} answers
 * @param {import("./labels.js").Texts} texts
 */
export function renderAnswers(answers, texts) {
  return answers.map(({ node, choice, linked }) => {
    const answer = element("em", {}, choiceLabel(texts, node, choice));
    return element(
      "li",
      {},
      ...texts.around(linked ? "sequence.linked-answer" : "sequence.answer", { title: nodeTitle(texts, node) }, answer),
    );
  });
}
