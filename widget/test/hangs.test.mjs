// @ts-check
// Files that never arrive: within ten seconds of a tap the reader has the step
// as text, with a sentence that says why, and nothing on the page stays busy.
import assert from "node:assert/strict";
import { test } from "node:test";
import { By } from "selenium-webdriver";
import { engines } from "./engines.mjs";
import { enter, fixture, proxyTo, text, withBrowser } from "./fixture.mjs";
import { readerOf } from "./reader.mjs";

/** @typedef {import("selenium-webdriver").WebDriver} WebDriver */

const env = fixture();
const site = proxyTo(() => env.worker.origin);
const address = () => env.address("fine").replace(env.worker.origin, site.origin);

const SEQUENCE = /^\/assets\/sequence-/,
  ENGINE = /^\/assets\/engine-/,
  TEXTS = /^\/assets\/en-/,
  HISTORY = /^\/api\/history/;
const sentence = /The guided questions didn’t load\./;

/** Never answers requests for a file, the first ones or all of them. @param {RegExp} file */
function hang(file, tries = Infinity) {
  let hung = 0;
  site.intercept = (address) => file.test(address) && ++hung <= tries;
}

/** Begins to answer and sends a byte a second. @param {RegExp} file @param {string} type */
function drip(file, type) {
  site.intercept = (address, response) => {
    if (!file.test(address)) return false;
    response.writeHead(200, { "Content-Type": type, "Content-Length": "100000" });
    const timer = setInterval(() => response.write(" "), 1_000);
    response.on("close", () => clearInterval(timer));
    return true;
  };
}

/** Taps a symptom, answers its first screen, and waits for its plain step. @param {WebDriver} driver @param {string} symptom @param {string} step */
async function assertPlainStep(driver, symptom, step) {
  const start = Date.now();
  await driver.findElement(By.css(`a[data-symptom="${symptom}"]`)).click();
  if ((await driver.findElements(By.css("section[data-from]"))).length > 0)
    await driver.findElement(By.css("section[data-from] [data-choice]")).click();
  const place = `#step-${step}`;
  await driver.wait(async () => sentence.test(await text(driver, place)), 15_000, "the sentence");
  assert.ok(Date.now() - start < 12_000, `the plain step came after ${Date.now() - start} ms`); // the driver's own time included
  assert.equal((await driver.findElements(By.css("[aria-busy]"))).length, 0);
  assert.equal((await driver.findElements(By.css(".sequence"))).length, 0);
  assert.equal(await driver.executeScript("return document.activeElement.closest('li')?.id"), `step-${step}`);
}

const compileHangs = "WebAssembly.instantiateStreaming = WebAssembly.instantiate = () => new Promise(() => {})";

for (const engine of engines) {
  for (const [what, arrange] of /** @type {[string, () => void][]} */ ([
    ["the sequence's script never comes", () => hang(SEQUENCE)],
    ["the engine never comes", () => hang(ENGINE)],
    ["the engine drips", () => drip(ENGINE, "application/wasm")],
    ["the texts drip", () => drip(TEXTS, "application/json")],
  ])) {
    if (engine !== "chromium" && !/script|engine drips/.test(what)) continue; // the same for every engine
    test(`${engine}: ${what}`, async () => {
      await env.show("fine");
      arrange();
      await withBrowser(engine, {}, async (driver) => {
        await driver.get(address());
        await assertPlainStep(driver, "not-enough-storage", "backup-on");
        if (what.includes("script")) {
          // The next tap has its own ten seconds; the sentence is there once.
          await assertPlainStep(driver, "last-not-completed", "backup-on");
          assert.equal((await text(driver, "main")).split("didn’t load").length, 2);
        }
        site.intercept = () => false;
        await driver.navigate().refresh();
        assert.equal(await readerOf(driver).begin("not-enough-storage"), "backup-on");
      });
    });
  }

  test(`${engine}: a file that never comes doesn't keep the page or its host loading`, async () => {
    await env.show("fine");
    hang(/^\/assets\/(sequence|watch|engine|en)-/);
    const widget = `${address()}${address().includes("?") ? "&" : "?"}symptom=greyed-out`;
    env.page = { policy: "", body: `<iframe src="${widget}" width="500" height="900"></iframe>` };
    await withBrowser(engine, {}, async (driver) => {
      await driver.manage().setTimeouts({ pageLoad: 9_000 });
      await driver.get(widget);
      await driver.get(env.host);
    });
  });

  for (const [what, file] of /** @type {const} */ ([
    ["script", SEQUENCE],
    ["engine", ENGINE],
  ])) {
    test(`${engine}: only the first request for the ${what} hangs: the second one is in time`, async () => {
      await env.show("fine");
      hang(file, 1);
      await withBrowser(engine, {}, async (driver) => {
        await driver.get(address());
        const start = Date.now();
        assert.equal(await readerOf(driver).begin("not-enough-storage"), "backup-on");
        assert.ok(Date.now() - start < 12_000, `${Date.now() - start} ms`);
      });
    });
  }
}

