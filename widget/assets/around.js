// @ts-check
// The page around the widget: what it gets to know, and what it is asked for.

/** Pixels of an element's beginning that are enough to read on. */
const ENOUGH = 160;

/** What the page around gets to know: nothing of the answers. @param {object} message */
export function tell(message) {
  if (parent !== window) parent.postMessage(message, "*");
}

/**
 * Brings an element's beginning into view, unless it is there. In a frame of
 * another site only Chromium scrolls the page around by itself, so embed.js is
 * asked to.
 * @param {Element} element
 */
export function reveal(element) {
  const { top } = element.getBoundingClientRect();
  if (top < 0 || top > innerHeight - ENOUGH) element.scrollIntoView();
  tell({ type: "backup-check:view", top: element.getBoundingClientRect().top, enough: ENOUGH });
}
