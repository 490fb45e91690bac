// @ts-check
// What keeps the verdict true while the page is open. widget.js loads it when the
// document is painted.

export { showStale, showTime, showUnknown } from "./outdated.js";
export { watchVerdict } from "./refresh.js";
