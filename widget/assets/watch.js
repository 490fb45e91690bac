// @ts-check
// What the page needs while it is open: what keeps the verdict true, and the menu
// of languages. widget.js loads it when the document is painted.

export { addLanguageMenu } from "./menu.js";
export { showStale, showTime, showUnknown } from "./outdated.js";
export { watchVerdict } from "./refresh.js";
