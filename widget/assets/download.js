// @ts-check
// A button that saves a file, which is made in the browser.

import { button, element } from "./elements.js";

/** @param {string} label @param {string} action the button's data-action @param {string} name of the file @param {string} type @param {() => string} content */
export function downloadButton(label, action, name, type, content) {
  return button(label, { "data-action": action }, () => {
    const address = URL.createObjectURL(new Blob([content()], { type: `${type};charset=utf-8` }));
    const link = /** @type {HTMLAnchorElement} */ (element("a", { href: address, download: name }));
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  });
}
