// @ts-check
// The widget on paper: every step with its text, by Chromium's printer to PDF.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { By, until } from "selenium-webdriver";
import { enter, fixture, withBrowser } from "./fixture.mjs";

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

test("a page that embeds the widget prints every step with its text, and is afterwards as before", async () => {
  await env.show("fine");
  env.page = {
    policy: "",
    body: `<h1>Our support page</h1><p>Before it.</p><main style="max-width:640px;margin:auto">${env.snippet()}</main><p>After it.</p>
      <script>addEventListener("message", ({ data }) => data.type === "backup-check:paper" && (window.paper = data.height))</script>`,
  };
  await withBrowser("chromium", {}, async (driver) => {
    await driver.get(env.host);
    await enter(driver);
    const wanted = await endings(driver);
    await driver.switchTo().defaultContent();
    await driver.wait(() => driver.executeScript("return window.paper > 0"), 10_000, "the height on paper");
    const place =
      "const { height, top } = document.querySelector('main + p').getBoundingClientRect(); return [height, top]";
    const before = await driver.executeScript(place);
    const pages = await print(driver);
    const all = words(pages.join(" "));
    assert.ok(wanted.length > 10, `${wanted.length} steps`);
    assert.deepEqual(
      wanted.filter((line) => !all.includes(line)),
      [],
    );
    assert.match(
      words(pages[0]),
      /^Our support page Before it\..*Apple reports no problem/,
      "it begins on the first page",
    );
    assert.match(all, /After it\.$/);
    assert.ok(
      pages.slice(0, -1).every((page) => words(page).length > 200),
      `no page is empty: ${pages.map((page) => words(page).length)}`,
    );
    assert.deepEqual(await driver.executeScript(place), before);
  });
});
