// @ts-check
// Messages to the host page, the page that embeds the widget.

/** Pixels at an element's start that must be visible for it to count as in view. */
const MIN_VISIBLE = 160;

/** Posts a message to the host page. What a host page learns by them is listed in .github/SECURITY.md. @param {object} message */
export function postToHost(message) {
  if (parent !== window) parent.postMessage(message, "*");
}

/**
 * Scrolls an element's start into view, unless it is there. In a frame of
 * another site only Chromium scrolls the host page along, so embed.js gets a
 * message to do it.
 * @param {Element} element
 */
export function reveal(element) {
  const { top } = element.getBoundingClientRect();
  if (top < 0 || top > innerHeight - MIN_VISIBLE) element.scrollIntoView();
  postToHost({ type: "backup-check:view", top: element.getBoundingClientRect().top, enough: MIN_VISIBLE });
}
