// @ts-check
// Links that carry answers, and host pages that set them: no gate opens, the
// reader's own answers stay unless the reader says otherwise, and older answers
// never return.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { By } from "selenium-webdriver";
import { root } from "../../wasm/edge/test/harness.mjs";
import { violations } from "./axe.mjs";
import { consoleOf, engines } from "./engines.mjs";
import { enter, fixture, withBrowser, withoutFavicon } from "./fixture.mjs";
import { readerOf } from "./reader.mjs";

/** @typedef {import("selenium-webdriver").WebDriver} WebDriver */

const env = fixture();

const places = readFileSync(join(root, "widget/sequence/icloudbackup/testdata/places-version-2.txt"), "utf8")
  .trim()
  .split("\n")
  .map((line) => line.split(":")[0]);
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/** How saved progress names a node. @param {string} node */
const letter = (node) => letters[places.indexOf(node) >> 6] + letters[places.indexOf(node) & 63];

const destructive = places
  .map((gate) => ({ gate, step: gate.replace(/^before-/, "") }))
  .filter(({ gate, step }) => gate !== step && places.includes(step));

/** Links of real readers, who stood behind the gate of each step. @type {Record<string, string>} */
const behindGate = {};
for (const line of readFileSync(join(root, "widget/sequence/icloudbackup/testdata/saved-version-2.tsv"), "utf8").split(
  "\n",
)) {
  const [saved, position = ""] = line.split("\t");
  const [node, ...answers] = position.split(" ");
  const step = node.replace(/^before-/, "");
  // The answer that opened the gate isn't restored.
  if (destructive.some(({ gate }) => gate === node) && saved.length === 4 + 3 * (answers.length + 1))
    behindGate[step] ??= saved;
}

/** To the support request, through a gate. */
const toSupport = "2AAHABHAGBAIBAtBAvCAwBA7BAQAA8CA9AA_BBCABDABLABMBBNABOBBPABQB.B3";
/** not-enough-storage → is-on → too-large, at make-room. */
const short = "2AAAAGBAQB.AT";

const widget = () => `${env.worker.origin}/widget`;
/** @param {WebDriver} driver */
const stored = (driver) =>
  /** @type {Promise<any>} */ (driver.executeScript("return JSON.parse(localStorage.getItem('backup-check'))"));
/** @param {WebDriver} driver */
const fragment = (driver) => /** @type {Promise<string>} */ (driver.executeScript("return location.hash"));
/** A document of its own, as when the reader opens a link. @param {WebDriver} driver @param {string} address */
async function visit(driver, address) {
  await driver.get("about:blank");
  await driver.get(address);
}
/** Makes a minute pass for the page, which polls the verdict then. @param {WebDriver} driver */
const minute = (driver) =>
  driver.executeScript(
    "const now = Date.now; Date.now = () => now() + 60_000; document.dispatchEvent(new Event('visibilitychange'))",
  );
/** @param {WebDriver} driver @param {string} title */
const titled = (driver, title) =>
  driver.wait(
    async () =>
      (await driver
        .findElement(By.css("h1"))
        .getText()
        .catch(() => "")) === title,
    10_000,
    title,
  );
/** @param {WebDriver} driver */
const pause = (driver) => driver.executeAsyncScript("setTimeout(arguments[0], 700)");

/** Asserts that no destructive step is shown. @param {ReturnType<typeof readerOf>} reader @param {string} what */
async function assertClosed(reader, what) {
  if (!(await reader.shown())) return;
  const node = await reader.node();
  assert.ok(!destructive.some(({ step }) => step === node), `${what} opens ${node}`);
}

for (const engine of engines)
  test(`${engine}: a link that stood behind a gate leads to the gate, with nothing ticked`, async () => {
    assert.deepEqual(Object.keys(behindGate).sort(), destructive.map(({ step }) => step).sort());
    await env.show("fine");
    await withBrowser(engine, { phone: true }, async (driver) => {
      const reader = readerOf(driver);
      for (const { gate, step } of destructive) {
        await visit(driver, `${widget()}#s=${behindGate[step]}`);
        assert.equal(await reader.node(), gate);
        assert.equal((await driver.findElements(By.css(".confirm input:checked"))).length, 0);
        assert.equal(await driver.findElement(By.css("[data-choice=continue]")).isEnabled(), false);
        await driver.executeScript("document.querySelector('[data-choice=continue]').click()");
        assert.equal(await reader.node(), gate);
      }
      // Ticked here, it opens; after a reload it is ticked again.
      await reader.confirmAll();
      const { gate, step } = destructive[destructive.length - 1];
      assert.equal(await reader.choose("continue"), step);
      await driver.navigate().refresh();
      assert.equal(await reader.node(), gate);
      await reader.confirmAll();
      assert.equal(await reader.choose("continue"), step);
    });
  });

