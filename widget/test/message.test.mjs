// @ts-check
// "What does it say?": the reader's words lead to the step of the message that
// they confirm, and stay in the browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { By } from "selenium-webdriver";
import { eventually } from "../../wasm/edge/test/harness.mjs";
import { fixture, proxyTo, text, withBrowser } from "./fixture.mjs";
import { readerOf } from "./reader.mjs";

/** @typedef {import("selenium-webdriver").WebDriver} WebDriver */

const env = fixture();
/** @type {string[]} */
let requests = [];
/** @type {(() => void)[]} */
const held = [];
let holding = false;
const site = proxyTo(
  () => env.worker.origin,
  (address, response, request) => {
    requests.push(`${request.method} ${address} ${JSON.stringify(request.headers)}`);
    if (!holding || !/^\/assets\/engine-/.test(address)) return false;
    held.push(async () => {
      const answer = await fetch(env.worker.origin + address);
      response.writeHead(200, { "Content-Type": "application/wasm" });
      response.end(Buffer.from(await answer.arrayBuffer()));
    });
    return true;
  },
);
const address = () => env.address("fine").replace(env.worker.origin, site.origin);

const words = "The last backup could not be completed because of poor network conditions, zebra";

/** @param {WebDriver} driver */
const field = (driver) => driver.findElement(By.css(".message textarea"));
/** @param {WebDriver} driver */
const found = async (driver) =>
  Promise.all((await driver.findElements(By.css("[data-found]"))).map((button) => button.getAttribute("data-found")));
/** @param {WebDriver} driver */
const saved = (driver) => driver.executeScript("return JSON.parse(localStorage.getItem('backup-check'))?.message");

test("a message is recognised, confirmed by a tap, and goes into the support request", async () => {
  await env.show("fine");
  requests = [];
  await withBrowser("chromium", { phone: true }, async (driver) => {
    await driver.get(address());
    await field(driver).sendKeys(words);
    await driver.findElement(By.css(".message > button")).click();
    await driver.wait(async () => (await found(driver)).includes("poor-network"), 10_000, "the message");
    assert.equal((await found(driver)).at(-1), "", "none of these");
    await driver.findElement(By.css("[data-found=poor-network]")).click();
    const reader = readerOf(driver);
    assert.equal(await reader.node(), "other-network");
    assert.equal(await saved(driver), words);
    assert.match(await reader.trail(), /failed because of the network/);
    assert.ok(!requests.some((request) => /zebra|poor/.test(request)));
  });
});

test("what isn't known is kept, also over a reload, and the symptoms lead on", async () => {
  await env.show("fine");
  await withBrowser("chromium", { phone: true }, async (driver) => {
    await driver.get(address());
    await field(driver).sendKeys("qwertz uiop\n"); // Enter sends it
    await driver.wait(async () => /don’t know this message/.test(await text(driver, ".message")), 10_000);
    await driver.navigate().refresh();
    await eventually(async () => (await field(driver).getAttribute("value")) === "qwertz uiop", 3_000, "the words");
    const reader = readerOf(driver);
    assert.equal(await reader.begin("something-else"), "more");
    await driver.wait(async () => (await driver.findElements(By.css("section[data-from]"))).length === 0, 10_000);
    assert.equal(await saved(driver), "qwertz uiop");
  });
});

test("words that are sent before the engine is there wait, and are looked up when it is", async () => {
  await env.show("fine");
  holding = true;
  await withBrowser("chromium", { phone: true }, async (driver) => {
    await driver.get(address());
    await field(driver).sendKeys(`${words}\n`);
    assert.match(await text(driver, ".message [role=status]"), /still loading/);
    await driver.wait(async () => /didn’t load/.test(await text(driver, ".message")), 12_000, "the limit");
    assert.equal((await driver.findElements(By.css("[aria-busy]"))).length, 0);
    assert.equal(await field(driver).getAttribute("value"), words);
    await driver.findElement(By.css(".message > button")).click();
    holding = false;
    for (const release of held.splice(0)) release();
    await driver.wait(async () => (await found(driver)).includes("poor-network"), 10_000, "the message");
    await driver.findElement(By.css("[data-found='']")).click();
    assert.match(await text(driver, ".message"), /don’t know this message/);
  });
});

test("without WebAssembly there is no field, and the page of messages leads to the steps", async () => {
  await env.show("fine");
  await withBrowser("chromium", { phone: true, lockdown: true }, async (driver) => {
    await driver.get(address());
    assert.equal((await driver.findElements(By.css("form"))).length, 0);
    await driver.findElement(By.css("a[href^='/widget/messages']")).click();
    await driver.findElement(By.css("a[data-symptom=poor-network]")).click();
    assert.equal(await driver.executeScript("return document.activeElement.closest('li').id"), "step-other-network");
    await driver.wait(
      async () =>
        driver.executeScript(
          "const { top } = document.activeElement.getBoundingClientRect(); return top > -8 && top < innerHeight",
        ),
      3_000,
      "the step in view",
    );
  });
});
