// @ts-check
// Elements without markup in strings: the document's policy forbids those.

/**
 * @param {string} name
 * @param {Record<string, string>} attributes an empty class is left out
 * @param {...(Node | string)} children
 */
export function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value || key !== "class") made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** @param {string} label @param {() => void} act @param {string} [style] */
export function button(label, act, style = "") {
  const made = /** @type {HTMLButtonElement} */ (element("button", { type: "button", class: style }, label));
  made.addEventListener("click", act);
  return made;
}
