// @ts-check
// A tap never waits: a symptom's first screen comes from the document, whatever
// the state of engine and network, and the engine takes over where the reader is.
import assert from "node:assert/strict";
import { test } from "node:test";
import { By } from "selenium-webdriver";
import { eventually } from "../../wasm/edge/test/harness.mjs";
import { engines } from "./engines.mjs";
import { enter, fixture, painted, proxyTo, text, withBrowser } from "./fixture.mjs";
import { readerOf } from "./reader.mjs";

/** @typedef {import("selenium-webdriver").WebDriver} WebDriver */

const env = fixture();
const site = proxyTo(() => env.worker.origin);
const address = (scenario = "fine") => env.address(scenario).replace(env.worker.origin, site.origin);

const ENGINE = /^\/assets\/engine-/,
  SCRIPT = /^\/assets\/widget-/;

/** Holds the requests for a file until the returned function is called. @param {RegExp} file */
function hold(file) {
  /** @type {(() => void)[]} */
  const held = [];
  site.intercept = (address, response) => {
    if (!file.test(address)) return false;
    held.push(async () => {
      const answer = await fetch(env.worker.origin + address);
      response.writeHead(200, { "Content-Type": answer.headers.get("Content-Type") ?? "" });
      response.end(Buffer.from(await answer.arrayBuffer()));
    });
    return true;
  };
  return () => {
    site.intercept = () => false;
    for (const release of held.splice(0)) release();
  };
}

/** @param {WebDriver} driver @param {string} symptom */
const tap = (driver, symptom) => driver.findElement(By.css(`a[data-symptom="${symptom}"]`)).click();

/** Whether the document's screen is shown, and not yet the engine's. @param {WebDriver} driver @returns {Promise<boolean>} */
const waiting = (driver) => driver.executeScript("return document.querySelector('section[data-from]') !== null");

/** @param {WebDriver} driver @returns {Promise<{symptoms: string[], first: string[]}>} */
const symptomsOf = (driver) =>
  driver.executeScript(`
    const links = [...document.querySelectorAll("a[data-symptom]")];
    return {
      symptoms: links.map(({ dataset }) => dataset.symptom),
      first: links.filter(({ dataset }) => dataset.first).map(({ dataset }) => dataset.symptom),
    };`);

/** An answer of the first screen that leads on, and not to an ending. @type {Record<string, {first: string, answer: string, second: string}>} */
const JOURNEYS = {
  "not-enough-storage": { first: "backup-on", answer: "is-on", second: "compare-storage" },
};
const [symptom, { first, answer, second }] = Object.entries(JOURNEYS)[0];

for (const engine of engines) {
  test(`${engine}: without the engine, the first step and its answers are there, and Back and Start over`, async () => {
    await env.show("fine");
    hold(ENGINE);
    await withBrowser(engine, { phone: true }, async (driver) => {
      await driver.get(address());
      const reader = readerOf(driver);
      await tap(driver, symptom);
      assert.equal(await reader.node(), first);
      assert.ok((await reader.choices()).includes(answer));
      assert.equal(await driver.executeScript("return document.activeElement.tagName"), "H2");
      assert.equal(await driver.executeScript("return document.querySelector('[data-plain]').hidden"), true);
      await driver.findElement(By.css(`[data-choice="${answer}"]`)).click();
      const busy = await driver.findElements(By.css("[aria-busy]"));
      assert.equal(busy.length, 1);
      assert.equal(await busy[0].getAttribute("data-choice"), answer);
      await driver.wait(
        async () => /still loading/.test(await text(driver, "[data-waiting]")),
        3_000,
        "a word that it waits",
      );
      for (const action of ["back", "restart"]) {
        if (!(await reader.shown())) await tap(driver, symptom);
        assert.equal((await driver.findElements(By.css("[aria-busy]"))).length, action === "back" ? 1 : 0);
        await reader.press(action);
        assert.equal(await reader.shown(), false);
        assert.equal(await driver.executeScript("return document.activeElement.dataset.symptom"), symptom);
      }
      // Another symptom has its own first screen.
      const { symptoms, first: those } = await symptomsOf(driver);
      assert.ok(those.length > symptoms.length / 2, `${those} of ${symptoms}`);
      for (const other of those) {
        await tap(driver, other);
        assert.ok((await reader.choices()).length > 1, other);
        await reader.press("back");
      }
    });
  });

  test(`${engine}: an answer before the engine is there leads to the right second screen`, async () => {
    await env.show("fine");
    const release = hold(ENGINE);
    await withBrowser(engine, { phone: true }, async (driver) => {
      await driver.get(address());
      const reader = readerOf(driver);
      await tap(driver, symptom);
      const [other] = (await reader.choices()).filter((choice) => choice !== answer);
      await driver.findElement(By.css(`[data-choice="${other}"]`)).click();
      await driver.findElement(By.css(`[data-choice="${answer}"]`)).click(); // the last one counts
      await driver.executeAsyncScript("setTimeout(arguments[0], 2000)");
      assert.equal(await reader.node(), first);
      release();
      await driver.wait(async () => (await reader.node()) === second, 10_000, second);
      assert.equal(await driver.executeScript("return document.activeElement.tagName"), "H2");
      assert.equal((await driver.findElements(By.css("[aria-busy], section[data-from]"))).length, 0);
      assert.equal((await driver.findElements(By.css(".sequence"))).length, 1);
      assert.equal(await reader.back(), first);
      // It is saved.
      await driver.navigate().refresh();
      assert.equal(await reader.node(), first);
    });
  });
}

