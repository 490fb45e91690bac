// @ts-check
// The language that the reader chose on an earlier visit is applied before the
// page is painted, once, and only if the page is in another one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { applyChosenLanguage, CHOSEN_LANGUAGE } from "../assets/chosen.js";

/**
 * The address that the page is replaced by; "" if it stays.
 * @param {string | null | Error} stored @param {string} lang of the page @param {string} search @param {string} [hash]
 */
function applied(stored, lang, search, hash = "") {
  let replaced = "";
  const storage = {
    getItem(/** @type {string} */ key) {
      assert.equal(key, CHOSEN_LANGUAGE);
      if (stored instanceof Error) throw stored;
      return stored;
    },
  };
  for (const [name, value] of Object.entries({
    localStorage: storage,
    document: { documentElement: { lang } },
    location: { search, hash, replace: (/** @type {string} */ address) => (replaced = address) },
  }))
    Object.defineProperty(globalThis, name, { configurable: true, value });
  applyChosenLanguage();
  return replaced;
}

for (const [name, stored, lang, search, hash, want] of /** @type {const} */ ([
  ["nothing chosen", null, "en", "", "", ""],
  ["the page is in it", "de", "de", "?lang=de", "", ""],
  ["the page is in another one", "de", "en", "", "", "?lang=de"],
  ["the host page asks for another one", "de", "fr", "?lang=fr&theme=dark", "#s=1", "?lang=de&theme=dark#s=1"],
  ["it isn't there any more, and the page came in English", "xx", "en", "?lang=xx", "", ""],
  ["hostile", "../x&theme=y#z", "en", "", "", "?lang=..%2Fx%26theme%3Dy%23z"],
  ["storage is forbidden", new Error("no"), "en", "", "", ""],
]))
  test(name, () => assert.equal(applied(stored, lang, search, hash), want));