test("crafted links open no gate, also on the way back", async () => {
  await env.show("fine");
  await withBrowser("chromium", {}, async (driver) => {
    const reader = readerOf(driver);
    for (const { gate, step } of destructive) {
      const [g, s] = [letter(gate), letter(step)];
      for (const crafted of [`2AAH${g}A.${s}`, `2AAA${g}A${s}B.${letter("support")}`, `2.${s}`]) {
        await visit(driver, `${widget()}#s=${crafted}`);
        await pause(driver);
        await assertClosed(reader, crafted);
      }
    }
    await visit(
      driver,
      `${widget()}#s=${behindGate["sign-out"].replace(/\..*/, `${letter("sign-out")}B.${letter("support")}`)}`,
    );
    for (let node = await reader.node(); node !== "symptom"; node = await reader.back()) {
      await assertClosed(reader, "Back");
      assert.equal((await driver.findElements(By.css(".confirm input:checked"))).length, 0, node);
    }
  });
});

test("without own answers a link's are shown as such, and saved when the reader goes on with them", async () => {
  await env.show("fine");
  await withBrowser("chromium", { phone: true }, async (driver) => {
    const reader = readerOf(driver);
    await visit(driver, `${widget()}#accent=%23b00020&s=${short}`);
    for (let visits = 0; visits < 2; visits++) {
      assert.equal(await reader.node(), "make-room");
      assert.match(await reader.text(), /These answers came with a link/);
      assert.deepEqual(await violations(driver), []);
      assert.match(await driver.findElement(By.css(".trail li")).getText(), /Not enough.*\(from the link\)/i);
      assert.equal(await stored(driver), null, "looking at a link saves nothing");
      await driver.navigate().refresh();
    }
    assert.equal(await reader.node(), "make-room");
    assert.equal(await reader.choose("larger-plan"), "larger-plan");
    assert.doesNotMatch(await reader.text(), /These answers came with a link/);
    assert.match(await reader.trail(), /\(from the link\)/);
    const { linked, times, session } = await stored(driver);
    assert.equal(linked, 3);
    assert.deepEqual(times.slice(0, 3), [null, null, null], "the link's answers have no time");
    assert.ok(Math.abs(times[3] - Date.now()) < 60_000);
    assert.equal(await fragment(driver), "#accent=%23b00020");
    // The same link once more: the reader is further already.
    await visit(driver, `${widget()}#s=${short}`);
    assert.equal(await reader.node(), "larger-plan");
    assert.equal((await stored(driver)).session, session);
  });
});

test("a link asks before it replaces the reader's own answers, and never mixes with them", async () => {
  await env.show("fine");
  await withBrowser("chromium", { phone: true }, async (driver) => {
    const reader = readerOf(driver);
    await driver.get(widget());
    const now = Date.now();
    const own = {
      form: 1,
      session: "2AACAGB.AI",
      at: now,
      message: "My own words",
      since: "My own day",
      ios: 16,
      times: [now - 2000, now - 1000],
    };
    await driver.executeScript("localStorage.setItem('backup-check', JSON.stringify(arguments[0]))", own);
    for (const decision of ["keep-answers", "use-link"]) {
      await visit(driver, `${widget()}#s=${toSupport}`);
      assert.equal(await reader.node(), "link");
      assert.match(await reader.title(), /Use the answers from this link/);
      assert.deepEqual(await violations(driver), []);
      assert.ok((await driver.findElements(By.css(".trail li"))).length > 5, "the answers are listed");
      assert.equal(await driver.findElement(By.css(".trail li")).isDisplayed(), true);
      await driver.navigate().refresh();
      assert.equal(await reader.node(), "link", "asked again");
      assert.deepEqual(await stored(driver), own, "nothing is replaced yet");
      await reader.press(decision);
      await driver.wait(async () => (await reader.node()) !== "link", 5_000);
      assert.doesNotMatch(await fragment(driver), /s=/);
      if (decision === "keep-answers") {
        assert.equal(await reader.node(), "back-up-now");
        assert.deepEqual(await stored(driver), own);
        await driver.navigate().refresh();
        assert.equal(await reader.node(), "back-up-now");
      }
    }
    assert.equal(await reader.node(), "support");
    const request = (await driver.findElement(By.css("textarea")).getAttribute("value")) ?? "";
    assert.doesNotMatch(request, /My own/);
    assert.match(request, /iOS version: not given/);
    const tried = request.split("\n").filter((line) => /^\d+\. /.test(line));
    assert.ok(tried.length > 5);
    for (const line of tried) assert.match(line, /\(from a link\)$/);
    assert.equal(await driver.findElement(By.css("[data-detail=message]")).getAttribute("value"), "");
    const saved = await stored(driver);
    assert.deepEqual(Object.keys(saved).sort(), ["at", "form", "linked", "session", "tab", "times"]);
    assert.ok(saved.times.every((/** @type {unknown} */ time) => time === null));
    // What the reader types goes with these answers.
    await driver.findElement(By.css("[data-detail=message]")).sendKeys("Typed here");
    assert.equal((await stored(driver)).message, "Typed here");
  });
});

