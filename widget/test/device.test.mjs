// @ts-check
// Detection of the device from the browser: a guess if there is evidence, and
// nothing otherwise.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fixtures } from "../../wasm/edge/test/harness.mjs";
import { charging, guessVersion, iPadWords, online, saveData } from "../assets/device.js";

const recorded = fixtures("apple/ios-version/iphone-user-agents.json");

test("real user agents give the versions in their notes", { skip: recorded.skip }, () => {
  /** @type {{ua: string, note: string}[]} */
  const all = JSON.parse(readFileSync(recorded.path, "utf8"));
  assert.ok(all.length > 0);
  for (const { ua, note } of all) {
    const version = /iOS (\d+)/.exec(note)?.[1] ?? /OS (\d+)_/.exec(ua)?.[1];
    const from = /^Safari|^iOS/.test(note) ? "safari" : "app";
    assert.deepEqual(guessVersion(ua), { device: "iPhone", ios: Number(version), from }, note);
  }
});

/** @param {string} system @param {string} rest */
const iPhone = (system, rest) =>
  `Mozilla/5.0 (iPhone; CPU iPhone OS ${system} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) ${rest}`;
/** @param {string} system @param {string} rest */
const iPad = (system, rest) =>
  `Mozilla/5.0 (iPad; CPU OS ${system} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) ${rest}`;

for (const [name, userAgent, device, ios, from] of /** @type {[string, string, string, number | null, string][]} */ ([
  ["Safari on iOS 15", iPhone("15_8_3", "Version/15.6.7 Mobile/15E148 Safari/604.1"), "iPhone", 15, "safari"],
  ["Safari on iOS 18.5", iPhone("18_5", "Version/18.5 Mobile/15E148 Safari/604.1"), "iPhone", 18, "safari"],
  ["Safari on a genuine iOS 18.6", iPhone("18_6", "Version/18.6 Mobile/15E148 Safari/604.1"), "iPhone", 18, "safari"],
  ["Safari on a genuine iOS 18.7", iPhone("18_7_2", "Version/18.6 Mobile/15E148 Safari/604.1"), "iPhone", 18, "safari"],
  ["Safari with the frozen token", iPhone("18_7", "Version/26.3 Mobile/15E148 Safari/604.1"), "iPhone", 26, "safari"],
  [
    "Safari on an iPad with the frozen token",
    iPad("18_6", "Version/26.0 Mobile/15E148 Safari/604.1"),
    "iPad",
    26,
    "safari",
  ],
  ["Safari on an old iPad", iPad("16_7_10", "Version/16.6 Mobile/15E148 Safari/604.1"), "iPad", 16, "safari"],
  ["Chrome on iOS 18.7", iPhone("18_7_0", "CriOS/143.0.7499.92 Mobile/15E148 Safari/604.1"), "iPhone", 18, "app"],
  ["Chrome on iOS 26.1", iPhone("26_1_0", "CriOS/143.0.7499.92 Mobile/15E148 Safari/604.1"), "iPhone", 26, "app"],
  [
    "the Google app on iOS 18.6",
    iPhone("18_6_2", "GSA/389.0.801331489 Mobile/15E148 Safari/604.1"),
    "iPhone",
    18,
    "app",
  ],
  ["Firefox with the frozen token", iPhone("18_7", "FxiOS/145.0 Mobile/15E148 Safari/605.1.15"), "iPhone", null, "app"],
  ["Firefox on iOS 17", iPhone("17_5", "FxiOS/145.0 Mobile/15E148 Safari/605.1.15"), "iPhone", 17, "app"],
  [
    "Edge with the frozen token",
    iPhone("18_7", "Version/26.0 EdgiOS/143.0.3650.75 Mobile/15E148 Safari/605.1.15"),
    "iPhone",
    26,
    "app",
  ],
  ["a web view with the frozen token", iPhone("18_7", "Mobile/15E148"), "iPhone", null, "app"],
  [
    "a web view with the first frozen token",
    iPhone("18_6", "Mobile/22G86 [FBAN/FBIOS;FBAV/500.0]"),
    "iPhone",
    null,
    "app",
  ],
  ["a web view before the freeze", iPhone("17_4_1", "Mobile/15E148 Instagram 320.0"), "iPhone", 17, "app"],
  ["a web view with a token that moves again", iPhone("27_0", "Mobile/15E148"), "iPhone", 27, "app"],
  ["an app's own version number", iPhone("18_7", "Version/412.0 Mobile/15E148"), "iPhone", null, "app"],
  [
    "an app's own version number behind the frozen token",
    iPhone("18_7", "Version/4.0 Mobile/15E148 Safari/604.1"),
    "iPhone",
    null,
    "safari",
  ],
  ["a system that can't be", iPhone("999_1", "Version/26.0 Mobile/15E148 Safari/604.1"), "iPhone", null, "safari"],
  ["no system", "Mozilla/5.0 (iPhone; U) AppleWebKit/605.1.15 Mobile/15E148", "iPhone", null, "app"],
  [
    "an iPad that asks for desktop sites",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15",
    "",
    null,
    "",
  ],
  [
    "a Windows phone",
    "Mozilla/5.0 (Mobile; Windows Phone 8.1; Android 4.0; rv:11.0; like iPhone OS 7_0_3 Mac OS X) AppleWebKit/537 Mobile Safari/537",
    "",
    null,
    "",
  ],
  [
    "Android",
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Mobile Safari/537.36",
    "",
    null,
    "",
  ],
  ["nothing", "", "", null, ""],
])) {
  test(`the version is guessed from ${name}`, () => assert.deepEqual(guessVersion(userAgent), { device, ios, from }));
}

