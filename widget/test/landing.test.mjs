// @ts-check
// The landing page and its last 90 days, from the native server with an imported
// history, in real browsers.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { backupcheck, eventually, freePort, playApple, scratch, start, status } from "../../wasm/edge/test/harness.mjs";
import { violations } from "./axe.mjs";
import { emulate, unfold } from "./emulate.mjs";
import { consoleOf, engines } from "./engines.mjs";
import { painted, text, withBrowser, withoutFavicon } from "./fixture.mjs";

const MINUTE = 60_000,
  HOUR = 60 * MINUTE,
  DAY = 24 * HOUR;
/** Midnight in UTC so many days ago. @param {number} ago */
const day = (ago) => (Math.floor(Date.now() / DAY) - ago) * DAY;

const message = 'Users may be unable to "restore" & back up.';
/** Apple's incidents, newest first. */
const incidents = [
  { type: "Outage", from: day(1) + 10 * HOUR, to: day(1) + 12 * HOUR + 5 * MINUTE, message },
  { type: "Maintenance", from: day(20) + HOUR, to: day(20) + 4 * HOUR, message: "" },
  { type: "Issue", from: day(50) + 22 * HOUR, to: day(50) + 25 * HOUR, message: "Users experienced a problem." },
];

/** A database of readings each five minutes: three days ago, for most of the day after it, yesterday and today. */
function recorded() {
  const feeds = join(scratch, "feeds"),
    database = join(scratch, "history.db");
  mkdirSync(feeds);
  for (let at = day(3); at < Date.now(); at += 5 * MINUTE) {
    if (at > day(2) + 15 * HOUR && at < day(1)) continue;
    const events = incidents
      .filter(({ to }) => to < at)
      .map(({ type, from, to, message }) => ({
        messageId: String(from),
        statusType: type,
        eventStatus: type === "Maintenance" ? "completed" : "resolved",
        message,
        usersAffected: "",
        epochStartDate: from,
        epochEndDate: to,
        datePosted: null,
        startDate: null,
        endDate: null,
        affectedServices: null,
      }));
    writeFileSync(
      join(feeds, `${new Date(at).toISOString().replace(/[-:]|\.\d+/g, "")}.json`),
      JSON.stringify({ services: [{ serviceName: "iCloud Backup", redirectUrl: null, events }] }),
    );
  }
  execFileSync(backupcheck(), ["history", "import", "-db", database, feeds]);
  return database;
}

let origin = "";
/** @type {{stop(): Promise<unknown>}[]} */
const running = [];

before(async () => {
  const apple = await playApple();
  running.push(apple);
  await apple.show("fine");
  const address = `127.0.0.1:${await freePort()}`;
  running.push(
    await start(
      backupcheck(),
      ["serve", "-addr", address, "-db", recorded(), "-origin", apple.origin],
      /Backup Check is at/,
    ),
  );
  origin = `http://${address}`;
  await eventually(async () => (await status(origin)).level === "operational", 5_000, "a reading");
});
after(() => Promise.all(running.map((program) => program.stop())));

/** The status of each day, by its number of days ago. @param {import("./fixture.mjs").WebDriver} driver */
async function drawn(driver) {
  const bars = /** @type {{look: string, left: number, top: number, width: number, right: number}[]} */ (
    await driver.executeScript(`
    return [...document.querySelectorAll(".strip use")].map((use) => {
      // Firefox adds a stroke to the box on the screen, though there is none, and WebKit rounds the other one.
      const { left, top, width, right } = use.getBoundingClientRect(), look = use.getAttribute("href").replace("#day-", "");
      if (!navigator.userAgent.includes("Firefox")) return { look, left, top, width, right };
      const box = use.getBBox(), { a, d, e, f } = use.getScreenCTM();
      return { look, left: e + a * box.x, top: f + d * box.y, width: a * box.width, right: e + a * (box.x + box.width) };
    })`)
  );
  assert.equal(bars.length, 90);
  return bars.reverse();
}

for (const engine of engines) {
  test(`${engine}: each day of the strip is visible, with its status`, async () => {
    await withBrowser(engine, { phone: true }, async (driver) => {
      await driver.get(`${origin}/`);
      const days = await drawn(driver);
      /** @type {Record<number, string>} */
      const known = { 1: "failing", 2: "partly", 3: "healthy", 20: "maintained", 49: "troubled", 50: "troubled" };
      // Today's status depends on the time of day.
      assert.deepEqual(
        days.slice(1).map(({ look }) => look),
        days.slice(1).map((_, index) => known[index + 1] ?? "unwatched"),
      );
      for (const [ago, bar] of days.entries()) {
        assert.ok(bar.width >= 7, `${ago} days ago is ${bar.width} pixels wide`);
        const next = days[ago - 1];
        if (ago % 30)
          assert.ok(
            bar.top === next.top && Math.abs(bar.right - next.left) < 0.6,
            `${ago} days ago is beside the next day`,
          );
        else if (ago) assert.ok(bar.top < next.top && bar.left > next.left, `${ago} days ago ends a row`);
      }
      assert.match(
        await text(driver, "#days + p"),
        /^What Apple reported about iCloud Backup, a bar for each day in UTC\. Watched [34] of 90 days, since \d+.\w+\.$/,
      );
      assert.equal(await text(driver, "blockquote"), message);
      await driver.wait(
        () => driver.executeScript("return document.querySelector('.badge img').naturalWidth > 40"),
        5_000,
        "the badge",
      );
    });
  });
}

