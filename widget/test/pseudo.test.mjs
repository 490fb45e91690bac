// @ts-check
// A language needs only its two files: a copy of the checkout gets those of a
// pseudo-language, which is English in other letters, in brackets and longer.
// It is built and served, and readers' journeys through it show no English.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { By, until } from "selenium-webdriver";
import {
  eventually,
  migrate,
  playApple,
  root,
  scratch,
  status,
  unblock,
  wranglerDev,
} from "../../wasm/edge/test/harness.mjs";
import { openEngine } from "./engines.mjs";
import { readerOf } from "./reader.mjs";

/** @typedef {import("selenium-webdriver").WebDriver} WebDriver */

const TAG = "qps";
const PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const ACCENTED = [..."áƀçðéƒĝĥíĵķļɱñóþǫŕšţúṽŵẋýžÁƁÇÐÉƑĜĤÍĴĶĻṀÑÓÞǪŔŠŢÚṼŴẊÝŽ"];

/** @type {Record<string, string>} English's texts by id. */
const english = JSON.parse(readFileSync(join(root, "widget/locale/en.json"), "utf8"));

/** @param {string} text placeholders stay as they are */
const accent = (text) => text.replace(/\{[^}]*\}|[A-Za-z]/g, (part) => ACCENTED[PLAIN.indexOf(part)] ?? part);

/** @type {Record<string, string>} The language's sentences. */
const sentences = Object.fromEntries(
  Object.entries(english).map(([id, text]) => [id, id === "language.dir" ? text : `⟦${accent(text)} ~~~~⟧`]),
);

/** The labels of iOS in the language: those of English in other letters. */
const labels = JSON.stringify(
  JSON.parse(readFileSync(join(root, "widget/locale/labels/en.json"), "utf8"), (_id, value) =>
    typeof value === "string" ? accent(value) : value,
  ),
);

/** @type {Record<string, string>} The texts as the browser gets them, with labels in the sentences. */
let pseudo = {};

/** A copy of the checkout with the language's file, and nothing else changed. */
function checkout() {
  const copy = join(scratch, "checkout");
  const files = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  for (const file of files.split("\0").filter(Boolean)) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    try {
      cpSync(join(root, file), join(copy, file));
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ENOENT") throw error; // deleted, and not committed yet
    }
  }
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  writeFileSync(join(copy, `widget/locale/${TAG}.json`), JSON.stringify(sentences));
  writeFileSync(join(copy, `widget/locale/labels/${TAG}.json`), labels);
  return copy;
}

/** @type {Awaited<ReturnType<typeof playApple>>} */
let apple;
/** @type {Awaited<ReturnType<typeof wranglerDev>>} */
let worker;
let hostPage = "";
const server = createServer((_request, response) => {
  response.setHeader("Content-Type", "text/html; charset=utf-8");
  response.end(
    `<!doctype html><html lang="en"><title>Support</title><body><script src="${worker.origin}/embed.js" data-lang="${TAG}" async></script>`,
  );
});

before(async () => {
  const copy = checkout();
  const go = (/** @type {string[]} */ ...args) => execFileSync("go", args, { cwd: copy, encoding: "utf8" });
  go("test", "./widget/locale");
  const dir = join(scratch, "pseudo"),
    state = join(scratch, "pseudo-state");
  go("run", "./cmd/backupcheck", "build", "-o", dir);
  const assets = join(dir, "assets/assets");
  const file = readdirSync(assets).find((name) => name.startsWith(`${TAG}-`) && name.endsWith(".json")) ?? "";
  pseudo = JSON.parse(readFileSync(join(assets, file), "utf8"));
  migrate(dir, state);
  apple = await playApple();
  await apple.show("fine");
  worker = await wranglerDev(dir, { APPLE_ORIGIN: apple.origin, REFRESH_SECONDS: "0.2" }, state);
  unblock(worker.origin);
  await new Promise((done) => server.listen(0, "127.0.0.1", () => done(undefined)));
  hostPage = `http://localhost:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}`;
});
after(async () => {
  server.close();
  server.closeAllConnections();
  await Promise.all([worker?.stop(), apple?.stop()]);
});

/** @param {string} scenario @param {string} level */
async function show(scenario, level) {
  await apple.show(scenario);
  await eventually(async () => (await status(worker.origin)).level === level, 10_000, scenario);
}

/** @param {(driver: WebDriver) => Promise<void>} act */
async function withBrowser(act) {
  const driver = await openEngine("chromium", { phone: true });
  try {
    await act(driver);
  } finally {
    await driver.quit();
  }
}

/** What readers see or hear of a page, hidden parts included. Times are formatted by the browser; code and Apple's texts are not translated. */
const collect = `
  const skipped = "style, script, noscript, pre, code, time, blockquote, dt, select[data-language], [name=lang] option, [name=host], .languages";
  const texts = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest(skipped)) texts.push(walker.currentNode.data);
  for (const element of document.querySelectorAll("*")) {
    if (element.closest(skipped)) continue;
    for (const name of ["title", "alt", "aria-label", "aria-description", "placeholder"]) texts.push(element.getAttribute(name) ?? "");
    if (element.matches("textarea")) texts.push(element.value.replace(/^ {2}.*$/gm, "")); // without its lines in English
  }
  return texts.map((text) => text.trim()).filter(Boolean);`;