test("a page that frames the widget opens no gate, and replaces no answers", async () => {
  await env.show("fine");
  env.page = { policy: "", body: `<iframe style="width:100%;height:900px" src="${widget()}"></iframe>` };
  await withBrowser("chromium", {}, async (driver) => {
    const reader = readerOf(driver);
    const inFrame = async () => driver.switchTo().frame(await driver.findElement(By.css("iframe")));
    const host = () => driver.switchTo().defaultContent();
    await driver.get(env.host);
    await inFrame();
    assert.equal(await reader.begin("not-backed-up-weeks"), "backup-on");
    assert.equal(await reader.choose("is-on"), "back-up-now");
    const own = await stored(driver);
    const crafted = [
      behindGate["sign-out"],
      behindGate["delete-backup"],
      `2AAH${letter("before-reset-network")}A.${letter("reset-network")}`,
    ];
    for (const [n, s] of crafted.entries())
      for (const address of [`${widget()}#s=${s}`, `${widget()}?${n}#s=${s}`]) {
        await host();
        await driver.executeScript(
          "const frame = document.querySelector('iframe'), say = () => frame.contentWindow.postMessage({ type: 'backup-check:open' }, '*'); frame.onload = say; frame.src = arguments[0]; say(); setTimeout(say, 300)",
          address,
        );
        await pause(driver);
        await inFrame();
        await reader.node();
        await pause(driver);
        await assertClosed(reader, s);
        assert.equal(await reader.node(), "link", "it asks");
        assert.deepEqual(await stored(driver), own);
      }
    await reader.press("keep-answers");
    assert.equal(await reader.node(), "back-up-now");
    // Also while the reader stands behind a gate: it is there again after the question.
    await driver.executeScript("localStorage.clear()");
    await host();
    await driver.get(env.host);
    await inFrame();
    await driver.executeScript(
      "localStorage.setItem('backup-check', JSON.stringify({ form: 1, session: arguments[0], at: Date.now() })); location.reload()",
      behindGate["reset-network"],
    );
    assert.equal(await reader.node(), "before-reset-network");
    await reader.confirmAll();
    assert.equal(await reader.choose("continue"), "reset-network");
    await driver.executeScript("location.hash = 's=' + arguments[0]", short);
    await driver.wait(async () => (await reader.node()) === "link", 5_000, "the question");
    await reader.press("keep-answers");
    assert.equal(await reader.node(), "reset-network");
  });
});

for (const engine of engines)
  test(`${engine}: open goes on where the reader is, and reset leaves nothing for it`, async () => {
    await env.show("fine");
    env.page = { policy: "", body: env.snippet() };
    await withBrowser(engine, {}, async (driver) => {
      const reader = readerOf(driver);
      /** @param {string} call */
      async function page(call) {
        await driver.switchTo().defaultContent();
        await driver.executeScript(`document.querySelector('backup-check').${call}`);
        await enter(driver);
        await pause(driver);
      }
      await driver.get(env.host);
      await enter(driver);
      assert.equal(await reader.begin("not-backed-up-weeks"), "backup-on");
      assert.equal(await reader.choose("is-on"), "back-up-now");
      await driver.get(env.host);
      await enter(driver);
      assert.equal(await reader.node(), "back-up-now");
      const node = await reader.choose("same-message");
      const { session } = await stored(driver);
      for (let times = 0; times < 3; times++) await page("open()");
      assert.equal(await reader.node(), node);
      assert.equal((await stored(driver)).session, session);
      await page("open('greyed-out')");
      assert.equal(await reader.node(), node);

      await page("reset()");
      assert.equal(await reader.shown(), false);
      assert.equal(await stored(driver), null);
      await page("open('greyed-out')");
      assert.equal(await reader.node(), "greyed-out");
      assert.equal((await driver.findElements(By.css(".trail li"))).length, 3, "two answers, and the screen");
    });
  });

