// @ts-check
// A language tag selects the same language in the browser as in Go
// (widget/locale/match_test.go).
import assert from "node:assert/strict";
import { test } from "node:test";
import { choose } from "../assets/language.js";

const tags = "ar de en es es-419 fr it ja ko nl pl pt-BR ru tr zh-Hans zh-Hant".split(" ");

for (const [tag, found] of [
  ["de", "de"],
  ["DE", "de"],
  ["de-AT", "de"],
  ["de-Latn-CH-1996", "de"],
  ["en-GB", "en"],
  ["nb", "en"],
  ["nn-NO", "en"],
  ["pt-br", "pt-BR"],
  ["pt", "pt-BR"],
  ["pt-PT", "pt-BR"],
  ["zh", "zh-Hans"],
  ["zh-CN", "zh-Hans"],
  ["zh-SG", "zh-Hans"],
  ["zh-TW", "zh-Hant"],
  ["zh-HK", "zh-Hant"],
  ["zh-Hant-TW", "zh-Hant"],
  ["zh-Hans-HK", "zh-Hans"],
  ["yue-HK", "zh-Hant"],
  ["es", "es"],
  ["es-ES", "es"],
  ["es-IC", "es"],
  ["es-Latn", "es"],
  ["es-MX", "es-419"],
  ["es-US", "es-419"],
  ["es-419", "es-419"],
  ["xx", "en"],
  ["", "en"],
  ["-", "en"],
  ["../x", "en"],
  ["constructor", "en"],
  ["__proto__", "en"],
])
  test(`"${tag}" is served in ${found}`, () => assert.equal(choose(tags, [tag]), found));

test("the first language counts that there is", () => {
  assert.equal(choose(tags, ["", "sv", "fr-CA", "de"]), "fr");
  assert.equal(choose(tags, ["sv", "nb"]), "en");
  assert.equal(choose(tags, []), "en");
  assert.equal(choose(["en", "es"], ["es-MX"]), "es");
  assert.equal(choose(["en", "de"], ["zh", "pt-PT"]), "en");
});
