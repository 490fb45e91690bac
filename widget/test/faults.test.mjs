// @ts-check
// Faults in the browser after the document has loaded: the site can't be
// reached, files arrive broken, storage fails, the clock is wrong, the host page
// is hostile. The reader can always continue.
import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { test } from "node:test";
import { By } from "selenium-webdriver";
import { consoleOf, engines } from "./engines.mjs";
import { enter, proxyTo, fixture, text, withBrowser, withoutFavicon } from "./fixture.mjs";
import { readerOf } from "./reader.mjs";

/** @typedef {import("selenium-webdriver").WebDriver} WebDriver */

const env = fixture();
const site = proxyTo(() => env.worker.origin);
const address = () => env.address("fine").replace(env.worker.origin, site.origin);

/** @param {WebDriver} driver @param {string} source */
const beforehand = (driver, source) =>
  /** @type {any} */ (driver).sendDevToolsCommand("Page.addScriptToEvaluateOnNewDocument", { source });
/** @param {WebDriver} driver @param {string} symptom */
const tap = (driver, symptom) => driver.findElement(By.css(`a[data-symptom="${symptom}"]`)).click();

/** Answers the document's first screen, and asserts that the plain step then opens, without technical words. @param {WebDriver} driver */
async function assertPlainStep(driver) {
  // By script, since what fails at once takes the first screen away.
  await driver.executeScript("document.querySelector('section[data-from] [data-choice=is-on]')?.click()");
  const step = await driver.findElement(By.css("#step-backup-on"));
  await driver.wait(async () => (await step.getText()).includes("date of the last backup"), 15_000, "the plain step");
  assert.equal((await driver.findElements(By.css("[aria-busy]"))).length, 0);
  assert.equal((await driver.findElements(By.css(".sequence"))).length, 0);
  assert.doesNotMatch(await text(driver, "body"), /error|wasm|failed to|undefined|\{/i);
}

for (const engine of engines) {
  test(`${engine}: the site can't be reached after the document loaded: the plain steps, and the sequence when it is back`, async () => {
    await env.show("fine");
    await withBrowser(engine, { phone: true }, async (driver) => {
      // Only the document gets a response.
      site.intercept = (address, response) => !address.startsWith("/widget") && Boolean(response.destroy());
      await driver.get(address());
      await tap(driver, "not-enough-storage");
      await assertPlainStep(driver);
      site.intercept = () => false;
      await driver.navigate().refresh();
      const reader = readerOf(driver);
      assert.equal(await reader.begin("not-enough-storage", "is-on"), "compare-storage");
      // Once it is loaded, the sequence needs no site.
      site.intercept = (_, response) => Boolean(response.destroy());
      assert.equal(await reader.choose("too-large"), "make-room");
      site.intercept = () => false;
    });
  });
}

const engineFile = /\/assets\/engine-/;
for (const [what, bytes] of /** @type {[string, (complete: Buffer) => Buffer | null][]} */ ([
  ["garbage", () => Buffer.from("this is no module".repeat(1000))],
  ["nothing", () => Buffer.alloc(0)],
  ["a hotel's login page", () => Buffer.from("<!doctype html><title>Welcome</title>Please sign in")],
  ["half of itself", (whole) => whole.subarray(0, whole.length / 2)],
  [
    "itself with some bits turned",
    (whole) => {
      const copy = Buffer.from(whole);
      for (let i = 5_000; i < copy.length; i += 50_000) copy[i] ^= 0x55;
      return copy;
    },
  ],
  ["another module", () => Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])],
  ["an answer that says 500", () => null],
])) {
  test(`the engine arrives as ${what}: the plain steps, and the next visit works`, async () => {
    await env.show("fine");
    const listing = await (await fetch(`${env.worker.origin}/widget`)).text();
    assert.match(listing, /data-sequence=/);
    const whole = await engineBytes();
    await withBrowser("chromium", { phone: true }, async (driver) => {
      site.intercept = (address, response) => {
        if (!engineFile.test(address)) return false;
        const body = bytes(whole);
        if (body)
          response.writeHead(200, { "Content-Type": "application/wasm", "Cache-Control": "no-store" }).end(body);
        else response.writeHead(500).end("sorry");
        return true;
      };
      await driver.get(address());
      await tap(driver, "not-enough-storage");
      await assertPlainStep(driver);
      site.intercept = () => false;
      await driver.get(address());
      assert.equal(await readerOf(driver).begin("not-enough-storage", "is-on"), "compare-storage");
    });
  });
}

