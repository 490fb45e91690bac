// @ts-check
// The widget on paper: every step with its text, by Chromium's printer to PDF.
// In a page that embeds the widget the frame is as high as on the screen, so only
// what is open there is printed.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { By, until } from "selenium-webdriver";
import { fixture, withBrowser } from "./fixture.mjs";

/** @typedef {import("selenium-webdriver").WebDriver} WebDriver */

const env = fixture();

/** The text of each printed page. @param {WebDriver} driver @returns {Promise<string[]>} */
async function print(driver) {
  const chromium = /** @type {import("selenium-webdriver/chrome.js").Driver} */ (driver);
  const { data } = /** @type {any} */ (await chromium.sendAndGetDevToolsCommand("Page.printToPDF", {}));
  const text = execFileSync("pdftotext", ["-layout", "-", "-"], { input: Buffer.from(data, "base64") }).toString();
  return text.split("\f").slice(0, -1);
}

/** What is printed in place of a step's white space, which lines break. @param {string} text */
const words = (text) => text.replace(/\s+/g, " ").trim();

/** The last line of each listed step, by the document in which the driver is. @param {WebDriver} driver @returns {Promise<string[]>} */
const endings = async (driver) => {
  const lines = /** @type {string[]} */ (
    await driver.executeScript(
      "return [...document.querySelectorAll('[data-steps] .steps > li')].map((step) => [...step.querySelectorAll('.do .why, .do .held')].at(-1).textContent)",
    )
  );
  return lines.map((line) => words(line).split(" ").slice(-3).join(" "));
};

for (const script of [true, false])
  test(`the widget alone prints every step with its text, with${script ? "" : "out"} script`, async () => {
    await env.show("fine");
    await withBrowser("chromium", {}, async (driver) => {
      const chromium = /** @type {import("selenium-webdriver/chrome.js").Driver} */ (driver);
      await chromium.sendDevToolsCommand("Emulation.setScriptExecutionDisabled", { value: !script });
      await driver.get(env.address("fine"));
      if (script) await driver.wait(until.elementLocated(By.css("[data-language]")), 10_000);
      const open = "return document.querySelectorAll('details[open]').length";
      const before = await driver.executeScript(open);
      const wanted = await endings(driver);
      const pages = await print(driver);
      const all = words(pages.join(" "));
      assert.ok(wanted.length > 10, `${wanted.length} steps`);
      assert.deepEqual(
        wanted.filter((line) => !all.includes(line)),
        [],
      );
      assert.ok(
        pages.slice(0, -1).every((page) => words(page).length > 200),
        "no page is empty",
      );
      assert.equal(await driver.executeScript(open), before, "it is as it was");
    });
  });
