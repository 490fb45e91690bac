// @ts-check
// On paper nothing can be opened, so closed details are open while the page is
// printed. The style does the same for browsers without script that know
// ::details-content.

/** What the page itself has closed; not what loads or asks for something when it is opened. */
const CLOSED = "[data-plain] details:not([open]), .verdict details:not([open])";

/** @type {HTMLDetailsElement[]} */
let opened = [];

export function openWhilePrinting() {
  addEventListener("beforeprint", () => {
    opened = [.../** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll(CLOSED))];
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of opened.splice(0)) details.open = false;
  });
}
