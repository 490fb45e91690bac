// @ts-check
// On paper nothing can be opened, so closed details are open while the page is
// printed. The style does the same for browsers without script that know
// ::details-content.

import { postToHost } from "./host.js";

/** What the page itself has closed; not what loads or asks for something when it is opened. */
const CLOSED = "[data-plain] details:not([open]), .verdict details:not([open])";

/** @type {HTMLDetailsElement[]} */
let opened = [];

function open() {
  opened = [.../** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll(CLOSED))];
  for (const details of opened) details.open = true;
}

function close() {
  for (const details of opened.splice(0)) details.open = false;
}

/** Milliseconds after the last change of the page's size. */
const SETTLED = 800;

export function openWhilePrinting() {
  addEventListener("beforeprint", open);
  addEventListener("afterprint", close);
  if (parent === window) return;
  // When the host page is printed it is too late to tell the height.
  let timer = 0;
  new ResizeObserver(() => {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      open();
      const { height } = document.body.getBoundingClientRect();
      close(); // before anything is painted
      postToHost({ type: "backup-check:paper", height: Math.ceil(height) });
    }, SETTLED);
  }).observe(document.body);
}
