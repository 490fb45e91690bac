// @ts-check
// Opens and closes the verdict, which is folded to one line while the sequence is
// shown (data-begun, in widget.css). Only then is its title a button, so that it
// stays a plain heading for who reads the document.

import { button } from "./elements.js";

/** @param {boolean} fold true again and again leaves it as the reader has it */
export function foldVerdict(fold) {
  const verdict = /** @type {HTMLElement | null} */ (document.querySelector(".verdict")),
    heading = verdict?.querySelector("h1"),
    folded = heading?.querySelector("button");
  if (!verdict || !heading || fold === Boolean(folded)) return;
  if (folded) {
    heading.replaceChildren(...folded.childNodes);
    delete verdict.dataset.open;
    return;
  }
  const toggle = button("", { "aria-expanded": "false" }, () => {
    const open = verdict.toggleAttribute("data-open");
    toggle.setAttribute("aria-expanded", String(open));
  });
  toggle.replaceChildren(...heading.childNodes);
  heading.append(toggle);
}
