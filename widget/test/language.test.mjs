// @ts-check
// A language tag selects the same catalogue in the browser as in Go.
import assert from "node:assert/strict";
import { test } from "node:test";
import { lookup } from "../assets/language.js";

const entries = { en: "English", de: "German", "pt-BR": "Portuguese (Brazil)", "zh-Hant": "Chinese (traditional)" };

for (const [tag, found] of [
  ["de", "German"],
  ["DE", "German"],
  ["de-AT", "German"],
  ["de-Latn-CH-1996", "German"],
  ["pt-br", "Portuguese (Brazil)"],
  ["zh-Hant-TW", "Chinese (traditional)"],
  ["pt", "English"],
  ["zh", "English"],
  ["xx", "English"],
  ["", "English"],
  ["-", "English"],
  ["../x", "English"],
  ["constructor", "English"],
  ["__proto__", "English"],
])
  test(`"${tag}" is served in ${found}`, () => assert.equal(lookup(entries, tag), found));
