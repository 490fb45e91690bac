// @ts-check
// Folds the verdict to one line while the sequence is shown, and unfolds it
// after. Only then is its title a button, so that it stays a plain heading for
// who reads the document.

import { button } from "./elements.js";

/** @param {boolean} fold true again and again leaves it as the reader has it */
export function foldVerdict(fold) {
  const heading = document.querySelector(".verdict h1"),
    more = /** @type {HTMLElement | null} */ (document.querySelector(".verdict .more")),
    folded = heading?.querySelector("button");
  if (!heading || !more || fold === Boolean(folded)) return;
  if (folded) {
    heading.replaceChildren(...folded.childNodes);
    more.hidden = false;
    return;
  }
  const toggle = button("", { "aria-expanded": "false" }, () => {
    more.hidden = !more.hidden;
    toggle.setAttribute("aria-expanded", String(!more.hidden));
  });
  toggle.replaceChildren(...heading.childNodes);
  heading.append(toggle);
  more.hidden = true;
}
