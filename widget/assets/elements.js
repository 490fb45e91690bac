// @ts-check
// Creates elements without parsing markup from strings, which the document's
// Content-Security-Policy forbids.

/**
 * @param {string} name
 * @param {Record<string, string>} attributes an empty class is omitted
 * @param {...(Node | string)} children
 */
export function element(name, attributes, ...children) {
  const created = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value || key !== "class") created.setAttribute(key, value);
  created.append(...children);
  return created;
}

/** @param {string} label @param {Record<string, string>} attributes @param {() => void} onClick */
export function button(label, attributes, onClick) {
  const created = /** @type {HTMLButtonElement} */ (element("button", { type: "button", ...attributes }, label));
  created.addEventListener("click", onClick);
  return created;
}