const mac = (/** @type {string} */ rest) =>
  `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) ${rest}`;

test("an iPad that requests desktop sites is known by its touchscreen", () => {
  const safari = mac("Version/26.1 Safari/605.1.15");
  assert.deepEqual(guessVersion(safari, 5), { device: "iPad", ios: 26, from: "safari" });
  assert.deepEqual(guessVersion(safari, 0), { device: "", ios: null, from: "" });
  assert.deepEqual(guessVersion(mac("CriOS/143.0.7499.92 Safari/605.1.15"), 5), {
    device: "iPad",
    ios: null,
    from: "app",
  });
  assert.equal(guessVersion(mac("Version/412.0 Safari/605.1.15"), 5).ios, null);
  assert.equal(guessVersion(iPhone("18_5", "Version/18.5 Mobile/15E148 Safari/604.1"), 5).device, "iPhone");
  assert.equal(guessVersion("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Safari/537.36", 10).device, "");
});

test("words for an iPhone become words for an iPad", () => {
  const english = iPadWords("iPhone, iOS", "iPad, iPadOS");
  for (const [words, expected] of [
    ["It’s Apple, not your iPhone", "It’s Apple, not your iPad"],
    ["Settings > General > Transfer or Reset iPhone > Reset", "Settings > General > Transfer or Reset iPad > Reset"],
    ["“Back Up This iPhone”", "“Back Up This iPad”"],
    ["iPhone Storage, not iCloud", "iPad Storage, not iCloud"],
    ["Update iOS. iPhones with iOS 17", "Update iPadOS. iPads with iPadOS 17"],
    // What is about both stays, and the next sentence doesn't.
    ["Use an iPhone or iPad of a friend", "Use an iPhone or iPad of a friend"],
    [
      "A backup of an iPhone can be restored to an iPad. Your iPhone",
      "A backup of an iPhone can be restored to an iPad. Your iPad",
    ],
    ["iOS and iPadOS, macOS, visionOS", "iOS and iPadOS, macOS, visionOS"],
    ["See account.apple.com on the iPhone", "See account.apple.com on the iPad"],
  ])
    assert.equal(english(words), expected);
  // Endings follow the sound of the word, so a language has pairs of them.
  const turkish = iPadWords(
    "iPhone, iPhone’u, iPhone’unuz, iPhone’a, iPhone’da, iOS",
    "iPad, iPad’i, iPad’iniz, iPad’e, iPad’de, iPadOS",
  );
  assert.equal(
    turkish("iPhone’a dokunun: iPhone’unuzdaki iOS sürümü, iPhone’u Aktar, bu iPhone"),
    "iPad’e dokunun: iPad’inizdaki iPadOS sürümü, iPad’i Aktar, bu iPad",
  );
  const polish = iPadWords("iPhone, iPhonie, iPhone’a, iOS", "iPad, iPadzie, iPada, iPadOS");
  assert.equal(polish("Miejsce na iPhonie. Przygotuj iPhone’a"), "Miejsce na iPadzie. Przygotuj iPada");
  assert.equal(iPadWords("a*c, iOS", "x, iPadOS")("aac a*c"), "aac x", "words are no pattern");
});

test("a hostile user agent costs no time", () => {
  const start = performance.now();
  guessVersion(`(iPhone; ${"CPU iPhone OS ".repeat(20_000)}${"Version/1.".repeat(20_000)}`);
  assert.ok(performance.now() - start < 1000);
});

/** @param {object} value */
const browser = (value) => Object.defineProperty(globalThis, "navigator", { configurable: true, value });

test("without data from the browser nothing is guessed", async () => {
  browser({});
  assert.equal(online(), true);
  assert.equal(saveData(), false);
  assert.equal(await charging(), null);
  browser({ getBattery: () => Promise.reject(new DOMException("no", "NotAllowedError")), connection: {} });
  assert.equal(saveData(), false);
  assert.equal(await charging(), null);
  browser({
    getBattery: () => {
      throw new Error("no");
    },
  });
  assert.equal(await charging(), null);
  browser({ getBattery: async () => ({}) });
  assert.equal(await charging(), null);
});

test("data from the browser is used", async () => {
  browser({ onLine: false, connection: { saveData: true }, getBattery: async () => ({ charging: false }) });
  assert.equal(online(), false);
  assert.equal(saveData(), true);
  assert.equal(await charging(), false);
  browser({ onLine: true, getBattery: async () => ({ charging: true }) });
  assert.equal(online(), true);
  assert.equal(await charging(), true);
});
