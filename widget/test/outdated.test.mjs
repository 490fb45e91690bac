// @ts-check
// A widget that stays open while the Worker can't be reached: after five
// minutes it says so, after two hours Apple's status is unknown to it, and it
// holds back the steps that are held back then.
import assert from "node:assert/strict";
import { test } from "node:test";
import { By } from "selenium-webdriver";
import { engines } from "./engines.mjs";
import { fixture, proxyTo, text, withBrowser } from "./fixture.mjs";
import { readerOf, worstAnswer } from "./reader.mjs";

/** @typedef {import("selenium-webdriver").WebDriver} WebDriver */

const env = fixture();
const site = proxyTo(() => env.worker.origin);
const address = (/** @type {string} */ scenario) => env.address(scenario).replace(env.worker.origin, site.origin);

const unreachable = (/** @type {string} */ _address, /** @type {import("node:http").ServerResponse} */ response) =>
  Boolean(response.destroy());
const MINUTE = 60_000,
  HOUR = 60 * MINUTE;
const fine = "Apple reports no problem with iCloud Backup",
  unknown = "We couldn’t read Apple’s status right now",
  staleSentence = "We couldn’t read anything newer, so this may have changed.";

/** Answers the status in the site's place. @param {(status: any) => object | void} change @param {Record<string, string>} [headers] */
function answerStatus(change, headers = {}) {
  const polls = { count: 0 };
  site.intercept = (address, response) => {
    if (!address.startsWith("/api/status")) return false;
    polls.count++;
    fetch(env.worker.origin + address).then(async (answer) => {
      const status = await answer.json();
      response
        .writeHead(200, { "Content-Type": "application/json", ...headers })
        .end(JSON.stringify(change(status) ?? status));
    });
    return true;
  };
  return polls;
}

/** Lets time pass by the page's clocks. @param {WebDriver} driver @param {{date?: number, steady?: number}} passed in milliseconds */
const pass = (driver, { date = 0, steady = 0 }) =>
  driver.executeScript(
    `window.stays = true;
    const date = Date.now, steady = performance.now.bind(performance);
    Date.now = () => date() + arguments[0];
    performance.now = () => steady() + arguments[1];
    document.dispatchEvent(new Event("visibilitychange"));`
      .replaceAll("arguments[0]", String(date))
      .replaceAll("arguments[1]", String(steady)),
  );
/** @param {WebDriver} driver @param {string} title */
const becomes = (driver, title, within = 8_000) =>
  driver.wait(async () => (await text(driver, "h1")) === title, within, title);
const settled = (/** @type {WebDriver} */ driver) => driver.executeAsyncScript("setTimeout(arguments[0], 1000)");
const stays = (/** @type {WebDriver} */ driver) => driver.executeScript("return window.stays === true");

/** Opens the widget, and waits until it watches its verdict. @param {WebDriver} driver @param {string} address */
async function open(driver, address) {
  await driver.get(address);
  await driver.wait(
    async () =>
      driver.executeScript(
        "return performance.getEntriesByType('resource').some(({ name, responseEnd }) => name.includes('/watch-') && responseEnd > 0)",
      ),
    10_000,
    "the script that watches",
  );
  await driver.executeAsyncScript("setTimeout(arguments[0], 100)");
}

/** Answers as if nothing helped, until a node. @param {WebDriver} driver @param {string} until */
async function walkTo(driver, until) {
  const reader = readerOf(driver);
  let node = await reader.begin("something-else");
  for (let answers = 0; node !== until; answers++) {
    assert.ok(answers < 40, `${until} isn't reached, but ${node}`);
    await driver.executeScript("for (const box of document.querySelectorAll('.confirm input')) box.click()");
    node = await reader.choose(worstAnswer(node));
  }
}