test("after a reset nothing returns: with the link still there, by another tab, or by a new verdict", async () => {
  await env.show("fine");
  env.page = {
    policy: "",
    body: `<iframe style="width:100%;height:900px" src="${widget()}#s=${short}"></iframe>`,
  };
  await withBrowser("chromium", {}, async (driver) => {
    const reader = readerOf(driver);
    const inFrame = async () => driver.switchTo().frame(await driver.findElement(By.css("iframe")));
    /** @param {string[]} types */
    async function post(...types) {
      await driver.switchTo().defaultContent();
      await driver.executeScript(
        "for (const type of arguments[0]) document.querySelector('iframe').contentWindow.postMessage({ type: 'backup-check:' + type }, '*')",
        types,
      );
      await inFrame();
      await pause(driver);
    }
    await driver.get(env.host);
    await inFrame();
    assert.equal(await reader.node(), "make-room");
    await post("reset");
    assert.equal(await reader.shown(), false);
    assert.doesNotMatch(await fragment(driver), /s=/);
    await post("open");
    assert.equal(await reader.node(), "symptom");
    await post("open", "reset");
    assert.equal(await reader.shown(), false, "an open that was on its way");
    await driver.executeScript("location.reload()");
    await pause(driver);
    assert.equal(await reader.shown(), false);

    // Two tabs of the widget itself.
    await visit(driver, widget());
    assert.equal(await reader.begin("not-backed-up-weeks"), "backup-on");
    const first = await driver.getWindowHandle();
    await driver.switchTo().newWindow("tab");
    await driver.get(widget());
    assert.equal(await reader.node(), "backup-on");
    assert.equal(await reader.choose("is-on"), "back-up-now");
    await driver.switchTo().window(first);
    await driver.wait(async () => (await reader.node()) === "back-up-now", 5_000, "the other tab's screen");
    await reader.press("restart");
    const second = (await driver.getAllWindowHandles()).find((handle) => handle !== first) ?? "";
    await driver.switchTo().window(second);
    await driver.wait(async () => !(await reader.shown()), 5_000, "started over in the other tab");
    assert.equal(await stored(driver), null);
    await env.show("recovered");
    await minute(driver);
    await titled(driver, "Apple had a problem, and it is over");
    await pause(driver);
    assert.equal(await reader.shown(), false);
    assert.equal(await stored(driver), null);
  });
});

for (const storage of ["", "forbidden"])
  test(`a new verdict: the page goes on with the answers${storage && ", where storage is forbidden, too"}`, async () => {
    await env.show("fine");
    await withBrowser("chromium", {}, async (driver) => {
      const reader = readerOf(driver);
      const chrome = /** @type {import("selenium-webdriver/chrome.js").Driver} */ (driver);
      if (storage)
        await chrome.sendDevToolsCommand("Page.addScriptToEvaluateOnNewDocument", {
          source:
            "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })",
        });
      await driver.get(env.address("fine"));
      assert.equal(await reader.begin("something-else", "stuck-estimating"), "stuck");
      assert.equal(await reader.choose("nothing-moved"), "restart");
      await env.show("recovered");
      await minute(driver);
      await titled(driver, "Apple had a problem, and it is over");
      assert.equal(await reader.node(), "restart");
      assert.doesNotMatch(await reader.text(), /came with a link/);
      assert.doesNotMatch(await reader.trail(), /from the link/);
      assert.doesNotMatch(await fragment(driver), /s=/);
      assert.equal(await driver.executeScript("return history.state"), null);
      await reader.press("restart");
      assert.equal(await reader.shown(), false);
      // Right after a reload there is no other one, so a visit shows the next verdict.
      await env.show("fine");
      await driver.get(env.address("fine"));
      await titled(driver, "Apple reports no problem with iCloud Backup");
      await pause(driver);
      assert.equal(await reader.shown(), false, "what was deleted stays deleted");
    });
  });