test("the second request for the engine hangs after the first one failed", async () => {
  await env.show("fine");
  let requests = 0;
  site.intercept = (address, response) => {
    if (!ENGINE.test(address)) return false;
    if (++requests === 1) response.destroy();
    return true;
  };
  await withBrowser("chromium", {}, async (driver) => {
    await driver.get(address());
    await assertPlainStep(driver, "not-enough-storage", "backup-on");
  });
});

test("the engine arrives and its compilation never ends", async () => {
  await env.show("fine");
  site.intercept = () => false;
  await withBrowser("chromium", {}, async (driver) => {
    await /** @type {any} */ (driver).sendDevToolsCommand("Page.addScriptToEvaluateOnNewDocument", {
      source: compileHangs,
    });
    await driver.get(address());
    await assertPlainStep(driver, "not-enough-storage", "backup-on");
  });
});

test("past problems never come: the first screen waits for them less than a second", async () => {
  await env.show("fine");
  hang(HISTORY);
  await withBrowser("chromium", {}, async (driver) => {
    await driver.get(address());
    const start = Date.now();
    assert.equal(await readerOf(driver).begin("not-enough-storage"), "backup-on");
    assert.ok(Date.now() - start < 5_000, `${Date.now() - start} ms`);
  });
});

test("what loads late doesn't disturb a reader of the plain steps, and is there at the next tap", async () => {
  await env.show("fine");
  /** @type {(() => void)[]} */
  const held = [];
  await withBrowser("chromium", {}, async (driver) => {
    // With saved answers, which the sequence resumes by itself.
    site.intercept = () => false;
    await driver.get(address());
    const reader = readerOf(driver);
    assert.equal(await reader.begin("not-enough-storage"), "backup-on");
    assert.equal(await reader.choose("is-on"), "compare-storage");
    site.intercept = (address, response) => {
      if (!TEXTS.test(address)) return false;
      held.push(() => fetch(env.worker.origin + address).then(async (answer) => response.end(await answer.text())));
      return true;
    };
    await /** @type {any} */ (driver).sendDevToolsCommand("Network.setCacheDisabled", { cacheDisabled: true });
    await /** @type {any} */ (driver).sendDevToolsCommand("Network.enable", {});
    await driver.get(address());
    await assertPlainStep(driver, "last-not-completed", "backup-on");
    assert.ok(held.length > 0);
    site.intercept = () => false;
    for (const release of held.splice(0)) release();
    await driver.executeAsyncScript("setTimeout(arguments[0], 1500)");
    assert.equal(await reader.shown(), false, "the reader goes on reading");
    const start = Date.now();
    assert.match(await reader.begin("not-enough-storage"), /backup-on|compare-storage/); // begun anew, or resumed
    assert.ok(Date.now() - start < 3_000, "it was loaded");
  });
});

test("saved answers are resumed also if the engine takes longer than ten seconds", async () => {
  await env.show("fine");
  env.page = { policy: "", body: env.snippet().replace(env.worker.origin, site.origin) };
  await withBrowser("chromium", {}, async (driver) => {
    site.intercept = () => false;
    await driver.get(env.host);
    await enter(driver);
    const reader = readerOf(driver);
    assert.equal(await reader.begin("not-enough-storage"), "backup-on");
    assert.equal(await reader.choose("is-on"), "compare-storage");
    site.intercept = (address, response) => {
      if (!TEXTS.test(address)) return false;
      // It begins in time and ends late.
      response.writeHead(200, { "Content-Type": "application/json" });
      fetch(env.worker.origin + address).then(async (answer) => {
        const body = await answer.text();
        response.write(body.slice(0, 100));
        setTimeout(() => response.end(body.slice(100)), 12_000);
      });
      return true;
    };
    await /** @type {any} */ (driver).sendDevToolsCommand("Network.enable", {});
    await /** @type {any} */ (driver).sendDevToolsCommand("Network.setCacheDisabled", { cacheDisabled: true });
    await driver.get(env.host);
    await enter(driver);
    await driver.wait(async () => reader.shown(), 20_000, "the saved answers");
    assert.equal(await reader.node(), "compare-storage");
  });
});