for (const engine of engines) {
  test(`${engine}: six minutes: the verdict may have changed, until it is confirmed`, async () => {
    await env.show("fine");
    site.intercept = () => false;
    await withBrowser(engine, {}, async (driver) => {
      await open(driver, address("fine"));
      site.intercept = unreachable;
      await pass(driver, { date: 6 * MINUTE });
      await driver.wait(async () => (await text(driver, ".verdict")).includes(staleSentence), 8_000, "the sentence");
      assert.equal(await text(driver, "h1"), fine);
      site.intercept = () => false;
      await pass(driver, { date: MINUTE });
      await driver.wait(async () => !(await text(driver, ".verdict")).includes(staleSentence), 8_000, "no sentence");
      assert.equal(await text(driver, "h1"), fine);
      assert.ok(await stays(driver), "the document is the same");
    });
  });

  test(`${engine}: three hours at a destructive step: it closes, the answers stay, and a reachable Worker opens it again`, async () => {
    await env.show("fine");
    site.intercept = () => false;
    await withBrowser(engine, {}, async (driver) => {
      await open(driver, address("fine"));
      await walkTo(driver, "sign-out");
      const reader = readerOf(driver);
      const trail = await reader.trail();
      site.intercept = unreachable;
      // Without an event: the page looks at the clock by itself.
      await driver.executeScript("const now = Date.now; Date.now = () => now() + 3 * 3600_000");
      // Also in the line to which the verdict is folded in the sequence.
      await becomes(driver, unknown, 25_000);
      const toggle = driver.findElement(By.css(".verdict h1 button"));
      assert.equal(await toggle.getAttribute("aria-expanded"), "false");
      await toggle.click();
      const verdict = await text(driver, ".verdict");
      assert.match(verdict, /So we can’t tell whether it is Apple or your iPhone/);
      assert.match(verdict, /When we last could, at [^,]*\d.*, Apple reported no problem./);
      assert.match(verdict, /Open Apple’s System Status/);
      assert.doesNotMatch(verdict, /Checked|ago|something we can fix here/);
      assert.equal(await driver.findElement(By.css(".verdict")).getAttribute("data-level"), "unknown");
      assert.match(await reader.text(), /Not now: we couldn’t read how iCloud Backup is doing/);
      assert.deepEqual(await reader.choices(), ["go-on"]);
      assert.equal((await driver.findElements(By.css(".sequence ol"))).length, 1, "no instructions, only the answers");
      const count = (/** @type {string} */ list) => list.split(": ").length;
      assert.equal(count(await reader.trail()), count(trail), "the answers stay");
      site.intercept = () => false;
      await pass(driver, { date: MINUTE });
      await driver.wait(async () => !(await stays(driver)), 8_000, "a new document");
      await becomes(driver, fine);
      await driver.wait(() => reader.shown(), 15_000, "the sequence");
      // The new document asks for the gate's confirmation once more.
      assert.equal(await reader.node(), "before-sign-out");
      assert.equal(count(await reader.trail()), count(trail) - 1, "the answers are there");
    });
  });
}

for (const engine of engines)
  test(`${engine}: three hours at the page of all steps: those that could do harm are held back`, async () => {
    await env.show("fine");
    site.intercept = () => false;
    await withBrowser(engine, {}, async (driver) => {
      await open(driver, `${site.origin}/widget/messages?test=${engine}`);
      assert.match(await text(driver, "#step-sign-out"), /Sign in at the top of Settings/);
      site.intercept = unreachable;
      await driver.executeScript("const now = Date.now; Date.now = () => now() + 3 * 3600_000");
      await becomes(driver, unknown, 25_000);
      for (const step of ["delete-backup", "sign-out"])
        assert.match(await text(driver, `#step-${step}`), /Not now\s*Not now: we couldn’t read/);
    });
  });

test("three hours at the support request: it no longer says that there is no problem", async () => {
  await env.show("fine");
  site.intercept = () => false;
  await withBrowser("chromium", {}, async (driver) => {
    await open(driver, address("fine"));
    await walkTo(driver, "support");
    const message = driver.findElement(By.css("[data-detail=message]"));
    await message.sendKeys("Not enough");
    const request = async () => (await driver.findElement(By.css("textarea")).getAttribute("value")) ?? "";
    assert.match(await request(), /Apple reports no problem/);
    site.intercept = unreachable;
    await pass(driver, { date: 3 * HOUR });
    await becomes(driver, unknown);
    assert.match(await request(), /Apple’s status of iCloud Backup couldn’t be checked/);
    assert.doesNotMatch(await request(), /no problem/);
    await message.sendKeys(" space"); // the field still has the focus
    assert.match(await request(), /Not enough space/);
  });
});

test("three hours of an outage: no longer Apple's fault, and the steps take the place of the advice to wait", async () => {
  await env.show("outage");
  site.intercept = () => false;
  await withBrowser("chromium", {}, async (driver) => {
    await driver.get(address("outage"));
    assert.match(await text(driver, "main"), /Wait safely/);
    site.intercept = unreachable;
    await pass(driver, { date: 3 * HOUR });
    await becomes(driver, unknown);
    const words = await text(driver, "main");
    assert.match(words, /Apple reported an outage./);
    assert.doesNotMatch(words, /Wait safely|nothing to fix|What Apple says|not your iPhone/);
    site.intercept = () => false; // the engine comes, the status doesn't
    answerStatus(() => ({}));
    assert.equal(await readerOf(driver).begin("not-enough-storage", "is-on"), "compare-storage");
    assert.doesNotMatch(await readerOf(driver).text(), /isn’t fully available/);
  });
});

for (const [what, passed] of /** @type {[string, {date?: number, steady?: number}][]} */ ([
  ["the page's own clock alone", { steady: 3 * HOUR }],
  ["the page's own clock while the device's is set back by a day", { date: -24 * HOUR, steady: 3 * HOUR }],
  ["the device's clock after sleep", { date: 30 * HOUR }],
])) {
  test(`the two hours pass by ${what}`, async () => {
    await env.show("fine");
    site.intercept = () => false;
    await withBrowser("chromium", {}, async (driver) => {
      await open(driver, address("fine"));
      site.intercept = unreachable;
      await pass(driver, passed);
      await becomes(driver, unknown);
    });
  });
}

