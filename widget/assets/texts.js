// @ts-check
// The catalogue of texts, as package locale has it.

import { MAX_VERSION } from "./device.js";

/**
 * @param {Record<string, string>} texts
 * @param {() => number | null} ios the reader's iOS version, null if it isn't known
 */
export function catalogue(texts, ios) {
  const has = (/** @type {string} */ id) => typeof texts[id] === "string";

  /** The words for a path in Settings: those of the highest version that isn't above the reader's. @param {string} name */
  function path(name) {
    const known = ios();
    if (known !== null)
      for (let version = Math.min(known, MAX_VERSION); version >= 15; version--)
        if (has(`path.${name}.${version}`)) return texts[`path.${name}.${version}`];
    return texts[`path.${name}.any`];
  }

  /** @param {string} id @param {Record<string, string>} [values] */
  const text = (id, values = {}) =>
    (texts[id] ?? id).replace(/\{([\w-]+)\}/g, (whole, name) => values[name] ?? path(name) ?? whole);

  /** @param {string} prefix */
  function lines(prefix) {
    const found = [];
    while (has(`${prefix}.${found.length + 1}`)) found.push(text(`${prefix}.${found.length + 1}`));
    return found;
  }
  /** Whether the lines differ by iOS version. @param {string} prefix */
  lines.depends = (prefix) => {
    for (let n = 1; has(`${prefix}.${n}`); n++) if (/\{[\w-]+\}/.test(texts[`${prefix}.${n}`])) return true;
    return false;
  };
  return { text, has, lines };
}