/** Names, and the dates of a browser that doesn't know the language. */
const ALLOWED =
  /iCloud Backup|\biPhone\b|\biPad(OS)?\b|\biOS\b( \d+)?|\b(January|February|March|April|May|June|July|August|September|October|November|December) \d+, \d{4} at \d+:\d+\s[AP]M [A-Z]+/g;

/**
 * Asserts that a page is in the pseudo-language and in no other.
 * @param {WebDriver} driver
 * @param {string} where
 * @param {string[]} [appleSays]
 */
async function checkWords(driver, where, appleSays = []) {
  const texts = /** @type {string[]} */ (await driver.executeScript(collect));
  assert.ok(texts.length > 10 && texts[0].includes("⟦"), `${where}: ${texts.length} texts, called ${texts[0]}`);
  const bare = texts.filter((text) => {
    for (const words of appleSays) text = text.replaceAll(words, "");
    return /[A-Za-z]/.test(text.replace(ALLOWED, ""));
  });
  assert.deepEqual(bare, [], where);
}

/** @param {WebDriver} driver */
const title = async (driver) =>
  (await driver.wait(until.elementLocated(By.css(".sequence h2")), 15_000)).getAttribute("textContent");

/** The text of an answer to a node. @param {string} node @param {string} id */
const label = (node, id) => pseudo[`choice.${node}.${id}`] ?? pseudo[`choice.${id}`];

/** The node of the screen, by its title, which only the plain step apple-support shares. @param {WebDriver} driver */
async function nodeOf(driver) {
  const words = await title(driver);
  const id = Object.keys(pseudo).find(
    (id) => /^(ask|step|gate|end)\.(?!apple-support\.).*\.title$/.test(id) && pseudo[id] === words,
  );
  assert.ok(id, String(words));
  return id.split(".")[1];
}

const CHOICES = ".sequence > .choices:not(.tools) button";

/** Taps the first of these answers that is offered. @param {WebDriver} driver @param {...string} ids */
async function answer(driver, ...ids) {
  const node = await nodeOf(driver);
  const heading = await driver.findElement(By.css(".sequence h2"));
  const buttons = await driver.findElements(By.css(CHOICES));
  const labels = await Promise.all(buttons.map((button) => button.getAttribute("textContent")));
  for (const id of ids) {
    const at = labels.indexOf(label(node, id));
    if (at < 0) continue;
    await buttons[at].click();
    await driver.wait(until.stalenessOf(heading), 3_000, `after ${node}: ${id}`);
    return;
  }
  assert.fail(`${node} has none of ${ids}: ${labels}`);
}

/** @param {WebDriver} driver */
async function confirm(driver) {
  for (const box of await driver.findElements(By.css(".confirm input"))) await box.click();
}

/** @param {WebDriver} driver @param {string} symptom */
async function start(driver, symptom) {
  await driver.executeScript("for (const details of document.querySelectorAll('details')) details.open = true");
  await driver.findElement(By.css(`a[data-symptom="${symptom}"]`)).click();
  await readerOf(driver).begun();
  await title(driver);
}

let visits = 0;
/** The widget's address, which browsers cache for 30 s. */
const widget = () => `${worker.origin}/widget?lang=${TAG}-Latn&visit=${++visits}`;

test("storage is full: an old backup is deleted behind its gate, and the backup works", async () => {
  await show("fine", "operational");
  await withBrowser(async (driver) => {
    await driver.get(widget());
    assert.equal(await driver.executeScript("return document.documentElement.lang"), TAG);
    await checkWords(driver, "the document");
    await start(driver, "not-enough-storage");
    for (const [node, ...ids] of [
      ["backup-on", "is-on"],
      ["compare-storage", "too-large"],
      ["make-room", "trim"],
      ["what-takes-room", "old-backups"],
      ["before-trim-old-backups", "continue"],
      ["trim-old-backups", "worked"],
    ]) {
      assert.equal(await nodeOf(driver), node);
      await checkWords(driver, node);
      await confirm(driver);
      await answer(driver, ...ids);
    }
    assert.equal(await nodeOf(driver), "fixed");
    await checkWords(driver, "fixed");
    // The address for another device, and its picture.
    await driver.findElement(By.css("details.carry summary")).click();
    await driver.wait(until.elementLocated(By.css("svg.qr")), 5_000);
    await checkWords(driver, "another device");
  });
});