test("a tap before any script file is loaded isn't lost", async () => {
  await env.show("fine");
  const release = hold(SCRIPT);
  await withBrowser("chromium", { phone: true }, async (driver) => {
    await /** @type {any} */ (driver).sendDevToolsCommand("Page.addScriptToEvaluateOnNewDocument", {
      source: `document.addEventListener("readystatechange", () => {
        if (document.readyState !== "interactive") return;
        document.querySelector('a[data-symptom="${symptom}"]').click();
        window.shown = document.querySelector("section.sequence")?.dataset.node;
        document.querySelector('[data-choice="${answer}"]').click();
      });`,
    });
    setTimeout(release, 2_000);
    await driver.get(address()); // the page's load event waits for the script
    assert.equal(await driver.executeScript("return shown"), first);
    const reader = readerOf(driver);
    await driver.wait(async () => (await reader.node()) === second, 15_000, second);
  });
});

test("nothing moves when the engine takes over, at any symptom, and the reader stays where they are", async () => {
  await env.show("fine");
  await withBrowser("chromium", { phone: true }, async (driver) => {
    const places = `return JSON.stringify([...document.querySelectorAll(".sequence > *, .sequence li, .sequence > .choices button")]
      .filter((element) => !element.closest("details") || element.localName === "details")
      .filter((element) => element.getBoundingClientRect().height > 0)
      .map((element) => [element.localName, Math.round(element.getBoundingClientRect().top + scrollY), element.localName === "details" || element.localName === "label" ? "" : element.innerText]))`;
    site.intercept = () => false;
    await driver.get(address());
    const { first: those } = await symptomsOf(driver);
    for (const symptom of those) {
      await driver.executeScript("localStorage.clear()");
      const release = hold(ENGINE);
      await /** @type {any} */ (driver).sendDevToolsCommand("Network.enable", {});
      await /** @type {any} */ (driver).sendDevToolsCommand("Network.setCacheDisabled", { cacheDisabled: true });
      await driver.get(address());
      await tap(driver, symptom);
      await painted(driver);
      const before = /** @type {string} */ (await driver.executeScript(places));
      const heading = await driver.findElement(By.css(".sequence h2"));
      release();
      await driver.wait(async () => !(await waiting(driver)), 10_000, "the engine");
      await painted(driver);
      // What follows is below it: the choice of the version, and the answers so far.
      const after = /** @type {string} */ (await driver.executeScript(places));
      assert.equal(after.slice(0, before.length - 1), before.slice(0, -1), symptom);
      assert.equal(
        await driver.executeScript("return document.activeElement === arguments[0]", heading),
        true,
        symptom,
      );
    }
    // The buttons that stayed are the engine's.
    assert.equal(await readerOf(driver).back(), "symptom");
  });
});

test("where the engine's screen differs, it is shown, and an answer that doesn't belong to it is dropped", async () => {
  await env.show("fine");
  const release = hold(ENGINE);
  await withBrowser("chromium", { phone: true }, async (driver) => {
    await driver.get(address());
    await tap(driver, "something-else");
    await driver.executeScript(
      "const section = document.querySelector('section[data-from]'); section.dataset.from = arguments[0]; section.querySelector('.choices button').click()",
      symptom,
    );
    release();
    const reader = readerOf(driver);
    await driver.wait(async () => !(await waiting(driver)), 10_000, "the engine");
    assert.equal(await reader.node(), first);
    assert.equal((await driver.findElements(By.css("[aria-busy]"))).length, 0);
  });
});

test("answers of an earlier visit aren't replaced by a tap that is faster, and the page says so", async () => {
  await env.show("fine");
  site.intercept = () => false;
  await withBrowser("chromium", { phone: true }, async (driver) => {
    await driver.get(address());
    const reader = readerOf(driver);
    assert.equal(await reader.begin(symptom), first);
    assert.equal(await reader.choose(answer), second);
    const release = hold(ENGINE);
    await /** @type {any} */ (driver).sendDevToolsCommand("Network.enable", {});
    await /** @type {any} */ (driver).sendDevToolsCommand("Network.setCacheDisabled", { cacheDisabled: true });
    await driver.get(address());
    await tap(driver, "something-else");
    assert.notEqual(await reader.node(), second);
    release();
    await driver.wait(async () => (await reader.node()) === second, 10_000, second);
    assert.match(await text(driver, ".sequence .note"), /back where you stopped/);
    assert.equal(await driver.executeScript("return document.activeElement.tagName"), "H2");
  });
});

