// @ts-check
// The texts with paths in Settings, by the reader's iOS version and device, and by number.
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

test("a path is apart from the words around it, with what follows it without a space", () => {
  const { text, parts } = catalogue(
    {
      do: "Open {backup-path}. Then {switch}, {value} and {other}",
      only: "{backup-path}",
      "path.backup-path.any": "Settings > [your name] > iCloud (or Storage)",
      "path.switch.any": "“On”",
    },
    () => null,
  );
  assert.deepEqual(parts("do", { value: "{backup-path} > x" }), [
    "Open ",
    { rows: ["Settings", "[your name]", "iCloud (or Storage)"], tail: "." },
    " Then “On”, {backup-path} > x and {other}",
  ]);
  assert.equal(
    text("do", { value: "{switch}" }),
    "Open Settings > [your name] > iCloud (or Storage). Then “On”, {switch} and {other}",
  );
  assert.deepEqual(parts("only"), [{ rows: ["Settings", "[your name]", "iCloud (or Storage)"], tail: "" }]);
  assert.deepEqual(parts("missing"), ["missing"]);
});

test("texts are for the reader's device, values and what names both are not changed", () => {
  let device = "";
  const { text, say } = catalogue(
    {
      "device.iphone-words": "iPhone, iOS",
      "device.ipad-words": "iPad, iPadOS",
      do: "On the iPhone open {reset-path}: {value}",
      "path.reset-path.any": "Settings > Transfer or Reset iPhone",
    },
    () => null,
    () => device,
  );
  const both = ["iPhone", "iPad"].map((name) => {
    device = name;
    return [text("do", { value: "my iPhone" }), say("iOS 17")];
  });
  assert.deepEqual(both, [
    ["On the iPhone open Settings > Transfer or Reset iPhone: my iPhone", "iOS 17"],
    ["On the iPad open Settings > Transfer or Reset iPad: my iPhone", "iPadOS 17"],
  ]);
});

test("a text has the form for its number by the rules of the language", () => {
  const english = catalogue({ left: "{n} steps", "left.one": "one step" }, () => null);
  assert.deepEqual(
    [1, 2, 5].map((n) => english.plural("left", "n", n, "en")),
    ["one step", "2 steps", "5 steps"],
  );
  const polish = catalogue({ left: "{n} kroków", "left.one": "{n} krok", "left.few": "{n} kroki" }, () => null);
  assert.deepEqual(
    [1, 2, 5].map((n) => polish.plural("left", "n", n, "pl")),
    ["1 krok", "2 kroki", "5 kroków"],
  );
});

test("only texts whose paths differ by version depend on it", () => {
  const { depends } = catalogue(
    { a: "{x-path}", b: "{y-path} {n}", "path.x-path.any": "x", "path.x-path.16": "x", "path.y-path.any": "y" },
    () => null,
  );
  assert.deepEqual([depends(["a"]), depends(["b"]), depends(["b", "a"]), depends([])], [true, false, true, false]);
});

test("an element takes the place of an answer, whatever the order of the words", () => {
  const { around } = catalogue(
    { after: "{title}: {answer} (link)", before: "{answer} – {title}", none: "{title}" },
    () => null,
  );
  const answer = /** @type {any} */ ({});
  assert.deepEqual(around("after", { title: "{answer}" }, answer), ["{answer}: ", answer, " (link)"]);
  assert.deepEqual(around("before", { title: "A" }, answer), ["", answer, " – A"]);
  assert.deepEqual(around("none", { title: "A" }, answer), ["A", answer, ""]);
});

test("a form for a number has the values of other placeholders", () => {
  const { plural } = catalogue({ n: "{nights} Nächte, {hours} Std." }, () => null);
  assert.equal(plural("n", "nights", 3, "de", { hours: "20" }), "3 Nächte, 20 Std.");
});