test("everything fails: every gate, the measured connection, the support request", async () => {
  await show("fine", "operational");
  await withBrowser(async (driver) => {
    await driver.get(widget());
    await start(driver, "something-else");
    /** @type {string[]} */
    const seen = [];
    let measured = false;
    for (let node = await nodeOf(driver); node !== "support"; node = await nodeOf(driver)) {
      assert.ok(!seen.includes(node) && seen.length < 40, `${seen}, ${node}`);
      seen.push(node);
      const check = await driver.findElements(By.css("details.check"));
      if (check.length && !measured) {
        measured = true;
        await check[0].findElement(By.css("summary")).click();
        await check[0].findElement(By.css("button")).click();
        const size = await driver.wait(until.elementLocated(By.css("details.check input")), 20_000);
        await size.sendKeys("500");
      }
      await checkWords(driver, node);
      await confirm(driver);
      await answer(driver, ...HOPELESS);
    }
    assert.ok(measured && seen.includes("before-sign-out") && seen.length > 15, seen.join());
    await driver.findElement(By.css(".sequence label.field input")).sendKeys("!");
    await checkWords(driver, "the support request");
    const request = await driver.findElement(By.css("textarea")).getProperty("value");
    assert.ok(String(request).includes(pseudo["verdict.operational.summary"]), String(request));
    await driver.findElement(By.css(".choices.tools button")).click();
    await checkWords(driver, "the copied support request");
  });
});

/** The answers if nothing helps, in order of preference. */
const HOPELESS = [
  ...["is-on", "none", "keeps-coming", "fits", "neither", "has-date", "continue", "no-vpn"],
  ...["same-message", "nothing-moved", "still-failing", "mac", "done", "not-now", "something-else", "skip"],
];

test("an outage: the advice to wait, and an older problem", async () => {
  await show("outage", "outage");
  const incidents = /** @type {any[]} */ ((await status(worker.origin)).incidents);
  const appleSays = incidents.flatMap(({ users_affected, affected_services }) => [
    users_affected,
    ...affected_services,
  ]);
  await withBrowser(async (driver) => {
    await driver.get(widget());
    assert.ok((await driver.findElements(By.css("details.older"))).length, "the advice to wait");
    await checkWords(driver, "waiting", appleSays);
    await start(driver, "last-not-completed");
    await checkWords(driver, "an older problem", appleSays);
  });
});

test("a problem that is over: when it failed", async () => {
  await show("fine", "operational");
  await withBrowser(async (driver) => {
    await driver.get(widget());
    await driver.executeScript(
      "const real = fetch; window.fetch = (address, init) => (String(address).startsWith('/api/history') ? Promise.resolve(new Response(arguments[0])) : real(address, init))",
      JSON.stringify({
        kept: true,
        incidents: [
          {
            type: "Issue",
            state: "resolved",
            worst_level: "degraded",
            started_at: "2026-11-20T04:00:00Z",
            ended_at: "2026-11-20T06:00:00Z",
            last_seen_at: null,
          },
        ],
      }),
    );
    await start(driver, "last-not-completed");
    await driver.executeAsyncScript("setTimeout(arguments[0], 1000)");
    await answer(driver, "is-on");
    assert.equal(await nodeOf(driver), "when");
    await checkWords(driver, "when it failed");
    const buttons = await driver.findElements(By.css(CHOICES));
    const labels = await Promise.all(buttons.map((button) => button.getAttribute("textContent")));
    await buttons[labels.indexOf(label("when", "pick"))].click();
    await driver.wait(until.elementLocated(By.css("input[type='datetime-local']")), 3_000);
    await checkWords(driver, "the time");
  });
});

test("the landing page with its history", async () => {
  await show("outage", "outage");
  await worker.cron();
  await withBrowser(async (driver) => {
    await driver.get(`${worker.origin}/?lang=${TAG}`);
    assert.equal(await driver.executeScript("return document.documentElement.lang"), TAG);
    await driver.wait(until.elementLocated(By.css(".incidents li")), 5_000);
    const zone = await driver.executeScript("return Intl.DateTimeFormat().resolvedOptions().timeZone");
    await checkWords(driver, "the landing page", [String(zone)]);
    const copy = await driver.findElement(By.css(".copy button"));
    assert.equal(await copy.getAttribute("textContent"), pseudo["landing.copy"]);
    await copy.click();
    await driver.wait(async () => (await copy.getAttribute("textContent")) !== pseudo["landing.copy"], 2_000, "copied");
    await checkWords(driver, "the landing page after copying", [String(zone)]);
  });
});

test("the frame in the landing page and in a host page", async () => {
  await withBrowser(async (driver) => {
    for (const page of [`${worker.origin}/?lang=${TAG}`, hostPage]) {
      await driver.get(page);
      const frame = /** @type {import("selenium-webdriver").WebElement} */ (
        await driver.wait(
          () =>
            driver.executeScript("return document.querySelector('backup-check')?.shadowRoot?.querySelector('iframe')"),
          10_000,
        )
      );
      await driver.wait(
        async () => (await frame.getAttribute("title")) === pseudo["page.title"],
        5_000,
        `title: ${page}`,
      );
      await driver.switchTo().frame(frame);
      await driver.wait(until.elementLocated(By.css("h1")), 10_000);
      assert.equal(await driver.executeScript("return document.documentElement.lang"), TAG);
      await driver.switchTo().defaultContent();
    }
  });
});
