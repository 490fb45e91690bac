// @ts-check
// The question when the backup failed, where the site's history has problems
// that Apple no longer lists. A proxy records the requests of the history, and
// simulates a slow or broken one.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, test } from "node:test";
import { By, until } from "selenium-webdriver";
import { backupcheck, eventually, freePort, scratch, start } from "../../wasm/edge/test/harness.mjs";
import { engines } from "./engines.mjs";
import { fixture, proxyTo, withBrowser } from "./fixture.mjs";
import { readerOf } from "./reader.mjs";

/** @typedef {import("selenium-webdriver").WebDriver} WebDriver */

const env = fixture();
const HOUR = 3600_000;
/** Ten o'clock two weeks ago, on the reader's clock, which is this machine's. */
const then = new Date().setHours(-14 * 24 + 10, 0, 0, 0);

/** A problem that was over after two hours, and that Apple no longer lists. */
const pastProblem = JSON.stringify({
  kept: true,
  incidents: [
    {
      id: "1",
      type: "Issue",
      state: "resolved",
      worst_level: "degraded",
      started_at: new Date(then).toISOString(),
      ended_at: new Date(then + 2 * HOUR).toISOString(),
      last_seen_at: null,
    },
  ],
});

/** The same, as two readings of Apple's feed had it, in a database. */
function recorded() {
  const feeds = join(scratch, "feeds"),
    database = join(scratch, "history.db");
  mkdirSync(feeds);
  for (const [at, eventStatus, end] of /** @type {[number, string, number | null][]} */ ([
    [then + HOUR, "ongoing", null],
    [then + 3 * HOUR, "resolved", then + 2 * HOUR],
  ])) {
    const event = {
      messageId: "1",
      statusType: "Issue",
      eventStatus,
      message: "",
      usersAffected: "",
      datePosted: null,
      startDate: null,
      endDate: null,
      epochStartDate: then,
      epochEndDate: end,
      affectedServices: null,
    };
    writeFileSync(
      join(feeds, `${new Date(at).toISOString().replace(/[-:]|\.\d+/g, "")}.json`),
      JSON.stringify({ services: [{ serviceName: "iCloud Backup", redirectUrl: null, events: [event] }] }),
    );
  }
  execFileSync(backupcheck(), ["history", "import", "-db", database, feeds]);
  return database;
}

/** The body of /api/history; null: no response; undefined: the site's own response. @type {string | null | undefined} */
let historyBody;
/** The site's origin, if it isn't the Worker. @type {string | undefined} */
let nativeOrigin;
/** The addresses under /api/history that were requested. @type {string[]} */
let requests = [];

const site = proxyTo(
  () => nativeOrigin ?? env.worker.origin,
  (address, response) => {
    if (!address.startsWith("/api/history")) return false;
    requests.push(address);
    if (historyBody === undefined) return false;
    if (historyBody !== null) response.setHeader("Content-Type", "application/json").end(historyBody);
    return true;
  },
);
beforeEach(() => {
  requests = [];
});

/**
 * Opens the widget in a new browser.
 * @param {import("./engines.mjs").Engine} engine
 * @param {string} scenario
 * @param {string | null | undefined} history
 * @param {(reader: ReturnType<typeof readerOf>, driver: WebDriver) => Promise<void>} act
 * @param {import("./engines.mjs").BrowserOptions} [options] without phone there is a mouse, which points before it clicks
 */
async function journey(engine, scenario, history, act, options = {}) {
  historyBody = history;
  await env.show(scenario);
  await withBrowser(engine, options, async (driver) => {
    await driver.get(env.address(scenario).replace(env.worker.origin, site.origin));
    await driver.wait(until.elementLocated(By.css("a[data-symptom]")), 10_000);
    await act(readerOf(driver), driver);
  });
}

/** Waits until the engine is loaded, which happens as soon as the widget is in view. @param {WebDriver} driver */
const engineLoaded = (driver) =>
  driver.wait(() => driver.executeScript("return Boolean(window.backupCheckEngine)"), 15_000);

/**
 * Points at the widget until it has requested the site's history.
 * @param {WebDriver} driver
 */
async function pointAtWidget(driver) {
  const links = await driver.findElements(By.css("a[data-symptom]"));
  let turn = 0;
  await eventually(
    async () => {
      await driver
        .actions()
        .move({ origin: links[turn++ % links.length] })
        .perform();
      return requests.length > 0;
    },
    15_000,
    "the request of the history",
  );
  await driver.executeAsyncScript("setTimeout(arguments[0], 100)"); // for the response
}

test("a problem that Apple no longer lists counts, and a failure at another time isn't blamed on it", async (context) => {
  // The native server, with a database of that time.
  await env.show("fine");
  const port = await freePort();
  const program = await start(
    backupcheck(),
    ["serve", "-addr", `127.0.0.1:${port}`, "-db", recorded(), "-origin", env.apple.origin],
    /Backup Check is at/,
  );
  nativeOrigin = `http://127.0.0.1:${port}`;
  context.after(() => ((nativeOrigin = undefined), program.stop()));
  for (const engine of engines)
    await context.test(engine, async () => {
      requests = [];
      await journey(engine, "fine", undefined, async (reader, driver) => {
        await driver.executeAsyncScript("setTimeout(arguments[0], 1000)");
        assert.deepEqual(requests, [], "nothing is requested before the reader is about to begin");
        await pointAtWidget(driver);
        assert.equal(await reader.begin("last-not-completed", "is-on"), "when");
        assert.equal(await reader.pickTime(then + HOUR), "that-was-apple");
        assert.match(await reader.text(), /Apple reported a problem with iCloud Backup at the time you named/);
        assert.equal(await reader.back(), "when");
        assert.equal(await reader.pickTime(then - 24 * HOUR), "back-up-now");
        // Monitoring may have had a gap then, so the text doesn't claim that there was no problem.
        assert.match(await reader.trail(), /without a known problem/);
        assert.deepEqual(requests, ["/api/history"], "one request, without any answer in it");
      });
    });
});

test("a past problem counts without a mouse that points first", async () => {
  await journey(
    "chromium",
    "fine",
    pastProblem,
    async (reader, driver) => {
      await engineLoaded(driver);
      // However slow this machine is, the response arrives before the widget stops waiting.
      await driver.executeScript("const real = setTimeout; window.setTimeout = (act, time) => real(act, 10 * time)");
      assert.equal(await reader.begin("last-not-completed", "is-on"), "when");
      assert.equal(await reader.pickTime(then + HOUR), "that-was-apple");
    },
    { phone: true },
  );
});

for (const [what, history] of /** @type {[string, string | null][]} */ ([
  ["isn't kept", '{"kept": false, "incidents": []}'],
  ["never answers", null],
  ["is nonsense", "<html>"],
])) {
  test(`if the history ${what}, it starts at once with what is known`, async () => {
    await journey("chromium", "fine", history, async (reader, driver) => {
      await engineLoaded(driver);
      const start = Date.now();
      assert.equal(await reader.begin("last-not-completed"), "backup-on");
      assert.ok(Date.now() - start < 5_000, `it took ${Date.now() - start} ms`);
      assert.equal(await reader.choose("is-on"), "back-up-now");
      assert.equal(requests.length, 1);
    });
  });
}
