// @ts-check
// The answers so far, as a list that can be unfolded.

import { element } from "./elements.js";
import { choiceLabel, nodeTitle } from "./labels.js";

/** @param {import("./engine.js").Screen} screen @param {import("./sequence.js").Sequence} sequence */
export function renderTrail({ node }, { texts, answers }) {
  if (answers.length === 0) return element("span", { hidden: "" });
  return element(
    "details",
    { class: "trail" },
    element("summary", {}, texts.text("sequence.answers")),
    element(
      "ol",
      {},
      ...answers.map(({ node, choice }) =>
        element("li", {}, `${nodeTitle(texts, node)}: `, element("em", {}, choiceLabel(texts, node, choice))),
      ),
      element("li", { "aria-current": "step" }, nodeTitle(texts, node)),
    ),
  );
}