test("an answer that can't be followed within ten seconds leads to the plain list, with its step open", async () => {
  await env.show("fine");
  hold(ENGINE);
  await withBrowser("chromium", { phone: true }, async (driver) => {
    await driver.get(address());
    const reader = readerOf(driver);
    await tap(driver, symptom);
    await driver.executeAsyncScript("setTimeout(arguments[0], 11_000)");
    assert.equal(await reader.node(), first, "who reads isn't disturbed");
    const start = Date.now();
    await driver.findElement(By.css(`[data-choice="${answer}"]`)).click();
    await driver.wait(async () => !(await reader.shown()), 12_000, "the plain list");
    assert.ok(Date.now() - start < 11_000);
    assert.match(await text(driver, `#step-${first}`), /The guided questions didn’t load\./);
    assert.equal(await driver.executeScript("return document.activeElement.closest('li').id"), `step-${first}`);
  });
});

test("the host page learns of the first screen, once, and of its height", async () => {
  await env.show("fine");
  env.page = {
    policy: "",
    body: `<backup-check></backup-check><script>window.steps = []; addEventListener("backup-check:step", ({ detail }) => steps.push(detail.number))</script>${env.snippet().replace(env.worker.origin, site.origin)}`,
  };
  const release = hold(ENGINE);
  await withBrowser("chromium", { phone: true }, async (driver) => {
    await driver.get(env.host);
    await enter(driver);
    await tap(driver, symptom);
    const height = await driver.executeScript("return Math.ceil(document.body.getBoundingClientRect().height)");
    await driver.switchTo().defaultContent();
    const steps = () => driver.executeScript("return steps");
    await driver.wait(
      async () =>
        (await driver.executeScript(
          "return document.querySelector('backup-check').shadowRoot.querySelector('iframe').style.height",
        )) === `${height}px`,
      3_000,
    );
    assert.deepEqual(await steps(), [2]);
    release();
    await enter(driver);
    await driver.wait(async () => !(await waiting(driver)), 10_000, "the engine");
    await readerOf(driver).choose(answer);
    await driver.switchTo().defaultContent();
    await eventually(async () => /** @type {number[]} */ (await steps()).length === 2, 3_000, "the next step");
    assert.deepEqual(await steps(), [2, 3]);
  });
});

for (const embedded of [false, true]) {
  test(`at 400 kbit/s, 400 ms and a slow CPU a tap is followed at once, by the document alone${embedded ? ", in a frame" : ""}`, async (t) => {
    await env.show("fine");
    site.intercept = () => false;
    env.page = { policy: "", body: env.snippet() };
    await withBrowser("chromium", { phone: true, traced: embedded }, async (driver) => {
      const chromium = /** @type {import("selenium-webdriver/chrome.js").Driver} */ (driver);
      // Taps as soon as the reader can: right after the document was painted. The next step must be there when
      // the tap's own handler has ended, before anything else is loaded; the time until its paint is only printed.
      await chromium.sendDevToolsCommand("Page.addScriptToEvaluateOnNewDocument", {
        source: `document.addEventListener("readystatechange", () => {
          const link = document.querySelector("a[data-symptom]");
          if (!link || document.readyState !== "interactive") return;
          const painted = (then) => requestAnimationFrame(() => setTimeout(then));
          painted(() => {
          const start = performance.now();
          link.click();
          const node = document.querySelector("section.sequence")?.dataset.node;
          const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
          painted(() => { window.measured = { node, loaded, time: performance.now() - start }; });
          });
        });`,
      });
      await chromium.sendDevToolsCommand("Network.enable", {});
      await chromium.sendDevToolsCommand("Network.emulateNetworkConditions", {
        offline: false,
        latency: 400,
        downloadThroughput: 400_000 / 8,
        uploadThroughput: 400_000 / 8,
      });
      await chromium.sendDevToolsCommand("Emulation.setCPUThrottlingRate", { rate: 4 });
      await driver.get(embedded ? env.host : env.address("fine"));
      if (embedded) await enter(driver);
      await driver.wait(async () => driver.executeScript("return window.measured !== undefined"), 20_000);
      const measured = /** @type {{time: number, node: string, loaded: string[]}} */ (
        await driver.executeScript("return measured")
      );
      t.diagnostic(`painted after ${Math.round(measured.time)} ms`);
      assert.equal(measured.node, first);
      assert.ok(!measured.loaded.some((name) => /engine|sequence/.test(name)), "nothing else was there");
    });
  });
}