test("an answer that nobody gave isn't recorded: a symptom in the address during an outage", async () => {
  await env.show("outage");
  await withBrowser("chromium", {}, async (driver) => {
    const reader = readerOf(driver);
    await driver.get(`${env.address("outage")}#symptom=stuck-estimating`);
    assert.equal(await reader.node(), "wait");
  });
  await env.show("fine");
});

test("whatever is in the storage, the page works", async () => {
  await env.show("fine");
  await withBrowser("chromium", {}, async (driver) => {
    const reader = readerOf(driver);
    await driver.get(widget());
    const at = Date.now();
    /** @type {[string, string | null][]} */
    const cases = [
      [JSON.stringify({ form: 1, session: "2AAA.AG", at, ios: 2 ** 53 - 1 }), "backup-on"],
      [
        JSON.stringify({ form: 1, session: "2AAA.AG", at, ios: 1e308, times: [1e300], linked: 2 ** 53 - 1 }),
        "backup-on",
      ],
      [JSON.stringify({ form: 1, session: "2AAA.AG", at, times: ["<img src=x>", {}, []], linked: -1 }), "backup-on"],
      [JSON.stringify({ form: 1, session: behindGate["sign-out"], at }), "before-sign-out"],
      [JSON.stringify({ form: 1, session: "A".repeat(2000), at }), null],
      [JSON.stringify({ form: 1, session: `2${"AAA".repeat(600)}.AA`, at }), null],
      [JSON.stringify({ form: 1, session: "2AAA.AG", at, message: "x".repeat(4_000_000) }), null],
      ["[".repeat(4_000_000), null],
      [`{"__proto__":{"form":1,"session":"2AAA.AG","at":${at}}}`, null],
    ];
    for (const [text, node] of cases) {
      await driver.executeScript("localStorage.setItem('backup-check', arguments[0])", text);
      const began = Date.now();
      await driver.navigate().refresh();
      if (node) assert.equal(await reader.node(), node, text.slice(0, 80));
      else {
        await pause(driver);
        assert.equal(await reader.shown(), false, text.slice(0, 80));
        assert.equal(await reader.begin("not-enough-storage", "is-on"), "compare-storage");
      }
      assert.ok(Date.now() - began < 20_000, text.slice(0, 80));
      await driver.executeScript("localStorage.clear()");
    }
    assert.deepEqual(withoutFavicon(await consoleOf("chromium", driver)), []);
  });
});

test("a host page's messages of odd shapes do nothing", async () => {
  await env.show("fine");
  env.page = { policy: "", body: `<iframe style="width:100%;height:900px" src="${widget()}"></iframe>` };
  await withBrowser("chromium", {}, async (driver) => {
    const reader = readerOf(driver);
    await driver.get(env.host);
    const count = await driver.executeScript(`
      const cycle = {}; cycle.self = cycle;
      const odd = [undefined, null, 0, -0, NaN, Infinity, 7n, true, "", "x".repeat(200_000), "2AAA.AG", "#s=2AAA.AG", "__proto__", [], [[]], {}, cycle,
        { toString: 1, valueOf: 1 }, { toString: null }, { get symptom() { return "restoring"; } }, Object.create(null), new Date(NaN), /x/g, new Map([["type", "backup-check:open"]]),
        new Set([1]), new Error("no"), new ArrayBuffer(1e5), new Blob(["x"]), Array(1000), { length: -1 }, { type: "backup-check:open" }];
      const types = ["backup-check:open", "backup-check:reset", "backup-check:height", "backup-check:", "__proto__", 7, null, ["backup-check:open"], { toString: 1 }];
      const frame = document.querySelector("iframe").contentWindow;
      let count = 0;
      for (const one of odd) {
        frame.postMessage(one, "*"), count++;
        for (const type of types) frame.postMessage({ type, symptom: one, s: one, session: one, number: one }, "*"), count++;
      }
      return count;`);
    assert.ok(Number(count) > 250);
    await driver.switchTo().frame(await driver.findElement(By.css("iframe")));
    await pause(driver);
    await pause(driver);
    if (await reader.shown()) {
      assert.equal(await reader.node(), "symptom");
      await reader.press("restart");
    }
    assert.equal(await reader.begin("not-enough-storage", "is-on"), "compare-storage");
    assert.deepEqual(withoutFavicon(await consoleOf("chromium", driver)), []);
  });
});