test("incidents have their times in the reader's zone, and nothing breaks the page's policy", async () => {
  await withBrowser("chromium", { phone: true }, async (driver) => {
    const chromium = /** @type {import("selenium-webdriver/chrome.js").Driver} */ (driver);
    for (const timeZone of ["Asia/Tokyo", "America/St_Johns"]) {
      await chromium.sendDevToolsCommand("Emulation.setTimezoneOverride", { timezoneId: timeZone });
      await driver.get(`${origin}/`);
      const format = new Intl.DateTimeFormat("en", {
        timeZone,
        month: "short",
        day: "numeric",
        hour: "numeric",
        minute: "2-digit",
      });
      const times = await driver.executeScript(
        "return [...document.querySelectorAll('.incidents time')].map((time) => time.textContent.replace(/\\s/g, ' '))",
      );
      assert.deepEqual(
        times,
        incidents.flatMap(({ from, to }) => [from, to].map((time) => format.format(time).replace(/\s/g, " "))),
      );
      assert.equal(await text(driver, "[data-zone]"), `Times are in your time zone, ${timeZone}.`);
    }
    await driver.executeAsyncScript("setTimeout(arguments[0], 500)");
    assert.deepEqual(withoutFavicon(await consoleOf("chromium", driver)), []);
  });
});

test("the printed page has the numbers, too", async () => {
  await withBrowser("chromium", {}, async (driver) => {
    await driver.get(`${origin}/`);
    await /** @type {import("selenium-webdriver/chrome.js").Driver} */ (driver).sendDevToolsCommand(
      "Page.printToPDF",
      {},
    );
    assert.match(await text(driver, "table"), /Not watched[\s\S]*1,315\s0\s0\s125\s0\s0/);
  });
});

test("the page is accessible and never wider than the screen, in any look", async () => {
  await withBrowser("chromium", { phone: true }, async (driver) => {
    await driver.get(`${origin}/`);
    for (const width of [320, 390, 700, 1280]) {
      for (const look of [{ dark: false }, { dark: true }, { forcedColors: true }]) {
        await emulate(driver, { width, ...look });
        for (const folded of [true, false]) {
          const name = `${width} px ${JSON.stringify(look)} ${folded ? "folded" : "unfolded"}`;
          if (!folded) await unfold(driver);
          else
            await driver.executeScript(
              "for (const element of document.querySelectorAll('details')) element.open = false",
            );
          assert.equal(await driver.executeScript("return document.documentElement.scrollWidth"), width, name);
          assert.deepEqual(await violations(driver), [], name);
        }
        // The table may be wider than a phone, in its own scroll box.
        const wider = await driver.executeScript(
          "const box = document.querySelector('.scroll'); return box.scrollWidth > box.clientWidth",
        );
        assert.equal(wider, width < 400, `${width} px: the numbers scroll`);
      }
    }
  });
});

test("without colours days that differ look different", async () => {
  await withBrowser("chromium", { phone: true }, async (driver) => {
    await driver.get(`${origin}/`);
    await emulate(driver, { forcedColors: true });
    const found = /** @type {{colours: string[], heights: Record<string, string>}} */ (
      await driver.executeScript(`
      const shapes = [...document.querySelectorAll(".legend .day")];
      return {
        colours: [...new Set(shapes.map((shape) => getComputedStyle(shape).fill))],
        heights: Object.fromEntries(shapes.map((shape) => [shape.getAttribute("class"), shape.getTotalLength() + " " + shape.getBBox().height])),
      }`)
    );
    assert.equal(found.colours.length, 1);
    assert.ok(Object.keys(found.heights).length >= 6);
    assert.equal(
      new Set(Object.values(found.heights)).size,
      Object.keys(found.heights).length,
      JSON.stringify(found.heights),
    );
  });
});

test("screenshots of the last days", async () => {
  const folder = process.env.SCREENSHOTS;
  for (const width of [390, 1280]) {
    for (const dark of [false, true]) {
      if (!folder && (width > 390 || dark)) continue; // one is enough to test the screenshot
      await withBrowser(
        "chromium",
        width < 400 ? { phone: true, dark } : { width, height: 900, dark },
        async (driver) => {
          await driver.get(`${origin}/`);
          await unfold(driver);
          await driver.executeScript("document.querySelector('#days').scrollIntoView()");
          await painted(driver);
          const picture = Buffer.from(await driver.takeScreenshot(), "base64");
          assert.ok(picture.length > 5_000);
          if (!folder) return;
          mkdirSync(folder, { recursive: true });
          writeFileSync(
            join(folder, `landing-days-${width < 400 ? "phone" : "desktop"}-${dark ? "dark" : "light"}.png`),
            picture,
          );
        },
      );
    }
  }
});
