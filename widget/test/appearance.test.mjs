// @ts-check
// Colours that a link or a host page asks for never make text hard to read.
// What is readable is judged by axe-core.
import assert from "node:assert/strict";
import { test } from "node:test";
import { By, until } from "selenium-webdriver";
import { violations } from "./axe.mjs";
import { emulate, unfold } from "./emulate.mjs";
import { fixture, withBrowser } from "./fixture.mjs";

/** @typedef {import("selenium-webdriver").WebDriver} WebDriver */

const env = fixture();

/** @param {WebDriver} driver @param {string} name */
const property = (driver, name) =>
  driver.executeScript(`return document.documentElement.style.getPropertyValue("--${name}")`);

/** @param {WebDriver} driver */
async function unreadable(driver) {
  await unfold(driver);
  return (await violations(driver)).filter((line) => line.startsWith("color-contrast"));
}

const names = ["accent", "ink", "paper", "card", "line"];
const hostile = [
  ...["#ffffff", "#000000", "#808080", "#fff", "#161618"].map((colour) =>
    names.map((name) => `${name}=${colour}`).join("&"),
  ),
  ...names.flatMap((name) => ["#ffffff", "#111111", "#777777"].map((colour) => `${name}=${colour}`)),
  "ink=#eeeeee&paper=#ffffff",
  "accent=#ffff00&ink=#222222",
  "paper=#0066cc",
  "card=#5c5c61",
  "paper=#112233&ink=#ffffff",
  "paper=#ffffffff&ink=#ffffff00",
  "ink=transparent&paper=inherit&card=var(--ink)&accent=currentColor",
  "ink=rgb(255 255 255)&accent=color-mix(in srgb, white, white)&paper=url(x)",
];
for (let i = 0; i < 12; i++) {
  // Any colours, the same ones in each run.
  const colour = (/** @type {number} */ n) =>
    `#${((((i * 7919 + n * 104729 + 12345) * 2654435761) % 0xffffff) >>> 0).toString(16).padStart(6, "0")}`;
  hostile.push(names.map((name, n) => `${name}=${colour(n)}`).join("&"));
}

test("text stays readable, whatever a link asks for, in light and dark, before and in the sequence", async () => {
  await env.show("fine");
  await withBrowser("chromium", {}, async (driver) => {
    for (const dark of [false, true]) {
      await emulate(driver, { dark });
      for (const [i, asked] of hostile.entries()) {
        const fragment = asked.replaceAll("#", "%23").replaceAll(" ", "%20");
        const symptom = i % 8 === 0 ? "&symptom=not-enough-storage" : "";
        await driver.get(`${env.address("fine")}#${fragment}${symptom}`);
        if (symptom) await driver.wait(until.elementLocated(By.css(".sequence h2")), 15_000);
        assert.deepEqual(await unreadable(driver), [], `${asked}, dark: ${dark}`);
        await driver.executeScript("localStorage.clear()");
      }
    }
    // The search does find what can't be read.
    await driver.executeScript("document.documentElement.style.setProperty('--ink', '#888888')");
    assert.notDeepEqual(await unreadable(driver), []);
  });
});

test("readable colours are applied, and an accent that isn't takes only itself away", async () => {
  await env.show("fine");
  await withBrowser("chromium", {}, async (driver) => {
    await emulate(driver, {});
    const values = async () =>
      Object.fromEntries(await Promise.all(names.map(async (name) => [name, await property(driver, name)])));
    for (const [asked, want] of /** @type {[string, Record<string, string>][]} */ ([
      [
        "accent=%23b00020&paper=%23fffbe6&line=%23c00",
        { accent: "#b00020", ink: "", paper: "#fffbe6", card: "", line: "#c00" },
      ],
      ["accent=%23ffcc00&paper=%23fffbe6", { accent: "", ink: "", paper: "#fffbe6", card: "", line: "" }],
      ["accent=%23b00020&paper=%23777777", { accent: "#b00020", ink: "", paper: "", card: "", line: "" }],
    ])) {
      await driver.get(`${env.address("fine")}#${asked}`);
      assert.deepEqual(await values(), want, asked);
    }
  });
});

test("colours of a light theme aren't applied in the dark one, also when it changes", async () => {
  await env.show("fine");
  await withBrowser("chromium", {}, async (driver) => {
    await emulate(driver, { dark: false });
    await driver.get(`${env.address("fine")}#paper=%23fffbe6`);
    for (const dark of [true, false, true]) {
      await emulate(driver, { dark });
      await driver.wait(
        async () => (await property(driver, "paper")) === (dark ? "" : "#fffbe6"),
        3_000,
        `dark: ${dark}`,
      );
      assert.deepEqual(await unreadable(driver), []);
    }
  });
});
