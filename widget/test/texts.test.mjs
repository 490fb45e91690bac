// @ts-check
// The texts of paths in Settings, by the reader's iOS version.
import assert from "node:assert/strict";
import { test } from "node:test";
import { catalogue } from "../assets/texts.js";

/** @type {Record<string, string>} */
const texts = { do: "Open {backup}.", "path.backup.any": "any", "path.backup.16": "of 16", "path.backup.26": "of 26" };

test("a path is that of the reader's version, and found at once for any number", () => {
  const began = Date.now();
  for (const [ios, path] of /** @type {[any, string][]} */ ([
    [null, "any"],
    [15, "any"],
    [16, "of 16"],
    [18, "of 16"],
    [26, "of 26"],
    [60, "of 26"],
    [2 ** 53 - 1, "of 26"],
    [1e308, "of 26"],
    [Infinity, "of 26"],
    [-Infinity, "any"],
    [NaN, "any"],
  ]))
    assert.equal(catalogue(texts, () => ios).text("do"), `Open ${path}.`, String(ios));
  assert.ok(Date.now() - began < 1_000);
});