/** The engine's bytes, from the site. */
async function engineBytes() {
  const found = /"[^"]*(\/assets\/engine-[^"]+\.wasm)"/.exec(await (await fetch(`${env.worker.origin}/widget`)).text());
  const path = found?.[1] ?? "";
  assert.ok(path, "the document names the engine");
  const bytes = Buffer.from(await (await fetch(env.worker.origin + path)).arrayBuffer());
  return bytes[0] === 0x1f ? gunzipSync(bytes) : bytes;
}

test("a response that isn't the site's status changes nothing", async () => {
  await env.show("fine");
  await withBrowser("chromium", { phone: true }, async (driver) => {
    await driver.get(address());
    const reader = readerOf(driver);
    assert.equal(await reader.begin("not-enough-storage", "is-on"), "compare-storage");
    for (const [code, body] of /** @type {[number, string][]} */ ([
      [503, '{"error": "sorry"}'],
      [200, "<html>"],
      [200, "{}"],
      [200, "null"],
      [200, '{"level": 7}'],
      [200, ""],
    ])) {
      let requests = 0;
      site.intercept = (address, response) =>
        address.startsWith("/api/status") &&
        Boolean(++requests && response.writeHead(code, { "Content-Type": "application/json" }).end(body));
      await driver.executeScript(
        "window.stays = true; const now = Date.now; Date.now = () => now() + 60_000; document.dispatchEvent(new Event('visibilitychange'))",
      );
      await driver.wait(() => requests > 0, 5_000);
      await driver.executeAsyncScript("setTimeout(arguments[0], 200)");
      assert.equal(await driver.executeScript("return window.stays"), true, `the document stays with ${code} ${body}`);
    }
    site.intercept = () => false;
    assert.equal(await reader.node(), "compare-storage");
  });
});

for (const [what, script] of [
  [
    "forbidden",
    "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('The operation is insecure.', 'SecurityError') } })",
  ],
  ["missing", "Object.defineProperty(window, 'localStorage', { value: null })"],
  ["full", "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"],
]) {
  test(`a storage that is ${what}: the sequence works until the page is closed`, async () => {
    await env.show("fine");
    env.page = { policy: "", body: env.snippet() };
    await withBrowser("chromium", { phone: true }, async (driver) => {
      await beforehand(driver, script);
      await driver.get(env.host);
      await enter(driver);
      const reader = readerOf(driver);
      assert.equal(await reader.begin("not-enough-storage", "is-on"), "compare-storage");
      assert.equal(await reader.choose("too-large"), "make-room");
      assert.equal(await reader.back(), "compare-storage");
      await reader.press("restart");
      assert.equal(await reader.shown(), false);
      assert.deepEqual(withoutFavicon(await consoleOf("chromium", driver)), []);
    });
  });
}

for (const years of [-30, -2, 2, 30]) {
  test(`a clock that is wrong by ${years} years: the site's times are shown, and no age is computed from the clock`, async () => {
    await env.show("issue");
    await withBrowser("chromium", { phone: true }, async (driver) => {
      await beforehand(
        driver,
        `{
        const Clock = Date, off = ${years} * 31_557_600_000;
        window.Date = class extends Clock { constructor(...t) { if (t.length) super(...t); else super(Clock.now() + off); } static now() { return Clock.now() + off; } };
      }`,
      );
      await driver.get(env.address("issue"));
      assert.equal(await text(driver, "h1"), "It’s Apple, not your iPhone");
      const words = await text(driver, "body");
      assert.match(words, new RegExp(`\\b${new Date().getUTCFullYear()}\\b`));
      assert.doesNotMatch(words, /NaN|Invalid|undefined|-\d+ (minutes|hours|days)|in \d+ (years|months)|\d+ years/);
      await driver.findElement(By.css(".older > summary")).click();
      const reader = readerOf(driver);
      assert.equal(await reader.begin("not-enough-storage", "is-on"), "compare-storage");
      assert.equal(await reader.choose("too-large"), "make-room");
      await driver.navigate().refresh();
      assert.equal(await reader.node(), "make-room");
    });
  });
}

test("two tabs: the newer answers win, and the other tab is updated", async () => {
  await env.show("fine");
  await withBrowser("chromium", {}, async (driver) => {
    await driver.get(address());
    const reader = readerOf(driver);
    assert.equal(await reader.begin("not-enough-storage", "is-on"), "compare-storage");
    const one = await driver.getWindowHandle();
    await driver.switchTo().newWindow("tab");
    await driver.get(address());
    assert.equal(await reader.node(), "compare-storage", "the second tab resumes where the first one is");
    assert.equal(await reader.choose("too-large"), "make-room");
    const two = await driver.getWindowHandle();
    await driver.switchTo().window(one);
    await driver.wait(async () => (await reader.node()) === "make-room", 5_000, "the first tab follows");
    await reader.press("restart");
    await driver.switchTo().window(two);
    await driver.wait(async () => !(await reader.shown()), 5_000, "and so does the second");
  });
});

test("back to the page: it is as it was, and still works", async () => {
  await env.show("fine");
  env.page = { policy: "", body: env.snippet() };
  await withBrowser("chromium", { phone: true }, async (driver) => {
    await beforehand(driver, "addEventListener('pageshow', (event) => (window.cameBack = event.persisted))");
    for (const [from, inside] of /** @type {[string, boolean][]} */ ([
      [address(), false],
      [env.host, true],
    ])) {
      await driver.get(from);
      if (inside) await enter(driver);
      await driver.executeScript("localStorage.clear()");
      const reader = readerOf(driver);
      assert.equal(await reader.begin("not-enough-storage", "is-on"), "compare-storage");
      assert.equal(await reader.choose("too-large"), "make-room");
      await driver.switchTo().defaultContent();
      await driver.get("about:blank");
      await driver.navigate().back();
      if (inside) await enter(driver);
      assert.equal(await reader.node(), "make-room", from);
      assert.equal(await reader.back(), "compare-storage", from);
      assert.equal(await reader.choose("too-large"), "make-room", from);
    }
  });
});

test("a hostile page's messages have only the documented effects", async () => {
  await env.show("fine");
  // A host page and another frame in it that post all kinds of messages.
  const hostile = `
    const words = ["backup-check:open", "backup-check:reset", "backup-check:height", "backup-check:status", "backup-check:done", "backup-check:step", "__proto__", "constructor", null, 7];
    const more = ["not-enough-storage", "<img src=x onerror=alert(1)>", "__proto__", "constructor", "javascript:alert(1)", "x".repeat(100000), {}, [], null];
    const say = (to) => { for (const type of words) for (const symptom of more) { to.postMessage({ type, symptom, height: symptom, level: symptom, number: symptom, fixed: symptom }, "*"); to.postMessage(symptom, "*"); to.postMessage(JSON.stringify({ type, symptom }), "*"); } };`;
  env.page = {
    policy: "",
    body: `${env.snippet()}<script>${hostile} addEventListener("message", (event) => { if (event.data === "say") say(document.querySelector("backup-check").shadowRoot.querySelector("iframe").contentWindow); });</script>
    <iframe id="other" srcdoc="<script>${hostile.replaceAll('"', "&quot;")} addEventListener('message', (event) => { if (event.data !== 'say') return; say(parent); say(parent.document.querySelector('backup-check').shadowRoot.querySelector('iframe').contentWindow); });</script>"></iframe>`,
  };
  await withBrowser("chromium", {}, async (driver) => {
    await driver.get(env.host);
    await enter(driver);
    const reader = readerOf(driver);
    assert.equal(await reader.begin("not-enough-storage", "is-on"), "compare-storage");
    assert.equal(await reader.choose("too-large"), "make-room");
    await driver.switchTo().defaultContent();
    await driver.executeScript(
      "window.received = []; for (const name of ['status', 'step', 'done']) document.addEventListener('backup-check:' + name, (event) => received.push(name))",
    );
    const height = "return document.querySelector('backup-check').shadowRoot.querySelector('iframe').style.height";
    const before = await driver.executeScript(height);

    // Messages of the other frame are ignored.
    await driver.executeScript("document.getElementById('other').contentWindow.postMessage('say', '*')");
    await driver.executeAsyncScript("setTimeout(arguments[0], 1000)");
    assert.equal(await driver.executeScript(height), before);
    assert.deepEqual(await driver.executeScript("return received"), []);
    await enter(driver);
    assert.equal(await reader.node(), "make-room");

    // The host page may open a symptom and start over. Nothing else happens.
    await driver.switchTo().defaultContent();
    await driver.executeScript("postMessage('say', '*')");
    await driver.executeAsyncScript("setTimeout(arguments[0], 2000)");
    await enter(driver);
    assert.equal(await text(driver, "h1"), "Apple reports no problem with iCloud Backup");
    assert.equal((await driver.findElements(By.css("img"))).length, 0);
    await driver.executeScript("location.hash = ''");
    const log = await consoleOf("chromium", driver);
    assert.deepEqual(withoutFavicon(log), []);
    // And it works as before. The last message may have been a reset or another one.
    if (await reader.shown()) await reader.press("restart");
    assert.equal(await reader.begin("not-enough-storage", "is-on"), "compare-storage");
  });
});