test("after sleep, or with a clock that was set ahead, a Worker that answers keeps the verdict without a new document", async () => {
  await env.show("fine");
  await withBrowser("chromium", {}, async (driver) => {
    site.intercept = () => false;
    await open(driver, address("fine"));
    for (const hours of [4, 24 * 365]) {
      const polls = answerStatus(() => {});
      await pass(driver, { date: hours * HOUR });
      await driver.wait(() => polls.count > 0, 5_000, "a poll");
      await settled(driver);
      assert.equal(await text(driver, "h1"), fine);
      assert.doesNotMatch(await text(driver, ".verdict"), /may have changed/);
      assert.ok(await stays(driver));
    }
  });
});

for (const [
  what,
  change,
  headers,
] of /** @type {[string, (status: any) => object | void, Record<string, string>?][]} */ ([
  [
    "has an older reading, of an outage",
    (status) => ({ ...status, level: "outage", checked_at: "2026-01-01T00:00:00Z" }),
  ],
  ["has no reading", (status) => ({ ...status, level: "unknown", checked_at: null })],
  ["was in a cache for three hours", () => {}, { Age: "10800" }],
])) {
  test(`an answer that ${what} changes nothing and keeps nothing young`, async () => {
    await env.show("fine");
    site.intercept = () => false;
    await withBrowser("chromium", {}, async (driver) => {
      await open(driver, address("fine"));
      const polls = answerStatus(change, headers);
      await pass(driver, { date: MINUTE });
      await driver.wait(() => polls.count > 0, 5_000, "a poll");
      await settled(driver);
      assert.equal(await text(driver, "h1"), fine);
      assert.ok(await stays(driver), "the document is the same");
      await pass(driver, { date: 2 * HOUR });
      await becomes(driver, unknown);
      assert.ok(await stays(driver));
    });
  });
}

test("a poll that hangs doesn't end the polling", async () => {
  await env.show("fine");
  let polls = 0;
  site.intercept = () => false;
  await withBrowser("chromium", {}, async (driver) => {
    await open(driver, address("fine"));
    site.intercept = (address) => address.startsWith("/api/status") && Boolean(++polls);
    for (let wanted = 1; wanted <= 3; wanted++) {
      await pass(driver, { date: MINUTE });
      await driver.wait(() => polls >= wanted, 20_000, `poll ${wanted}`);
      await driver.executeAsyncScript("setTimeout(arguments[0], 3500)");
    }
    await pass(driver, { date: 2 * HOUR });
    await becomes(driver, unknown);
  });
});

test("a related service's new problem is a new verdict as well", async () => {
  await env.show("fine");
  site.intercept = () => false;
  await withBrowser("chromium", {}, async (driver) => {
    await open(driver, address("fine"));
    await env.show("sign-in");
    await pass(driver, { date: MINUTE });
    await driver.wait(async () => !(await stays(driver)), 8_000, "a new document");
  });
});

test("a document of yesterday, as a browser restores it, is as old as it is", async () => {
  await env.show("fine");
  await withBrowser("chromium", {}, async (driver) => {
    let reachable = false;
    site.intercept = (address, response) => {
      if (!address.startsWith("/widget")) return !reachable && unreachable(address, response);
      fetch(env.worker.origin + address).then(async (answer) => {
        const yesterday = Math.floor(Date.now() / 1000) - 86400;
        const old = (await answer.text()).replace(/"checked_at":\d+/, `"checked_at":${yesterday}`);
        response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(old);
      });
      return true;
    };
    // The browser has the scripts in its cache.
    const all = site.intercept;
    site.intercept = (address, response, request) =>
      !/^\/assets\/(widget|watch)-/.test(address) && all(address, response, request);
    await driver.get(address("fine"));
    await becomes(driver, unknown);
    reachable = true;
    await driver.get(address("fine"));
    await settled(driver);
    assert.equal(await text(driver, "h1"), fine, "the Worker confirms it");
  });
});

test("a page that the browser kept while the reader was elsewhere judges its verdict when it is back", async () => {
  await env.show("fine");
  site.intercept = () => false;
  await withBrowser("chromium", {}, async (driver) => {
    await open(driver, address("fine"));
    await settled(driver); // the browser keeps no page that is still loading something
    await driver.executeScript(`
      addEventListener("pageshow", (event) => (window.cameBack = event.persisted));
      addEventListener("pagehide", () => { const now = Date.now; Date.now = () => now() + 5 * 3600_000; });`);
    await driver.get("about:blank");
    site.intercept = unreachable;
    await driver.navigate().back();
    assert.equal(await driver.executeScript("return window.cameBack"), true, "the same page");
    await becomes(driver, unknown);
  });
});
