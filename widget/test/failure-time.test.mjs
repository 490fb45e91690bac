// @ts-check
// "When did it fail?" where the site remembers more than Apple still lists, in
// real browsers. Between them and the site stands a server that counts what is
// asked, and that plays a history that is slow or fails.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, test } from "node:test";
import { By, until } from "selenium-webdriver";
import { backupcheck, eventually, freePort, scratch, start } from "../../wasm/edge/test/harness.mjs";
import { engines } from "./engines.mjs";
import { proxyTo, fixture, withBrowser } from "./fixture.mjs";

/** @typedef {import("selenium-webdriver").WebDriver} WebDriver */

const env = fixture();
const HOUR = 3600_000;
/** Ten o'clock two weeks ago, on the reader's clock, which is this machine's. */
const then = new Date().setHours(-14 * 24 + 10, 0, 0, 0);

/** A problem that was over after two hours, and that Apple no longer lists. */
const twoWeeksAgo = JSON.stringify({
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

/** What the site remembers; null: it never answers; undefined: it is asked itself. @type {string | null | undefined} */
let remembered;
/** The site, where it isn't the Worker. @type {string | undefined} */
let behind;
/** What it was asked. @type {string[]} */
let asked = [];

const site = proxyTo(
  () => behind ?? env.worker.origin,
  (address, response) => {
    if (!address.startsWith("/api/history")) return false;
    asked.push(address);
    if (remembered === undefined) return false;
    if (remembered !== null) response.setHeader("Content-Type", "application/json").end(remembered);
    return true;
  },
);
beforeEach(() => {
  asked = [];
});

/**
 * A fresh browser at the widget, and what its reader does.
 * @param {import("./engines.mjs").Engine} engine
 * @param {string} scenario
 * @param {string | null | undefined} history
 * @param {(reader: ReturnType<typeof readerOf>, driver: WebDriver) => Promise<void>} act
 * @param {import("./engines.mjs").BrowserOptions} [look] a mouse points before it clicks; a finger doesn't
 */
async function journey(engine, scenario, history, act, look = {}) {
  remembered = history;
  await env.show(scenario);
  await withBrowser(engine, look, async (driver) => {
    await driver.get(env.address(scenario).replace(env.worker.origin, site.origin));
    await driver.wait(until.elementLocated(By.css("a[data-symptom]")), 10_000);
    await act(readerOf(driver), driver);
  });
}

/** Waits until the engine is loaded, as it is where the widget is seen. @param {WebDriver} driver */
const ready = (driver) => driver.wait(() => driver.executeScript("return Boolean(window.backupCheckEngine)"), 15_000);

/** @param {WebDriver} driver */
function readerOf(driver) {
  const title = async () => (await driver.wait(until.elementLocated(By.css(".sequence h2")), 15_000)).getText();
  /** Taps what leads to another screen. @param {string} words */
  const tap = async (words) => {
    const before = await driver.findElement(By.css(".sequence h2"));
    await driver.findElement(By.xpath(`//button[.="${words}"]`)).click();
    await driver.wait(until.stalenessOf(before), 3_000, `after "${words}"`);
    return title();
  };
  return {
    title,
    tap,
    text: () => driver.findElement(By.css(".sequence")).getText(),
    trail: () => driver.findElement(By.css(".trail")).getAttribute("textContent"),
    /** Points at the widget, until that has led to a question to the site. */
    async points() {
      const places = await driver.findElements(By.css("a[data-symptom]"));
      let turn = 0;
      await eventually(
        async () => {
          await driver
            .actions()
            .move({ origin: places[turn++ % places.length] })
            .perform();
          return asked.length > 0;
        },
        15_000,
        "asking for what was before",
      );
      await driver.executeAsyncScript("setTimeout(arguments[0], 100)"); // for the answer
    },
    async sees(/** @type {string} */ words) {
      await driver.findElement(By.xpath(`//a[@data-symptom and contains(., "${words}")]`)).click();
      return title();
    },
    /** @param {number} time in milliseconds */
    async picks(time) {
      await driver.findElement(By.xpath("//button[.='Choose a time']")).click();
      const local = new Date(time - new Date(time).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
      await driver.executeScript(
        "document.querySelector('.sequence input[type=datetime-local]').value = arguments[0]",
        local,
      );
      return tap("Continue");
    },
  };
}

test("a problem that Apple no longer lists is remembered, and one at another time isn't blamed on it", async (context) => {
  // The whole product natively, with what it recorded then.
  await env.show("fine");
  const port = await freePort();
  const program = await start(
    backupcheck(),
    ["serve", "-addr", `127.0.0.1:${port}`, "-db", recorded(), "-origin", env.apple.origin],
    /Backup Check is at/,
  );
  behind = `http://127.0.0.1:${port}`;
  context.after(() => ((behind = undefined), program.stop()));
  for (const engine of engines)
    await context.test(engine, async () => {
      asked = [];
      await journey(engine, "fine", undefined, async (reader, driver) => {
        await driver.executeAsyncScript("setTimeout(arguments[0], 1000)");
        assert.deepEqual(asked, [], "nothing is asked before the reader means to begin");
        await reader.points();
        assert.equal(await reader.sees("could not be completed"), "When did it last fail?");
        assert.equal(await reader.picks(then + HOUR), "That may have been Apple");
        assert.match(await reader.text(), /Apple reported a problem with iCloud Backup at the time you named/);
        await reader.tap("Back");
        const other = await reader.picks(then - 24 * HOUR);
        assert.notEqual(other, "That may have been Apple");
        // Nobody may have watched at that time, so nothing is said of Apple.
        assert.match((await reader.trail()) ?? "", /without a known problem/);
        assert.deepEqual(asked, ["/api/history"], "asked once, and nothing of the answers told");
      });
    });
});

test("an earlier problem that comes to be known while the question stands counts", async () => {
  await journey("chromium", "recovered", null, async (reader, driver) => {
    // The site answers only when the reader has the question before them.
    await driver.executeScript(`
      const real = fetch, answered = new Promise((answer) => (window.answer = answer));
      window.fetch = (address, init) => (String(address).startsWith("/api/history") ? answered.then((text) => new Response(text)) : real(address, init));`);
    assert.equal(await reader.sees("could not be completed"), "When did it last fail?");
    await driver.executeAsyncScript("answer(arguments[0]); setTimeout(arguments[1], 50)", twoWeeksAgo);
    assert.equal(await reader.title(), "When did it last fail?");
    assert.equal(await reader.picks(then + HOUR), "That may have been Apple");
  });
});

test("a tap that nothing went before is enough", async () => {
  await journey(
    "chromium",
    "fine",
    twoWeeksAgo,
    async (reader, driver) => {
      await ready(driver);
      // However slow this machine is, the answer comes within the widget's patience.
      await driver.executeScript("const real = setTimeout; window.setTimeout = (act, time) => real(act, 10 * time)");
      assert.equal(await reader.sees("could not be completed"), "When did it last fail?");
      assert.equal(await reader.picks(then + HOUR), "That may have been Apple");
    },
    { phone: true },
  );
});

for (const [what, history] of /** @type {[string, string | null][]} */ ([
  ["isn't kept", '{"kept": false, "incidents": []}'],
  ["never answers", null],
  ["is nonsense", "<html>"],
])) {
  test(`where history ${what}, it begins at once with what is known`, async () => {
    await journey("chromium", "fine", history, async (reader, driver) => {
      await ready(driver);
      const began = Date.now();
      assert.equal(await reader.sees("could not be completed"), "Give it Wi-Fi, power and a locked screen");
      assert.ok(Date.now() - began < 1_500, `it took ${Date.now() - began} ms`);
      assert.equal(asked.length, 1);
    });
  });
}
