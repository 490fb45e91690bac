// @ts-check
// The catalogue of texts, as package locale has it.

import { iPadWords, MAX_VERSION } from "./device.js";

/** A path in Settings: its rows, and what stays on its line after it. @typedef {{rows: string[], tail: string}} Path */

/** What stays on the line of the path before it, as endsTail says in the Go package of the texts. */
const TAIL = /^[^\s\p{Ps}\p{Pi}\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]*/u;

/** What is between the rows of a path. */
export const SEPARATOR = " > ";

/**
 * @param {Record<string, string>} texts
 * @param {() => number | null} ios the reader's iOS version, null if it isn't known
 * @param {() => string} [device] what the reader has; "" if that isn't known
 */
export function catalogue(texts, ios, device = () => "") {
  const has = (/** @type {string} */ id) => typeof texts[id] === "string";
  const iPad = iPadWords(texts["device.iphone-words"], texts["device.ipad-words"]);
  /** Words for the reader's device. @param {string} words */
  const say = (words) => (device() === "iPad" ? iPad(words) : words);

  /** The words for a label or a path: those of the highest version that isn't above the reader's. @param {string} name @returns {string | undefined} */
  function label(name) {
    const known = ios();
    if (known !== null)
      for (let version = Math.min(known, MAX_VERSION); version >= 15; version--)
        if (has(`path.${name}.${version}`)) return texts[`path.${name}.${version}`];
    return texts[`path.${name}.any`];
  }

  /**
   * A text with its paths in Settings apart from its words.
   * @param {string} id @param {Record<string, string>} [values] of placeholders; they are not for a device
   */
  function parts(id, values = {}) {
    const source = texts[id] ?? id;
    /** @type {(string | Path)[]} */
    const found = [];
    let words = "",
      end = 0;
    for (const { 0: placeholder, 1: name, index = 0 } of source.matchAll(/\{([\w-]+)\}/g)) {
      words += say(source.slice(end, index));
      end = index + placeholder.length;
      const value = values[name],
        known = label(name);
      if (value !== undefined || known === undefined) words += value ?? placeholder;
      else if (!name.endsWith("-path")) words += say(known);
      else {
        const tail = TAIL.exec(source.slice(end))?.[0] ?? "";
        end += tail.length;
        if (words) found.push(words);
        found.push({ rows: say(known).split(SEPARATOR), tail });
        words = "";
      }
    }
    words += say(source.slice(end));
    return words ? [...found, words] : found;
  }

  /** @param {string} id @param {Record<string, string>} [values] */
  const text = (id, values) =>
    parts(id, values)
      .map((part) => (typeof part === "string" ? part : part.rows.join(SEPARATOR) + part.tail))
      .join("");

  /** A text with an element in place of {answer}. @param {string} id @param {Record<string, string>} values @param {Element} answer @returns {(string | Element)[]} */
  function around(id, values, answer) {
    const [before, after] = (texts[id] ?? id).split("{answer}");
    const fill = (/** @type {string} */ part) => part.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
    return [fill(before), answer, fill(after ?? "")];
  }

  /** The form of a text for a number: that of `id.one` and so on where the language has it, else of id. @param {string} id @param {string} name of the placeholder @param {number} number @param {string} language @param {Record<string, string>} [values] of other placeholders */
  function plural(id, name, number, language, values = {}) {
    const form = `${id}.${new Intl.PluralRules(language).select(number)}`;
    return text(has(form) ? form : id, { ...values, [name]: String(number) }); // as the document's first screens have it
  }

  /** The ids of a text's lines. @param {string} prefix */
  function lines(prefix) {
    const ids = [];
    while (has(`${prefix}.${ids.length + 1}`)) ids.push(`${prefix}.${ids.length + 1}`);
    return ids;
  }

  /** Whether one of the texts differs by iOS version. @param {string[]} ids */
  function depends(ids) {
    const names = ids.flatMap((id) => Array.from(texts[id].matchAll(/\{([\w-]+)\}/g), ([, name]) => name));
    return names.some((name) =>
      Object.keys(texts).some((id) => id.startsWith(`path.${name}.`) && id !== `path.${name}.any`),
    );
  }

  return { text, parts, around, plural, has, lines, depends, say };
}
